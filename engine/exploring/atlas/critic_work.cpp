#include "engine/exploring/atlas/critic_work.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/training/inference.h"
#include "models/networks/initialisation.h"

namespace alphascope::engine {

namespace {

constexpr std::int64_t width = 256;
constexpr std::int64_t batch = 256;
constexpr std::int64_t mostUpdates = 4000;
constexpr std::int64_t updatesPerStep = 10;
constexpr std::int64_t updatesPerLook = 50;
/// Looks at held-out codes without an improvement, after which training ends: a critic that learns the codes
/// by heart is calibrated no more.
constexpr int patience = 8;
constexpr double rate = 5e-4;
constexpr std::size_t fewestCodes = 100;
constexpr std::int64_t mostHeldOut = 10'000;

std::shared_ptr<models::CodeDiscriminator> freshNetwork(std::int64_t latentSize, std::uint64_t seed) {
    auto network = std::make_shared<models::CodeDiscriminator>(latentSize, width);
    models::initialise(*network, "codeCritic", seed);
    for (torch::Tensor& parameter : network->parameters()) {
        parameter.requires_grad_(true);
    }
    return network;
}

} // namespace

std::vector<float> CodeCritic::logRatios(const Codes& codes) const {
    const c10::InferenceMode guard;
    return toFloats(network_->forward(toTensor(codes, torch::kCPU)));
}

CriticWork::CriticWork(std::shared_ptr<const CodeSet> codes, std::uint64_t seed)
    : latentSize_(codes->codes.size), random_(seed),
      network_(freshNetwork(static_cast<std::int64_t>(latentSize_), seed)),
      adam_(network_->parameters(), {.beta1 = 0.9, .beta2 = 0.999}) {
    if (codes->count() < fewestCodes) {
        throw Error(ErrorKind::Usage,
                    fmt::format("{} codes are too few to train a critic on.", codes->count()),
                    fmt::format("Load {} pictures or more.", fewestCodes));
    }
    const torch::Tensor all = toTensor(codes->codes, torch::kCPU);
    random_.beginUpdate(0, 0);
    const torch::Tensor order = random_.uniform("order", {all.size(0)}, torch::kCPU).argsort();
    const std::int64_t held = std::min(all.size(0) / 5, mostHeldOut);
    heldOut_ = all.index_select(0, order.narrow(0, 0, held));
    codes_ = all.index_select(0, order.narrow(0, held, all.size(0) - held));
    prior_ = random_.normal("heldOut", heldOut_.sizes(), torch::kCPU);
}

/// Cross entropy of the two classes, each with half the weight.
torch::Tensor CriticWork::lossOf(const torch::Tensor& data, const torch::Tensor& prior) const {
    return 0.5 * (torch::softplus(-network_->forward(data)).mean() +
                  torch::softplus(network_->forward(prior)).mean());
}

bool CriticWork::step() {
    for (std::int64_t i = 0; i < updatesPerStep; ++i) {
        random_.beginUpdate(++updates_, 0);
        const torch::Tensor rows =
            (random_.uniform("rows", {batch}, torch::kCPU) * static_cast<double>(codes_.size(0)))
                .to(torch::kLong)
                .clamp_max(codes_.size(0) - 1);
        const torch::Tensor prior =
            random_.normal("prior", {batch, static_cast<std::int64_t>(latentSize_)}, torch::kCPU);
        lossOf(codes_.index_select(0, rows), prior).backward();
        adam_.step(rate);
    }
    if (updates_ % updatesPerLook == 0) {
        look();
    }
    return worse_ < patience && updates_ < mostUpdates;
}

void CriticWork::look() {
    const torch::NoGradGuard noGradients;
    const double loss = lossOf(heldOut_, prior_).item<double>();
    if (loss < best_) {
        best_ = loss;
        worse_ = 0;
        bestWeights_.clear();
        for (const torch::Tensor& parameter : network_->parameters()) {
            bestWeights_.push_back(parameter.clone());
        }
    } else {
        ++worse_;
    }
}

double CriticWork::progress() const {
    // How soon it stops improving is not known; most stop in the first half.
    const double share = static_cast<double>(updates_) / static_cast<double>(mostUpdates);
    return std::max(std::min(1.0, 2.0 * share) * 0.9, static_cast<double>(worse_) / patience * 0.9);
}

CriticWork::Result CriticWork::take() {
    const torch::NoGradGuard noGradients;
    auto parameters = network_->parameters();
    for (std::size_t i = 0; i < bestWeights_.size(); ++i) {
        parameters[i].copy_(bestWeights_[i]);
    }
    return {std::make_shared<CodeCritic>(network_),
            criticReport(toFloats(network_->forward(heldOut_)), toFloats(network_->forward(prior_)))};
}

CodeCriticReport criticReport(const std::vector<float>& data, const std::vector<float>& prior) {
    constexpr std::size_t bins = 10;
    std::vector<double> stated(bins, 0.0);
    std::vector<double> right(bins, 0.0);
    std::vector<double> counts(bins, 0.0);
    double correct = 0.0;
    const auto count = [&](float logit, bool isData) {
        const double probability = 1.0 / (1.0 + std::exp(-static_cast<double>(logit)));
        const std::size_t bin = std::min(bins - 1, static_cast<std::size_t>(probability * bins));
        stated[bin] += probability;
        right[bin] += isData ? 1.0 : 0.0;
        counts[bin] += 1.0;
        correct += (logit > 0.0F) == isData ? 1.0 : 0.0;
    };
    for (const float logit : data) {
        count(logit, true);
    }
    for (const float logit : prior) {
        count(logit, false);
    }
    CodeCriticReport report;
    const auto total = static_cast<double>(data.size() + prior.size());
    report.accuracy = correct / total;
    report.heldOut = data.size();
    for (std::size_t bin = 0; bin < bins; ++bin) {
        report.calibration += std::abs(stated[bin] - right[bin]) / total;
        report.reliability.push_back(counts[bin] > 0.0 ? static_cast<float>(right[bin] / counts[bin])
                                                       : std::numeric_limits<float>::quiet_NaN());
    }
    const auto tenfold = static_cast<float>(std::log(10.0));
    const auto share = [](const std::vector<float>& logits, auto condition) {
        return static_cast<double>(std::count_if(logits.begin(), logits.end(), condition)) /
               static_cast<double>(logits.size());
    };
    report.holes = share(prior, [&](float logit) { return logit < -tenfold; });
    report.leaks = share(data, [&](float logit) { return logit > tenfold; });
    return report;
}

} // namespace alphascope::engine
