#include "engine/imaging/points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace alphascope::engine {

namespace {

constexpr std::uint8_t darkGround = 20;
using Color = std::array<float, 3>; ///< R, G, B in 0..255

/// From the plane to a square picture: y grows upwards there and downwards here.
class Plot {
public:
    Plot(int side, int channels) : image_(side, side, channels), scale_(side / (2.0F * pointsRange)) {
        std::fill(image_.pixels.begin(), image_.pixels.end(), darkGround);
    }

    /// A disc with an edge one pixel soft. `radius` in pixels.
    void dot(float x, float y, float radius, const Color& color, float opacity) {
        line(x, y, x, y, radius, color, opacity);
    }

    /// A line with round ends.
    void line(float x0, float y0, float x1, float y1, float radius, const Color& color, float opacity) {
        const float ax = column(x0), ay = row(y0), bx = column(x1), by = row(y1);
        const auto inReach = [&](float value) { return std::abs(value) < 4.0F * float(image_.width); };
        if (!inReach(ax) || !inReach(ay) || !inReach(bx) || !inReach(by)) { // also NaN
            return;
        }
        const float border = radius + 1.0F;
        const int left = std::max(0, static_cast<int>(std::min(ax, bx) - border));
        const int right = std::min(image_.width - 1, static_cast<int>(std::max(ax, bx) + border));
        const int top = std::max(0, static_cast<int>(std::min(ay, by) - border));
        const int bottom = std::min(image_.height - 1, static_cast<int>(std::max(ay, by) + border));
        const float length = (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
        for (int py = top; py <= bottom; ++py) {
            for (int px = left; px <= right; ++px) {
                const float dx = static_cast<float>(px) + 0.5F - ax;
                const float dy = static_cast<float>(py) + 0.5F - ay;
                const float along =
                    length > 0.0F ? std::clamp((dx * (bx - ax) + dy * (by - ay)) / length, 0.0F, 1.0F) : 0.0F;
                const float distance = std::hypot(dx - along * (bx - ax), dy - along * (by - ay));
                blend(px, py, color, opacity * std::clamp(0.5F + radius - distance, 0.0F, 1.0F));
            }
        }
    }

    void blend(int px, int py, const Color& color, float share) {
        for (int c = 0; c < image_.channels; ++c) {
            std::uint8_t& pixel =
                image_.pixels[(std::size_t(py) * image_.width + px) * image_.channels + std::size_t(c)];
            pixel = static_cast<std::uint8_t>(
                std::lround(static_cast<float>(pixel) + share * (color[c] - static_cast<float>(pixel))));
        }
    }

    int side() const { return image_.width; }
    Image take() { return std::move(image_); }

private:
    float column(float x) const { return (x + pointsRange) * scale_; }
    float row(float y) const { return (pointsRange - y) * scale_; }

    Image image_;
    float scale_; ///< pixels per unit
};

/// Shades from dark blue to a dim teal, spread over the middle of the values so that a few extreme ones do
/// not flatten the rest.
void drawField(Plot& plot, const PointsPreview& points) {
    const int nodes = points.fieldSide;
    if (nodes < 2 || points.field.size() != std::size_t(nodes) * nodes) {
        return;
    }
    std::vector<float> sorted = points.field;
    std::erase_if(sorted, [](float value) { return !std::isfinite(value); });
    if (sorted.empty()) {
        return;
    }
    std::sort(sorted.begin(), sorted.end());
    const float low = sorted[sorted.size() / 20];
    const float high = sorted[sorted.size() - 1 - sorted.size() / 20];
    const float step = static_cast<float>(nodes - 1) / static_cast<float>(plot.side());
    for (int py = 0; py < plot.side(); ++py) {
        for (int px = 0; px < plot.side(); ++px) {
            const int column = static_cast<int>(std::lround((static_cast<float>(px) + 0.5F) * step));
            const int row = static_cast<int>(
                std::lround(static_cast<float>(nodes - 1) - (static_cast<float>(py) + 0.5F) * step));
            float share =
                high > low ? (points.field[std::size_t(row) * nodes + column] - low) / (high - low) : 0.5F;
            share = std::isfinite(share) ? std::clamp(share, 0.0F, 1.0F) : 0.5F;
            share = points.fieldIsEnergy ? 1.0F - share : share;
            plot.blend(px, py, {14.0F + 18.0F * share, 18.0F + 84.0F * share, 34.0F + 84.0F * share}, 1.0F);
        }
    }
}

template <typename Draw>
void forPairs(const std::vector<float>& a, const std::vector<float>& b, Draw draw) {
    for (std::size_t i = 0; i + 1 < std::min(a.size(), b.size()); i += 2) {
        draw(a[i], a[i + 1], b[i], b[i + 1]);
    }
}

void drawArrows(Plot& plot, const PointsPreview& points) {
    constexpr float longest = 0.22F; // in the plane
    float largest = 0.0F;
    for (std::size_t i = 0; i + 1 < points.arrowDirections.size(); i += 2) {
        const float length = std::hypot(points.arrowDirections[i], points.arrowDirections[i + 1]);
        largest = std::isfinite(length) ? std::max(largest, length) : largest;
    }
    if (!(largest > 0.0F)) {
        return;
    }
    forPairs(points.arrowStarts, points.arrowDirections, [&](float x, float y, float dx, float dy) {
        const Color white{235.0F, 235.0F, 235.0F};
        const float scale = longest / largest;
        const float tipX = x + scale * dx, tipY = y + scale * dy;
        plot.line(x, y, tipX, tipY, 0.5F, white, 0.8F);
        for (const float side : {-1.0F, 1.0F}) { // the head: a third of the length, bent outwards
            plot.line(tipX, tipY, tipX - scale * (0.3F * dx + side * 0.18F * dy),
                      tipY - scale * (0.3F * dy - side * 0.18F * dx), 0.5F, white, 0.8F);
        }
    });
}

} // namespace

Image drawPoint(float x, float y) {
    constexpr float radius = 1.6F;
    Plot plot(pointPictureSide, 1);
    plot.dot(x, y, radius, {255.0F, 255.0F, 255.0F}, 1.0F);
    return plot.take();
}

Image drawScatter(const PointsPreview& points, int side) {
    const float pixel = static_cast<float>(side) / 384.0F;
    Plot plot(side, 3);
    drawField(plot, points);
    forPairs(points.real, points.real, [&](float x, float y, float, float) {
        plot.dot(x, y, 1.3F * pixel, {190.0F, 194.0F, 204.0F}, 0.75F);
    });
    forPairs(points.originals, points.reconstructions, [&](float x0, float y0, float x1, float y1) {
        plot.line(x0, y0, x1, y1, 0.5F * pixel, {110.0F, 210.0F, 120.0F}, 0.7F);
    });
    forPairs(points.samples, points.samples, [&](float x, float y, float, float) {
        plot.dot(x, y, 1.5F * pixel, {255.0F, 150.0F, 60.0F}, 0.85F);
    });
    drawArrows(plot, points);
    return plot.take();
}

} // namespace alphascope::engine
