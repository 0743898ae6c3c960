#pragma once
// Does a map show only neighbours that are neighbours? Venna and Kaski 2001, "Neighborhood preservation in
// nonlinear projection methods", as scikit-learn's sklearn.manifold.trustworthiness computes it.

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/api/codes.h"

namespace alphascope::engine {

struct TrustworthinessOptions {
    std::size_t neighbours = 5;  ///< k, below half of the rows
    std::size_t mostRows = 3000; ///< of more rows a sample without repetition is judged
    std::uint64_t seed = 1;      ///< of the sample
    int threads = 1;
};

struct Trustworthiness {
    double value = 0.0;   ///< 1 where no stranger is shown as one of the k neighbours; about 0.5 at random
    std::size_t rows = 0; ///< N, that were judged
    std::size_t neighbours = 0;
};

/// `positions` [N,2] of the codes. Takes time of N^2 of the judged rows. Throws Error(Usage) for too many
/// neighbours, Error(BadInput) for numbers that are not finite or counts that do not fit.
Trustworthiness trustworthiness(const Codes& codes, std::span<const float> positions,
                                const TrustworthinessOptions& options = {});

} // namespace alphascope::engine
