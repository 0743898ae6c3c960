#pragma once
// Training from a terminal: drives one session to its end, shows how it goes, stops politely on a signal.

#include <string>
#include <utility>
#include <vector>

#include "engine/api/run_config.h"

namespace alphascope::app {

struct TrainingOrder {
    engine::RunConfig config;
    /// Settings that change in a run that goes on: name, text.
    std::vector<std::pair<std::string, std::string>> liveChanges;
    bool json = false;
};

/// Returns when the last step is done. Throws Error: what made it fail, or Interrupted after a signal.
void runTraining(const TrainingOrder& order);

} // namespace alphascope::app
