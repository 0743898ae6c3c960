#include "models/networks/priors.h"

#include <cmath>
#include <numbers>

namespace alphascope::models {

torch::Tensor toSphere(const torch::Tensor& z) {
    constexpr double smallest = 1e-12; // the code 0 has no direction, and stays
    return z / z.norm(2, /*dim=*/1, /*keepdim=*/true).clamp_min(smallest);
}

torch::Tensor fromSphere(const torch::Tensor& u) {
    return u * std::sqrt(static_cast<double>(u.size(1)));
}

torch::Tensor toCube(const torch::Tensor& z) {
    return at::erf(z * (1.0 / std::numbers::sqrt2));
}

torch::Tensor fromCube(const torch::Tensor& u) {
    constexpr double edge = 1.0 - 1e-6;
    return at::erfinv(u.clamp(-edge, edge)) * std::numbers::sqrt2;
}

} // namespace alphascope::models
