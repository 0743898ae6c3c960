#pragma once
// Anti-aliased lines and labels on a picture. One thread.

#include <string_view>

#include "app/drawing/stroke_font.h"
#include "engine/api/image.h"

namespace alphascope::app {

struct Color {
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;
};

enum class Align { Left, Center, Right };

class Canvas {
public:
    Canvas(int width, int height, Color background);

    /// Round caps and joins; `width` in pixels. A pixel that the line covers twice is painted once.
    void line(const Stroke& points, double width, Color color, double opacity = 1.0);
    /// `position`: on the baseline; `height`: of capitals, in pixels.
    void text(Point position, double height, std::string_view text, Color color, Align align = Align::Left);

    const engine::Image& image() const { return image_; }

private:
    void cover(Point a, Point b, double radius);
    void paint(Color color, double opacity);

    engine::Image image_;
    std::vector<float> coverage_; ///< of the shape being drawn, 0 to 1
    int top_ = 0;                 ///< rows that it touches
    int bottom_ = 0;
};

} // namespace alphascope::app
