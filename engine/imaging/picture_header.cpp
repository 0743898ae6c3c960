#include "engine/imaging/picture_header.h"

#include <cstring>
#include <string_view>

#include <fmt/format.h>
#include <zlib.h>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

using Bytes = std::span<const std::uint8_t>;

/// Reads numbers at offsets; what lies beyond the end is a truncated file.
class Cursor {
public:
    Cursor(Bytes bytes, const std::string& name) : bytes_(bytes), name_(name) {}

    std::size_t size() const { return bytes_.size(); }
    void need(std::size_t end) const {
        if (end > bytes_.size()) {
            fail("is truncated");
        }
    }
    std::uint8_t byte(std::size_t at) const {
        need(at + 1);
        return bytes_[at];
    }
    std::uint64_t big(std::size_t at, int count) const {
        need(at + count);
        std::uint64_t value = 0;
        for (int i = 0; i < count; ++i) {
            value = value << 8 | bytes_[at + i];
        }
        return value;
    }
    std::uint64_t little(std::size_t at, int count) const {
        need(at + count);
        std::uint64_t value = 0;
        for (int i = count; i-- > 0;) {
            value = value << 8 | bytes_[at + i];
        }
        return value;
    }
    std::string_view text(std::size_t at, std::size_t count) const {
        need(at + count);
        return {reinterpret_cast<const char*>(bytes_.data()) + at, count};
    }
    [[noreturn]] void fail(const char* what) const {
        throw Error(ErrorKind::BadInput, fmt::format("The picture '{}' {}.", name_, what));
    }

private:
    Bytes bytes_;
    const std::string& name_;
};

bool startsWith(Bytes bytes, std::string_view magic, std::size_t at = 0) {
    return bytes.size() >= at + magic.size() &&
           std::memcmp(bytes.data() + at, magic.data(), magic.size()) == 0;
}

PictureHeader readPng(const Cursor& in, Bytes bytes) {
    PictureHeader header{PictureFormat::Png, 0, 0};
    if (in.text(12, 4) != "IHDR" || in.big(8, 4) != 13) {
        in.fail("is damaged: it does not start with its dimensions");
    }
    header.width = in.big(16, 4);
    header.height = in.big(20, 4);
    for (std::size_t at = 8;;) {
        const std::uint64_t length = in.big(at, 4);
        const std::string_view type = in.text(at + 4, 4);
        in.need(at + 12 + length);
        const bool critical = type[0] >= 'A' && type[0] <= 'Z';
        const auto sum = crc32(0, bytes.data() + at + 4, static_cast<uInt>(length + 4));
        if (critical && sum != in.big(at + 8 + length, 4)) {
            in.fail("is damaged: a checksum does not match");
        }
        if (type == "IEND") {
            return header;
        }
        at += 12 + length;
    }
}

/// The offset of the first marker at or behind `at` in compressed data: stuffed zeros and restarts belong to
/// it.
std::size_t skipScan(const Cursor& in, std::size_t at) {
    for (;; ++at) {
        if (in.byte(at) != 0xFF) {
            continue;
        }
        const std::uint8_t next = in.byte(at + 1);
        if (next != 0x00 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
            return at;
        }
    }
}

PictureHeader readJpeg(const Cursor& in) {
    constexpr std::uint8_t endOfImage = 0xD9;
    constexpr std::uint8_t startOfScan = 0xDA;
    PictureHeader header{PictureFormat::Jpeg, 0, 0};
    for (std::size_t at = 2;;) {
        if (in.byte(at) != 0xFF) {
            in.fail("is damaged: a JPEG marker is missing");
        }
        const std::uint8_t marker = in.byte(at + 1);
        if (marker == 0xFF) { // fill byte
            ++at;
            continue;
        }
        if (marker == endOfImage) {
            break;
        }
        const std::uint64_t length = in.big(at + 2, 2);
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame && header.width == 0) {
            header.height = in.big(at + 5, 2);
            header.width = in.big(at + 7, 2);
        }
        at += 2 + length;
        if (marker == startOfScan) {
            at = skipScan(in, at);
        }
    }
    return header;
}

PictureHeader readWebP(const Cursor& in) {
    PictureHeader header{PictureFormat::WebP, 0, 0};
    in.need(in.little(4, 4) + 8);
    const std::string_view kind = in.text(12, 4);
    if (kind == "VP8X") {
        header.width = in.little(24, 3) + 1;
        header.height = in.little(27, 3) + 1;
    } else if (kind == "VP8L") {
        const std::uint64_t bits = in.little(21, 4);
        header.width = (bits & 0x3FFF) + 1;
        header.height = (bits >> 14 & 0x3FFF) + 1;
    } else if (kind == "VP8 ") {
        header.width = in.little(26, 2) & 0x3FFF;
        header.height = in.little(28, 2) & 0x3FFF;
    } else {
        in.fail("is damaged: it is no known kind of WebP");
    }
    return header;
}

PictureHeader readBmp(const Cursor& in) {
    PictureHeader header{PictureFormat::Bmp, 0, 0};
    if (in.little(14, 4) == 12) {
        header.width = in.little(18, 2);
        header.height = in.little(20, 2);
        return header;
    }
    const auto magnitude = [](std::uint64_t value) { // rows stored top-down have a negative height
        const auto number = static_cast<std::int64_t>(static_cast<std::int32_t>(value));
        return static_cast<std::uint64_t>(number < 0 ? -number : number);
    };
    header.width = magnitude(in.little(18, 4));
    header.height = magnitude(in.little(22, 4));
    return header;
}

PictureHeader readTiff(const Cursor& in, bool bigEndian) {
    constexpr std::uint64_t widthTag = 256;
    constexpr std::uint64_t heightTag = 257;
    constexpr std::uint64_t shortType = 3;
    const auto number = [&](std::size_t at, int count) {
        return bigEndian ? in.big(at, count) : in.little(at, count);
    };
    PictureHeader header{PictureFormat::Tiff, 0, 0};
    const std::size_t directory = number(4, 4);
    const std::uint64_t entries = number(directory, 2);
    for (std::uint64_t i = 0; i < entries; ++i) {
        const std::size_t at = directory + 2 + i * 12;
        const std::uint64_t tag = number(at, 2);
        const std::uint64_t value = number(at + 8, number(at + 2, 2) == shortType ? 2 : 4);
        if (tag == widthTag) {
            header.width = value;
        } else if (tag == heightTag) {
            header.height = value;
        }
    }
    return header;
}

PictureHeader readAnyHeader(Bytes bytes, const Cursor& in) {
    using namespace std::string_view_literals;
    if (bytes.empty()) {
        in.fail("is empty (0 bytes)");
    }
    if (startsWith(bytes, "\x89PNG\r\n\x1a\n"sv)) {
        return readPng(in, bytes);
    }
    if (startsWith(bytes, "\xFF\xD8\xFF"sv)) {
        return readJpeg(in);
    }
    if (startsWith(bytes, "RIFF"sv) && startsWith(bytes, "WEBP"sv, 8)) {
        return readWebP(in);
    }
    if (startsWith(bytes, "II*\0"sv) || startsWith(bytes, "MM\0*"sv)) {
        return readTiff(in, bytes[0] == 'M');
    }
    if (startsWith(bytes, "BM"sv)) {
        return readBmp(in);
    }
    in.fail("is none that this program reads (PNG, JPEG, WebP, BMP, TIFF)");
}

} // namespace

PictureHeader readPictureHeader(Bytes bytes, const std::string& name) {
    const Cursor in(bytes, name);
    const PictureHeader header = readAnyHeader(bytes, in);
    if (header.width == 0 || header.height == 0) {
        in.fail("is damaged: it states no width or height");
    }
    return header;
}

} // namespace alphascope::engine
