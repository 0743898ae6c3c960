#pragma once
// What a scatter view shows of a model of points. Session thread, on an inference copy.

#include "models/libtorch.h"

#include "engine/api/points.h"
#include "engine/data/data_set.h"
#include "models/methods/method.h"

namespace alphascope::engine {

class PointsPreviewMaker {
public:
    /// Takes the first held-out points of `set` and fixed codes; both stay for the whole run.
    PointsPreviewMaker(const models::ModelSpec& spec, const torch::Device& device, const DataSet& set);

    /// `replica` is in evaluation mode.
    PointsPreview make(models::Method& replica) const;

private:
    void addField(models::Method& replica, PointsPreview& preview) const;
    void addArrows(models::Method& replica, const torch::Tensor& samples, PointsPreview& preview) const;

    const models::MethodTraits* traits_;
    torch::Tensor real_;  ///< [N,2,1,1]
    torch::Tensor codes_; ///< [N,Z]
    torch::Tensor nodes_; ///< [side * side,2,1,1]
};

} // namespace alphascope::engine
