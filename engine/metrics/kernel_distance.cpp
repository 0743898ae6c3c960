#include "engine/metrics/kernel_distance.h"

#include "engine/metrics/numpy_random.h"

namespace alphascope::engine {

torch::Tensor cubicKernel(const torch::Tensor& a, const torch::Tensor& b) {
    return (a.mm(b.t()) / static_cast<double>(a.size(1)) + 1.0).pow(3);
}

namespace {

double unbiasedDiscrepancy(const torch::Tensor& a, const torch::Tensor& b) {
    const auto m = static_cast<double>(a.size(0));
    const auto withoutDiagonal = [](const torch::Tensor& kernel) { return kernel.sum() - kernel.trace(); };
    const torch::Tensor within = withoutDiagonal(cubicKernel(a, a)) + withoutDiagonal(cubicKernel(b, b));
    return (within / (m * (m - 1.0)) - 2.0 * cubicKernel(a, b).sum() / (m * m)).item<double>();
}

} // namespace

MeanAndDeviation kernelDistance(const torch::Tensor& a, const torch::Tensor& b, std::size_t subsets,
                                std::size_t size, std::uint32_t seed) {
    const c10::InferenceMode guard;
    NumpyRandom random(seed);
    const auto drawSubset = [&](const torch::Tensor& features) {
        std::vector<std::int64_t> order = random.permutation(static_cast<std::size_t>(features.size(0)));
        const torch::Tensor rows =
            torch::from_blob(order.data(), {static_cast<std::int64_t>(size)}, torch::kLong);
        return features.index_select(0, rows).to(torch::kDouble);
    };
    std::vector<double> distances;
    for (std::size_t i = 0; i < subsets; ++i) {
        const torch::Tensor fromA = drawSubset(a);
        distances.push_back(unbiasedDiscrepancy(fromA, drawSubset(b)));
    }
    return meanAndDeviation(distances);
}

} // namespace alphascope::engine
