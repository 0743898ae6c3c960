#include "models/networks/code_discriminator.h"

namespace alphascope::models {

CodeDiscriminator::CodeDiscriminator(std::int64_t latentSize, std::int64_t width) {
    first_ = register_module("first", std::make_shared<Linear>(latentSize, width));
    second_ = register_module("second", std::make_shared<Linear>(width, width));
    head_ = register_module("head", std::make_shared<Linear>(width, 1));
}

torch::Tensor CodeDiscriminator::forward(const torch::Tensor& z) {
    constexpr double leak = 0.2;
    torch::Tensor y = first_->forward(z);
    y = second_->forward(at::leaky_relu_(y, leak));
    return head_->forward(at::leaky_relu_(y, leak)).squeeze(1);
}

} // namespace alphascope::models
