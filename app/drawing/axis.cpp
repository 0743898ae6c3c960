#include "app/drawing/axis.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace alphascope::app {

Axis makeAxis(double low, double high, int count) {
    if (!(high > low)) {
        const double margin = std::max(std::abs(low) * 0.1, 0.5);
        low -= margin;
        high += margin;
    }
    const double rough = (high - low) / std::max(count, 1);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double share = rough / power;
    const double step = power * (share < 1.5 ? 1.0 : share < 3.5 ? 2.0 : share < 7.5 ? 5.0 : 10.0);
    Axis axis{low, high, {}};
    // Whole multiples, so that errors do not add up and zero is exactly zero.
    const double slack = 1e-9;
    for (double k = std::ceil(low / step - slack); k * step <= high + slack * step; k += 1.0) {
        axis.ticks.push_back(k == 0.0 ? 0.0 : k * step);
    }
    return axis;
}

std::string tickText(double value) {
    const double size = std::abs(value);
    if (size >= 1e6) {
        return fmt::format("{:.6g}M", value / 1e6);
    }
    if (size >= 1e4) {
        return fmt::format("{:.6g}k", value / 1e3);
    }
    return fmt::format("{:.6g}", value);
}

} // namespace alphascope::app
