#include "models/networks/image_discriminator.h"

namespace alphascope::models {

ImageDiscriminator::ImageDiscriminator(const ImageShape& image, std::int64_t filters,
                                       Normalisation normalisation) {
    trunk_ = register_module("trunk", std::make_shared<Downward>(image, filters, normalisation));
    head_ = register_module(
        "head", std::make_shared<Linear>(trunk_->features(), 1, normalisation == Normalisation::Batch));
}

torch::Tensor ImageDiscriminator::forward(const torch::Tensor& x, NormMode mode) {
    return judge(features(x, mode));
}

} // namespace alphascope::models
