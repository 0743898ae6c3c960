#pragma once
// Samples and reconstructions of a study's best trials, side by side.

#include <string>
#include <vector>

#include "engine/api/study.h"

namespace alphascope::app {

/// For each set with two methods or more, `output`/samples-SET.png: the best trial of each method by
/// `metric`, in the study's order. Gives the paths. Throws Error.
std::vector<std::string> writeStudySheets(const std::string& studyFolder, const std::string& output,
                                          const engine::StudyPlan& plan,
                                          const std::vector<engine::TrialRow>& rows,
                                          const std::string& metric);

} // namespace alphascope::app
