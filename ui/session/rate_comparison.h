#pragma once
// What the viewer costs the training, measured: iterations per second in the intervals in which somebody
// asked the explorer for something, beside those in which nobody did. Each is the rate over the last 30
// seconds of its kind, so a change of the machine's load reaches both within a minute of use. Threads: one.

#include <array>
#include <cstdint>
#include <deque>

namespace alphascope::ui {

class RateComparison {
public:
    /// At intervals of up to a second while training runs: the step reached, how many requests the viewer has
    /// made so far, and the time. The interval since the sample before counts as the viewer's when a request
    /// fell into it.
    void sample(std::int64_t step, std::uint64_t requests, std::int64_t nanoseconds);
    /// Training does not run: what passes until the next sample counts for neither.
    void interrupt() { known_ = false; }
    /// Another run.
    void reset();

    double withViewer() const { return kinds_[1].rate(); }    ///< it/s; negative until 2 s are known
    double withoutViewer() const { return kinds_[0].rate(); } ///< it/s; negative until 2 s are known

private:
    struct Interval {
        double seconds;
        std::int64_t steps;
    };
    struct Kind {
        void add(const Interval& interval);
        double rate() const;
        std::deque<Interval> intervals;
        double seconds = 0.0;
        std::int64_t steps = 0;
    };
    std::array<Kind, 2> kinds_; ///< without, with
    bool known_ = false;        ///< the sample before
    std::int64_t step_ = 0;
    std::uint64_t requests_ = 0;
    std::int64_t nanoseconds_ = 0;
};

} // namespace alphascope::ui
