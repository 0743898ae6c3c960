#pragma once
// What makes a view one that can be drawn. For this room only. Pure.

#include <string>

#include "engine/api/view.h"

namespace alphascope::engine {

inline constexpr std::size_t mostViewFrames = 10'000;
inline constexpr std::size_t mostViewKeyframes = 1000;
inline constexpr std::size_t mostViewRow = 99'999;
inline constexpr int largestViewScale = 64;
inline constexpr int largestViewSide = 4096;
inline constexpr int mostViewColumns = 10'000;
inline constexpr std::size_t largestGridSide = 128;
inline constexpr std::size_t gridCorners = 4;

/// What is wrong with how the parts of a view fit together, as the end of a sentence; "" when nothing is.
std::string viewProblem(const ViewDocument& view);

} // namespace alphascope::engine
