#include "models/objectives/likelihood.h"

#include <cmath>
#include <numbers>

namespace alphascope::models::objectives {
namespace {

double elementsPerPicture(const torch::Tensor& x) {
    return static_cast<double>(x.numel()) / static_cast<double>(x.size(0));
}

} // namespace

torch::Tensor meanL1(const torch::Tensor& x, const torch::Tensor& y) {
    return at::l1_loss(x, y);
}

torch::Tensor laplaceNegativeLogLikelihood(const torch::Tensor& x, const torch::Tensor& y, double scale) {
    return (meanL1(x, y) / scale + std::log(2.0 * scale)) * elementsPerPicture(x);
}

torch::Tensor gaussianNegativeLogLikelihood(const torch::Tensor& x, const torch::Tensor& y, double scale) {
    const double constant = std::log(scale) + 0.5 * std::log(2.0 * std::numbers::pi);
    return (at::mse_loss(x, y) / (2.0 * scale * scale) + constant) * elementsPerPicture(x);
}

torch::Tensor gaussianKl(const torch::Tensor& mean, const torch::Tensor& logVariance) {
    return (mean.square() + logVariance.exp() - 1.0 - logVariance).sum(1).mean() * 0.5;
}

} // namespace alphascope::models::objectives
