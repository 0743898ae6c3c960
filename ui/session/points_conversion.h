#pragma once
// Points of the engine as the scatter view draws them. Pure; any thread.

#include "engine/api/points.h"
#include "ui/widgets/scatter_view.h"

namespace alphascope::ui {

ScatterContent toScatter(const engine::PointsPreview& points);

} // namespace alphascope::ui
