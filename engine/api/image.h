#pragma once
// A picture as it crosses the engine's border. Standard library only.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace alphascope::engine {

/// 8-bit picture, row-major without padding, channels interleaved: 1 (grey) or 3 (R, G, B).
struct Image {
    int width = 0;
    int height = 0;
    int channels = 1;
    std::vector<std::uint8_t> pixels;

    Image() = default;
    Image(int w, int h, int c) : width(w), height(h), channels(c), pixels(std::size_t(w) * h * c) {}
    bool empty() const { return pixels.empty(); }
    bool operator==(const Image&) const = default;
};

} // namespace alphascope::engine
