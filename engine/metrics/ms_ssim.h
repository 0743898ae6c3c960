#pragma once
// Multi-scale structural similarity: Wang, Simoncelli, Bovik 2003, "Multi-scale structural similarity for
// image quality assessment", in the variant of the GAN literature (Odena, Olah, Shlens 2017, "Conditional
// Image Synthesis with Auxiliary Classifier GANs"), which is that of TensorFlow's research models: its window
// shrinks with the picture, so that pictures of 64 pixels have all five scales. Pure.

#include "models/libtorch.h"

namespace alphascope::engine {

/// Below it the last scale would be smaller than four pixels: the figure is not defined.
inline constexpr int smallestForMsSsim = 64;

/// Of each pair: `a`, `b` [N,C,H,W], 0 to 255 of any type -> float64 [N]. Per scale, a Gaussian window of
/// min(11, H, W) pixels with deviation 1.5 / 11 of that, only where it fits whole; K = 0.01 and 0.03, range
/// 255; means over places and channels; weights 0.0448, 0.2856, 0.3001, 0.2363, 0.1333. Between scales means
/// of 2 x 2 pixels (the edge is repeated where a side is odd). A negative mean counts as 0. Throws
/// Error(Usage) for pictures that differ in shape or have a side below smallestForMsSsim.
torch::Tensor multiScaleSimilarity(const torch::Tensor& a, const torch::Tensor& b);

} // namespace alphascope::engine
