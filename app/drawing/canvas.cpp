#include "app/drawing/canvas.h"

#include <algorithm>
#include <cmath>

namespace alphascope::app {

namespace {

double distanceToSegment(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length2 = dx * dx + dy * dy;
    const double t =
        length2 > 0.0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0.0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

} // namespace

Canvas::Canvas(int width, int height, Color background)
    : image_(width, height, 3), coverage_(static_cast<std::size_t>(width) * height), top_(height),
      bottom_(-1) {
    for (std::size_t i = 0; i < image_.pixels.size(); i += 3) {
        image_.pixels[i] = background.r;
        image_.pixels[i + 1] = background.g;
        image_.pixels[i + 2] = background.b;
    }
}

void Canvas::cover(Point a, Point b, double radius) {
    const double reach = radius + 1.0;
    const int left = std::max(0, static_cast<int>(std::floor(std::min(a.x, b.x) - reach)));
    const int right = std::min(image_.width - 1, static_cast<int>(std::ceil(std::max(a.x, b.x) + reach)));
    const int top = std::max(0, static_cast<int>(std::floor(std::min(a.y, b.y) - reach)));
    const int bottom = std::min(image_.height - 1, static_cast<int>(std::ceil(std::max(a.y, b.y) + reach)));
    for (int y = top; y <= bottom; ++y) {
        for (int x = left; x <= right; ++x) {
            const double distance = distanceToSegment({x + 0.5, y + 0.5}, a, b);
            const auto amount = static_cast<float>(std::clamp(radius + 0.5 - distance, 0.0, 1.0));
            float& cell = coverage_[static_cast<std::size_t>(y) * image_.width + x];
            cell = std::max(cell, amount);
        }
    }
    top_ = std::min(top_, top);
    bottom_ = std::max(bottom_, bottom);
}

void Canvas::paint(Color color, double opacity) {
    for (int y = top_; y <= bottom_; ++y) {
        for (int x = 0; x < image_.width; ++x) {
            const std::size_t cell = static_cast<std::size_t>(y) * image_.width + x;
            const double amount = coverage_[cell] * opacity;
            coverage_[cell] = 0.0F;
            if (amount <= 0.0) {
                continue;
            }
            std::uint8_t* pixel = &image_.pixels[cell * 3];
            const auto blend = [amount](std::uint8_t& under, std::uint8_t over) {
                under = static_cast<std::uint8_t>(std::lround(under + (over - under) * amount));
            };
            blend(pixel[0], color.r);
            blend(pixel[1], color.g);
            blend(pixel[2], color.b);
        }
    }
    top_ = image_.height;
    bottom_ = -1;
}

void Canvas::line(const Stroke& points, double width, Color color, double opacity) {
    if (points.size() == 1) {
        cover(points[0], points[0], width / 2.0);
    }
    for (std::size_t i = 1; i < points.size(); ++i) {
        cover(points[i - 1], points[i], width / 2.0);
    }
    paint(color, opacity);
}

void Canvas::text(Point position, double height, std::string_view text, Color color, Align align) {
    const double share = align == Align::Left ? 0.0 : align == Align::Center ? 0.5 : 1.0;
    const double left = position.x - share * textWidth(text) * height;
    for (const Stroke& stroke : textStrokes(text)) {
        for (std::size_t i = 1; i < stroke.size(); ++i) {
            const Point a{left + stroke[i - 1].x * height, position.y + stroke[i - 1].y * height};
            const Point b{left + stroke[i].x * height, position.y + stroke[i].y * height};
            cover(a, b, height * 0.07);
        }
    }
    paint(color, 1.0);
}

} // namespace alphascope::app
