#pragma once
// When the model in training is judged: every so many steps, as long as judging takes no more than its share
// of the time that training takes. What the share does not allow is left out, and counted. Threads: one.

#include <chrono>
#include <cstdint>
#include <utility>

#include "engine/concurrency/clock.h"

namespace alphascope::engine {

class JudgingSchedule {
public:
    using Duration = TimePoint::duration;
    static constexpr double share = 0.05; ///< of the time that training took
    /// What judging may run ahead of its share: the first look comes before there is any.
    static constexpr std::chrono::milliseconds advance{250};

    /// `every`: steps. `fresh`: the run begins here, and its first step is looked at.
    JudgingSchedule(std::int64_t every, bool fresh) : every_(every), first_(fresh) {}

    void trained(Duration time) { trained_ += time; }
    /// `ofLook`: what each look takes, unlike what is prepared once.
    void judged(Duration time, bool ofLook) {
        judged_ += time;
        cost_ += ofLook ? time : Duration::zero();
    }

    /// Whether a look begins at this step; call it once a step. `busy`: the last one is not done.
    bool begins(std::int64_t step, bool busy) {
        const bool first = std::exchange(first_, false);
        if (!first && step % every_ != 0) {
            return false;
        }
        if (busy || !affordable(judged_ + lastCost_)) {
            ++skipped_;
            return false;
        }
        cost_ = Duration::zero();
        return true;
    }
    /// Whether the look that has begun may take more time now.
    bool goesOn() const { return affordable(judged_ - advance); }

    struct Look {
        std::int64_t skipped = 0; ///< looks that the share did not allow since the one before
        Duration cost{};
    };
    /// The look that has begun is done.
    Look done() {
        lastCost_ = cost_;
        return {std::exchange(skipped_, 0), cost_};
    }

private:
    bool affordable(Duration judging) const {
        return std::chrono::duration<double>(judging) <= share * std::chrono::duration<double>(trained_);
    }

    std::int64_t every_;
    bool first_;
    Duration trained_{};
    Duration judged_{};
    Duration cost_{};
    Duration lastCost_{}; ///< what the next look will take, as far as is known
    std::int64_t skipped_ = 0;
};

} // namespace alphascope::engine
