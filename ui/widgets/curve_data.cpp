#include "ui/widgets/curve_data.h"

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

void CurveSeries::append(double step, double wall, double value) {
    if (!std::isfinite(step)) {
        return;
    }
    if (!steps.isEmpty() && step <= steps.last()) {
        cutFrom(step);
    }
    if (!std::isfinite(wall)) {
        wall = walls.isEmpty() ? 0.0 : walls.last();
    }
    if (!walls.isEmpty()) {
        wall = std::max(wall, walls.last()); // a clock that was set back must not fold the curve over
    }
    if (!std::isfinite(value)) {
        badPoints.append(count());
    }
    steps.append(step);
    walls.append(wall);
    values.append(value);
    account(value);
    smoothed.append(average_.add(value));
}

void CurveSeries::setSmoothing(double weight) {
    average_ = DebiasedAverage(weight);
    recompute();
}

void CurveSeries::cutFrom(double step) {
    const auto keep = std::lower_bound(steps.cbegin(), steps.cend(), step) - steps.cbegin();
    steps.resize(keep);
    walls.resize(keep);
    values.resize(keep);
    badPoints.removeIf([keep](int index) { return index >= keep; });
    recompute();
}

void CurveSeries::account(double value) {
    if (!std::isfinite(value)) {
        return;
    }
    lowest = hasFinite ? std::min(lowest, value) : value;
    highest = hasFinite ? std::max(highest, value) : value;
    if (value > 0) {
        lowestPositive = lowestPositive > 0 ? std::min(lowestPositive, value) : value;
    }
    hasFinite = true;
}

void CurveSeries::recompute() {
    average_ = DebiasedAverage(average_.weight());
    hasFinite = false;
    lowestPositive = 0;
    smoothed.clear();
    smoothed.reserve(values.size());
    for (const double value : values) {
        account(value);
        smoothed.append(average_.add(value));
    }
}

} // namespace alphascope::ui
