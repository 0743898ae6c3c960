#pragma once
// Code to one logit: from the prior or from the encoder.

#include "models/networks/blocks.h"

namespace alphascope::models {

/// [B,Z] -> logits [B]; positive means "from the prior". Two hidden layers with LeakyReLU 0.2 and no batch
/// norm, which is known to cause trouble here (victor-shepardson/alpha-GAN).
class CodeDiscriminator : public torch::nn::Module {
public:
    CodeDiscriminator(std::int64_t latentSize, std::int64_t width);
    torch::Tensor forward(const torch::Tensor& z);

private:
    std::shared_ptr<Linear> first_, second_, head_;
};

} // namespace alphascope::models
