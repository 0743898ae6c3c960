#pragma once
// Precision and recall of samples: Kynkaanniemi, Karras, Laine, Lehtinen, Aila 2019, "Improved Precision and
// Recall Metric for Assessing Generative Models". In the form of torch-fidelity 0.4. Pure.

#include "models/libtorch.h"

namespace alphascope::engine {

struct PrecisionRecall {
    double precision = 0.0; ///< share of samples within the ball of a real picture
    double recall = 0.0;    ///< share of real pictures within the ball of a sample
};

/// The ball of a row reaches to its k-th neighbour among its own kind, itself not counted, its rim included.
/// Euclidean distances in float64, in pieces of bounded memory. `samples`, `real`: [N,F], N > k.
PrecisionRecall precisionRecall(const torch::Tensor& samples, const torch::Tensor& real, int k = 3);

} // namespace alphascope::engine
