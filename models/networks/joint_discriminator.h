#pragma once
// Picture and code to one logit: which of the two was made from the other.

#include "models/networks/blocks.h"

namespace alphascope::models {

/// Pictures [B,C,S,S] in [-1,1] and codes [B,Z] -> logits [B]; positive means "a real picture with its code",
/// negative "a code of the prior with its picture". The picture's features and two hidden layers over the
/// code meet in two more; LeakyReLU 0.2 after each, batch norm in the picture's layers alone.
class JointDiscriminator : public torch::nn::Module {
public:
    /// `width`: of all four hidden layers.
    JointDiscriminator(const ImageShape& image, std::int64_t filters, std::int64_t latentSize,
                       std::int64_t width);
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& z, NormMode mode) {
        return head_->forward(features(x, z, mode)).squeeze(1);
    }
    /// The input of the last layer, [B,width].
    torch::Tensor features(const torch::Tensor& x, const torch::Tensor& z, NormMode mode);

private:
    std::shared_ptr<Downward> trunk_;
    std::shared_ptr<Linear> codeFirst_, codeSecond_, jointFirst_, jointSecond_, head_;
};

} // namespace alphascope::models
