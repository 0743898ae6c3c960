#pragma once
// The Kullback-Leibler divergence that t-SNE lowers, and its gradient (van der Maaten 2014, equations 5 to
// 8):
//   dC/dy_i = 4 (sum_j p_ij q_ij (y_i - y_j) - sum_j q_ij^2 (y_i - y_j) / Z)
// with q_ij = 1 / (1 + |y_i - y_j|^2), Z the sum of q over all pairs, and the second sum by a quadtree.

#include <span>
#include <vector>

#include "engine/exploring/projections/quad_tree.h"
#include "engine/exploring/projections/sparse_graph.h"

namespace alphascope::engine {

/// One thread drives it. Results are the same for any number of `threads`.
class TsneGradient {
public:
    TsneGradient(double theta, int threads) : theta_(theta), threads_(threads) {}

    /// Of `positions` [N,2], with every p_ij of `joint` taken `exaggeration` times.
    const std::vector<float>& compute(const SparseGraph& joint, std::span<const float> positions,
                                      double exaggeration);

    /// Sum of p_ij log(p_ij / (q_ij / Z)) over the edges, in nats.
    double divergence(const SparseGraph& joint, std::span<const float> positions);

private:
    double theta_;
    int threads_;
    QuadTree tree_;
    std::vector<float> repulsion_;
    std::vector<float> gradient_;
};

} // namespace alphascope::engine
