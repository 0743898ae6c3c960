#pragma once
// Going back to a past step with other settings: a new run that begins as a checkpoint of another one.
// Standard library only. Any thread; reads files.

#include <cstdint>
#include <string>

#include "engine/api/run_config.h"

namespace alphascope::engine {

struct ForkPoint {
    /// With which the new run would go on as the old one did: what that was started with, its parameters as
    /// they were at the step (changed while it ran, perhaps), forkFrom set, runFolder empty. A number of
    /// steps that is reached already becomes 0, endless.
    RunConfig config;
    std::string run; ///< the old run's folder; "" for a file that lies in none
    std::int64_t step = 0;
};

/// `checkpoint`: a checkpoint file, or a run folder for its newest good one. Throws Error with one sentence:
/// BadInput for what is missing, damaged or of another version, InputOutput when it cannot be read.
ForkPoint readForkPoint(const std::string& checkpoint);

} // namespace alphascope::engine
