#include "models/methods/posterior.h"

namespace alphascope::models {

Posterior posteriorOf(const torch::Tensor& answer, bool gaussian) {
    const torch::Tensor exact = answer.to(torch::kFloat32);
    if (!gaussian) {
        return {exact, {}};
    }
    const std::vector<torch::Tensor> halves = exact.chunk(2, 1);
    return {halves[0], (0.5 * halves[1]).exp()};
}

torch::Tensor drawCode(const Posterior& posterior, RandomStreams& random) {
    if (!posterior.deviation.defined()) {
        return posterior.mean;
    }
    return posterior.mean +
           posterior.deviation * random.normal("posterior", posterior.mean.sizes(), posterior.mean.device());
}

} // namespace alphascope::models
