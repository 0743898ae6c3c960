#include "app/study_trial.h"

#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "app/run_verb.h"
#include "app/stop_signals.h"
#include "app/training_run.h"
#include "app/wake_pipe.h"
#include "engine/api/error.h"

namespace alphascope::app {

namespace {

using engine::Error;
using engine::ErrorKind;
using engine::TrialResult;
using engine::TrialState;
using Clock = std::chrono::steady_clock;

/// Running the trial again is the remedy.
bool isPassing(const Error& error) {
    return error.kind() == ErrorKind::InputOutput || error.kind() == ErrorKind::Interrupted;
}

TrialResult resultOf(const engine::RecordedRun& recorded) {
    TrialResult result;
    result.step = recorded.step;
    result.seconds = recorded.seconds;
    result.figures = recorded.figures;
    return result;
}

void judgeInto(TrialResult& result, const std::string& runFolder, const engine::StudyJudging& judging,
               int threads, const TrialJudge& judge) {
    const WakePipe pipe;
    const StopSignals signals(pipe);
    const Clock::time_point start = Clock::now();
    TrialVerdict verdict = judge(runFolder, judging, threads, [&] { return !signals.requested(); });
    result.judgingSeconds = std::chrono::duration<double>(Clock::now() - start).count();
    result.figures.insert(result.figures.begin(), verdict.figures.begin(), verdict.figures.end());
    result.warnings = std::move(verdict.warnings);
}

/// Writes down how it ended, and throws it on.
[[noreturn]] void fail(const engine::Trial& trial, const TrialOrder& order, const Error& error,
                       const std::string& during) {
    if (!isPassing(error)) {
        const engine::RecordedRun recorded =
            engine::readRecordedRun(engine::trialFolder(order.study, trial.index));
        TrialResult result = resultOf(recorded);
        // Rather than too little memory, say, or a lost device.
        const bool diverged = recorded.diverged && error.kind() == ErrorKind::TrainingFailed;
        result.state = diverged ? TrialState::Diverged : TrialState::Failed;
        result.reason = oneSentence(during + error.what(), error.hint());
        engine::saveTrialResult(order.study, trial, result);
    }
    throw Error(error);
}

bool isOver(const TrialOrder& order) {
    std::optional<TrialResult> result;
    try {
        result = engine::readTrialResult(order.study, order.index);
    } catch (const Error&) {
        return false; // judged anew
    }
    return result && (result->state == TrialState::Done || !order.retry);
}

} // namespace

void runTrial(const engine::StudyPlan& plan, const TrialOrder& order, const TrialJudge& judge) {
    const engine::Trial trial = plan.trial(order.index);
    const std::optional<engine::TrialClaim> claim = engine::TrialClaim::take(order.study, order.index);
    if (!claim) {
        throw Error(
            ErrorKind::InputOutput,
            fmt::format("Trial {} of '{}' is being run by another process.", order.index, order.study),
            "Run another one, or wait.");
    }
    if (isOver(order)) {
        fmt::print(stderr, "Trial {} is over already\n", order.index);
        return;
    }
    const std::string folder = engine::trialFolder(order.study, order.index);
    const int threads = order.threads > 0 ? order.threads : plan.study().threads;
    try {
        TrainingOrder training{
            .config = engine::prepareTrialRun(order.study, trial), .liveChanges = {}, .json = false};
        training.config.threads = threads;
        training.config.commandLine = order.commandLine;
        runTraining(training);
    } catch (const Error& error) {
        fail(trial, order, error, {});
    }
    TrialResult result = resultOf(engine::readRecordedRun(folder));
    if (const engine::StudyJudging judging = plan.judging(trial); !judging.metrics.empty()) {
        try {
            judgeInto(result, folder, judging, threads, judge);
        } catch (const Error& error) {
            fail(trial, order, error, "Judging: ");
        }
    }
    engine::saveTrialResult(order.study, trial, result);
}

} // namespace alphascope::app
