#include "engine/exploring/projections/umap.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/codes/philox.h"
#include "engine/exploring/projections/checks.h"
#include "engine/exploring/projections/parallel.h"

namespace alphascope::engine {

namespace {

constexpr float longestMove = 4.0F; ///< of one pull or push, along each axis, times the rate
constexpr std::size_t epochBlock = 64;

const UmapOptions& checked(const UmapOptions& options) {
    requireWithin(static_cast<double>(options.neighbours), 2, 1000, "neighbours");
    requireWithin(options.negativeSamples, 0, 100, "negative samples");
    requireWithin(options.epochs, 0, 1'000'000, "epochs");
    requireWithin(options.learningRate, 1e-6, 100.0, "learning rate");
    requireWithin(options.repulsion, 0.0, 100.0, "repulsion");
    return options;
}

int epochsFor(const UmapOptions& options, std::size_t rows) {
    return options.epochs > 0 ? options.epochs : rows < 10'000 ? 500 : 200;
}

float clipped(float move) {
    return std::clamp(move, -longestMove, longestMove);
}

/// The rows that repel one row in one epoch, in order: a function of seed, epoch and row.
class RandomRows {
public:
    RandomRows(std::uint64_t seed, int epoch, std::uint32_t row, std::size_t rows)
        : counter_{0, row, static_cast<std::uint32_t>(epoch), 0}, key_{static_cast<std::uint32_t>(seed),
                                                                       static_cast<std::uint32_t>(seed >>
                                                                                                  32)},
          rows_(rows) {}

    std::uint32_t next() {
        if (used_ == words_.size()) {
            words_ = philox4x32(counter_, key_);
            ++counter_[0];
            used_ = 0;
        }
        return static_cast<std::uint32_t>(words_[used_++] * rows_ >> 32);
    }

private:
    std::array<std::uint32_t, 4> counter_;
    std::array<std::uint32_t, 2> key_;
    std::uint64_t rows_;
    std::array<std::uint32_t, 4> words_{};
    std::size_t used_ = 4;
};

} // namespace

UmapLayout::UmapLayout(std::shared_ptr<const Codes> codes, Points2D start, const UmapOptions& options)
    : Layout(codes, checked(options).neighbours - 1, std::move(start), epochsFor(options, codes->count),
             Union::Fuzzy, options.threads),
      options_(options) {
    const DistanceCurve curve = fitDistanceCurve(options.minDistance, options.spread);
    a_ = static_cast<float>(curve.a);
    b_ = static_cast<float>(curve.b);
}

void UmapLayout::beforeWeights(const NeighbourGraph& neighbours) {
    meanDistance_ = meanDistance(neighbours);
}

void UmapLayout::weigh(const NeighbourGraph& neighbours, std::size_t begin, std::size_t end, float* weights) {
    fuzzyMemberships(neighbours, meanDistance_, begin, end, weights);
}

void UmapLayout::prepareGraph(SparseGraph& graph) {
    // From here on a weight is how often in an epoch its edge attracts; the heaviest does in every one.
    const float heaviest = *std::max_element(graph.weights.begin(), graph.weights.end());
    for (float& weight : graph.weights) {
        weight /= heaviest;
    }
}

void UmapLayout::iterate() {
    before_ = positions();
    const auto rate =
        static_cast<float>(options_.learningRate * (1.0 - double(iteration()) / double(iterations())));
    inParallelRows(count(), epochBlock, options_.threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            moveRow(static_cast<std::uint32_t>(row), rate);
        }
    });
}

void UmapLayout::moveRow(std::uint32_t row, float rate) {
    Point point{before_[2 * row], before_[2 * row + 1]};
    RandomRows random(options_.seed, iteration(), row, count());
    const double epoch = iteration();
    for (std::size_t at = graph().rowStarts[row]; at < graph().rowStarts[row + 1]; ++at) {
        const double share = graph().weights[at];
        if (std::floor((epoch + 1.0) * share) == std::floor(epoch * share)) {
            continue;
        }
        // Twice: the edge is one of this row, and with the ends exchanged one of the other.
        attract(point, graph().columns[at], rate);
        attract(point, graph().columns[at], rate);
        for (int i = 0; i < options_.negativeSamples; ++i) {
            if (const std::uint32_t other = random.next(); other != row) {
                repel(point, other, rate);
            }
        }
    }
    movable()[2 * row] = point.x;
    movable()[2 * row + 1] = point.y;
}

void UmapLayout::attract(Point& point, std::uint32_t other, float rate) const {
    const float dx = point.x - before_[2 * other];
    const float dy = point.y - before_[2 * other + 1];
    const float squared = dx * dx + dy * dy;
    if (squared == 0.0F) {
        return;
    }
    const float power = std::pow(squared, b_);
    const float pull = -2.0F * a_ * b_ * power / (squared * (1.0F + a_ * power));
    point.x += rate * clipped(pull * dx);
    point.y += rate * clipped(pull * dy);
}

void UmapLayout::repel(Point& point, std::uint32_t other, float rate) const {
    constexpr float softening = 0.001F; // keeps near ones from flying apart
    const float dx = point.x - before_[2 * other];
    const float dy = point.y - before_[2 * other + 1];
    const float squared = dx * dx + dy * dy;
    const auto repulsion = static_cast<float>(options_.repulsion);
    const float push = 2.0F * repulsion * b_ / ((softening + squared) * (1.0F + a_ * std::pow(squared, b_)));
    point.x += rate * clipped(push * dx);
    point.y += rate * clipped(push * dy);
}

} // namespace alphascope::engine
