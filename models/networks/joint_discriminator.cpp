#include "models/networks/joint_discriminator.h"

namespace alphascope::models {

JointDiscriminator::JointDiscriminator(const ImageShape& image, std::int64_t filters, std::int64_t latentSize,
                                       std::int64_t width) {
    const auto layer = [&](const char* name, std::int64_t inputs, std::int64_t outputs) {
        return register_module(name, std::make_shared<Linear>(inputs, outputs));
    };
    trunk_ = register_module("trunk", std::make_shared<Downward>(image, filters));
    codeFirst_ = layer("code_first", latentSize, width);
    codeSecond_ = layer("code_second", width, width);
    jointFirst_ = layer("joint_first", trunk_->features() + width, width);
    jointSecond_ = layer("joint_second", width, width);
    head_ = layer("head", width, 1);
}

torch::Tensor JointDiscriminator::features(const torch::Tensor& x, const torch::Tensor& z, NormMode mode) {
    const auto hidden = [](Linear& layer, const torch::Tensor& y) {
        constexpr double leak = 0.2;
        torch::Tensor sum = layer.forward(y);
        return at::leaky_relu_(sum, leak);
    };
    const torch::Tensor code = hidden(*codeSecond_, hidden(*codeFirst_, z));
    const torch::Tensor picture = trunk_->forward(x, mode);
    const torch::Tensor both = at::cat({picture, code.to(picture.scalar_type())}, 1);
    return hidden(*jointSecond_, hidden(*jointFirst_, both));
}

} // namespace alphascope::models
