#pragma once
// A PointsPreview as ASCII text and back, bit by bit. For this room only. Pure.

#include <optional>
#include <string>

#include "engine/api/points.h"

namespace alphascope::engine {

std::string pointsToText(const PointsPreview& points);

/// Nothing when the text is damaged or its lists do not fit together.
std::optional<PointsPreview> pointsFromText(const std::string& text);

} // namespace alphascope::engine
