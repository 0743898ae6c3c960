#pragma once
// Inception score: Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen 2016, "Improved Techniques for
// Training GANs", section 4. In the form of torch-fidelity 0.4. Pure.

#include "models/libtorch.h"

#include <cstdint>

namespace alphascope::engine {

/// A mean and the population's standard deviation around it.
struct MeanAndDeviation {
    double mean = 0.0;
    double deviation = 0.0;
};
MeanAndDeviation meanAndDeviation(const std::vector<double>& values);

/// exp(mean over x of KL(p(y|x) || p(y))), natural logarithm, in float64: of `splits` parts of a shuffled
/// order (numpy's RandomState(seed)), their mean and deviation. `logits` [N,classes], N >= splits; between 1
/// and the number of classes.
MeanAndDeviation inceptionScore(const torch::Tensor& logits, int splits, std::uint32_t seed);

} // namespace alphascope::engine
