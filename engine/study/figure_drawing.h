#pragma once
// A study's figures as drawings. For this room only. Pure.

#include <string>
#include <vector>

#include "engine/api/figure_layout.h"
#include "engine/api/study.h"
#include "engine/imaging/vector_drawing.h"

namespace alphascope::engine {

/// Figures 1 and 2 of the paper: one panel per set, one column per method.
VectorDrawing drawBestValues(const StudyFigures& figures);

/// One row of small panels per method, one panel per parameter, on set `data`.
VectorDrawing drawSensitivity(const StudyFigures& figures, std::size_t data);

// ---- what both use

std::uint32_t methodColor(std::size_t method);

/// Small builders of shapes.
DrawShape lineShape(double x, double y, double x2, double y2, std::uint32_t rgb, double width);
DrawShape boxShape(double x, double y, double width, double height, std::uint32_t rgb, double opacity);
DrawShape circleShape(double x, double y, double radius, std::uint32_t rgb, double opacity = 1.0);
DrawShape textShape(double x, double y, const std::string& words, double size, TextAnchor anchor,
                    std::uint32_t rgb, bool bold = false);

/// Lines of the words at most `width` wide, from `y` on; gives where they end.
double addParagraph(VectorDrawing& drawing, double x, double y, const std::string& words, double width,
                    double size, std::uint32_t rgb);

inline constexpr std::uint32_t paperColor = 0xffffff;
inline constexpr std::uint32_t inkColor = 0x1c2128;
inline constexpr std::uint32_t mutedColor = 0x667080;
inline constexpr std::uint32_t gridColor = 0xe4e7ec;
inline constexpr std::uint32_t referenceColor = 0x18794e;

} // namespace alphascope::engine
