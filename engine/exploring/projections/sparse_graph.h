#pragma once
// A symmetric weighted graph as compressed rows, made of what every row thinks of its nearest neighbours.

#include <cstdint>
#include <vector>

#include "engine/exploring/projections/neighbour_graph.h"

namespace alphascope::engine {

struct SparseGraph {
    std::vector<std::size_t> rowStarts; ///< [N+1]
    std::vector<std::uint32_t> columns; ///< ascending within a row
    std::vector<float> weights;

    std::size_t rows() const { return rowStarts.empty() ? 0 : rowStarts.size() - 1; }
};

enum class Union {
    Sum,   ///< a + b: t-SNE's joint probabilities, before they are divided by their sum
    Fuzzy, ///< a + b - ab: UMAP's union of fuzzy sets
};

/// Every edge i-j with the union of what i gave j and what j gave i; 0 where one did not count the other
/// among its neighbours. `weights` [N,k] belong to the graph's indices. Edges of weight 0 are left out.
SparseGraph symmetrised(const NeighbourGraph& graph, const std::vector<float>& weights, Union combine,
                        int threads);

} // namespace alphascope::engine
