#pragma once
// Scales, ticks and places of a study's figures: the same on paper and in the window. Pure; any thread.

#include <utility>
#include <vector>

#include "engine/api/study.h"

namespace alphascope::engine {

/// From numbers to places on the page or the screen, straight or in factors.
class FigureScale {
public:
    /// low alone (high not above it) stands in the middle. In factors only where low is above 0.
    FigureScale(double low, double high, double from, double to, bool logarithmic = false);
    FigureScale() : FigureScale(0.0, 1.0, 0.0, 1.0) {}

    double at(double value) const;      ///< clamped a little beyond the ends
    double valueAt(double place) const; ///< not clamped
    bool holds(double value) const { return value >= low_ && value <= high_; }
    double low() const { return low_; }
    double high() const { return high_; }
    bool isLogarithmic() const { return logarithmic_; }

private:
    double low_, high_, from_, to_;
    bool logarithmic_;
};

/// The axis of a panel's values: what is best and usual in view, extremes where they do not squeeze the rest.
/// `bars`: from 0 on where that is near.
FigureScale valueScale(const StudyPanel& panel, double bottom, double top, bool bars);

/// The axis of the parameter, with room at both ends.
FigureScale parameterScale(const SensitivityPanel& panel, double left, double right);

/// Round numbers between low and high, about `wanted` of them.
std::vector<double> roundTicks(double low, double high, int wanted);

/// The powers of ten between low and high, which are above 0; about `wanted` of them, where there are more.
std::vector<double> decadeTicks(double low, double high, int wanted);

/// Where the parameter's axis is labelled: at its few values, else at round numbers or the powers of ten.
std::vector<double> parameterTicks(const SensitivityPanel& panel, const FigureScale& scale, int wanted);

/// Where a circle finds room at height y, from x on to both sides, beside those placed already. Some overlap
/// stays where too many want the same place.
double placeBeside(const std::vector<std::pair<double, double>>& placed, double x, double y, double radius);

} // namespace alphascope::engine
