#include "engine/api/figure_layout.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace alphascope::engine {

namespace {

/// Extremes so far beyond what is usual, in shares of it, still widen an axis.
constexpr double extremeShare = 0.35;
/// Shares of the highest value at which an axis still reaches down to 0.
constexpr double nearZero = 0.7;
/// Ticks may be so much closer than asked for.
constexpr double closerTicks = 0.7;
/// So many different values are labelled each.
constexpr std::size_t mostLabelled = 5;
constexpr int mostTries = 12;

} // namespace

FigureScale::FigureScale(double low, double high, double from, double to, bool logarithmic)
    : low_(low), high_(high), from_(from), to_(to), logarithmic_(logarithmic && low > 0.0) {
    if (!(high_ > low_)) { // one value alone stands in the middle
        const double room = std::max(std::abs(low_) * 0.05, 1e-6);
        low_ -= room;
        high_ += room;
    }
    logarithmic_ = logarithmic_ && low_ > 0.0;
}

double FigureScale::at(double value) const {
    const double share = logarithmic_ ? std::log(std::max(value, 1e-300) / low_) / std::log(high_ / low_)
                                      : (value - low_) / (high_ - low_);
    return from_ + (to_ - from_) * std::clamp(share, -0.02, 1.02);
}

double FigureScale::valueAt(double place) const {
    const double share = (place - from_) / (to_ - from_);
    return logarithmic_ ? low_ * std::pow(high_ / low_, share) : low_ + (high_ - low_) * share;
}

FigureScale valueScale(const StudyPanel& panel, double bottom, double top, bool bars) {
    double low = INFINITY;
    double high = -INFINITY;
    const auto include = [&](double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    };
    for (const StudyColumn& column : panel.columns) {
        include(column.best);
        include(column.firstQuartile);
        include(column.thirdQuartile);
    }
    for (const std::optional<double>& line : {panel.reference, panel.floor}) {
        if (line) {
            include(*line);
        }
    }
    const double usual = (high - low) * extremeShare;
    for (const StudyColumn& column : panel.columns) {
        for (const double end : {column.low, column.high}) {
            if (end > low - usual && end < high + usual) {
                include(end);
            }
        }
    }
    const double room = 0.06 * (high - low);
    // Bars are compared by their length, which is honest from 0 on only.
    const bool fromZero = bars && low > 0.0 && low < nearZero * high;
    return {fromZero ? 0.0 : low - room, high + room, bottom, top};
}

FigureScale parameterScale(const SensitivityPanel& panel, double left, double right) {
    if (!panel.choices.empty()) {
        return {-0.5, double(panel.choices.size()) - 0.5, left, right};
    }
    double low = INFINITY;
    double high = -INFINITY;
    for (const StudyPoint& point : panel.points) {
        low = std::min(low, point.x);
        high = std::max(high, point.x);
    }
    if (panel.logarithmic && low > 0.0) {
        const double room = std::pow(std::max(high / low, 1.01), 0.08);
        return {low / room, high * room, left, right, true};
    }
    const double room = 0.08 * std::max(high - low, 1e-9);
    return {low - room, high + room, left, right};
}

std::vector<double> roundTicks(double low, double high, int wanted) {
    const double rough = (high - low) / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10.0 * power;
    for (const double factor : {5.0, 2.0, 1.0}) {
        step = factor * power >= closerTicks * rough ? factor * power : step;
    }
    std::vector<double> ticks;
    for (double n = std::ceil(low / step); n * step <= high && ticks.size() < 20; ++n) {
        ticks.push_back(n == 0.0 ? 0.0 : n * step);
    }
    return ticks;
}

std::vector<double> decadeTicks(double low, double high, int wanted) {
    constexpr double nearly = 1e-9; // a power at the very end counts
    const int first = int(std::ceil(std::log10(low) - nearly));
    const int last = int(std::floor(std::log10(high) + nearly));
    const int stride = std::max(1, (last - first) / std::max(1, wanted));
    std::vector<double> ticks;
    for (int power = first; power <= last; power += stride) {
        ticks.push_back(std::pow(10.0, power));
    }
    return ticks;
}

std::vector<double> parameterTicks(const SensitivityPanel& panel, const FigureScale& scale, int wanted) {
    std::set<double> values;
    for (const StudyPoint& point : panel.points) {
        values.insert(point.x);
    }
    if (values.size() <= mostLabelled) {
        return {values.begin(), values.end()};
    }
    if (!scale.isLogarithmic()) {
        return roundTicks(scale.low(), scale.high(), wanted);
    }
    std::vector<double> ticks = decadeTicks(scale.low(), scale.high(), wanted);
    return ticks.size() >= 2 ? ticks : std::vector<double>{*values.begin(), *values.rbegin()};
}

double placeBeside(const std::vector<std::pair<double, double>>& placed, double x, double y, double radius) {
    double shift = 0.0;
    const auto isTaken = [&](const std::pair<double, double>& other) {
        return std::hypot(other.first - (x + shift), other.second - y) < 2.0 * radius;
    };
    for (int n = 1; n < mostTries && std::any_of(placed.begin(), placed.end(), isTaken); ++n) {
        const int steps = (n + 1) / 2; // to the right and to the left in turn
        shift = (n % 2 == 1 ? steps : -steps) * radius * 1.6;
    }
    return x + shift;
}

} // namespace alphascope::engine
