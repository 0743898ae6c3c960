#include "engine/data/stroke_raster.h"

#include <algorithm>
#include <cmath>

namespace alphascope::engine {

namespace {

/// Lowers the distances (to the outline, negative inside) of the pixels near one segment.
void drawSegment(const PenSample& a, const PenSample& b, int size, float reach, std::span<float> distances) {
    const float border = std::max(a.radius, b.radius) + reach;
    const int left = std::max(0, static_cast<int>(std::floor(std::min(a.x, b.x) - border)));
    const int right = std::min(size - 1, static_cast<int>(std::floor(std::max(a.x, b.x) + border)));
    const int top = std::max(0, static_cast<int>(std::floor(std::min(a.y, b.y) - border)));
    const int bottom = std::min(size - 1, static_cast<int>(std::floor(std::max(a.y, b.y) + border)));
    const float dx = b.x - a.x;
    const float dy = b.y - a.y;
    const float lengthSquared = dx * dx + dy * dy;
    const float scale = lengthSquared > 0.0F ? 1.0F / lengthSquared : 0.0F;
    for (int y = top; y <= bottom; ++y) {
        const float py = static_cast<float>(y) + 0.5F - a.y;
        float* row = distances.data() + static_cast<std::size_t>(y) * size;
        for (int x = left; x <= right; ++x) {
            const float px = static_cast<float>(x) + 0.5F - a.x;
            const float along = std::clamp((px * dx + py * dy) * scale, 0.0F, 1.0F);
            const float ox = px - along * dx;
            const float oy = py - along * dy;
            const float radius = a.radius + along * (b.radius - a.radius);
            row[x] = std::min(row[x], std::sqrt(ox * ox + oy * oy) - radius);
        }
    }
}

} // namespace

void rasterizeStrokes(std::span<const PenSample> samples, int size, float softness, std::span<float> out) {
    const float reach = 0.5F * softness;
    std::fill(out.begin(), out.end(), reach);
    for (std::size_t i = 0; i + 1 < samples.size(); ++i) {
        if (!samples[i].lift) {
            drawSegment(samples[i], samples[i + 1], size, reach, out);
        }
    }
    for (float& value : out) {
        value = std::clamp((reach - value) / softness, 0.0F, 1.0F);
    }
}

} // namespace alphascope::engine
