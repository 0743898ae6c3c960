#pragma once
// The pictures that a model is made for. Standard library only.

#include <cstdint>

namespace alphascope::models {

struct ImageShape {
    std::int64_t channels = 1; ///< 1 or 3
    std::int64_t size = 28;    ///< side in pixels: 28, 32 or 64
    bool operator==(const ImageShape&) const = default;
};

} // namespace alphascope::models
