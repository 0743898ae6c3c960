#pragma once
// How the digits are written: several ways each, as pen strokes. Pure data.

#include <span>
#include <vector>

namespace alphascope::engine {

struct PenPoint {
    float x;             ///< 0 = left, about 0.65 = right
    float y;             ///< 0 = top, 1 = bottom
    bool corner = false; ///< the pen turns sharply here; elsewhere the line is smooth
};

using PenStroke = std::vector<PenPoint>; ///< the points that a smooth line goes through
using PenGlyph = std::vector<PenStroke>;

/// The ways to write `digit` (0 to 9).
std::span<const PenGlyph> digitForms(int digit);

} // namespace alphascope::engine
