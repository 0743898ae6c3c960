#include "models/objectives/wasserstein.h"

#include <vector>

namespace alphascope::models::objectives {

torch::Tensor criticGap(const torch::Tensor& real, const torch::Tensor& made) {
    return real.mean() - made.mean();
}

torch::Tensor interpolated(const torch::Tensor& real, const torch::Tensor& made, const torch::Tensor& share) {
    const torch::NoGradGuard noGrad;
    std::vector<std::int64_t> onePerPair(static_cast<std::size_t>(real.dim()), 1);
    onePerPair.front() = share.size(0);
    return at::lerp(real, made, share.view(onePerPair));
}

GradientPenalty gradientPenalty(const std::function<torch::Tensor(const torch::Tensor&)>& critic,
                                const torch::Tensor& points) {
    constexpr double epsilon = 1e-12;
    const torch::Tensor x = points.detach().requires_grad_(true);
    // Without batch norm a point's number depends on that point alone, so the gradient of the sum holds the
    // gradient of each.
    const torch::Tensor total = critic(x).sum();
    const torch::Tensor gradient = torch::autograd::grad({total}, {x}, /*grad_outputs=*/{},
                                                         /*retain_graph=*/true, /*create_graph=*/true)
                                       .front();
    const auto precise = gradient.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
    const torch::Tensor norm = (gradient.to(precise).square().flatten(1).sum(1) + epsilon).sqrt();
    return {(norm - 1.0).square().mean(), norm.detach().mean()};
}

} // namespace alphascope::models::objectives
