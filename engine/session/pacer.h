#pragma once
// When something dear is due again: at most once per interval, and never for more than a given share of the
// time. Threads: one.

#include <algorithm>
#include <chrono>
#include <optional>

#include "engine/concurrency/clock.h"

namespace alphascope::engine {

class Pacer {
public:
    /// After work that took d, the next is due max(interval, intervalPerCost * d) after that work began.
    Pacer(std::chrono::milliseconds interval, int intervalPerCost)
        : interval_(interval), intervalPerCost_(intervalPerCost) {}

    bool due(TimePoint now) const { return !next_ || now >= *next_; }
    void done(TimePoint begin, TimePoint end) {
        next_ = begin + std::max<TimePoint::duration>(interval_, intervalPerCost_ * (end - begin));
    }
    void reset() { next_.reset(); }

private:
    std::chrono::milliseconds interval_;
    int intervalPerCost_;
    std::optional<TimePoint> next_;
};

} // namespace alphascope::engine
