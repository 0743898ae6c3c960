#pragma once
// A drawing of lines, boxes, circles and words as plain data, and the same drawing as a picture, a PDF and an
// SVG. Cairo (imaging/cairo/) makes the first two; in the third text stays text and may be edited. Standard
// library only. Any thread; no shared state.
//
// Lengths are in units of 1/96 inch: two pixels each in a picture, three quarters of a point in a PDF. y goes
// down.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::engine {

struct DrawColor {
    std::uint32_t rgb = 0; ///< 0xRRGGBB
    double opacity = 1.0;
};

enum class TextAnchor { Start, Middle, End };

struct DrawShape {
    enum class Kind { Line, Box, Circle, Triangle, Text };
    Kind kind = Kind::Line;
    double x = 0.0; ///< begin, left, centre, or where the text is anchored: its base line
    double y = 0.0;
    double x2 = 0.0; ///< end; width and height of a box
    double y2 = 0.0;
    double radius = 0.0; ///< of a circle; of a triangle, negative = pointing down
    bool filled = true;  ///< else its outline
    double width = 1.0;  ///< of lines and outlines
    bool dashed = false;
    DrawColor color{};
    std::string words{};
    double fontSize = 9.0;
    bool bold = false;
    TextAnchor anchor = TextAnchor::Start;
};

struct VectorDrawing {
    double width = 0.0;
    double height = 0.0;
    std::vector<DrawShape> shapes{}; ///< on white, the first beneath
};

/// How wide the words are drawn. 0 in a program without cairo.
double drawnWidth(const std::string& words, double fontSize, bool bold);

/// Throws Error(Usage) in a program without cairo, and for a drawing that is empty or too large.
Image drawVector(const VectorDrawing& drawing);
/// One page, the same bytes each time.
std::string vectorAsPdf(const VectorDrawing& drawing);
std::string vectorAsSvg(const VectorDrawing& drawing);

} // namespace alphascope::engine
