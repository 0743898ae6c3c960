#pragma once
// First weights of a network.

#include "models/libtorch.h"

#include <cstdint>
#include <string>

namespace alphascope::models {

/// Convolutions and batch-norm scales as in DCGAN (N(0, 0.02) and N(1, 0.02)), linear layers after Glorot and
/// Bengio 2010 (normal form, so that an untrained encoder's codes start with a spread near 1), biases zero.
/// Every tensor depends only on `seed` and its own name, `prefix` + "." + the module's dotted name.
void initialise(torch::nn::Module& network, const std::string& prefix, std::uint64_t seed);

} // namespace alphascope::models
