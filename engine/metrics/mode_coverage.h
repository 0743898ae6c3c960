#pragma once
// How many of the data's modes samples reach. Exact where the modes are known (points around centres, stacked
// digits); elsewhere by bins: Richardson, Weiss 2018, "On GANs and GMMs" (NDB), with the rate of false
// discoveries controlled after Benjamini and Hochberg 1995. Pure.

#include "models/libtorch.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace alphascope::engine {

struct ModeCoverage {
    std::size_t modes = 0;
    std::size_t hit = 0;      ///< with one sample or more
    double nearShare = 1.0;   ///< of samples that belong to a mode at all
    double klToUniform = 0.0; ///< of those samples' shares, in nats; 0 log 0 = 0
};

/// `counts`: samples of each mode; `outside`: samples of none.
ModeCoverage coverageOf(const std::vector<std::uint64_t>& counts, std::uint64_t outside = 0);

/// Points [N,2] belong to the nearest centre when they lie within `reach` of it.
ModeCoverage pointCoverage(const torch::Tensor& points, const std::vector<std::array<float, 2>>& centres,
                           double reach);

/// Centres [K,F] by Lloyd's iterations from rows chosen apart (k-means++; Arthur, Vassilvitskii 2007).
torch::Tensor meansOfBins(const torch::Tensor& rows, std::int64_t bins, std::uint64_t seed);
/// Of each row the nearest centre, as counts.
std::vector<std::uint64_t> binCounts(const torch::Tensor& rows, const torch::Tensor& centres);

struct BinComparison {
    std::size_t bins = 0;
    std::size_t different = 0; ///< whose share differs significantly
    std::size_t fewer = 0;     ///< of those, where samples are fewer than the data
};
/// Two-sided test of two proportions in each bin, at a false-discovery rate of `rate`.
BinComparison compareBins(const std::vector<std::uint64_t>& samples, const std::vector<std::uint64_t>& data,
                          double rate = 0.05);

} // namespace alphascope::engine
