#pragma once
// Batch norm (Ioffe, Szegedy 2015) and the (leaky) ReLU behind it as one operation over [B,C,H,W]. The two
// are bound by memory, not by arithmetic: together they read and write the activations 8 times in a forward
// and a backward pass instead of 14 times.
//
// On the CPU in float32 and channels-last layout it is our own kernel; elsewhere LibTorch's two operations
// are called. Differentiable any number of times. Results do not depend on the number of threads.

#include "models/libtorch.h"

namespace alphascope::models {

/// leaky_relu(batch_norm(x), slope), normalised by the batch (biased variance); slope 0 is ReLU. `weight` and
/// `bias` are [C]. The running statistics [C] move by `momentum` (unbiased variance) where they are defined.
torch::Tensor normActivation(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                             const torch::Tensor& runningMean, const torch::Tensor& runningVariance,
                             double momentum, double epsilon, double slope);

} // namespace alphascope::models
