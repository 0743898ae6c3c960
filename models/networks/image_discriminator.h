#pragma once
// Picture to one logit: real or made.

#include "models/networks/blocks.h"

namespace alphascope::models {

/// [B,C,S,S] in [-1,1] -> logits [B]; positive means "from the data". Without norm it is a
/// critic, and has no last bias: that would cancel in every gap between two of its means.
class ImageDiscriminator : public torch::nn::Module {
public:
    ImageDiscriminator(const ImageShape& image, std::int64_t filters,
                       Normalisation normalisation = Normalisation::Batch);
    torch::Tensor forward(const torch::Tensor& x, NormMode mode);
    /// The input of the last layer, [B,features()].
    torch::Tensor features(const torch::Tensor& x, NormMode mode) { return trunk_->forward(x, mode); }
    /// The last layer alone: features [B,featureCount()] -> logits [B].
    torch::Tensor judge(const torch::Tensor& features) { return head_->forward(features).squeeze(1); }
    std::int64_t featureCount() const { return trunk_->features(); }

private:
    std::shared_ptr<Downward> trunk_;
    std::shared_ptr<Linear> head_;
};

} // namespace alphascope::models
