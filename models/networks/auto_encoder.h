#pragma once
// An encoder and a decoder as one network: a discriminator that judges a picture by how well it rebuilds it.

#include "models/networks/encoder.h"
#include "models/networks/generator.h"

namespace alphascope::models {

/// [B,C,S,S] in [-1,1] -> codes [B,codeSize] -> [B,C,S,S] in [-1,1].
class AutoEncoder : public torch::nn::Module {
public:
    AutoEncoder(const ImageShape& image, std::int64_t filters, std::int64_t codeSize);
    torch::Tensor encode(const torch::Tensor& x, NormMode mode) { return encoder_->forward(x, mode); }
    torch::Tensor decode(const torch::Tensor& code, NormMode mode) { return decoder_->forward(code, mode); }

private:
    std::shared_ptr<Encoder> encoder_;
    std::shared_ptr<Generator> decoder_;
};

} // namespace alphascope::models
