#pragma once
// Losses on logits, as alpha-GAN uses them: Rosca, Lakshminarayanan, Warde-Farley, Mohamed 2017, "Variational
// Approaches for Auto-Encoding Generative Adversarial Networks", Algorithm 1. With a discriminator
// P = sigmoid(l), all logarithms become softplus of the logit, which neither overflows nor needs an epsilon.
//
// Pure functions over logits [B]; results are 0-dimensional batch means, to be minimised.

#include "models/libtorch.h"

namespace alphascope::models::objectives {

/// -log P(real) = softplus(-l): small when the logit is high. For a discriminator on its real class.
torch::Tensor realLoss(const torch::Tensor& logit);

/// -log(1 - P(real)) = softplus(l): small when the logit is low. For a discriminator on its made class.
torch::Tensor fakeLoss(const torch::Tensor& logit);

/// R = -log P + log(1 - P) = -l: the log-ratio term of the encoder (with C) and the generator (with D), small
/// when the logit is high. Its slope is -1 everywhere, unlike that of realLoss().
torch::Tensor ratioLoss(const torch::Tensor& logit);

/// Share of logits on the right side of 0, for the monitor: real ones above, made ones below.
torch::Tensor realAccuracy(const torch::Tensor& logit);
torch::Tensor fakeAccuracy(const torch::Tensor& logit);

} // namespace alphascope::models::objectives
