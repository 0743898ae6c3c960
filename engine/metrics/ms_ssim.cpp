#include "engine/metrics/ms_ssim.h"

#include <array>

#include <fmt/format.h>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

constexpr std::int64_t largestSsimWindow = 11;
constexpr double ssimDeviation = 1.5;
constexpr std::array scaleWeights{0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

/// Means over windows that fit whole; the window is a product, so rows go first and then columns.
torch::Tensor windowMeansOf(const torch::Tensor& planes, const torch::Tensor& window) {
    const std::int64_t size = window.size(0);
    return at::conv2d(at::conv2d(planes, window.view({1, 1, 1, size})), window.view({1, 1, size, 1}));
}

torch::Tensor ssimWindow(std::int64_t size) {
    const double deviation = ssimDeviation * static_cast<double>(size) / largestSsimWindow;
    const torch::Tensor at = torch::arange(size, torch::kDouble) - 0.5 * static_cast<double>(size - 1);
    const torch::Tensor weights = (at.square() / (-2.0 * deviation * deviation)).exp();
    return weights / weights.sum();
}

struct ScaleSimilarity {
    torch::Tensor whole, structure; ///< per pair
};

/// Planes are [N*C,1,H,W]; the means are over each picture's places and channels.
ScaleSimilarity similarityAtScale(const torch::Tensor& a, const torch::Tensor& b, std::int64_t pairs) {
    constexpr double c1 = (0.01 * 255.0) * (0.01 * 255.0);
    constexpr double c2 = (0.03 * 255.0) * (0.03 * 255.0);
    const torch::Tensor window = ssimWindow(std::min({largestSsimWindow, a.size(2), a.size(3)}));
    const torch::Tensor meanA = windowMeansOf(a, window);
    const torch::Tensor meanB = windowMeansOf(b, window);
    const torch::Tensor cross = meanA * meanB;
    const torch::Tensor squares = meanA.square() + meanB.square();
    const torch::Tensor spread = windowMeansOf(a.square() + b.square(), window) - squares;
    const torch::Tensor together = windowMeansOf(a * b, window) - cross;
    const torch::Tensor structure = (2.0 * together + c2) / (spread + c2);
    const torch::Tensor whole = structure * (2.0 * cross + c1) / (squares + c1);
    return {whole.reshape({pairs, -1}).mean(1), structure.reshape({pairs, -1}).mean(1)};
}

torch::Tensor halvedPlanes(const torch::Tensor& planes) {
    const torch::Tensor even = at::replication_pad2d(planes, {0, planes.size(3) % 2, 0, planes.size(2) % 2});
    return at::avg_pool2d(even, 2);
}

} // namespace

torch::Tensor multiScaleSimilarity(const torch::Tensor& a, const torch::Tensor& b) {
    const c10::InferenceMode guard;
    if (a.sizes() != b.sizes()) {
        throw Error(ErrorKind::Usage, "MS-SSIM needs pictures of the same size and channels.");
    }
    if (std::min(a.size(2), a.size(3)) < smallestForMsSsim) {
        throw Error(
            ErrorKind::Usage,
            fmt::format("MS-SSIM is not defined for pictures of {} x {} pixels.", a.size(3), a.size(2)),
            fmt::format("It needs {} a side.", smallestForMsSsim));
    }
    const std::int64_t pairs = a.size(0);
    const auto planesOf = [](const torch::Tensor& pictures) {
        return pictures.to(torch::kCPU, torch::kDouble).reshape({-1, 1, pictures.size(2), pictures.size(3)});
    };
    torch::Tensor first = planesOf(a);
    torch::Tensor second = planesOf(b);
    torch::Tensor product = torch::ones({pairs}, torch::kDouble);
    for (std::size_t scale = 0; scale < scaleWeights.size(); ++scale) {
        const bool last = scale + 1 == scaleWeights.size();
        const ScaleSimilarity found = similarityAtScale(first, second, pairs);
        product *= (last ? found.whole : found.structure).clamp_min(0.0).pow(scaleWeights[scale]);
        if (!last) {
            first = halvedPlanes(first);
            second = halvedPlanes(second);
        }
    }
    return product;
}

} // namespace alphascope::engine
