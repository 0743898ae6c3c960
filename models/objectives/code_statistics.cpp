#include "models/objectives/code_statistics.h"

namespace alphascope::models::objectives {

torch::Tensor momentKl(const torch::Tensor& codes, MomentForm form) {
    constexpr double smallest = 1e-12; // equal codes have no logarithm
    const torch::Tensor mean = codes.mean(0);
    const torch::Tensor variance = (codes - mean).square().mean(0).clamp_min(smallest);
    if (form == MomentForm::Textbook) {
        return 0.5 * (variance + mean.square() - variance.log() - 1.0).mean();
    }
    return (0.5 * (variance.square() + mean.square()) - variance.log() - 0.5).mean();
}

torch::Tensor cosineDistance(const torch::Tensor& a, const torch::Tensor& b) {
    return 2.0 - (a * b).mean();
}

} // namespace alphascope::models::objectives
