#pragma once
// Judges the model in training now and then, between its iterations: on the training thread, since a second
// one would take the cores that training computes with, and no more than JudgingSchedule::share of the time.
// Session thread.

#include <cstdint>
#include <functional>

#include "engine/concurrency/clock.h"
#include "engine/training/judging_schedule.h"
#include "engine/training/sample_judge.h"
#include "engine/training/scalar_log.h"

namespace alphascope::engine {

class PacedJudge {
public:
    /// Judging that comes between two iterations lasts no longer, but for its last piece.
    static constexpr std::chrono::milliseconds longestStretch{40};

    /// `yield` is called between the pieces: others may want the cores. What it throws passes through.
    PacedJudge(SampleJudge judge, JudgingSchedule schedule, Clock clock, std::function<void()> yield);

    /// Time that training took, waiting for its device included.
    void trained(JudgingSchedule::Duration time) { schedule_.trained(time); }
    /// After each iteration. Figures go to `log` at the step whose weights they are of.
    void look(models::Method& training, std::int64_t step, ScalarLog& log);
    /// Before a checkpoint of `step` is saved: a look that has begun there comes to its end, if it is allowed
    /// to, so that the checkpoint is known by its own figures.
    void finish(std::int64_t step, ScalarLog& log);

private:
    void work(JudgingSchedule::Duration stretch, ScalarLog& log);
    void report(ScalarLog& log);

    SampleJudge judge_;
    JudgingSchedule schedule_;
    Clock clock_;
    std::function<void()> yield_;
};

} // namespace alphascope::engine
