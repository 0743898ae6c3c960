#pragma once
// Time that stands still until a test moves it. Any thread.

#include <atomic>
#include <chrono>

#include "engine/concurrency/clock.h"

namespace alphascope::tests {

class ManualClock {
public:
    void advance(std::chrono::nanoseconds by) { now_.fetch_add(by.count(), std::memory_order_relaxed); }
    engine::TimePoint now() const {
        return engine::TimePoint(std::chrono::nanoseconds(now_.load(std::memory_order_relaxed)));
    }
    /// Valid as long as this object.
    engine::Clock clock() {
        return [this] { return now(); };
    }

private:
    std::atomic<std::int64_t> now_{1'000'000'000};
};

} // namespace alphascope::tests
