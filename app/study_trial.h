#pragma once
// One trial of a study, from its claim to its trial.json.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "engine/api/study.h"

namespace alphascope::app {

/// What judges found out about a trained run.
struct TrialVerdict {
    std::vector<engine::TrialFigure> figures;
    std::vector<std::string> warnings;
};
/// Called with the run's folder, what to judge and with how many threads (0 = all). `goOn` is asked now and
/// then; once it says no, Error(Interrupted) is thrown.
using TrialJudge =
    std::function<TrialVerdict(const std::string& runFolder, const engine::StudyJudging& judging, int threads,
                               const std::function<bool()>& goOn)>;

struct TrialOrder {
    std::string study; ///< folder
    std::size_t index = 0;
    int threads = 0;    ///< 0 = the study's
    bool retry = false; ///< also when it failed before
    std::string commandLine;
};

/// Trains (or goes on), judges and writes what came out; a trial that is over already is left alone. Throws
/// what made it fail, after writing that down unless running it again is the remedy (full disk, interrupted).
/// Throws Error(InputOutput) when another process runs it.
void runTrial(const engine::StudyPlan& plan, const TrialOrder& order, const TrialJudge& judge);

} // namespace alphascope::app
