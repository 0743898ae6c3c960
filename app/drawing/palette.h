#pragma once
// Colours that tell things apart on white.

#include <array>
#include <cstddef>

#include "app/drawing/canvas.h"

namespace alphascope::app {

/// Distinguishable with every kind of colour vision (after Okabe and Ito).
inline constexpr std::array<Color, 7> palette{{{0, 114, 178},
                                               {213, 94, 0},
                                               {0, 158, 115},
                                               {204, 121, 167},
                                               {230, 159, 0},
                                               {86, 180, 233},
                                               {90, 90, 90}}};

/// Of `count` things: the palette where it is enough, else hues evenly spread, alternately light and dark.
Color colorOf(std::size_t index, std::size_t count);

} // namespace alphascope::app
