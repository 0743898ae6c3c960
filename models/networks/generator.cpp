#include "models/networks/generator.h"

namespace alphascope::models {

Generator::Generator(const ImageShape& image, std::int64_t filters, std::int64_t latentSize) {
    trunk_ = register_module("trunk", std::make_shared<Upward>(image, filters, latentSize));
}

torch::Tensor Generator::forward(const torch::Tensor& z, NormMode mode) {
    return trunk_->forward(z, mode);
}

} // namespace alphascope::models
