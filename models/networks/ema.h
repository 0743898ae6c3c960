#pragma once
// Exponential moving average of a network's weights and statistics.

#include "models/libtorch.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace alphascope::models {

/// Keeps a shadow of every parameter and buffer of `source`. Floating tensors move by
/// shadow += (1 - d) * (source - shadow) with d = min(decay, (1 + n) / (10 + n)) at the n-th update from 0,
/// so that the first random weights are soon forgotten; integer tensors are copied.
class Ema {
public:
    Ema(const torch::nn::Module& source, double decay);

    void update();

    std::vector<std::pair<std::string, torch::Tensor>>& shadows() {
        return shadows_;
    } ///< by the module's names
    std::int64_t& updates() { return updates_; }

private:
    double decay_;
    std::int64_t updates_ = 0;
    std::vector<torch::Tensor> sources_; ///< live tensors, in the order of shadows_
    std::vector<std::pair<std::string, torch::Tensor>> shadows_;
};

} // namespace alphascope::models
