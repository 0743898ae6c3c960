#pragma once
// What auto-encoders measure when they stand in for a discriminator: an energy, low for pictures that they
// rebuild well. Zhao, Mathieu, LeCun 2016, "Energy-based Generative Adversarial Network" (EBGAN); Berthelot,
// Schumm, Metz 2017, "BEGAN: Boundary Equilibrium Generative Adversarial Networks".
//
// Pure functions. Pictures are [B,...] with their reconstructions; energies are [B], over all elements of one
// picture; losses are 0-dimensional, to be minimised.

#include "models/libtorch.h"

namespace alphascope::models::objectives {

/// sqrt(mean (x - y)^2 + 1e-12): the Euclidean distance divided by the root of the number of elements, in the
/// unit of a pixel, so that a margin means the same at every size.
torch::Tensor rootMeanSquareEnergy(const torch::Tensor& rebuilt, const torch::Tensor& x);
/// mean (x - y)^2.
torch::Tensor meanSquareEnergy(const torch::Tensor& rebuilt, const torch::Tensor& x);
/// mean |x - y|, of BEGAN.
torch::Tensor meanAbsoluteEnergy(const torch::Tensor& rebuilt, const torch::Tensor& x);

/// Batch mean of max(0, margin - energy): an auto-encoder pushes the energy of made pictures up to the margin
/// and no further (EBGAN, equation 1).
torch::Tensor hingeLoss(const torch::Tensor& energy, double margin);
/// Share of energies below the margin: those that the hinge still pushes.
torch::Tensor shareBelow(const torch::Tensor& energy, double margin);

/// The repelling term PT of EBGAN: the mean over all ordered pairs of different codes of the squared cosine
/// between them; 0 when all are at right angles, 1 when all lie on a line. Codes [B,S], B > 1.
torch::Tensor repellingTerm(const torch::Tensor& codes);

/// BEGAN's controller, k' = clip(k + gain * (diversity * real - made), 0, 1): k weighs the made pictures'
/// energy in the discriminator's loss, and grows when they are rebuilt better than `diversity` (gamma) times
/// the real ones. All 0-dimensional; without gradient.
torch::Tensor nextBalance(const torch::Tensor& k, double gain, double diversity, const torch::Tensor& real,
                          const torch::Tensor& made);
/// BEGAN's global measure of convergence, M = real + |diversity * real - made|, with the same energies.
torch::Tensor convergence(double diversity, const torch::Tensor& real, const torch::Tensor& made);

} // namespace alphascope::models::objectives
