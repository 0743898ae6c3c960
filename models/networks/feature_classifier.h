#pragma once
// Picture to class, by way of a layer of features that serves as a code.

#include "models/networks/blocks.h"

namespace alphascope::models {

/// [B,C,S,S] in [-1,1] -> codes [B,Z] -> logits [B,classes]. The codes are a fully connected layer,
/// standardised per dimension by a batch norm without scale and shift: mean 0 and variance 1 over the data.
/// LeakyReLU 0.2 and one linear layer make them into logits.
class FeatureClassifier : public torch::nn::Module {
public:
    FeatureClassifier(const ImageShape& image, std::int64_t filters, std::int64_t latentSize,
                      std::int64_t classes);
    torch::Tensor codes(const torch::Tensor& x, NormMode mode);
    torch::Tensor logits(const torch::Tensor& codes);

private:
    std::shared_ptr<Downward> trunk_;
    std::shared_ptr<Linear> features_;
    std::shared_ptr<BatchNorm> norm_;
    std::shared_ptr<Linear> head_;
};

} // namespace alphascope::models
