#pragma once
// VAE: Kingma and Welling 2013, "Auto-Encoding Variational Bayes", with the weight beta of Higgins et al.
// 2017. An encoder E gives mean and log-variance of q(z|x), a generator G the middle of the pixels'
// likelihood.
//
// To be minimised, in nats per picture and as a batch mean, with z = mean + exp(logVariance / 2) * epsilon:
//   -log p(x | G(z)) + beta * KL(q(z|x) || N(0, I))
// Pixels are independent, Laplace or Gaussian of one fixed scale. update() moves E and G by the same backward
// pass; updatePart() moves the one and freezes the other.
//
// Batch norm: a network moves its running statistics only in an update that trains it, once per update.

#include <memory>

#include "models/methods/method.h"

namespace alphascope::models {

MethodTraits vaeTraits();

/// Throws SchemaError for pictures that it has no networks for.
std::unique_ptr<Method> makeVae(const ModelSpec& spec, std::uint64_t seed, const torch::Device& device,
                                Purpose purpose);

} // namespace alphascope::models
