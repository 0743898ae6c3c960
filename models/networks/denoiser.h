#pragma once
// Features to cleaner features.

#include "models/networks/blocks.h"

namespace alphascope::models {

/// [B,features] -> [B,features]: `layers` hidden layers of `width` units, each with batch norm and ReLU, and
/// a linear one at the end. The denoiser of Warde-Farley and Bengio 2017.
class Denoiser : public torch::nn::Module {
public:
    Denoiser(std::int64_t features, std::int64_t layers, std::int64_t width);
    torch::Tensor forward(const torch::Tensor& features, NormMode mode);

private:
    struct Layer {
        std::shared_ptr<Linear> linear;
        std::shared_ptr<BatchNorm> norm;
    };
    std::vector<Layer> layers_;
    std::shared_ptr<Linear> head_;
};

} // namespace alphascope::models
