#pragma once
// When a game of two networks leaves one of them waiting for the other: Larsen, Kaae Soenderby, Larochelle,
// Winther 2016, "Autoencoding beyond pixels using a learned similarity metric", in the form of its authors'
// code.

#include "models/libtorch.h"

namespace alphascope::models::objectives {

/// float32 scalars on the device, 1 for the network that is to skip its update and 0 otherwise.
struct EquilibriumGate {
    torch::Tensor skipDiscriminator, skipGenerator;
};

/// From the discriminator's cross entropies of real and of made pictures, 0-dimensional. The discriminator
/// skips when either is below `equilibrium` - `margin`: it wins by too much. The generator skips when either
/// is above `equilibrium` + `margin`. When both would, neither does. log 2 = 0.69 is where D cannot tell.
/// Nothing waits for the device.
EquilibriumGate equilibriumGate(const torch::Tensor& realCost, const torch::Tensor& madeCost,
                                double equilibrium, double margin);

} // namespace alphascope::models::objectives
