#pragma once
// Kernel inception distance: Binkowski, Sutherland, Arbel, Gretton 2018, "Demystifying MMD GANs". In the form
// of torch-fidelity 0.4. Pure.

#include "models/libtorch.h"

#include <cstddef>
#include <cstdint>

#include "engine/metrics/inception_score.h"

namespace alphascope::engine {

/// KID's kernel of each pair of rows, (x.y / F + 1)^3: [N,F] and [M,F] -> [N,M].
torch::Tensor cubicKernel(const torch::Tensor& a, const torch::Tensor& b);

/// The unbiased squared MMD with cubicKernel(), in float64, over `subsets` pairs of subsets of
/// `size` rows each, drawn without replacement by numpy's RandomState(seed): mean and deviation. May be
/// slightly below 0. `a`, `b`: [N,F], N >= size >= 2.
MeanAndDeviation kernelDistance(const torch::Tensor& a, const torch::Tensor& b, std::size_t subsets,
                                std::size_t size, std::uint32_t seed);

} // namespace alphascope::engine
