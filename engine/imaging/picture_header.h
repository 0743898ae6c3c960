#pragma once
// What a picture file says about itself, read without decoding it, so that damaged files and decompression
// bombs are refused before a decoder sees them.

#include <cstdint>
#include <span>
#include <string>

namespace alphascope::engine {

enum class PictureFormat { Png, Jpeg, WebP, Bmp, Tiff };

struct PictureHeader {
    PictureFormat format = PictureFormat::Png;
    std::uint64_t width = 0;
    std::uint64_t height = 0;
};

/// Recognises the format by its content, finds the dimensions, and checks that the file is complete as far as
/// its structure tells: PNG by its chunks and their checksums, JPEG up to its end-of-image marker (decoders
/// fill up what is missing with grey and report success), WebP by its stated length. Throws Error(BadInput)
/// naming `name`.
PictureHeader readPictureHeader(std::span<const std::uint8_t> bytes, const std::string& name);

} // namespace alphascope::engine
