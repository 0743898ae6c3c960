#include "models/objectives/classification.h"

#include <algorithm>

namespace alphascope::models::objectives {
namespace {

torch::Tensor known(const torch::Tensor& logits, const torch::Tensor& labels) {
    return labels.ge(0).logical_and(labels.lt(logits.size(1)));
}

/// The mean of `values` [B] where `mask` [B] holds, without asking the device how many those are.
torch::Tensor maskedMean(const torch::Tensor& values, const torch::Tensor& mask) {
    const torch::Tensor weights = mask.to(values.scalar_type());
    return (values * weights).sum() / weights.sum().clamp_min(1.0);
}

} // namespace

torch::Tensor labelledCrossEntropy(const torch::Tensor& logits, const torch::Tensor& labels) {
    const torch::Tensor legal = labels.clamp(0, logits.size(1) - 1).unsqueeze(1);
    const torch::Tensor loss = logits.log_softmax(1).gather(1, legal).squeeze(1).neg();
    return maskedMean(loss, known(logits, labels));
}

torch::Tensor labelledAccuracy(const torch::Tensor& logits, const torch::Tensor& labels) {
    return maskedMean(logits.argmax(1).eq(labels).to(torch::kFloat32), known(logits, labels));
}

torch::Tensor meanSquareCovariance(const torch::Tensor& codes) {
    const std::int64_t size = codes.size(1);
    const torch::Tensor centred = codes - codes.mean(0, /*keepdim=*/true);
    const torch::Tensor covariance = at::mm(centred.t(), centred) / static_cast<double>(codes.size(0));
    const torch::Tensor mixed = covariance.square().sum() - covariance.diagonal().square().sum();
    return mixed / static_cast<double>(std::max<std::int64_t>(1, size * (size - 1)));
}

} // namespace alphascope::models::objectives
