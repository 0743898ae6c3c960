#pragma once
// What UMAP does before its layout (McInnes, Healy, Melville 2018, "UMAP: Uniform manifold approximation and
// projection for dimension reduction", sections 3.1 and 4.1): fuzzy memberships of neighbours, and the curve
// that distances in the plane are measured with. Constants as in the authors' program. Threads: pure, any.

#include <cstddef>

#include "engine/exploring/projections/neighbour_graph.h"

namespace alphascope::engine {

/// The mean of all distances of the graph, with each row's distance 0 to itself.
double meanDistance(const NeighbourGraph& graph);

/// Memberships exp(-(d - rho_i) / sigma_i), at most 1, of the rows begin to end - 1 into [end - begin, k]:
/// rho_i is the smallest distance above 0 and sigma_i makes their sum log2(k + 1). `mean` as of meanDistance:
/// a thousandth of it is the smallest sigma of rows that lie all in one place.
void fuzzyMemberships(const NeighbourGraph& graph, double mean, std::size_t begin, std::size_t end,
                      float* weights);

/// 1 / (1 + a d^(2b)).
struct DistanceCurve {
    double a = 0.0;
    double b = 0.0;
};

/// The curve nearest in least squares to 1 up to `minDistance` and exp(-(d - minDistance) / spread) beyond
/// it, at 300 places from 0 to 3 spread. Throws Error(Usage) unless 0 <= minDistance <= spread and spread >
/// 0.
DistanceCurve fitDistanceCurve(double minDistance, double spread);

} // namespace alphascope::engine
