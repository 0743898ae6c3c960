#include "models/networks/feature_classifier.h"

namespace alphascope::models {

FeatureClassifier::FeatureClassifier(const ImageShape& image, std::int64_t filters, std::int64_t latentSize,
                                     std::int64_t classes) {
    trunk_ = register_module("trunk", std::make_shared<Downward>(image, filters));
    features_ = register_module("features",
                                std::make_shared<Linear>(trunk_->features(), latentSize, /*biased=*/false));
    norm_ = register_module("features_norm", std::make_shared<BatchNorm>(latentSize, /*affine=*/false));
    head_ = register_module("head", std::make_shared<Linear>(latentSize, classes));
}

torch::Tensor FeatureClassifier::codes(const torch::Tensor& x, NormMode mode) {
    // In full precision whatever the multiplications ran in: statistics of a batch need it.
    const torch::Tensor features = features_->forward(trunk_->forward(x, mode)).to(torch::kFloat32);
    return norm_->forward(features, mode);
}

torch::Tensor FeatureClassifier::logits(const torch::Tensor& codes) {
    constexpr double leak = 0.2;
    return head_->forward(at::leaky_relu(codes, leak));
}

} // namespace alphascope::models
