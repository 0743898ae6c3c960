#pragma once
// How far a batch of codes is from the prior, by its moments alone: Ulyanov, Vedaldi, Lempitsky 2017, "It
// Takes (Only) Two: Adversarial Generator-Encoder Networks", section 3.3. Pure functions over codes [B,Z];
// results are 0-dimensional.

#include "models/libtorch.h"

namespace alphascope::models::objectives {

/// What the divergence takes for the s of its formula.
enum class MomentForm {
    Textbook, ///< the standard deviation, as KL(N(m, s^2) || N(0, 1)) has it
    Authors,  ///< the variance, as the authors' code does: the same minimum s = 1, another slope
};

/// KL between a Gaussian with the batch's mean m and spread s in each of the Z numbers, and N(0, 1):
/// the mean over the Z numbers of (s^2 + m^2) / 2 - log s - 1/2, in nats per number. The variance is that of
/// the batch, divided by B. For codes of length 1 it cannot reach 0; since s^2 + m^2 then sums to 1, the
/// textbook form's only moving term is -mean(log s), so a scale of the codes adds no more than a constant.
torch::Tensor momentKl(const torch::Tensor& codes, MomentForm form);

/// 2 minus the mean over all B * Z elements of a * b, for codes of length 1: the authors' cosine distance.
/// Its slope is 1 / Z of that of the angle's cosine, so its weight is meant against this mean.
torch::Tensor cosineDistance(const torch::Tensor& a, const torch::Tensor& b);

} // namespace alphascope::models::objectives
