#pragma once
// What an evaluation lays side by side: samples, and the data that they are judged against.

#include <memory>
#include <string>
#include <vector>

#include "engine/api/metrics.h"
#include "engine/api/model.h"
#include "engine/metrics/judged_pictures.h"

namespace alphascope::engine {

struct JudgedSides {
    std::unique_ptr<Model> model; ///< null for pictures
    std::shared_ptr<JudgedPictures> samples;
    std::shared_ptr<JudgedPictures> data; ///< of the split that was asked for
    std::shared_ptr<JudgedPictures> training, heldOut;
    std::shared_ptr<const DataSet> set; ///< with labels, for a classifier; null where there is none
    /// The set whose pictures lie in the three channels of `set`; null unless `set` stacks three.
    std::shared_ptr<const DataSet> grey;
    std::string dataName;
};

/// Throws Error: Usage when there is nothing to judge or to judge by, BadInput when a path holds no pictures
/// or the two sides differ in size.
JudgedSides openSides(const EvaluationRequest& request);

} // namespace alphascope::engine
