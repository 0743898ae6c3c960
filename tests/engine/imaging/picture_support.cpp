#include "tests/engine/imaging/picture_support.h"

#include <filesystem>
#include <fstream>

#include <zlib.h>

#include "engine/storage/atomic_file.h"

namespace alphascope::tests {

namespace {

std::string big(std::uint32_t value, int bytes = 4) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        text.push_back(static_cast<char>(value >> shift & 0xFF));
    }
    return text;
}

std::string chunk(const std::string& type, const std::string& data) {
    const std::string body = type + data;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return big(static_cast<std::uint32_t>(data.size())) + body + big(static_cast<std::uint32_t>(sum));
}

std::string deflated(const std::string& text) {
    uLongf size = compressBound(text.size());
    std::string result(size, '\0');
    compress(reinterpret_cast<Bytef*>(result.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
             text.size());
    result.resize(size);
    return result;
}

} // namespace

std::string TestFolder::path(std::string_view name) const {
    return folder_.filePath(QString::fromUtf8(name.data(), qsizetype(name.size()))).toStdString();
}

std::string TestFolder::write(std::string_view name, std::string_view bytes) const {
    std::string target = path(name);
    std::filesystem::create_directories(std::filesystem::path(target).parent_path());
    std::ofstream(target, std::ios::binary) << bytes; // the atomic writer waits for the disk each time
    return target;
}

std::string TestFolder::makeFolder(std::string_view name) const {
    std::filesystem::create_directories(path(name));
    return path(name);
}

std::string bytesOf(const std::string& path) {
    return engine::readFile(path, std::size_t(1) << 30);
}

std::span<const std::uint8_t> asBytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string makePng(const PngParts& parts) {
    std::string raw;
    for (const std::string& row : parts.rows) {
        raw += '\0' + row;
    }
    std::string png = "\x89PNG\r\n\x1a\n";
    png += chunk("IHDR", big(parts.width) + big(parts.height) + char(parts.bits) + char(parts.colorType) +
                             std::string(3, '\0'));
    if (!parts.palette.empty()) {
        png += chunk("PLTE", parts.palette);
    }
    if (!parts.transparency.empty()) {
        png += chunk("tRNS", parts.transparency);
    }
    return png + chunk("IDAT", deflated(raw)) + chunk("IEND", "");
}

std::string withExifOrientation(const std::string& jpeg, int orientation) {
    const std::string directory = big(1, 2) + big(0x0112, 2) + big(3, 2) + big(1) +
                                  big(static_cast<std::uint32_t>(orientation), 2) + big(0, 2) + big(0);
    const std::string body = std::string("Exif\0\0MM\0*", 10) + big(8) + directory;
    const std::string segment = "\xFF\xE1" + big(static_cast<std::uint32_t>(body.size() + 2), 2) + body;
    return jpeg.substr(0, 2) + segment + jpeg.substr(2);
}

engine::Image gradient(int width, int height, int channels) {
    engine::Image image(width, height, channels);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < channels; ++c) {
                const int value = c == 0 ? 255 * x / width : c == 1 ? 255 * y / height : 128;
                image.pixels[(std::size_t(y) * width + x) * channels + c] = static_cast<std::uint8_t>(value);
            }
        }
    }
    return image;
}

engine::Image filled(int width, int height, std::vector<std::uint8_t> color) {
    engine::Image image(width, height, static_cast<int>(color.size()));
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        image.pixels[i] = color[i % color.size()];
    }
    return image;
}

} // namespace alphascope::tests
