#pragma once
// Runs the trials of a study in child processes of this program, several at once.

#include <cstddef>
#include <string>

#include "engine/api/study.h"

namespace alphascope::app {

struct RunnerOrder {
    std::string study; ///< folder
    int jobs = 0;      ///< at once; 0 = as many as the study's threads fit into the machine
    int threads = 0;   ///< of each; 0 = the study's, or a fair share
    bool retry = false;
    bool json = false; ///< one object per trial that is over on standard output
};

/// Returns when no trial is left that this process could run. Trials that other processes run are left to
/// them. A signal stops the children politely. Throws Error: Interrupted after one; InputOutput for a full
/// disk, with the trial's own sentence; TrainingFailed when trials were ended from outside.
void runStudy(const engine::StudyPlan& plan, const RunnerOrder& order);

/// CPU threads of trial place `slot` among `jobs`: the machine's, shared evenly, at least 1.
int threadShare(int cores, int jobs, int slot);

} // namespace alphascope::app
