#include "engine/exploring/projections/tsne.h"

#include <algorithm>
#include <numeric>

#include "engine/exploring/projections/checks.h"
#include "engine/exploring/projections/perplexity.h"

namespace alphascope::engine {

namespace {

constexpr float earlyMomentum = 0.5F;
constexpr float lateMomentum = 0.8F;
constexpr float smallestGain = 0.01F;

const TsneOptions& checked(const TsneOptions& options) {
    requireWithin(options.earlyExaggeration, 1.0, 1000.0, "early exaggeration");
    requireWithin(options.exaggerated, 0, options.iterations, "exaggerated iterations");
    requireWithin(options.learningRate, 0.0, 1e7, "learning rate");
    requireWithin(options.theta, 0.0, 1.0, "theta");
    return options;
}

} // namespace

TsneLayout::TsneLayout(std::shared_ptr<const Codes> codes, Points2D start, const TsneOptions& options)
    : Layout(codes, neighboursFor(options.perplexity, codes->count), std::move(start), options.iterations,
             Union::Sum, options.threads),
      options_(checked(options)), gradient_(options.theta, options.threads) {
    const double automatic = std::max(double(codes->count) / options.earlyExaggeration / 4.0, 50.0);
    rate_ = static_cast<float>(options.learningRate > 0.0 ? options.learningRate : automatic);
}

void TsneLayout::weigh(const NeighbourGraph& neighbours, std::size_t begin, std::size_t end, float* weights) {
    conditionalProbabilities(neighbours, options_.perplexity, begin, end, weights);
}

void TsneLayout::prepareGraph(SparseGraph& graph) {
    normalise(graph);
}

void TsneLayout::iterate() {
    const bool early = iteration() < options_.exaggerated;
    if (iteration() == 0 || iteration() == options_.exaggerated) {
        update_.assign(positions().size(), 0.0F);
        gains_.assign(positions().size(), 1.0F);
    }
    const std::vector<float>& gradient =
        gradient_.compute(graph(), positions(), early ? options_.earlyExaggeration : 1.0);
    const float momentum = early ? earlyMomentum : lateMomentum;
    for (std::size_t i = 0; i < gradient.size(); ++i) {
        const bool turning = update_[i] * gradient[i] >= 0.0F; // the last move went uphill
        gains_[i] = std::max(turning ? gains_[i] * 0.8F : gains_[i] + 0.2F, smallestGain);
        update_[i] = momentum * update_[i] - rate_ * gains_[i] * gradient[i];
        movable()[i] += update_[i];
    }
}

void normalise(SparseGraph& graph) {
    const double sum = std::accumulate(graph.weights.begin(), graph.weights.end(), 0.0);
    for (float& weight : graph.weights) {
        weight = static_cast<float>(weight / sum);
    }
}

} // namespace alphascope::engine
