#pragma once
// The two convolutions that the picture networks use, kernel 4, stride 2, padding 1: one halves the side, the
// other, its transpose, doubles it. Differentiable any number of times.
//
// On the CPU in float32 and to at most 16 channels, the doubling one, which is also the halving one's
// gradient, is one matrix product whose columns are then added into the picture: next to a picture of 1 or 3
// channels it takes a third of the time of LibTorch's own transposed convolution, or less. Elsewhere
// LibTorch's own is called.

#include "models/libtorch.h"

namespace alphascope::models {

/// Rows and columns of both kernels.
inline constexpr std::int64_t resamplingKernel = 4;

/// Up to which order a convolution will be differentiated. Second is right for First too, and spares a second
/// derivative LibTorch's way to the weight's part of it, a convolution whose kernel is as large as a picture.
enum class Derivatives { First, Second };

/// [B,I,2h,2w] -> [B,O,h,w]; weight [O,I,4,4], bias [O] or undefined.
torch::Tensor halvingConvolution(const torch::Tensor& x, const torch::Tensor& weight,
                                 const torch::Tensor& bias, Derivatives order = Derivatives::First);

/// [B,I,h,w] -> [B,O,2h,2w]; weight [I,O,4,4], bias [O] or undefined.
torch::Tensor doublingConvolution(const torch::Tensor& x, const torch::Tensor& weight,
                                  const torch::Tensor& bias);

} // namespace alphascope::models
