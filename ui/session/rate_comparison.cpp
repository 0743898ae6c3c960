#include "ui/session/rate_comparison.h"

namespace alphascope::ui {

namespace {

constexpr double remembered = 30.0; // seconds of each kind
constexpr double needed = 2.0;

} // namespace

void RateComparison::sample(std::int64_t step, std::uint64_t requests, std::int64_t nanoseconds) {
    if (known_ && nanoseconds > nanoseconds_ && step >= step_)
        kinds_[requests != requests_ ? 1 : 0].add({double(nanoseconds - nanoseconds_) * 1e-9, step - step_});
    known_ = true;
    step_ = step;
    requests_ = requests;
    nanoseconds_ = nanoseconds;
}

void RateComparison::reset() {
    *this = {};
}

void RateComparison::Kind::add(const Interval& interval) {
    intervals.push_back(interval);
    seconds += interval.seconds;
    steps += interval.steps;
    while (seconds - intervals.front().seconds >= remembered) {
        seconds -= intervals.front().seconds;
        steps -= intervals.front().steps;
        intervals.pop_front();
    }
}

double RateComparison::Kind::rate() const {
    return seconds < needed ? -1.0 : double(steps) / seconds;
}

} // namespace alphascope::ui
