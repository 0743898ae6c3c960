#include "ui/widgets/curve_data.h"

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

void CurveSeries::append(double step, double wall, double value, double low, double high) {
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
    const bool interval = std::isfinite(low) && std::isfinite(high);
    if (interval && !banded_) {
        banded_ = true;
        lows = highs = smoothedLows = smoothedHighs = QVector<double>(values.size(), notGiven);
        lowAverage_ = highAverage_ = DebiasedAverage(average_.weight());
    }
    if (banded_) {
        lows.append(interval ? low : notGiven);
        highs.append(interval ? high : notGiven);
    }
    values.append(value);
    accountAt(count() - 1);
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
    if (banded_) {
        lows.resize(keep);
        highs.resize(keep);
    }
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

/// Not for the lowest positive one: an interval that all but reaches 0 would stretch a logarithmic axis.
void CurveSeries::accountBound(double bound) {
    if (hasFinite && std::isfinite(bound)) {
        lowest = std::min(lowest, bound);
        highest = std::max(highest, bound);
    }
}

/// What depends on all values so far, of the next one of them.
void CurveSeries::accountAt(int index) {
    account(values[index]);
    smoothed.append(average_.add(values[index]));
    if (banded_) {
        accountBound(lows[index]);
        accountBound(highs[index]);
        smoothedLows.append(lowAverage_.add(lows[index]));
        smoothedHighs.append(highAverage_.add(highs[index]));
    }
}

void CurveSeries::recompute() {
    average_ = lowAverage_ = highAverage_ = DebiasedAverage(average_.weight());
    hasFinite = false;
    lowestPositive = 0;
    for (QVector<double>* list : {&smoothed, &smoothedLows, &smoothedHighs}) {
        list->clear();
        list->reserve(values.size());
    }
    for (int i = 0; i < count(); ++i) {
        accountAt(i);
    }
}

} // namespace alphascope::ui
