#pragma once
// Picture to one logit: real or made.

#include "models/networks/blocks.h"

namespace alphascope::models {

/// [B,C,S,S] in [-1,1] -> logits [B]; positive means "from the data".
class ImageDiscriminator : public torch::nn::Module {
public:
    ImageDiscriminator(const ImageShape& image, std::int64_t filters);
    torch::Tensor forward(const torch::Tensor& x, NormMode mode);

private:
    std::shared_ptr<Downward> trunk_;
    std::shared_ptr<Linear> head_;
};

} // namespace alphascope::models
