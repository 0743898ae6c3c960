#include "engine/metrics/own_classifier.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numbers>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
#include "engine/metrics/judged_pictures.h"
#include "engine/storage/safetensors.h"
#include "engine/training/loader_batches.h"
#include "engine/training/named_tensor.h"
#include "models/networks/initialisation.h"
#include "models/objectives/classification.h"
#include "models/optimizers/adam.h"

namespace alphascope::engine {

namespace {

constexpr std::int64_t classifierFilters = 32;
constexpr std::int64_t classifierFeatures = 128;
constexpr int classifierBatch = 100;
constexpr std::int64_t classifierUpdates = 1500;
constexpr std::int64_t mostClassifierHeldOut = 5000;
constexpr double classifierRate = 2e-3; ///< of the first update; falls along half a cosine
constexpr std::uint64_t classifierSeed = 1;

/// Changes with the set, and with what is trained on it.
std::string classifierFile(const DataSet& set, const std::string& folder) {
    Fingerprint content;
    content.add(set.fingerprint());
    content.add(fmt::format("{} {} {} {} {}", set.size(), set.channels(), classifierFilters,
                            classifierFeatures, classifierUpdates));
    return (std::filesystem::path(folder) / fmt::format("classifier-{:016x}.safetensors", content.value()))
        .string();
}

void visitTensors(models::FeatureClassifier& network,
                  const std::function<void(const std::string&, torch::Tensor&)>& visit) {
    for (auto& parameter : network.named_parameters()) {
        visit(parameter.key(), parameter.value());
    }
    for (auto& buffer : network.named_buffers()) {
        visit(buffer.key(), buffer.value());
    }
}

} // namespace

std::string judgesFolder(const std::string& wanted) {
    if (!wanted.empty()) {
        return wanted;
    }
    const char* const cache = std::getenv("XDG_CACHE_HOME");
    const char* const home = std::getenv("HOME");
    if (cache != nullptr && *cache != '\0') {
        return std::string(cache) + "/alphascope/judges";
    }
    return home != nullptr && *home != '\0' ? std::string(home) + "/.cache/alphascope/judges" : std::string();
}

OwnClassifier::OwnClassifier(const DataSet& set, const torch::Device& device)
    : image_{set.channels(), set.size()}, classes_(static_cast<std::int64_t>(set.info().labels.size())),
      data_(set.info().title), device_(device) {
    if (set.info().isPoints()) {
        throw Error(ErrorKind::Usage, "Points in the plane need no features.",
                    "Ask for critic and coverage.");
    }
    if (classes_ < 2) {
        throw Error(
            ErrorKind::Usage, fmt::format("'{}' has no labels to train a classifier with.", set.info().name),
            "Give the weights of the Inception net with --features, or ask for figures that need none.");
    }
    network_ =
        std::make_shared<models::FeatureClassifier>(image_, classifierFilters, classifierFeatures, classes_);
    models::initialise(*network_, "classifier", classifierSeed);
    network_->to(device_);
}

std::unique_ptr<OwnClassifier> OwnClassifier::keptFor(const DataSet& set, const std::string& folder,
                                                      const torch::Device& device) {
    if (folder.empty() || set.info().isPoints() || set.info().labels.size() < 2) {
        return {};
    }
    const std::string path = classifierFile(set, folder);
    if (!std::filesystem::exists(path)) {
        return {};
    }
    try {
        std::unique_ptr<OwnClassifier> classifier(new OwnClassifier(set, device));
        classifier->takeOver(readSafetensors(path), path);
        return classifier;
    } catch (const Error&) {
        return {}; // what is damaged or from another version is trained anew and written over
    }
}

std::unique_ptr<OwnClassifier> OwnClassifier::forSet(const std::shared_ptr<const DataSet>& set,
                                                     const std::string& folder, const torch::Device& device,
                                                     const TrainingListener& listener) {
    if (std::unique_ptr<OwnClassifier> kept = keptFor(*set, folder, device)) {
        return kept;
    }
    std::unique_ptr<OwnClassifier> classifier(new OwnClassifier(*set, device));
    classifier->train(set, listener);
    classifier->accuracy_ = classifier->measure(*set);
    const ModelState state = classifier->state();
    classifier->checksum_ = dataChecksum(state);
    if (!folder.empty()) {
        std::filesystem::create_directories(folder);
        writeSafetensors(classifierFile(*set, folder), state);
    }
    return classifier;
}

void OwnClassifier::train(const std::shared_ptr<const DataSet>& set, const TrainingListener& listener) {
    const torch::AutoGradMode gradients(true);
    for (torch::Tensor& parameter : network_->parameters()) {
        parameter.requires_grad_(true);
    }
    LoaderBatches batches(set, classifierBatch, classifierSeed, 0, 1, device_);
    models::Adam adam(network_->parameters(), {.beta1 = 0.9, .beta2 = 0.999});
    for (std::int64_t update = 0; update < classifierUpdates; ++update) {
        const double share = static_cast<double>(update) / static_cast<double>(classifierUpdates);
        if (update % 10 == 0 && listener && !listener(share)) {
            throw Error(ErrorKind::Interrupted, "Training the classifier was cancelled.");
        }
        const models::Batch batch = batches.next();
        const torch::Tensor codes = network_->codes(batch.pictures, models::NormMode::MoveStatistics);
        models::objectives::labelledCrossEntropy(network_->logits(codes), batch.labels).backward();
        adam.step(classifierRate * 0.5 * (1.0 + std::cos(std::numbers::pi * share)));
    }
    for (torch::Tensor& parameter : network_->parameters()) {
        parameter.requires_grad_(false);
    }
}

double OwnClassifier::measure(const DataSet& set) {
    // Only looks; the set outlives this call.
    const auto source =
        sourceOfSet(std::shared_ptr<const DataSet>(&set, [](const DataSet*) {}), Split::Test, 0);
    const std::vector<std::uint64_t> rows = chosenRows(source->count(), mostClassifierHeldOut, 0);
    std::size_t right = 0;
    heldOut_ = 0;
    for (std::size_t begin = 0; begin < rows.size(); begin += 256) {
        const std::size_t count = std::min<std::size_t>(256, rows.size() - begin);
        std::vector<std::int64_t> labels;
        const torch::Tensor pictures = source->read(std::span(rows).subspan(begin, count), &labels);
        if (labels.empty()) {
            continue;
        }
        const torch::Tensor truth = torch::tensor(labels);
        right += static_cast<std::size_t>(
            (run(pictures).logits.argmax(1) == truth).logical_and(truth >= 0).sum().item<std::int64_t>());
        heldOut_ += static_cast<std::size_t>((truth >= 0).sum().item<std::int64_t>());
    }
    return heldOut_ == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(heldOut_);
}

FeatureBatch OwnClassifier::run(const torch::Tensor& pictures) {
    const c10::InferenceMode guard;
    torch::Tensor x = toUnitRange(pictures).to(device_);
    if (x.size(1) != image_.channels) {
        x = image_.channels == 1 ? x.mean(1, true) : withChannels(x, image_.channels);
    }
    if (x.size(2) != image_.size || x.size(3) != image_.size) {
        x = at::_upsample_bilinear2d_aa(x, {image_.size, image_.size}, /*align_corners=*/false);
    }
    const torch::Tensor codes =
        network_->codes(x.contiguous(at::MemoryFormat::ChannelsLast), models::NormMode::RunningStatistics);
    return {codes.to(torch::kCPU), network_->logits(codes).to(torch::kCPU)};
}

std::string OwnClassifier::title() const {
    return fmt::format("in-domain classifier of {} labels ({}), accuracy {:.4f} on {} held-out pictures, "
                       "weights {}: not comparable with published scores",
                       classes_, data_, accuracy_, heldOut_, checksum_);
}

ModelState OwnClassifier::state() const {
    ModelState state;
    state.metadata = {{"accuracy", fmt::format("{:.17g}", accuracy_)},
                      {"held_out", fmt::to_string(heldOut_)}};
    visitTensors(*network_, [&](const std::string& name, torch::Tensor& tensor) {
        state.arrays.push_back(toArray(name, tensor.to(torch::kFloat)));
    });
    return state;
}

void OwnClassifier::takeOver(const ModelState& state, const std::string& path) {
    const c10::InferenceMode guard;
    const auto refuse = [&] { throw Error(ErrorKind::BadInput, fmt::format("'{}' does not fit.", path)); };
    std::size_t taken = 0;
    visitTensors(*network_, [&](const std::string& name, torch::Tensor& tensor) {
        for (const NamedArray& array : state.arrays) {
            if (array.name == name && array.dtype == "F32" && array.shape == tensor.sizes().vec()) {
                tensor.copy_(viewOf(array));
                ++taken;
            }
        }
    });
    const auto accuracy = state.metadata.find("accuracy");
    const auto heldOut = state.metadata.find("held_out");
    if (taken != state.arrays.size() || accuracy == state.metadata.end() || heldOut == state.metadata.end() ||
        findNonFinite(state)) {
        refuse();
    }
    accuracy_ = std::strtod(accuracy->second.c_str(), nullptr);
    heldOut_ = static_cast<std::size_t>(std::strtoull(heldOut->second.c_str(), nullptr, 10));
    checksum_ = dataChecksum(state);
}

FeatureBatch StackedClassifier::run(const torch::Tensor& pictures) {
    const c10::InferenceMode guard;
    std::vector<torch::Tensor> features;
    std::vector<torch::Tensor> logs;
    for (std::int64_t channel = 0; channel < 3; ++channel) {
        const FeatureBatch found = grey_->run(pictures.narrow(1, channel, 1));
        features.push_back(found.features);
        logs.push_back(found.logits.log_softmax(1));
    }
    const torch::Tensor joint = logs[0].unsqueeze(2).unsqueeze(3) + logs[1].unsqueeze(1).unsqueeze(3) +
                                logs[2].unsqueeze(1).unsqueeze(2);
    return {torch::cat(features, 1), joint.flatten(1)};
}

} // namespace alphascope::engine
