#pragma once
// How often the session loop does what. The defaults are the product's; tests move the clock by hand.

#include <chrono>
#include <cstddef>

#include "engine/concurrency/clock.h"

namespace alphascope::engine {

struct SessionOptions {
    Clock clock = steadyClock();
    /// Scalars are read back every so many steps or milliseconds, whichever is first: each read waits for the
    /// device.
    int metricsEverySteps = 10;
    std::chrono::milliseconds metricsEvery{100};
    std::chrono::milliseconds previewEvery{500};
    std::chrono::milliseconds weightsEvery{100};
    /// Previews and weights are made more rarely where they are dear: each costs at most 1/n of the time.
    int leastIntervalPerCost = 40;
    /// The longest that training gives way to the explorer at one place.
    std::chrono::milliseconds yieldAtMost{10};
    std::size_t commandCapacity = 256;
    /// Unread scalars kept before the oldest are thinned (some 400 bytes each).
    std::size_t metricCapacity = 200'000;
};

} // namespace alphascope::engine
