#pragma once
// Figures of few samples, each with how sure it is: what is computed again and again must be cheap, and what
// is computed of little must say so. Pure.

#include "models/libtorch.h"

#include <cstdint>

namespace alphascope::engine {

/// A figure with its 95 % interval over other samples and other pictures of the same kinds.
struct Estimate {
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};

/// The rows are cut into so many blocks, each left out in turn.
inline constexpr std::int64_t jackknifeBlocks = 16;

/// Of each pair of rows: float64 [N,F] and [M,F] -> [N,M].
using RowKernel = torch::Tensor (*)(const torch::Tensor&, const torch::Tensor&);

/// -|x - y|: the squared MMD with it is the energy distance (Szekely, Rizzo 2013, "Energy statistics"), which
/// is 0 for equal distributions alone.
torch::Tensor distanceKernel(const torch::Tensor& a, const torch::Tensor& b);

/// The unbiased squared MMD (Gretton et al. 2012, "A Kernel Two-Sample Test") of samples to fixed rows, with
/// Student's interval by the jackknife over blocks. May be slightly below 0. Immutable; any thread.
class SampleDiscrepancy {
public:
    /// `data`: [N,F], N a multiple of jackknifeBlocks and at least two of them.
    SampleDiscrepancy(const torch::Tensor& data, RowKernel kernel);
    /// `samples`: [N,F] of the same N and F.
    Estimate to(const torch::Tensor& samples) const;

private:
    RowKernel kernel_;
    torch::Tensor data_;   ///< float64
    torch::Tensor within_; ///< sums of the data's kernel, by pairs of blocks
};

/// histogramDivergence() (class_histogram.h) of the classes of samples from those of the data, with Student's
/// interval by the same jackknife. int64 [N] each, below `classes`; N as above.
Estimate classDivergence(const torch::Tensor& samples, const torch::Tensor& data, std::int64_t classes);

/// A share of `count` with Wilson's interval (1927, "Probable inference, the law of succession, and
/// statistical inference").
Estimate shareWithInterval(double share, std::int64_t count);

/// A mean with its interval by the standard error. `values`: float64 [N], N of 2 and more.
Estimate meanWithInterval(const torch::Tensor& values);

} // namespace alphascope::engine
