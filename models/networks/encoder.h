#pragma once
// Picture to code.

#include "models/networks/blocks.h"

namespace alphascope::models {

/// [B,C,S,S] in [-1,1] -> [B,outputs], no activation at the end. `outputs` is the latent size, or twice that
/// for an encoder that gives mean and log-variance side by side.
///
/// With `noiseSize` > 0 the code also depends on noise, in any way that a hidden layer can make: features and
/// noise side by side go through 8 * filters units with LeakyReLU 0.2 before the last layer. (Joined to the
/// last layer alone, noise would move all pictures' codes alike.) Such an encoder is a sampler of its
/// posterior, and has no density.
class Encoder : public torch::nn::Module {
public:
    Encoder(const ImageShape& image, std::int64_t filters, std::int64_t outputs, std::int64_t noiseSize = 0);
    /// `noise`: [B,noiseSize]; undefined is all zeros.
    torch::Tensor forward(const torch::Tensor& x, NormMode mode, const torch::Tensor& noise = {});

private:
    std::int64_t noiseSize_;
    std::shared_ptr<Downward> trunk_;
    std::shared_ptr<Linear> joint_; ///< only with noise
    std::shared_ptr<Linear> head_;
};

} // namespace alphascope::models
