#include "engine/exploring/geodesic_search.h"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/training/inference.h"

namespace alphascope::engine {

namespace {

using torch::Tensor;

constexpr int mostPoints = 257;
constexpr int mostLooks = 1'000'000;

void demand(bool good, const char* what, double value) {
    if (!good) {
        throw Error(ErrorKind::Usage,
                    fmt::format("A geodesic cannot be searched for with {} {}.", what, value));
    }
}

const GeodesicOptions& checked(const GeodesicOptions& options) {
    demand(options.points >= 3 && options.points <= mostPoints, "a number of points of", options.points);
    demand(options.steps >= 1 && options.steps <= mostLooks, "a number of steps of", options.steps);
    demand(std::isfinite(options.rate) && options.rate > 0.0, "a rate of", options.rate);
    demand(std::isfinite(options.priorWeight) && options.priorWeight >= 0.0, "a prior weight of",
           options.priorWeight);
    return options;
}

/// The slerp path [T,Z], a copy of its own where gradients are recorded.
Tensor slerpPath(const std::vector<float>& from, const std::vector<float>& to, int points,
                 const torch::Device& device) {
    const Codes path = interpolatePath(from, to, static_cast<std::size_t>(points), PathKind::Slerp);
    return toTensor(path, device).clone();
}

} // namespace

Tensor pictureDistances(const Tensor& pictures) {
    return pictures.diff(1, 0).flatten(1).square().sum(1).sqrt();
}

Tensor pathEnergy(const Tensor& pictures) {
    return pictures.diff(1, 0).square().sum();
}

Tensor shellTerm(const Tensor& points, const Tensor& lengths) {
    return (points.norm(2, 1) - lengths).square().mean() / static_cast<double>(points.size(1));
}

GeodesicSearch::GeodesicSearch(models::Method& method, const std::vector<float>& from,
                               const std::vector<float>& to, const GeodesicOptions& options,
                               const torch::Device& device)
    : method_(method), options_(checked(options)), best_(slerpPath(from, to, options_.points, device)),
      from_(best_.slice(0, 0, 1)), to_(best_.slice(0, -1)),
      points_(best_.slice(0, 1, -1).clone().set_requires_grad(true)),
      adam_({points_}, {.beta1 = 0.9, .beta2 = 0.999}) {
    const Tensor share = torch::linspace(0.0, 1.0, options_.points, best_.options()).slice(0, 1, -1);
    lengths_ = from_.norm() + share * (to_.norm() - from_.norm());
}

Tensor GeodesicSearch::path() const {
    return torch::cat({from_, points_, to_});
}

void GeodesicSearch::step() {
    const torch::AutoGradMode gradients(true);
    const Tensor codes = path();
    const Tensor energy = pathEnergy(method_.generate(codes));
    const auto value = energy.item<double>();
    if (done_ == 0) {
        firstEnergy_ = value > 0.0 ? value : 1.0; // pictures that are all the same cannot come closer
    }
    const Tensor sum = energy / firstEnergy_ + options_.priorWeight * shellTerm(points_, lengths_);
    if (const auto now = sum.item<double>(); done_ == 0 || now < bestSum_) {
        bestSum_ = now;
        best_ = codes.detach();
        curve_.push_back(static_cast<float>(value));
    } else {
        curve_.push_back(curve_.back());
    }
    if (done_ + 1 < options_.steps) {
        sum.backward();
        adam_.step(rate());
    }
    ++done_;
}

double GeodesicSearch::rate() const {
    const double passed = static_cast<double>(done_) / options_.steps;
    return options_.rate * 0.5 * (1.0 + std::cos(std::numbers::pi * passed));
}

} // namespace alphascope::engine
