#pragma once
// Draws pen strokes: a small anti-aliasing rasteriser by distance to thick line segments. Pure; any thread.

#include <span>
#include <vector>

namespace alphascope::engine {

struct PenSample {
    float x = 0.0F;      ///< pixels, to the right; the centre of the first pixel is 0.5
    float y = 0.0F;      ///< pixels, downwards
    float radius = 1.0F; ///< half the stroke's width here, pixels
    bool lift = false;   ///< no line to the next sample
};

/// Writes ink 0..1 into `out` (size * size, row-major): 1 inside the strokes, falling to 0 over `softness`
/// pixels across their outline. Radius changes linearly along each segment.
void rasterizeStrokes(std::span<const PenSample> samples, int size, float softness, std::span<float> out);

} // namespace alphascope::engine
