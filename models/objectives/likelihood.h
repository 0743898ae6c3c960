#pragma once
// Reconstruction and prior terms. Pure functions; results are 0-dimensional, to be minimised.

#include "models/libtorch.h"

namespace alphascope::models::objectives {

/// Mean over all elements of |x - y|. alpha-GAN's reconstruction term up to its factor lambda: lambda is
/// always meant against this mean, never against a sum over pixels.
torch::Tensor meanL1(const torch::Tensor& x, const torch::Tensor& y);

/// -log p(x|y) in nats per picture, batch mean, for independent Laplace pixels of scale b around y:
/// sum(|x - y| / b + log 2b).
torch::Tensor laplaceNegativeLogLikelihood(const torch::Tensor& x, const torch::Tensor& y, double scale);

/// The same for Gaussian pixels of standard deviation s: sum((x - y)^2 / 2s^2 + log s + log(2 pi) / 2).
torch::Tensor gaussianNegativeLogLikelihood(const torch::Tensor& x, const torch::Tensor& y, double scale);

/// KL(N(mean, exp(logVariance)) || N(0, 1)) in nats per picture, batch mean; mean and logVariance [B,Z].
/// Kingma and Welling 2013, appendix B: sum(mean^2 + exp(logVariance) - 1 - logVariance) / 2.
torch::Tensor gaussianKl(const torch::Tensor& mean, const torch::Tensor& logVariance);

} // namespace alphascope::models::objectives
