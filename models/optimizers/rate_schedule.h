#pragma once
// Learning rates that fall while training goes on. Pure.

#include <cstdint>

namespace alphascope::models {

/// `rate`, halved after every `interval` > 0 updates, but never below `floor`; a rate that starts below it
/// stays as it is, so that 0 still freezes a network.
double halvedRate(double rate, std::int64_t updates, std::int64_t interval, double floor);

} // namespace alphascope::models
