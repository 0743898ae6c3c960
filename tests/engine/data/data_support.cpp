#include "tests/engine/data/data_support.h"

#include <zlib.h>

namespace alphascope::tests {

std::string gzipped(const std::string& bytes) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string result(deflateBound(&stream, bytes.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    deflate(&stream, Z_FINISH);
    result.resize(stream.total_out);
    deflateEnd(&stream);
    return result;
}

std::string idx(int type, const std::vector<std::uint32_t>& dimensions, const std::string& content) {
    std::string bytes{0, 0, static_cast<char>(type), static_cast<char>(dimensions.size())};
    for (const std::uint32_t dimension : dimensions) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes.push_back(static_cast<char>(dimension >> shift & 0xFF));
        }
    }
    return bytes + content;
}

std::string idxPictures(std::uint32_t count, std::uint32_t rows, std::uint32_t columns, int first) {
    std::string content;
    for (std::uint32_t i = 0; i < count; ++i) {
        for (std::uint32_t k = 0; k < rows * columns; ++k) {
            content.push_back(static_cast<char>((first + i + k) & 0xFF));
        }
    }
    return idx(8, {count, rows, columns}, content);
}

std::string idxLabels(const std::string& labels) {
    return idx(8, {static_cast<std::uint32_t>(labels.size())}, labels);
}

std::vector<float> pictureOf(const engine::DataSet& set, engine::Split split, std::uint64_t index,
                             std::uint64_t draw, int* label) {
    std::vector<float> pixels(std::size_t(set.channels()) * set.size() * set.size());
    const int given = set.get(split, index, draw, pixels);
    if (label != nullptr) {
        *label = given;
    }
    return pixels;
}

} // namespace alphascope::tests
