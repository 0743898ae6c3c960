#include "engine/metrics/frechet_distance.h"

namespace alphascope::engine {

void FeatureStatistics::add(const torch::Tensor& features) {
    const c10::InferenceMode guard;
    const torch::Tensor rows = features.to(torch::kCPU, torch::kDouble);
    if (sums_.count == 0) {
        sums_.origin = rows.mean(0);
        sums_.sum = torch::zeros_like(sums_.origin);
        sums_.outer = torch::zeros({rows.size(1), rows.size(1)}, torch::kDouble);
    }
    const torch::Tensor centred = rows - sums_.origin;
    sums_.sum += centred.sum(0);
    sums_.outer.addmm_(centred.t(), centred);
    sums_.count += rows.size(0);
}

torch::Tensor FeatureStatistics::mean() const {
    const c10::InferenceMode guard;
    return sums_.origin + sums_.sum / static_cast<double>(sums_.count);
}

torch::Tensor FeatureStatistics::covariance() const {
    const c10::InferenceMode guard;
    return (sums_.outer - sums_.sum.outer(sums_.sum) / static_cast<double>(sums_.count)) /
           static_cast<double>(sums_.count - 1);
}

double frechetDistance(const FeatureStatistics& a, const FeatureStatistics& b) {
    const c10::InferenceMode guard;
    const torch::Tensor first = a.covariance();
    const torch::Tensor second = b.covariance();
    const auto [values, vectors] = at::linalg_eigh(first);
    const torch::Tensor root = vectors.mul(values.clamp_min(0.0).sqrt()).mm(vectors.t());
    const torch::Tensor product = root.mm(second).mm(root);
    const torch::Tensor eigenvalues = at::linalg_eigvalsh(0.5 * (product + product.t()));
    const torch::Tensor rootTrace = eigenvalues.clamp_min(0.0).sqrt().sum();
    const torch::Tensor shift = a.mean() - b.mean();
    return (shift.dot(shift) + first.trace() + second.trace() - 2.0 * rootTrace).item<double>();
}

} // namespace alphascope::engine
