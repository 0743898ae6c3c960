#include "engine/exploring/projections/umap_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "engine/exploring/projections/checks.h"

namespace alphascope::engine {

namespace {

constexpr int sigmaHalvings = 64;
constexpr double membershipTolerance = 1e-5;
constexpr double smallestSigma = 1e-3; ///< of the mean distance

double membership(double distance, double rho, double sigma) {
    return distance <= rho ? 1.0 : std::exp(-(distance - rho) / sigma);
}

double findSigma(std::span<const float> distances, double rho) {
    const double wanted = std::log2(static_cast<double>(distances.size() + 1));
    double sigma = 1.0;
    double low = 0.0;
    double high = std::numeric_limits<double>::infinity();
    for (int i = 0; i < sigmaHalvings; ++i) {
        double sum = 0.0;
        for (const float distance : distances) {
            sum += membership(distance, rho, sigma);
        }
        if (std::abs(sum - wanted) < membershipTolerance) {
            break;
        }
        (sum > wanted ? high : low) = sigma;
        sigma = std::isinf(high) ? sigma * 2.0 : (low + high) / 2.0;
    }
    return sigma;
}

/// One trial of the curve: squared error, and what a Gauss-Newton step needs of it.
struct Fit {
    double error = 0.0;
    double aa = 0.0, ab = 0.0, bb = 0.0; ///< J^T J
    double a = 0.0, b = 0.0;             ///< J^T (wanted - curve)
};

Fit tryCurve(const DistanceCurve& curve, double minDistance, double spread) {
    constexpr int places = 300;
    Fit fit;
    for (int i = 0; i < places; ++i) {
        const double d = 3.0 * spread * i / (places - 1);
        const double wanted = d < minDistance ? 1.0 : std::exp(-(d - minDistance) / spread);
        const double power = std::pow(d, 2.0 * curve.b);
        const double value = 1.0 / (1.0 + curve.a * power);
        const double byA = -power * value * value;
        const double byB = d > 0.0 ? 2.0 * curve.a * std::log(d) * byA : 0.0;
        const double rest = wanted - value;
        fit.error += rest * rest;
        fit.aa += byA * byA;
        fit.ab += byA * byB;
        fit.bb += byB * byB;
        fit.a += byA * rest;
        fit.b += byB * rest;
    }
    return fit;
}

} // namespace

double meanDistance(const NeighbourGraph& graph) {
    const double sum = std::accumulate(graph.distances.begin(), graph.distances.end(), 0.0);
    return sum / (static_cast<double>(graph.count) * static_cast<double>(graph.neighbours + 1));
}

void fuzzyMemberships(const NeighbourGraph& graph, double mean, std::size_t begin, std::size_t end,
                      float* weights) {
    for (std::size_t row = begin; row < end; ++row, weights += graph.neighbours) {
        const std::span<const float> distances(graph.distances.data() + row * graph.neighbours,
                                               graph.neighbours);
        const auto apart = std::find_if(distances.begin(), distances.end(), [](float d) { return d > 0.0F; });
        const double rho = apart == distances.end() ? 0.0 : *apart;
        const double ofRow =
            std::accumulate(distances.begin(), distances.end(), 0.0) / double(distances.size() + 1);
        const double sigma = std::max(findSigma(distances, rho), smallestSigma * (rho > 0.0 ? ofRow : mean));
        std::transform(distances.begin(), distances.end(), weights,
                       [&](float d) { return static_cast<float>(membership(d, rho, sigma)); });
    }
}

DistanceCurve fitDistanceCurve(double minDistance, double spread) {
    requireWithin(spread, 1e-3, 1e3, "spread");
    requireWithin(minDistance, 0.0, spread, "least distance");
    // Levenberg and Marquardt's damping: the step shrinks until the error falls.
    DistanceCurve curve{1.0, 1.0};
    Fit fit = tryCurve(curve, minDistance, spread);
    double damping = 1e-3;
    for (int i = 0; i < 200 && damping < 1e12; ++i) {
        const double aa = fit.aa * (1.0 + damping);
        const double bb = fit.bb * (1.0 + damping);
        const double determinant = aa * bb - fit.ab * fit.ab;
        const DistanceCurve next{curve.a + (bb * fit.a - fit.ab * fit.b) / determinant,
                                 curve.b + (aa * fit.b - fit.ab * fit.a) / determinant};
        const Fit trial = tryCurve(next, minDistance, spread);
        if (next.a > 0.0 && next.b > 0.0 && trial.error < fit.error) {
            curve = next;
            fit = trial;
            damping /= 10.0;
        } else {
            damping *= 10.0;
        }
    }
    return curve;
}

} // namespace alphascope::engine
