#include "engine/metrics/sample_discrepancy.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/metrics/class_histogram.h"

namespace alphascope::engine {

namespace {

constexpr double normalBound = 1.96;   ///< of 95 % of a normal distribution
constexpr double studentBound = 2.131; ///< the same of Student's with jackknifeBlocks - 1 degrees of freedom

/// `left`: the figure without each block in turn.
Estimate jackknifed(double value, const torch::Tensor& left) {
    const double squares = (left - left.mean()).square().sum().item<double>();
    const double error = std::sqrt(squares * (1.0 - 1.0 / double(jackknifeBlocks)));
    return {value, value - studentBound * error, value + studentBound * error};
}

/// Sums over each pair of blocks of a kernel [N,N]; of rows among themselves the diagonal is left out.
torch::Tensor blockSums(torch::Tensor kernel, bool among) {
    if (among) {
        kernel = kernel - kernel.diagonal().diag();
    }
    const std::int64_t rows = kernel.size(0) / jackknifeBlocks;
    return kernel.view({jackknifeBlocks, rows, jackknifeBlocks, rows}).sum({1, 3});
}

/// The sum without each block's rows and columns: [blocks].
torch::Tensor sumsWithoutBlock(const torch::Tensor& sums) {
    return sums.sum() - sums.sum(0) - sums.sum(1) + sums.diagonal();
}

} // namespace

torch::Tensor distanceKernel(const torch::Tensor& a, const torch::Tensor& b) {
    return -at::cdist(a, b);
}

SampleDiscrepancy::SampleDiscrepancy(const torch::Tensor& data, RowKernel kernel) : kernel_(kernel) {
    const c10::InferenceMode guard;
    data_ = data.to(torch::kDouble);
    within_ = blockSums(kernel_(data_, data_), true);
}

Estimate SampleDiscrepancy::to(const torch::Tensor& samples) const {
    const c10::InferenceMode guard;
    const torch::Tensor made = samples.to(torch::kDouble);
    const torch::Tensor within = within_ + blockSums(kernel_(made, made), true);
    const torch::Tensor between = blockSums(kernel_(made, data_), false);
    const auto discrepancy = [](const torch::Tensor& withinSum, const torch::Tensor& betweenSum, double n) {
        return withinSum / (n * (n - 1.0)) - 2.0 * betweenSum / (n * n);
    };
    const auto count = static_cast<double>(made.size(0));
    const double value = discrepancy(within.sum(), between.sum(), count).item<double>();
    return jackknifed(value, discrepancy(sumsWithoutBlock(within), sumsWithoutBlock(between),
                                         count * (1.0 - 1.0 / double(jackknifeBlocks))));
}

Estimate classDivergence(const torch::Tensor& samples, const torch::Tensor& data, std::int64_t classes) {
    const c10::InferenceMode guard;
    const auto countsWithout = [classes](const torch::Tensor& labels, std::int64_t block) {
        const auto blocks = labels.chunk(jackknifeBlocks);
        std::vector<std::int64_t> counted;
        for (std::int64_t i = 0; i < jackknifeBlocks; ++i) {
            if (i != block) {
                const torch::Tensor rows = blocks[static_cast<std::size_t>(i)].contiguous();
                const auto* first = rows.const_data_ptr<std::int64_t>();
                counted.insert(counted.end(), first, first + rows.numel());
            }
        }
        return countClasses(counted, static_cast<std::size_t>(classes));
    };
    const auto divergence = [&](std::int64_t without) {
        return histogramDivergence(countsWithout(samples, without), countsWithout(data, without));
    };
    std::vector<double> left;
    for (std::int64_t block = 0; block < jackknifeBlocks; ++block) {
        left.push_back(divergence(block));
    }
    return jackknifed(divergence(-1), torch::tensor(left, torch::kDouble));
}

Estimate shareWithInterval(double share, std::int64_t count) {
    const auto n = static_cast<double>(count);
    const double squared = normalBound * normalBound;
    const double centre = (share + squared / (2.0 * n)) / (1.0 + squared / n);
    const double reach =
        normalBound / (1.0 + squared / n) * std::sqrt(share * (1.0 - share) / n + squared / (4.0 * n * n));
    return {share, std::max(0.0, centre - reach), std::min(1.0, centre + reach)};
}

Estimate meanWithInterval(const torch::Tensor& values) {
    const c10::InferenceMode guard;
    const double mean = values.mean().item<double>();
    const double reach = normalBound * values.std().item<double>() / std::sqrt(double(values.size(0)));
    return {mean, mean - reach, mean + reach};
}

} // namespace alphascope::engine
