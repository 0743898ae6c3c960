#include "engine/training/paced_judge.h"

#include <utility>

#include "engine/training/device.h"

namespace alphascope::engine {

PacedJudge::PacedJudge(SampleJudge judge, JudgingSchedule schedule, Clock clock, std::function<void()> yield)
    : judge_(std::move(judge)), schedule_(schedule), clock_(std::move(clock)), yield_(std::move(yield)) {}

void PacedJudge::look(models::Method& training, std::int64_t step, ScalarLog& log) {
    const bool begins = schedule_.begins(step, judge_.busy());
    if (!begins && !judge_.busy()) {
        return;
    }
    const TimePoint before = clock_();
    waitForDevice(judge_.device()); // what is still under way there is training's time
    const TimePoint begin = clock_();
    schedule_.trained(begin - before);
    if (begins) {
        judge_.begin(training, step);
        schedule_.judged(clock_() - begin, true);
    }
    work(longestStretch, log);
}

void PacedJudge::finish(std::int64_t step, ScalarLog& log) {
    if (judge_.busy() && judge_.step() == step) {
        work(JudgingSchedule::Duration::max(), log);
    }
}

void PacedJudge::work(JudgingSchedule::Duration stretch, ScalarLog& log) {
    JudgingSchedule::Duration taken{};
    while (judge_.busy() && taken < stretch && schedule_.goesOn()) {
        const TimePoint begin = clock_();
        const bool ofLook = !judge_.preparing();
        judge_.work();
        const auto time = clock_() - begin;
        schedule_.judged(time, ofLook);
        taken += time;
        if (!judge_.busy()) {
            report(log);
        } else if (yield_) {
            yield_();
        }
    }
}

void PacedJudge::report(ScalarLog& log) {
    const JudgingSchedule::Look look = schedule_.done();
    for (const JudgedFigure& figure : judge_.figures()) {
        log.add(judge_.step(), figure.tag, figure.estimate.value);
        if (figure.hasInterval) {
            log.add(judge_.step(), figure.tag + "_low", figure.estimate.low);
            log.add(judge_.step(), figure.tag + "_high", figure.estimate.high);
        }
    }
    if (!judge_.figures().empty()) {
        log.add(judge_.step(), judgingSecondsTag, std::chrono::duration<double>(look.cost).count());
        log.add(judge_.step(), judgingSkippedTag, double(look.skipped));
    }
}

} // namespace alphascope::engine
