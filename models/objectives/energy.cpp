#include "models/objectives/energy.h"

namespace alphascope::models::objectives {
namespace {

torch::Tensor differences(const torch::Tensor& rebuilt, const torch::Tensor& x) {
    return (rebuilt - x).flatten(1);
}

} // namespace

torch::Tensor rootMeanSquareEnergy(const torch::Tensor& rebuilt, const torch::Tensor& x) {
    constexpr double epsilon = 1e-12; // keeps the slope finite where a picture is rebuilt exactly
    return (meanSquareEnergy(rebuilt, x) + epsilon).sqrt();
}

torch::Tensor meanSquareEnergy(const torch::Tensor& rebuilt, const torch::Tensor& x) {
    return differences(rebuilt, x).square().mean(1);
}

torch::Tensor meanAbsoluteEnergy(const torch::Tensor& rebuilt, const torch::Tensor& x) {
    return differences(rebuilt, x).abs().mean(1);
}

torch::Tensor hingeLoss(const torch::Tensor& energy, double margin) {
    return (margin - energy).relu().mean();
}

torch::Tensor shareBelow(const torch::Tensor& energy, double margin) {
    return energy.lt(margin).to(torch::kFloat32).mean();
}

torch::Tensor repellingTerm(const torch::Tensor& codes) {
    constexpr double smallest = 1e-12; // the code 0 has no direction
    const torch::Tensor directions = codes / codes.norm(2, /*dim=*/1, /*keepdim=*/true).clamp_min(smallest);
    const torch::Tensor squares = at::mm(directions, directions.t()).square();
    const auto count = static_cast<double>(codes.size(0));
    return (squares.sum() - squares.diagonal().sum()) / (count * (count - 1.0));
}

torch::Tensor nextBalance(const torch::Tensor& k, double gain, double diversity, const torch::Tensor& real,
                          const torch::Tensor& made) {
    const torch::NoGradGuard noGrad;
    return (k + gain * (diversity * real - made)).clamp(0.0, 1.0);
}

torch::Tensor convergence(double diversity, const torch::Tensor& real, const torch::Tensor& made) {
    return real + (diversity * real - made).abs();
}

} // namespace alphascope::models::objectives
