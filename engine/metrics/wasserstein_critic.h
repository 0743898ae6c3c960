#pragma once
// An independent critic: after training, a fresh WGAN-GP critic learns to tell samples from data, and its gap
// on pictures that it was not trained on says how far apart the two are (Danihelka, Lakshminarayanan, Uria,
// Wierstra, Dayan 2017, "Comparison of Maximum Likelihood and GAN-based training of Real NVPs"; Rosca et al.
// 2017, section 5).

#include "models/libtorch.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "models/networks/image_discriminator.h"

namespace alphascope::engine {

struct CriticPlan {
    int steps = 400;
    std::int64_t batch = 64;
    std::int64_t filters = 32;
    double penaltyWeight = 10.0; ///< with Adam of rate 1e-4 and moments 0.5, 0.9: Gulrajani et al. 2017
    double rate = 1e-4;
};

/// Pictures as rows of tensors: uint8, or float32 for points; see toUnitRange().
struct CriticPair {
    torch::Tensor real, made;
};

/// Called every few steps with the share that is done; false cancels.
using CriticListener = std::function<bool(double share)>;

/// Trains a critic of its own for `seed` on `training`, and gives mean f(real) - mean f(made) over `judged`.
/// Larger is further apart. Pictures whose side no critic exists for are resized to the nearest one; where
/// one kind is grey and the other coloured, grey is repeated. Throws Error(Interrupted).
double criticGap(const CriticPair& training, const CriticPair& judged, const CriticPlan& plan,
                 std::uint64_t seed, const torch::Device& device, const CriticListener& listener = {});

/// A mean over few repetitions with Student's 95 % interval; without one for a single value.
struct MeanWithMargin {
    double mean = 0.0;
    double margin = 0.0;
};
MeanWithMargin meanWithMargin(const std::vector<double>& values);

} // namespace alphascope::engine
