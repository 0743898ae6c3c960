#pragma once
// The pictures that a model is made for. Standard library only.

#include <cstdint>

namespace alphascope::models {

/// Pictures of 28, 32 or 64 pixels with 1 or 3 channels, or points in the plane: "pictures" of one pixel with
/// two channels, the coordinates, for watching a method where everything can be seen.
struct ImageShape {
    std::int64_t channels = 1; ///< 1 or 3; 2 for points
    std::int64_t size = 28;    ///< side in pixels: 28, 32 or 64; 1 for points
    bool isPoints() const { return channels == 2 && size == 1; }
    bool operator==(const ImageShape&) const = default;
};

/// What ImageShape::isPoints() says of.
inline constexpr ImageShape pointShape{2, 1};

} // namespace alphascope::models
