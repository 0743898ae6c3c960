#include "models/networks/encoder.h"

namespace alphascope::models {

Encoder::Encoder(const ImageShape& image, std::int64_t filters, std::int64_t outputs) {
    trunk_ = register_module("trunk", std::make_shared<Downward>(image, filters));
    head_ = register_module("head", std::make_shared<Linear>(trunk_->features(), outputs));
}

torch::Tensor Encoder::forward(const torch::Tensor& x, NormMode mode) {
    return head_->forward(trunk_->forward(x, mode));
}

} // namespace alphascope::models
