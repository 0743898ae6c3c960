#include "models/networks/denoiser.h"

#include <string>

namespace alphascope::models {

Denoiser::Denoiser(std::int64_t features, std::int64_t layers, std::int64_t width) {
    std::int64_t inputs = features;
    for (std::int64_t i = 0; i < layers; ++i) {
        const std::string name = "layer" + std::to_string(i);
        layers_.push_back({register_module(name, std::make_shared<Linear>(inputs, width, /*biased=*/false)),
                           register_module(name + "_norm", std::make_shared<BatchNorm>(width))});
        inputs = width;
    }
    head_ = register_module("head", std::make_shared<Linear>(inputs, features));
}

torch::Tensor Denoiser::forward(const torch::Tensor& features, NormMode mode) {
    torch::Tensor y = features;
    for (const Layer& layer : layers_) {
        y = layer.norm->forward(layer.linear->forward(y), mode).relu_();
    }
    return head_->forward(y);
}

} // namespace alphascope::models
