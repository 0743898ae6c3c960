#pragma once
// What a direction says of itself: its slider's row, one line of figures, a tool tip. Pure.

#include <QString>

#include "engine/api/directions.h"
#include "ui/widgets/slider_row.h"

namespace alphascope::ui {

Direction sliderRow(const engine::LatentDirection& direction, bool own);
/// "AUC 0.93 (0.90 to 0.95) · shift 1.9 σ"; "" for a dimension of the code.
QString directionFacts(const engine::LatentDirection& direction);
/// Several lines: where it comes from and what its figures mean.
QString directionStory(const engine::LatentDirection& direction);

} // namespace alphascope::ui
