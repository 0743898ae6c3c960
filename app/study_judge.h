#pragma once
// The judges of a study's trials: engine/api/metrics.h.

#include "app/study_trial.h"

namespace alphascope::app {

/// Throws Error(Usage) for a metric that does not exist: names the nearest.
void checkMetrics(const engine::Study& study);

/// The evaluation of the run's newest checkpoint. See TrialJudge. Throws what evaluate() throws.
TrialVerdict judgeTrial(const std::string& runFolder, const engine::StudyJudging& judging, int threads,
                        const std::function<bool()>& goOn);

} // namespace alphascope::app
