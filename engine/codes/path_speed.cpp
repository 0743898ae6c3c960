#include <algorithm>
#include <cmath>

#include "engine/api/paths.h"

namespace alphascope::engine {

namespace {

double within01(double x) {
    return x > 0.0 ? std::min(x, 1.0) : 0.0; // a NaN becomes 0
}

} // namespace

double codeLength(const Codes& path) {
    double length = 0.0;
    for (std::size_t i = 1; i < path.count; ++i) {
        const auto a = path.row(i - 1);
        const auto b = path.row(i);
        double square = 0.0;
        for (std::size_t k = 0; k < path.size; ++k) {
            square += (double(b[k]) - a[k]) * (double(b[k]) - a[k]);
        }
        length += std::sqrt(square);
    }
    return length;
}

PathSpeed::PathSpeed(std::span<const float> steps) {
    sums_.push_back(0.0);
    for (const float step : steps) {
        sums_.push_back(sums_.back() + std::max(0.0, double(step)));
    }
    if (!(sums_.back() > 0.0) || !std::isfinite(sums_.back())) {
        sums_.clear();
    }
}

double PathSpeed::shareAt(double time) const {
    if (sums_.empty()) {
        return within01(time);
    }
    const double place = within01(time) * double(sums_.size() - 1);
    const std::size_t step = std::min(static_cast<std::size_t>(place), sums_.size() - 2);
    const double behind = sums_[step] + (place - double(step)) * (sums_[step + 1] - sums_[step]);
    return behind / sums_.back();
}

double PathSpeed::timeAt(double share) const {
    if (sums_.empty()) {
        return within01(share);
    }
    if (share >= 1.0) {
        return 1.0; // the end, also where the last stretch has no length
    }
    const double wanted = within01(share) * sums_.back();
    // The first sum that is not behind: a stretch without length is jumped over.
    const auto next = std::lower_bound(sums_.begin() + 1, sums_.end() - 1, wanted);
    const double length = *next - *(next - 1);
    const double into = length > 0.0 ? (wanted - *(next - 1)) / length : 0.0;
    return within01((double(next - sums_.begin() - 1) + into) / double(sums_.size() - 1));
}

std::vector<double> PathSpeed::evenTimes(std::size_t count) const {
    std::vector<double> times(count);
    for (std::size_t i = 0; i < count; ++i) {
        times[i] = timeAt(count == 1 ? 0.0 : double(i) / double(count - 1));
    }
    return times;
}

} // namespace alphascope::engine
