#pragma once
// The curves of a run as a picture, for runs without a window.

#include <string>
#include <vector>

#include "engine/api/image.h"
#include "engine/api/session.h"

namespace alphascope::app {

struct Curve {
    std::string name;
    std::vector<std::pair<double, double>> points; ///< step, value; steps ascending
};

struct CurvePanel {
    std::string title;
    std::vector<Curve> curves;
};

/// Panels below one another over one axis of steps: the values pale, their running mean strong. Values that
/// are no numbers are left out. Empty when there is nothing to draw.
engine::Image drawCurves(const std::string& heading, const std::vector<CurvePanel>& panels);

/// Losses, the error on held-out pictures, and how far samples are from the data.
std::vector<CurvePanel> trainingPanels(const std::vector<engine::MetricPoint>& history);

} // namespace alphascope::app
