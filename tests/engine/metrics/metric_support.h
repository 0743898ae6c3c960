#pragma once
// Pictures and weights by the formulas of tests/reference/make_metrics.py.

#include "tests/models/reference_support.h"

#include <cstdint>
#include <string>

namespace alphascope::tests {

inline std::uint32_t mixedBits(std::uint32_t h) {
    h = (h ^ (h >> 16)) * 0x7FEB352DU;
    h = (h ^ (h >> 15)) * 0x846CA68BU;
    return h ^ (h >> 16);
}

/// uint8 [count,channels,height,width] of waves with noise.
inline torch::Tensor patternPictures(int first, int count, int channels, int height, int width) {
    torch::Tensor pictures = torch::empty({count, channels, height, width}, torch::kUInt8);
    auto* pixel = pictures.data_ptr<std::uint8_t>();
    for (int n = first; n < first + count; ++n) {
        for (int c = 0; c < channels; ++c) {
            for (int y = 0; y < height; ++y) {
                for (int x = 0; x < width; ++x) {
                    const auto noise =
                        mixedBits(static_cast<std::uint32_t>(((n * 3 + c) * 512 + y) * 512 + x)) & 31U;
                    const int wave = (x * (n % 5 + 1) * 4 + y * (c + 1) * 3 + n * 40) % 224;
                    *pixel++ = static_cast<std::uint8_t>(static_cast<int>(noise) + wave);
                }
            }
        }
    }
    return pictures;
}

/// In [0,1), by the tensor's name alone.
inline torch::Tensor counterUniforms(const std::string& name, torch::IntArrayRef shape) {
    std::uint32_t start = 2166136261U;
    for (const char byte : name) {
        start = (start ^ static_cast<unsigned char>(byte)) * 16777619U;
    }
    torch::Tensor values = torch::empty(shape, torch::kDouble);
    auto* value = values.data_ptr<double>();
    for (std::int64_t i = 0; i < values.numel(); ++i) {
        value[i] = mixedBits(start + static_cast<std::uint32_t>(i) * 2654435761U) / 4294967296.0;
    }
    return values;
}

} // namespace alphascope::tests
