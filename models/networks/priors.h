#pragma once
// Where codes live. Outside a method every code is standard normal; methods whose papers draw codes from
// elsewhere map them here, so that seeds, sliders, paths and maps mean the same for all of them. Pure.

#include "models/libtorch.h"

namespace alphascope::models {

/// z / |z|: a standard normal code becomes uniform on the unit sphere (Ulyanov, Vedaldi, Lempitsky 2017).
torch::Tensor toSphere(const torch::Tensor& z);

/// A code on the unit sphere at the length that a standard normal one has: u * sqrt(Z).
torch::Tensor fromSphere(const torch::Tensor& u);

/// 2 Phi(z) - 1 = erf(z / sqrt 2): a standard normal code becomes uniform in [-1,1]^Z.
torch::Tensor toCube(const torch::Tensor& z);

/// The inverse of toCube(); values at the faces are drawn in by 1e-6.
torch::Tensor fromCube(const torch::Tensor& u);

} // namespace alphascope::models
