#pragma once
// The way between two codes on which the generator's pictures change least, step by step: a discrete geodesic
// in the metric that the generator pulls back from pictures (GeodesicOptions names the papers and the term to
// be minimised).

#include "models/libtorch.h"

#include <vector>

#include "engine/api/paths.h"
#include "models/methods/method.h"
#include "models/optimizers/adam.h"

namespace alphascope::engine {

/// |P_{i+1} - P_i| of neighbouring pictures [T,...]: [T-1].
torch::Tensor pictureDistances(const torch::Tensor& pictures);
/// sum_i |P_{i+1} - P_i|^2 of pictures [T,...]: a scalar, with gradient.
torch::Tensor pathEnergy(const torch::Tensor& pictures);
/// Mean over the points of (|z_i| - r_i)^2 / Z of points [N,Z] and wanted lengths [N]: a scalar, with
/// gradient.
torch::Tensor shellTerm(const torch::Tensor& points, const torch::Tensor& lengths);

/// One thread. The method must be one for inference, can generate, outlive the search and keep its weights
/// meanwhile.
class GeodesicSearch {
public:
    /// `from`, `to`: one code each, of the method's size. Throws Error(Usage) for options out of their range.
    GeodesicSearch(models::Method& method, const std::vector<float>& from, const std::vector<float>& to,
                   const GeodesicOptions& options, const torch::Device& device);

    /// One look at the path, and unless it was the last, one move. Not after finished().
    void step();
    bool finished() const { return done_ == options_.steps; }
    double progress() const { return static_cast<double>(done_) / options_.steps; }

    /// After every step so far, the energy of the best path until then. With a prior weight the best is the
    /// one with the smallest sum of both terms, so that its energy may rise a little where the other falls.
    const std::vector<float>& curve() const { return curve_; }
    /// [T,Z], the best path so far; before the first step the slerp path.
    const torch::Tensor& codes() const { return best_; }

private:
    torch::Tensor path() const; ///< [T,Z], both ends and the points between
    double rate() const;

    models::Method& method_;
    GeodesicOptions options_;
    torch::Tensor best_;
    torch::Tensor from_, to_; ///< [1,Z]
    torch::Tensor lengths_;   ///< [T-2]: what the prior's term wants
    torch::Tensor points_;    ///< [T-2,Z], what Adam moves
    models::Adam adam_;
    int done_ = 0;
    double firstEnergy_ = 0.0; ///< the slerp path's
    double bestSum_ = 0.0;     ///< of both terms
    std::vector<float> curve_;
};

} // namespace alphascope::engine
