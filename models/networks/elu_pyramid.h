#pragma once
// The networks of BEGAN (Berthelot, Schumm, Metz 2017): 3 x 3 convolutions with ELU (Clevert, Unterthiner,
// Hochreiter 2015), two at every side, and no batch norm. Between sides the encoder halves with a convolution
// of stride 2 and the decoder doubles by repeating pixels. The narrow end is 8 pixels wide; 7 for 28.
//
// The mode that encode(), decode() and the decoder take is for callers that know networks with norm, too.
//
// For points both are two fully connected layers of 4 * filters with ELU before the last linear one.

#include <vector>

#include "models/networks/blocks.h"

namespace alphascope::models {

/// A 3 x 3 convolution with ELU or without; the side stays, or is halved (rounded up).
class EluConvolution : public torch::nn::Module {
public:
    EluConvolution(std::int64_t inputs, std::int64_t outputs);
    torch::Tensor linear(const torch::Tensor& x) const;
    torch::Tensor forward(const torch::Tensor& x) const;
    torch::Tensor halve(const torch::Tensor& x) const;

private:
    torch::Tensor weight_, bias_;
};

/// [B,inputs] -> [B,outputs] through two hidden layers with ELU: what points use instead of convolutions.
class EluLayers : public torch::nn::Module {
public:
    EluLayers(std::int64_t inputs, std::int64_t width, std::int64_t outputs);
    torch::Tensor forward(const torch::Tensor& x) const;

private:
    std::shared_ptr<Linear> first_, second_, head_;
};

/// [B,C,S,S] in [-1,1] -> [B,outputs]. The filters grow by `filters` with every halving.
class EluEncoder : public torch::nn::Module {
public:
    EluEncoder(const ImageShape& image, std::int64_t filters, std::int64_t outputs);
    torch::Tensor forward(const torch::Tensor& x) const;

private:
    struct Side {
        std::shared_ptr<EluConvolution> first, second, halving; ///< the last side has no halving
    };
    void buildSides(const ImageShape& image, std::int64_t filters, std::int64_t outputs);

    std::shared_ptr<EluConvolution> entry_;
    std::vector<Side> sides_;
    std::shared_ptr<Linear> head_;
    std::shared_ptr<EluLayers> points_; ///< instead of the rest
};

/// [B,inputs] -> [B,C,S,S]; linear at the end, so that values may leave [-1,1]. `filters` at every side.
class EluDecoder : public torch::nn::Module {
public:
    EluDecoder(const ImageShape& image, std::int64_t filters, std::int64_t inputs);
    torch::Tensor forward(const torch::Tensor& code, NormMode mode) const;

private:
    struct Side {
        std::shared_ptr<EluConvolution> first, second;
    };
    void buildSides(const ImageShape& image, std::int64_t filters, std::int64_t inputs);

    std::shared_ptr<Linear> base_;
    std::vector<Side> sides_;
    std::shared_ptr<EluConvolution> exit_;
    std::shared_ptr<EluLayers> points_; ///< instead of the rest
    std::int64_t filters_ = 0;
    std::int64_t baseSize_ = 0;
};

/// Both, as BEGAN's discriminator.
class EluAutoEncoder : public torch::nn::Module {
public:
    EluAutoEncoder(const ImageShape& image, std::int64_t filters, std::int64_t codeSize);
    torch::Tensor encode(const torch::Tensor& x, NormMode /*mode*/) const { return encoder_->forward(x); }
    torch::Tensor decode(const torch::Tensor& code, NormMode mode) const {
        return decoder_->forward(code, mode);
    }

private:
    std::shared_ptr<EluEncoder> encoder_;
    std::shared_ptr<EluDecoder> decoder_;
};

} // namespace alphascope::models
