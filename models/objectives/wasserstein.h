#pragma once
// The Wasserstein distance as a critic estimates it, and the penalty that keeps the critic's slope near 1:
// Arjovsky, Chintala, Bottou 2017, "Wasserstein GAN"; Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville 2017,
// "Improved Training of Wasserstein GANs", equation 3.
//
// A critic f gives one number per point, large for real ones; it must not have batch norm, which would make
// the number of one point depend on its neighbours. It minimises -criticGap() + lambda * penalty. A generator
// minimises -E f(made), which is ratioLoss() of adversarial.h. Points are [B,...]: pictures or codes.

#include "models/libtorch.h"

#include <functional>

namespace alphascope::models::objectives {

/// E f(real) - E f(made), from the critic's numbers [B]: the distance itself if f is the best critic of slope
/// 1.
torch::Tensor criticGap(const torch::Tensor& real, const torch::Tensor& made);

/// real + share * (made - real) without gradient: points on the lines between pairs. `share` is [B], uniform
/// in [0,1): one number per pair, not one per element, which would leave the line.
torch::Tensor interpolated(const torch::Tensor& real, const torch::Tensor& made, const torch::Tensor& share);

/// What the critic's slope is at some points, and how far from 1.
struct GradientPenalty {
    torch::Tensor penalty; ///< batch mean of (|grad f| - 1)^2; differentiable by the critic's weights
    torch::Tensor norm;    ///< batch mean of |grad f|, for the monitor; detached
};

/// Runs `critic` once at `points` and once backwards to them. The gradient by the points is recorded, so that
/// penalty.backward() gives its gradient by the critic's weights, which is of second order. The norm is
/// sqrt(sum g^2 + 1e-12) over all elements of one point, whose slope stays finite where g = 0.
GradientPenalty gradientPenalty(const std::function<torch::Tensor(const torch::Tensor&)>& critic,
                                const torch::Tensor& points);

} // namespace alphascope::models::objectives
