#pragma once
// Previews with a different number in every pixel, as far as eight bits go.

#include "engine/api/session.h"

namespace alphascope::tests {

inline std::vector<engine::Image> makeImages(int count, int width, int height, int channels, unsigned seed) {
    std::vector<engine::Image> images;
    for (int i = 0; i < count; ++i) {
        engine::Image& image = images.emplace_back(width, height, channels);
        for (std::uint8_t& pixel : image.pixels) {
            seed = seed * 1664525U + 1013904223U;
            pixel = static_cast<std::uint8_t>(seed >> 24);
        }
    }
    return images;
}

inline engine::Preview makePreview(std::int64_t step, int pairs, int samples, int width, int height,
                                   int channels) {
    engine::Preview preview;
    preview.step = step;
    preview.originals = makeImages(pairs, width, height, channels, 1);
    preview.reconstructions = makeImages(pairs, width, height, channels, static_cast<unsigned>(step) + 2);
    preview.samples = makeImages(samples, width, height, channels, static_cast<unsigned>(step) + 3);
    for (int i = 0; i < pairs; ++i) {
        preview.l1.push_back(0.1F * static_cast<float>(i));
    }
    return preview;
}

} // namespace alphascope::tests
