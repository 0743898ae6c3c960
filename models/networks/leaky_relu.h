#pragma once
// LeakyReLU for networks whose slope is differentiated again: critics with a gradient penalty.

#include "models/libtorch.h"

namespace alphascope::models {

/// x where positive, else leak * x. It is linear piece by piece, so its second derivative is zero, and this
/// one has none: LibTorch's own sends those zeros backwards through the whole network, which costs as much as
/// another backward pass.
torch::Tensor piecewiseLeakyRelu(const torch::Tensor& x, double leak);

} // namespace alphascope::models
