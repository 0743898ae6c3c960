#include "models/optimizers/rate_schedule.h"

#include <algorithm>
#include <cmath>

namespace alphascope::models {

double halvedRate(double rate, std::int64_t updates, std::int64_t interval, double floor) {
    const auto halvings = static_cast<double>(updates / interval);
    return std::max(rate * std::exp2(-halvings), std::min(rate, floor));
}

} // namespace alphascope::models
