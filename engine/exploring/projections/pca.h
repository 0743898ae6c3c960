#pragma once
// Principal components of codes, and the maps that t-SNE and UMAP start from. Sums in double. Threads: pure,
// any; the result is the same for any number of `threads`.

#include <vector>

#include "engine/api/codes.h"
#include "engine/exploring/projections/layout.h"

namespace alphascope::engine {

struct PrincipalComponents {
    std::vector<float> mean; ///< [D]
    Codes components; ///< [C,D], unit rows, most variance first; the largest number of each is positive
    std::vector<double> variance; ///< [C], of N - 1
    std::vector<double> ratio;    ///< [C], of all variance
};

/// The first `count` components, 0 for all D. Throws Error(BadInput) for fewer than two codes or numbers that
/// are not finite, Error(Usage) for more components than dimensions.
PrincipalComponents principalComponents(const Codes& codes, std::size_t count, int threads);

/// (x - mean) times the first `count` components: [N,count].
Codes projected(const PrincipalComponents& components, const Codes& codes, std::size_t count, int threads);

/// The first two coordinates; codes of one dimension lie on a line.
Points2D pcaMap(const PrincipalComponents& components, const Codes& codes, int threads);

Points2D tsneStart(Points2D map); ///< deviation 1e-4 along x, as scikit-learn's TSNE begins
Points2D umapStart(Points2D map); ///< within 10 of the origin along each axis

} // namespace alphascope::engine
