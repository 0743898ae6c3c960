#include "engine/storage/runs/png_text.h"

#include "engine/api/error.h"
#include "engine/storage/crc.h"

namespace alphascope::engine {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view signature = "\x89PNG\r\n\x1a\n"sv;
constexpr std::size_t frameBytes = 12;                                // length, type, CRC
constexpr std::size_t headerEnd = signature.size() + frameBytes + 13; // IHDR holds 13 bytes

std::string bigEndian(std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(value >> shift & 0xff);
    }
    return bytes;
}

std::uint32_t fromBigEndian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    }
    return value;
}

} // namespace

std::string withPngText(const std::string& png, std::string_view keyword, std::string_view text) {
    if (!png.starts_with(signature) || png.size() < headerEnd) {
        throw Error(ErrorKind::Internal, "A text can only be put into a PNG picture.");
    }
    std::string body = "tEXt";
    body.append(keyword).append(1, '\0').append(text);
    std::string out = png.substr(0, headerEnd);
    out += bigEndian(static_cast<std::uint32_t>(body.size() - 4)) + body + bigEndian(crc32(body));
    out += png.substr(headerEnd);
    return out;
}

std::optional<std::string> pngText(std::string_view png, std::string_view keyword) {
    if (!png.starts_with(signature)) {
        return std::nullopt;
    }
    std::string_view rest = png.substr(signature.size());
    while (rest.size() >= frameBytes) {
        const std::uint64_t length = fromBigEndian(rest);
        if (length + frameBytes > rest.size()) {
            return std::nullopt;
        }
        const std::string_view body = rest.substr(4, 4 + length); // type and data
        const bool ours = body.starts_with("tEXt"sv) && body.substr(4).starts_with(keyword) &&
                          body.size() > 4 + keyword.size() && body[4 + keyword.size()] == '\0';
        if (ours && fromBigEndian(rest.substr(8 + length)) == crc32(body)) {
            return std::string(body.substr(5 + keyword.size()));
        }
        if (body.starts_with("IDAT"sv)) {
            return std::nullopt;
        }
        rest.remove_prefix(length + frameBytes);
    }
    return std::nullopt;
}

} // namespace alphascope::engine
