#pragma once
// Code to picture.

#include "models/networks/blocks.h"

namespace alphascope::models {

/// [B,Z] -> [B,C,S,S] in [-1,1].
class Generator : public torch::nn::Module {
public:
    Generator(const ImageShape& image, std::int64_t filters, std::int64_t latentSize);
    torch::Tensor forward(const torch::Tensor& z, NormMode mode);

private:
    std::shared_ptr<Upward> trunk_;
};

} // namespace alphascope::models
