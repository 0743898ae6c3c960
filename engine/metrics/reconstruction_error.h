#pragma once
// How far pictures that a model rebuilt are from the originals. Pure.

#include "models/libtorch.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace alphascope::engine {

/// Figures over pairs that come in batches of 8-bit pictures [B,C,H,W].
class ReconstructionError {
public:
    void add(const torch::Tensor& originals, const torch::Tensor& rebuilt);

    std::int64_t count() const { return static_cast<std::int64_t>(l1_.size()); }
    double l1() const;   ///< mean |x - y| over all elements, in the networks' range of 2
    double l2() const;   ///< mean (x - y)^2, in the same range
    double psnr() const; ///< 10 log10(255^2 / mean squared difference over all pictures), 8 bits
    /// Half the width of l1's 95 % interval by its standard error over pictures; 0 for fewer than two.
    double l1Margin() const;
    /// Mean over pictures; none below 64 pixels.
    std::optional<double> msSsim() const;

private:
    std::vector<double> l1_;
    double squares_ = 0.0; ///< sum over pictures of the mean squared difference, 8 bits
    double similarity_ = 0.0;
    bool similar_ = false; ///< whether similarity_ is defined
};

} // namespace alphascope::engine
