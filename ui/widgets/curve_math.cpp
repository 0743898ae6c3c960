#include "ui/widgets/curve_math.h"

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

DebiasedAverage::DebiasedAverage(double weight)
    : weight_(std::isfinite(weight) ? std::clamp(weight, 0.0, 0.999) : 0.0) {}

double DebiasedAverage::add(double value) {
    if (!std::isfinite(value)) {
        return value;
    }
    if (!started_) {
        started_ = true;
        first_ = value;
    }
    constant_ = constant_ && value == first_;
    last_ = weight_ * last_ + (1.0 - weight_) * value;
    power_ *= weight_;
    // Rounding would make a constant series tremble; it is returned as it came.
    return constant_ ? value : last_ / (1.0 - power_);
}

QVector<double> smooth(const QVector<double>& values, double weight) {
    DebiasedAverage average(weight);
    QVector<double> result;
    result.reserve(values.size());
    for (const double value : values) {
        result.append(average.add(value));
    }
    return result;
}

namespace {

double quantile(QVector<double>& values, double fraction) {
    const double place = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(values.size() - 1);
    const auto low = static_cast<qsizetype>(std::floor(place));
    std::nth_element(values.begin(), values.begin() + low, values.end());
    const double below = values[low];
    const double rest = place - static_cast<double>(low);
    if (rest == 0.0 || low + 1 >= values.size()) {
        return below;
    }
    const double above = *std::min_element(values.begin() + low + 1, values.end());
    return below + (above - below) * rest;
}

} // namespace

std::pair<double, double> percentileRange(QVector<double> values, double lower, double upper) {
    values.removeIf([](double value) { return !std::isfinite(value); });
    if (values.isEmpty()) {
        return {0.0, 1.0};
    }
    const double low = quantile(values, lower);
    return {low, quantile(values, upper)};
}

QVector<int> thinOut(const QVector<double>& x, const QVector<double>& y, double from, double to,
                     int columns) {
    QVector<int> result;
    const auto count = static_cast<int>(std::min(x.size(), y.size()));
    const auto begin = x.cbegin();
    const auto end = x.cbegin() + count;
    auto first = static_cast<int>(std::lower_bound(begin, end, from) - begin);
    auto last = static_cast<int>(std::upper_bound(begin, end, to) - begin);
    first = std::max(0, first - 1);
    last = std::min(count, last + 1);
    if (first >= last) {
        return result;
    }
    const int slices = std::max(1, columns);
    if (last - first <= 4 * slices) {
        for (int i = first; i < last; ++i) {
            if (std::isfinite(y[i])) {
                result.append(i);
            }
        }
        return result;
    }
    result.reserve(qsizetype{4} * slices);
    const double span = last - first;
    for (int slice = 0; slice < slices; ++slice) {
        const int a = first + static_cast<int>(span * slice / slices);
        const int b = first + static_cast<int>(span * (slice + 1) / slices);
        int low = -1;
        int high = -1;
        int head = -1;
        int tail = -1;
        for (int i = a; i < b; ++i) {
            if (!std::isfinite(y[i])) {
                continue;
            }
            head = head < 0 ? i : head;
            tail = i;
            low = low < 0 || y[i] < y[low] ? i : low;
            high = high < 0 || y[i] > y[high] ? i : high;
        }
        if (head < 0) {
            continue;
        }
        int picks[4] = {head, std::min(low, high), std::max(low, high), tail};
        for (int i = 0; i < 4; ++i) {
            if (i == 0 || picks[i] != picks[i - 1]) {
                result.append(picks[i]);
            }
        }
    }
    return result;
}

int nearestIndex(const QVector<double>& x, double at) {
    if (x.isEmpty()) {
        return -1;
    }
    const auto right = std::lower_bound(x.cbegin(), x.cend(), at);
    if (right == x.cend()) {
        return static_cast<int>(x.size()) - 1;
    }
    const auto index = static_cast<int>(right - x.cbegin());
    return index > 0 && at - x[index - 1] <= x[index] - at ? index - 1 : index;
}

std::pair<double, double> padded(std::pair<double, double> range, double fraction, bool logarithmic) {
    auto [low, high] = range;
    if (logarithmic) {
        if (high <= 0) {
            return {0.1, 1.0};
        }
        low = low > 0 ? low : high * 1e-3;
        const double ratio = high > low ? std::pow(high / low, fraction) : 1.5;
        return {low / ratio, high * ratio};
    }
    if (high <= low) {
        const double air = low == 0.0 ? 1.0 : std::abs(low) * 0.1;
        return {low - air, low + air};
    }
    const double air = (high - low) * fraction;
    return {low - air, high + air};
}

} // namespace alphascope::ui
