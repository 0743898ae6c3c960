#include "engine/exploring/code_search.h"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/training/inference.h"

namespace alphascope::engine {

namespace {

using torch::Tensor;

constexpr int mostSteps = 1'000'000;
constexpr int mostStarts = 1024;

void require(bool good, const char* what, double value) {
    if (!good) {
        throw Error(ErrorKind::Usage, fmt::format("A search for codes cannot have {} {}.", what, value));
    }
}

const CodeSearchOptions& checked(const CodeSearchOptions& options) {
    require(options.steps >= 1 && options.steps <= mostSteps, "a number of steps of", options.steps);
    require(options.starts >= 1 && options.starts <= mostStarts, "a number of starts of", options.starts);
    require(std::isfinite(options.rate) && options.rate > 0.0, "a rate of", options.rate);
    require(std::isfinite(options.priorWeight) && options.priorWeight >= 0.0, "a prior weight of",
            options.priorWeight);
    return options;
}

/// The same random starts for every picture, so that its code does not depend on its place among others.
Tensor startCodes(std::int64_t pictures, std::int64_t latentSize, const CodeSearchOptions& options,
                  const Tensor& hints, const torch::Device& device) {
    const Codes random = priorCodes(options.seed, static_cast<std::size_t>(options.starts),
                                    static_cast<std::size_t>(latentSize));
    // Copies, made here where gradients are recorded: what comes out of inference mode cannot be moved.
    Tensor starts = toTensor(random, device).clone().unsqueeze(0).expand({pictures, -1, -1});
    if (hints.defined()) {
        starts = torch::cat({hints.clone().unsqueeze(1), starts}, /*dim=*/1);
    }
    return starts.reshape({-1, latentSize}).clone().set_requires_grad(true);
}

} // namespace

CodeSearch::CodeSearch(models::Method& method, const Tensor& pictures, const CodeSearchOptions& options,
                       const Tensor& hints)
    : method_(method), options_(checked(options)), hinted_(hints.defined()),
      targets_(pictures.clone().unsqueeze(1)),
      codes_(startCodes(pictures.size(0), method.latentSize(), options_, hints, pictures.device())),
      adam_({codes_}, {.beta1 = 0.9, .beta2 = 0.999}) {}

void CodeSearch::step() {
    const torch::AutoGradMode gradients(true);
    const Tensor generated = method_.generate(codes_);
    const std::int64_t pictures = targets_.size(0);
    const Tensor errors = (generated.unflatten(0, {pictures, -1}) - targets_).abs().flatten(2).mean(2);
    compareStarts(errors.detach());
    keepBest(generated.detach(), errors.detach());
    if (done_ + 1 < options_.steps) {
        const Tensor prior = codes_.square().mean(1).sum() * (0.5 * options_.priorWeight);
        (errors.sum() + prior).backward();
        adam_.step(rate());
    }
    ++done_;
}

/// `errors` [N,S]; the encoder's start, if any, comes before the random ones.
void CodeSearch::compareStarts(const Tensor& errors) {
    const torch::NoGradGuard guard;
    const Tensor mine = errors[0];
    const auto random = mine.slice(0, hinted_ ? 1 : 0).min().item<float>();
    const auto smaller = [](float a, float b) { return b < a ? b : a; };
    startErrors_.randomStart = done_ == 0 ? random : startErrors_.randomStart;
    startErrors_.randomFound = done_ == 0 ? random : smaller(startErrors_.randomFound, random);
    if (hinted_) {
        const auto encoders = mine[0].item<float>();
        startErrors_.encoder = done_ == 0 ? encoders : *startErrors_.encoder;
        startErrors_.refined = done_ == 0 ? encoders : smaller(*startErrors_.refined, encoders);
    }
}

/// `generated` [N*S,C,H,W], `errors` [N,S].
void CodeSearch::keepBest(const Tensor& generated, const Tensor& errors) {
    const torch::NoGradGuard guard;
    const auto [smallest, start] = errors.min(1);
    const std::int64_t starts = errors.size(1);
    const Tensor rows = torch::arange(errors.size(0), start.options()) * starts + start;
    const Tensor codes = codes_.detach().index_select(0, rows);
    const Tensor pictures = generated.index_select(0, rows);
    if (done_ == 0) {
        bestErrors_ = smallest;
        bestCodes_ = codes;
        bestPictures_ = pictures;
    } else {
        const Tensor better = smallest < bestErrors_;
        bestErrors_ = torch::where(better, smallest, bestErrors_);
        bestCodes_ = torch::where(better.view({-1, 1}), codes, bestCodes_);
        bestPictures_ = torch::where(better.view({-1, 1, 1, 1}), pictures, bestPictures_);
    }
    curve_.push_back(bestErrors_.mean().item<float>());
}

double CodeSearch::rate() const {
    const double passed = static_cast<double>(done_) / options_.steps;
    return options_.rate * 0.5 * (1.0 + std::cos(std::numbers::pi * passed));
}

} // namespace alphascope::engine
