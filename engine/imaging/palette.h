#pragma once
// Pictures in at most 256 colours: exactly where they have no more, else by median cut (Heckbert 1982, "Color
// image quantization for frame buffer display"), here always cutting the box with the largest squared error.
// Pure; any thread.

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::engine {

using Rgb = std::uint32_t; ///< 0xRRGGBB
inline std::uint8_t redOf(Rgb color) {
    return std::uint8_t(color >> 16);
}
inline std::uint8_t greenOf(Rgb color) {
    return std::uint8_t(color >> 8);
}
inline std::uint8_t blueOf(Rgb color) {
    return std::uint8_t(color);
}

/// The different colours of pictures, each with how many pixels have it. Grey counts as equal channels.
class ColorCounts {
public:
    void add(const Image& image);
    std::size_t size() const { return counts_.size(); }
    const std::unordered_map<Rgb, std::uint32_t>& counts() const { return counts_; }

private:
    std::unordered_map<Rgb, std::uint32_t> counts_;
};

class Palette {
public:
    static constexpr std::size_t most = 256;
    /// The same colours and counts give the same palette, whatever order they came in.
    explicit Palette(const ColorCounts& colors);

    const std::vector<Rgb>& colors() const { return colors_; } ///< at most 256, as many as needed
    /// Per pixel, row by row. The image has colours that were counted.
    std::vector<std::uint8_t> indicesOf(const Image& image) const;

private:
    std::vector<Rgb> colors_;
    std::unordered_map<Rgb, std::uint8_t> indices_;
};

} // namespace alphascope::engine
