#pragma once
// Lower precision for the multiplications of one sub-step.

#include "models/libtorch.h"

namespace alphascope::models {

/// While it lives, and if `enabled`, convolutions and matrix products on `device` compute in bfloat16
/// (weights, batch norm's statistics, gradients and optimisers stay float32). Restores what was before. Its
/// cache of cast weights is emptied at the end, since the weights change then. One sub-step's forward pass
/// each.
class ReducedPrecision {
public:
    ReducedPrecision(bool enabled, const torch::Device& device);
    ~ReducedPrecision();
    ReducedPrecision(const ReducedPrecision&) = delete;
    ReducedPrecision& operator=(const ReducedPrecision&) = delete;

private:
    bool enabled_;
    torch::DeviceType type_;
    bool wasEnabled_ = false;
    torch::ScalarType previousType_ = torch::kBFloat16;
};

} // namespace alphascope::models
