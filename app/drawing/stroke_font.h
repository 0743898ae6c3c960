#pragma once
// A small font of strokes, for labels on pictures that are drawn without a window system. ASCII; other
// characters leave a space.

#include <string_view>
#include <vector>

namespace alphascope::app {

struct Point {
    double x = 0.0;
    double y = 0.0;
};
using Stroke = std::vector<Point>;

/// Strokes of `text` with its baseline starting at (0, 0), y down, capitals one unit high.
std::vector<Stroke> textStrokes(std::string_view text);

/// Width of `text` in the same unit.
double textWidth(std::string_view text);

} // namespace alphascope::app
