#pragma once
// First weights of a network.

#include "models/libtorch.h"

#include <cstdint>
#include <string>

namespace alphascope::models {

/// How the weights of convolutions begin.
enum class ConvolutionStart {
    Dcgan, ///< N(0, 0.02): batch norm after each makes up for its size
    Glorot ///< by the number of inputs and outputs: keeps the size of activations where there is no norm
};

/// Convolutions as `start` says, batch-norm scales as in DCGAN (N(1, 0.02)), linear layers after Glorot and
/// Bengio 2010 (normal form, so that an untrained encoder's codes start with a spread near 1), biases zero.
/// Every tensor depends only on `seed` and its own name, `prefix` + "." + the module's dotted name.
void initialise(torch::nn::Module& network, const std::string& prefix, std::uint64_t seed,
                ConvolutionStart start = ConvolutionStart::Dcgan);

} // namespace alphascope::models
