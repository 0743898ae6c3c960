#pragma once
// Picture to code.

#include "models/networks/blocks.h"

namespace alphascope::models {

/// [B,C,S,S] in [-1,1] -> [B,outputs], no activation at the end. `outputs` is the latent size, or twice that
/// for an encoder that gives mean and log-variance side by side.
class Encoder : public torch::nn::Module {
public:
    Encoder(const ImageShape& image, std::int64_t filters, std::int64_t outputs);
    torch::Tensor forward(const torch::Tensor& x, NormMode mode);

private:
    std::shared_ptr<Downward> trunk_;
    std::shared_ptr<Linear> head_;
};

} // namespace alphascope::models
