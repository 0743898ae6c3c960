#pragma once
// Round numbers along an axis.

#include <string>
#include <vector>

namespace alphascope::app {

struct Axis {
    double low = 0.0;
    double high = 1.0;
    std::vector<double> ticks;

    /// Where `value` lies between low and high, 0 to 1.
    double place(double value) const { return (value - low) / (high - low); }
};

/// Ticks at 1, 2 or 5 times a power of ten, about `count` of them, inside [low, high]. An empty range is
/// widened.
Axis makeAxis(double low, double high, int count);

/// Short: "0.25", "2000", "15k", "1.5M".
std::string tickText(double value);

} // namespace alphascope::app
