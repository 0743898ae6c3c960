#include "engine/exploring/projections/tsne_gradient.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "engine/exploring/projections/parallel.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t forceBlock = 128;

/// Sum over row i's edges of p q (y_i - y_j).
void attract(const SparseGraph& joint, std::span<const float> positions, std::size_t row, float& forceX,
             float& forceY) {
    const float x = positions[2 * row];
    const float y = positions[2 * row + 1];
    forceX = 0.0F;
    forceY = 0.0F;
    for (std::size_t at = joint.rowStarts[row]; at < joint.rowStarts[row + 1]; ++at) {
        const std::size_t other = joint.columns[at];
        const float dx = x - positions[2 * other];
        const float dy = y - positions[2 * other + 1];
        const float pull = joint.weights[at] / (1.0F + dx * dx + dy * dy);
        forceX += pull * dx;
        forceY += pull * dy;
    }
}

double rowDivergence(const SparseGraph& joint, std::span<const float> positions, std::size_t row, double z) {
    double sum = 0.0;
    for (std::size_t at = joint.rowStarts[row]; at < joint.rowStarts[row + 1]; ++at) {
        const std::size_t other = joint.columns[at];
        const double dx = positions[2 * row] - positions[2 * other];
        const double dy = positions[2 * row + 1] - positions[2 * other + 1];
        const double p = joint.weights[at];
        if (p > 0.0) {
            sum += p * std::log(p * z * (1.0 + dx * dx + dy * dy));
        }
    }
    return sum;
}

} // namespace

const std::vector<float>& TsneGradient::compute(const SparseGraph& joint, std::span<const float> positions,
                                                double exaggeration) {
    repulsion_.resize(positions.size());
    gradient_.resize(positions.size());
    tree_.build(positions);
    const double z = tree_.repel(theta_, threads_, repulsion_);
    const auto pull = static_cast<float>(4.0 * exaggeration);
    const auto push = static_cast<float>(4.0 / z);
    inParallelRows(joint.rows(), forceBlock, threads_, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            float x = 0.0F;
            float y = 0.0F;
            attract(joint, positions, row, x, y);
            gradient_[2 * row] = pull * x - push * repulsion_[2 * row];
            gradient_[2 * row + 1] = pull * y - push * repulsion_[2 * row + 1];
        }
    });
    return gradient_;
}

double TsneGradient::divergence(const SparseGraph& joint, std::span<const float> positions) {
    repulsion_.resize(positions.size());
    tree_.build(positions);
    const double z = tree_.repel(theta_, threads_, repulsion_);
    std::vector<double> sums(joint.rows());
    inParallelRows(joint.rows(), forceBlock, threads_, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            sums[row] = rowDivergence(joint, positions, row, z);
        }
    });
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

} // namespace alphascope::engine
