#include "models/objectives/adversarial.h"

namespace alphascope::models::objectives {

torch::Tensor realLoss(const torch::Tensor& logit) {
    return at::softplus(logit.neg()).mean();
}

torch::Tensor fakeLoss(const torch::Tensor& logit) {
    return at::softplus(logit).mean();
}

torch::Tensor ratioLoss(const torch::Tensor& logit) {
    return logit.mean().neg();
}

torch::Tensor realAccuracy(const torch::Tensor& logit) {
    return logit.gt(0).to(torch::kFloat32).mean();
}

torch::Tensor fakeAccuracy(const torch::Tensor& logit) {
    return logit.lt(0).to(torch::kFloat32).mean();
}

} // namespace alphascope::models::objectives
