#pragma once
// Steps per second over the last second or so of running; pauses do not count. Threads: one.

#include <cstdint>
#include <deque>

#include "engine/concurrency/clock.h"

namespace alphascope::engine {

class RateMeter {
public:
    void reset();
    /// Running begins, at this count of steps.
    void resume(TimePoint now, std::int64_t step);
    void tick(TimePoint now, std::int64_t step);
    /// Running ends; the rate stays as it was.
    void pause(TimePoint now);

    /// 0 until two moments are known.
    double stepsPerSecond() const;

private:
    struct Sample {
        TimePoint time; ///< shifted so that pauses have no length
        std::int64_t step;
    };
    std::deque<Sample> samples_;
    TimePoint pausedAt_;
    bool running_ = false;
};

} // namespace alphascope::engine
