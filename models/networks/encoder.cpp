#include "models/networks/encoder.h"

namespace alphascope::models {

Encoder::Encoder(const ImageShape& image, std::int64_t filters, std::int64_t outputs, std::int64_t noiseSize)
    : noiseSize_(noiseSize) {
    trunk_ = register_module("trunk", std::make_shared<Downward>(image, filters));
    std::int64_t width = trunk_->features();
    if (noiseSize > 0) {
        constexpr std::int64_t unitsPerFilter = 8;
        joint_ =
            register_module("joint", std::make_shared<Linear>(width + noiseSize, unitsPerFilter * filters));
        width = unitsPerFilter * filters;
    }
    head_ = register_module("head", std::make_shared<Linear>(width, outputs));
}

torch::Tensor Encoder::forward(const torch::Tensor& x, NormMode mode, const torch::Tensor& noise) {
    torch::Tensor y = trunk_->forward(x, mode);
    if (joint_) {
        constexpr double leak = 0.2;
        const torch::Tensor given =
            noise.defined() ? noise.to(y.scalar_type()) : at::zeros({y.size(0), noiseSize_}, y.options());
        y = at::leaky_relu(joint_->forward(at::cat({y, given}, 1)), leak);
    }
    return head_->forward(y);
}

} // namespace alphascope::models
