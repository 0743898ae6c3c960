#pragma once
// alpha-GAN: Rosca, Lakshminarayanan, Warde-Farley, Mohamed 2017, "Variational Approaches for Auto-Encoding
// Generative Adversarial Networks". An encoder E, a generator G, a discriminator D of pictures and a
// discriminator C of codes, each with its own loss, optimiser and sub-step.
//
// With logits l_D and l_C, z_hat = E(x), x_hat = G(z_hat), x_tilde = G(z), z ~ N(0, I), all of them batch
// means and to be minimised (Algorithm 1; the code discriminator as the authors corrected it):
//
//   E  lambdaEncoder * L1(x, x_hat) - l_C(z_hat); the gradient goes through the frozen G and C into E alone
//
//   G  lambdaGenerator * L1(x, x_hat) - l_D(x_hat) - l_D(x_tilde); z_hat detached, D frozen
//
//   D  realWeight * softplus(-l_D(x)) + softplus(l_D(x_hat)) + softplus(l_D(x_tilde)); pictures detached
//
//   C  softplus(-l_C(z)) + softplus(l_C(z_hat)); z_hat detached; the prior is the "real" class
//
// L1 is the mean over all elements. One iteration is generatorUpdates times (E, G), each with its own forward
// pass and its own z, and then D and C once.
//
// Batch norm: every network normalises by the batch at hand in every sub-step, and moves its running
// statistics only in the sub-step that trains it, once per forward pass: E's with x; G's with z_hat and with
// z; D's with x, x_hat and x_tilde. With discriminatorBatching = joint the two (G's sub-step) or three (D's)
// batches of pictures go through D as one batch, and are normalised together.

#include <memory>

#include "models/methods/method.h"

namespace alphascope::models {

MethodTraits alphaGanTraits();

/// Throws SchemaError for pictures that it has no networks for.
std::unique_ptr<Method> makeAlphaGan(const ModelSpec& spec, std::uint64_t seed, const torch::Device& device,
                                     Purpose purpose);

} // namespace alphascope::models
