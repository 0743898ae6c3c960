#include "engine/metrics/reconstruction_error.h"

#include <cmath>

#include "engine/metrics/inception_score.h"
#include "engine/metrics/ms_ssim.h"

namespace alphascope::engine {

namespace {

constexpr double toUnits = 2.0 / 255.0; ///< of 8 bits, in the range [-1,1]

} // namespace

void ReconstructionError::add(const torch::Tensor& originals, const torch::Tensor& rebuilt) {
    const c10::InferenceMode guard;
    const torch::Tensor difference = originals.to(torch::kDouble) - rebuilt.to(torch::kDouble);
    const torch::Tensor errors = difference.abs().flatten(1).mean(1) * toUnits;
    const auto* values = errors.const_data_ptr<double>();
    l1_.insert(l1_.end(), values, values + errors.size(0));
    squares_ += difference.square().flatten(1).mean(1).sum().item<double>();
    if (std::min(originals.size(2), originals.size(3)) >= smallestForMsSsim) {
        similarity_ += multiScaleSimilarity(originals, rebuilt).sum().item<double>();
        similar_ = true;
    }
}

double ReconstructionError::l1() const {
    return meanAndDeviation(l1_).mean;
}

double ReconstructionError::l2() const {
    return squares_ / static_cast<double>(count()) * toUnits * toUnits;
}

double ReconstructionError::psnr() const {
    return 10.0 * std::log10(255.0 * 255.0 * static_cast<double>(count()) / squares_);
}

double ReconstructionError::l1Margin() const {
    constexpr double normalQuantile = 1.959964;
    return count() < 2 ? 0.0
                       : normalQuantile * meanAndDeviation(l1_).deviation /
                             std::sqrt(static_cast<double>(count() - 1));
}

std::optional<double> ReconstructionError::msSsim() const {
    return similar_ ? std::optional(similarity_ / static_cast<double>(count())) : std::nullopt;
}

} // namespace alphascope::engine
