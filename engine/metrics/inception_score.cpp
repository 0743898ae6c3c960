#include "engine/metrics/inception_score.h"

#include <cmath>
#include <numeric>

#include "engine/metrics/numpy_random.h"

namespace alphascope::engine {

MeanAndDeviation meanAndDeviation(const std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return {mean, std::sqrt(squares / count)};
}

MeanAndDeviation inceptionScore(const torch::Tensor& logits, int splits, std::uint32_t seed) {
    const c10::InferenceMode guard;
    const std::int64_t count = logits.size(0);
    std::vector<std::int64_t> order = NumpyRandom(seed).permutation(static_cast<std::size_t>(count));
    const torch::Tensor rows = torch::from_blob(order.data(), {count}, torch::kLong);
    const torch::Tensor logProbabilities =
        logits.to(torch::kCPU).index_select(0, rows).to(torch::kDouble).log_softmax(1);
    std::vector<double> scores;
    for (std::int64_t i = 0; i < splits; ++i) {
        const torch::Tensor logP = logProbabilities.slice(0, i * count / splits, (i + 1) * count / splits);
        const torch::Tensor p = logP.exp();
        const torch::Tensor marginal = p.mean(0, true);
        scores.push_back(std::exp((p * (logP - marginal.log())).sum(1).mean().item<double>()));
    }
    return meanAndDeviation(scores);
}

} // namespace alphascope::engine
