#pragma once
// Learning rates that change while training goes on. Pure functions; standard library only.

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace alphascope::models {

/// `rate`, halved after every `every` of the `updates` made so far; `every` 0 leaves it as it is. It does not
/// fall below `floor`, and a rate that starts below `floor` stays where it is. AGE (Ulyanov et al. 2017)
/// and BEGAN (Berthelot et al. 2017) train with such steps.
inline double halvedRate(double rate, std::int64_t updates, std::int64_t every, double floor) {
    if (every <= 0) {
        return rate;
    }
    const double halvings = std::floor(static_cast<double>(updates) / static_cast<double>(every));
    return std::max(rate * std::exp2(-halvings), std::min(rate, floor));
}

} // namespace alphascope::models
