#include "engine/metrics/random_features.h"

#include <cmath>

#include "models/random_streams.h"

namespace alphascope::engine {

namespace {

constexpr std::uint64_t weightSeed = 20170615; ///< another one would make the figures of runs incomparable
constexpr std::int64_t firstFilters = 16;      ///< doubled from layer to layer
constexpr int layers = 3;
constexpr std::int64_t side = 3;
constexpr std::int64_t parts = 2; ///< a side of the picture is cut into
constexpr double leak = 0.2;

} // namespace

RandomFeatures::RandomFeatures(std::int64_t channels, const torch::Device& device) {
    models::RandomStreams random(weightSeed);
    random.beginUpdate(0, 0);
    std::int64_t inputs = channels;
    std::int64_t outputs = firstFilters;
    for (int layer = 0; layer < layers; ++layer) {
        // He et al. 2015: the answers keep their size from layer to layer.
        const double deviation = std::sqrt(2.0 / static_cast<double>(inputs * side * side));
        weights_.push_back(
            random.normal("features", {outputs, inputs, side, side}, torch::kCPU).mul_(deviation).to(device));
        inputs = outputs;
        outputs *= 2;
    }
}

torch::Tensor RandomFeatures::of(const torch::Tensor& pictures) const {
    const c10::InferenceMode guard;
    torch::Tensor x = pictures.to(torch::kFloat);
    std::vector<torch::Tensor> features;
    for (const torch::Tensor& weight : weights_) {
        x = at::leaky_relu(at::conv2d(x, weight, {}, /*stride=*/2, /*padding=*/side / 2), leak);
        features.push_back(at::adaptive_avg_pool2d(x, {parts, parts}).flatten(1));
    }
    return torch::cat(features, 1).to(torch::kCPU);
}

} // namespace alphascope::engine
