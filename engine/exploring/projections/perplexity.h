#pragma once
// How much each row counts its neighbours in t-SNE: a Gaussian whose width gives every row the same
// perplexity (van der Maaten and Hinton 2008, section 2).

#include <cstddef>

#include "engine/exploring/projections/neighbour_graph.h"

namespace alphascope::engine {

/// How many neighbours stand for all others: three times the perplexity and one (van der Maaten 2014, section
/// 3; the one more is scikit-learn's), at most all. Throws Error(Usage) for a perplexity that is not below
/// the rows.
std::size_t neighboursFor(double perplexity, std::size_t rows);

/// p(j|i) of the rows begin to end - 1 into [end - begin, k]: exp(-beta_i d_ij^2) over its sum, with beta_i
/// found by bisection until the entropy is log(perplexity) to 1e-5.
void conditionalProbabilities(const NeighbourGraph& graph, double perplexity, std::size_t begin,
                              std::size_t end, float* probabilities);

} // namespace alphascope::engine
