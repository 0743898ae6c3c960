#include "engine/exploring/projections/perplexity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <vector>

#include "engine/api/error.h"
#include "engine/exploring/projections/checks.h"

namespace alphascope::engine {

namespace {

constexpr int entropyHalvings = 100;
constexpr double entropyTolerance = 1e-5; ///< of the entropy, in nats

/// Fills `p` with exp(-beta (s - s_0)), where s_0 is the smallest: the same distribution, and never all zero.
/// Returns its entropy in nats.
double weighGaussian(const std::vector<double>& squares, double beta, std::vector<double>& p, double& sum) {
    sum = 0.0;
    double moment = 0.0;
    for (std::size_t i = 0; i < squares.size(); ++i) {
        const double beyond = squares[i] - squares[0];
        p[i] = std::exp(-beta * beyond);
        sum += p[i];
        moment += beyond * p[i];
    }
    return std::log(sum) + beta * moment / sum;
}

void findRow(const std::vector<double>& squares, double wanted, std::vector<double>& p,
             float* probabilities) {
    double beta = 1.0;
    double low = 0.0;
    double high = std::numeric_limits<double>::infinity();
    double sum = 0.0;
    for (int i = 0; i < entropyHalvings; ++i) {
        const double surplus = weighGaussian(squares, beta, p, sum) - wanted;
        if (std::abs(surplus) <= entropyTolerance) {
            break;
        }
        (surplus > 0.0 ? low : high) = beta;
        beta = std::isinf(high) ? beta * 2.0 : (low + high) / 2.0;
    }
    for (std::size_t i = 0; i < squares.size(); ++i) {
        probabilities[i] = static_cast<float>(p[i] / sum);
    }
}

} // namespace

std::size_t neighboursFor(double perplexity, std::size_t rows) {
    requireWithin(perplexity, 1.0, 10'000.0, "perplexity");
    if (perplexity >= static_cast<double>(rows)) {
        std::ostringstream sentence;
        sentence << "A perplexity of " << perplexity << " needs more than " << rows << " codes.";
        throw Error(ErrorKind::Usage, sentence.str(), "Choose a smaller perplexity or more codes.");
    }
    return std::min(rows - 1, static_cast<std::size_t>(3.0 * perplexity + 1.0));
}

void conditionalProbabilities(const NeighbourGraph& graph, double perplexity, std::size_t begin,
                              std::size_t end, float* probabilities) {
    const double wanted = std::log(perplexity);
    std::vector<double> squares(graph.neighbours);
    std::vector<double> p(graph.neighbours);
    for (std::size_t row = begin; row < end; ++row, probabilities += graph.neighbours) {
        const float* const distances = graph.distances.data() + row * graph.neighbours;
        std::transform(distances, distances + graph.neighbours, squares.begin(),
                       [](float d) { return static_cast<double>(d) * d; });
        findRow(squares, wanted, p, probabilities);
    }
}

} // namespace alphascope::engine
