#pragma once
// Frechet inception distance: Heusel, Ramsauer, Unterthiner, Nessler, Hochreiter 2017, "GANs Trained by a Two
// Time-Scale Update Rule Converge to a Local Nash Equilibrium"; Dowson, Landau 1982 for the distance of two
// Gaussians. Pure, float64 throughout.

#include "models/libtorch.h"

#include <cstdint>
#include <utility>

namespace alphascope::engine {

/// Mean and covariance (divided by N - 1) of rows that come in batches.
class FeatureStatistics {
public:
    /// All there is to keep.
    struct Sums {
        std::int64_t count = 0;
        torch::Tensor origin; ///< the first batch's mean: sums around it lose no digits
        torch::Tensor sum;    ///< of x - origin
        torch::Tensor outer;  ///< of (x - origin)(x - origin)'
    };
    FeatureStatistics() = default;
    explicit FeatureStatistics(Sums sums) : sums_(std::move(sums)) {}
    const Sums& sums() const { return sums_; }

    void add(const torch::Tensor& features); ///< [B,F]; all of one F
    std::int64_t count() const { return sums_.count; }
    torch::Tensor mean() const;       ///< [F]
    torch::Tensor covariance() const; ///< [F,F]; needs two rows

private:
    Sums sums_;
};

/// |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^1/2). The trace of the root is the sum of the roots of the
/// eigenvalues of S1^1/2 S2 S1^1/2, which is symmetric, so that no imaginary part can arise and nothing need
/// be added to a singular covariance.
double frechetDistance(const FeatureStatistics& a, const FeatureStatistics& b);

} // namespace alphascope::engine
