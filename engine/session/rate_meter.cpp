#include "engine/session/rate_meter.h"

#include <chrono>

namespace alphascope::engine {

namespace {
constexpr std::chrono::milliseconds window{1000};
constexpr std::chrono::milliseconds spacing{50};
} // namespace

void RateMeter::reset() {
    samples_.clear();
    running_ = false;
}

void RateMeter::resume(TimePoint now, std::int64_t step) {
    if (!samples_.empty() && !running_) {
        const auto gap = now - pausedAt_;
        // Steps taken singly while paused are not running either.
        const std::int64_t taken = step - samples_.back().step;
        for (Sample& sample : samples_) {
            sample.time += gap;
            sample.step += taken;
        }
    }
    if (samples_.empty()) {
        samples_.push_back({now, step});
    }
    running_ = true;
}

void RateMeter::tick(TimePoint now, std::int64_t step) {
    if (!running_) {
        return;
    }
    // The last sample moves with the present; a new one is only begun `spacing` after the one before it.
    if (samples_.size() >= 2 && now - samples_[samples_.size() - 2].time < spacing) {
        samples_.back() = {now, step};
    } else {
        samples_.push_back({now, step});
    }
    // One sample older than the window stays, so that slow steps have a beginning.
    while (samples_.size() > 2 && now - samples_[1].time >= window) {
        samples_.pop_front();
    }
}

void RateMeter::pause(TimePoint now) {
    pausedAt_ = now;
    running_ = false;
}

double RateMeter::stepsPerSecond() const {
    if (samples_.size() < 2) {
        return 0.0;
    }
    const std::chrono::duration<double> time = samples_.back().time - samples_.front().time;
    const auto steps = samples_.back().step - samples_.front().step;
    return time.count() > 0.0 ? double(steps) / time.count() : 0.0;
}

} // namespace alphascope::engine
