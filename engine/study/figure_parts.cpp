// Colours and strokes of a study's figures.

#include <array>
#include <sstream>

#include "engine/study/figure_drawing.h"

namespace alphascope::engine {

namespace {

/// The mock-ups' blue, amber, green and red, told apart by the colour-blind, and four more.
constexpr std::array<std::uint32_t, 8> methodColors{0x3478d6, 0xd9861a, 0x2c9c6c, 0xcf4a55,
                                                    0x7d5bc2, 0x4b8f99, 0xa0562b, 0x6b7785};

constexpr double lineSpacing = 1.4;

} // namespace

std::uint32_t methodColor(std::size_t method) {
    return methodColors[method % methodColors.size()];
}

DrawShape lineShape(double x, double y, double x2, double y2, std::uint32_t rgb, double width) {
    return {
        .kind = DrawShape::Kind::Line, .x = x, .y = y, .x2 = x2, .y2 = y2, .width = width, .color = {rgb}};
}

DrawShape boxShape(double x, double y, double width, double height, std::uint32_t rgb, double opacity) {
    return {.kind = DrawShape::Kind::Box, .x = x, .y = y, .x2 = width, .y2 = height, .color = {rgb, opacity}};
}

DrawShape circleShape(double x, double y, double radius, std::uint32_t rgb, double opacity) {
    return {.kind = DrawShape::Kind::Circle, .x = x, .y = y, .radius = radius, .color = {rgb, opacity}};
}

DrawShape textShape(double x, double y, const std::string& words, double size, TextAnchor anchor,
                    std::uint32_t rgb, bool bold) {
    return {.kind = DrawShape::Kind::Text,
            .x = x,
            .y = y,
            .color = {rgb},
            .words = words,
            .fontSize = size,
            .bold = bold,
            .anchor = anchor};
}

double addParagraph(VectorDrawing& drawing, double x, double y, const std::string& words, double width,
                    double size, std::uint32_t rgb) {
    std::string line;
    const auto put = [&] {
        if (!line.empty()) {
            y += size * lineSpacing;
            drawing.shapes.push_back(textShape(x, y, line, size, TextAnchor::Start, rgb));
        }
    };
    std::istringstream stream(words);
    for (std::string word; stream >> word;) {
        const std::string longer = line.empty() ? word : line + " " + word;
        if (!line.empty() && drawnWidth(longer, size, false) > width) {
            put();
            line = word;
        } else {
            line = longer;
        }
    }
    put();
    return y;
}

} // namespace alphascope::engine
