#include "engine/exploring/replica.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/class_walk.h"
#include "engine/exploring/weight_directions.h"
#include "engine/training/faults.h"
#include "engine/training/inference.h"
#include "engine/training/snapshot.h"

namespace alphascope::engine {

Replica::Replica(const ModelState& state, const std::string& path, const torch::Device& device,
                 bool rawWeights)
    : meta_(parseMetadata(state.metadata, path)), spec_(specOf(meta_, path)),
      traits_(&models::findMethod(spec_.method)), device_(device), rawWeights_(rawWeights) {
    try {
        method_ = models::makeMethod(spec_, 0, device_, models::Purpose::Inference);
    } catch (const models::SchemaError& error) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("{} describes a model without networks: {}", path, error.what()),
                    "Use another checkpoint.");
    }
    method_->setTraining(false);
    loadWeights(*method_, state, path, rawWeights_);
}

void Replica::load(const ModelState& state, const std::string& path) {
    CheckpointMeta meta = parseMetadata(state.metadata, path);
    loadWeights(*method_, state, path, rawWeights_);
    meta_ = std::move(meta);
}

ModelInfo Replica::info(const std::string& path, const std::string& checksum) const {
    ModelInfo info;
    info.path = path;
    info.checksum = checksum;
    info.method = meta_.method;
    info.methodTitle = traits_->title;
    info.step = meta_.step;
    info.channels = meta_.channels;
    info.size = meta_.size;
    info.latentSize = latentSize();
    info.data = meta_.data;
    info.transform = meta_.transform;
    info.crop = meta_.crop;
    info.dataFingerprint = meta_.dataFingerprint;
    info.seed = meta_.seed;
    info.capabilities = traits_->capabilities;
    info.parameters.assign(meta_.parameters.begin(), meta_.parameters.end());
    info.parameterCount = countParameters(*method_);
    info.ema = meta_.hasEma && !rawWeights_;
    info.classes = classNames();
    return info;
}

std::vector<std::string> Replica::classNames() const {
    if (!can(models::Capability::Conditional)) {
        return {};
    }
    const auto count = static_cast<std::size_t>(spec_.parameters.integer("classes"));
    std::vector<std::string> names = meta_.labels;
    for (std::size_t number = names.size(); number < count; ++number) {
        names.push_back(fmt::to_string(number));
    }
    names.resize(count);
    return names;
}

std::vector<Image> Replica::decode(const Codes& codes) {
    require(models::Capability::Generate, "generate pictures");
    checkCodes(codes);
    if (codes.count == 0) {
        return {};
    }
    return withFaultsAsErrors([&] { return toImages(engine::decode(*method_, toTensor(codes, device_))); });
}

Codes Replica::decodePoints(const Codes& codes) {
    require(models::Capability::Generate, "generate points");
    if (!spec_.image.isPoints()) {
        throw Error(ErrorKind::Usage, "The model makes pictures and no points.");
    }
    checkCodes(codes);
    if (codes.count == 0) {
        return {0, 2};
    }
    return withFaultsAsErrors(
        [&] { return toCodes(engine::decode(*method_, toTensor(codes, device_)).flatten(1)); });
}

bool Replica::searches(const EncodeOptions& options) const {
    return options.by != EncodeBy::Auto || !can(models::Capability::Encode);
}

Codes Replica::encode(const std::vector<Image>& prepared, const EncodeOptions& options,
                      const CodeSearchListener& listener) {
    if (searches(options)) {
        return search(prepared, options, listener).codes;
    }
    checkPictures(prepared);
    if (prepared.empty()) {
        return {0, latentSize()};
    }
    return withFaultsAsErrors(
        [&] { return toCodes(engine::encode(*method_, toPictures(prepared, device_))); });
}

Codes Replica::criticFeatures(const std::vector<Image>& prepared) {
    require(models::Capability::Criticise, "judge pictures: it has no discriminator of pictures");
    checkPictures(prepared);
    if (prepared.empty()) {
        return {};
    }
    return withFaultsAsErrors(
        [&] { return toCodes(engine::criticFeatures(*method_, toPictures(prepared, device_))); });
}

Replica::Reconstruction Replica::reconstruct(const std::vector<Image>& prepared, const EncodeOptions& options,
                                             const CodeSearchListener& listener) {
    if (searches(options)) {
        return search(prepared, options, listener);
    }
    require(models::Capability::Reconstruct, "reconstruct pictures");
    checkPictures(prepared);
    if (prepared.empty()) {
        return {};
    }
    return withFaultsAsErrors([&]() -> Reconstruction {
        const torch::Tensor pictures = toPictures(prepared, device_);
        const torch::Tensor codes = engine::encode(*method_, pictures);
        const torch::Tensor rebuilt = engine::decode(*method_, codes);
        return {toCodes(codes), toImages(rebuilt), toFloats(meanAbsoluteError(pictures, rebuilt))};
    });
}

std::optional<Codes> Replica::drawCodes(const Image& prepared, std::size_t count, std::uint64_t seed) {
    if (!can(models::Capability::Encode)) {
        return std::nullopt;
    }
    checkPictures({prepared});
    return withFaultsAsErrors([&]() -> std::optional<Codes> {
        const c10::InferenceMode guard;
        const torch::Tensor picture = toPictures({prepared}, device_);
        const torch::Tensor noise = toTensor(priorCodes(seed, count, latentSize()), device_);
        std::vector<torch::Tensor> drawn;
        for (const torch::Tensor& part : noise.split(inferenceBatch)) {
            drawn.push_back(method_->encodeWithNoise(picture, part));
            if (!drawn.back().defined()) {
                return std::nullopt;
            }
        }
        return toCodes(at::cat(drawn));
    });
}

std::vector<float> Replica::errors(const std::vector<Image>& prepared, const Codes& codes) {
    require(models::Capability::Generate, "generate pictures");
    checkPictures(prepared);
    checkCodes(codes);
    return withFaultsAsErrors([&] {
        return toFloats(meanAbsoluteError(toPictures(prepared, device_),
                                          engine::decode(*method_, toTensor(codes, device_))));
    });
}

std::unique_ptr<CodeSearch> Replica::beginSearch(const std::vector<Image>& prepared,
                                                 const EncodeOptions& options) {
    require(models::Capability::Generate, "generate pictures");
    checkPictures(prepared);
    return withFaultsAsErrors([&] {
        const torch::Tensor pictures = toPictures(prepared, device_);
        const bool hinted = options.by == EncodeBy::Refine && can(models::Capability::Encode);
        return std::make_unique<CodeSearch>(*method_, pictures, options.search,
                                            hinted ? engine::encode(*method_, pictures) : torch::Tensor());
    });
}

Replica::Reconstruction Replica::resultOf(const CodeSearch& search) {
    return {toCodes(search.codes()), toImages(search.pictures()), toFloats(search.errors())};
}

std::vector<float> Replica::pictureSteps(const Codes& path) {
    require(models::Capability::Generate, "generate pictures");
    checkCodes(path);
    if (path.count < 2) {
        return {};
    }
    return withFaultsAsErrors(
        [&] { return toFloats(pictureDistances(engine::decode(*method_, toTensor(path, device_)))); });
}

std::unique_ptr<GeodesicSearch> Replica::beginGeodesic(const std::vector<float>& from,
                                                       const std::vector<float>& to,
                                                       const GeodesicOptions& options) {
    require(models::Capability::Generate, "generate pictures");
    checkSize(from.size());
    checkSize(to.size());
    return withFaultsAsErrors(
        [&] { return std::make_unique<GeodesicSearch>(*method_, from, to, options, device_); });
}

Replica::Reconstruction Replica::search(const std::vector<Image>& prepared, const EncodeOptions& options,
                                        const CodeSearchListener& listener) {
    // So many that a step decodes about as much as any other batch.
    const auto batch = static_cast<std::ptrdiff_t>(
        std::max<std::int64_t>(1, inferenceBatch / std::max(1, options.search.starts)));
    Reconstruction all{Codes(0, latentSize()), {}, {}};
    for (auto begin = prepared.begin(); begin != prepared.end();) {
        const auto end = begin + std::min(batch, prepared.end() - begin);
        const auto search = beginSearch({begin, end}, options);
        while (!search->finished()) {
            withFaultsAsErrors([&] { search->step(); });
            if (listener) {
                const double done = static_cast<double>(all.images.size()) +
                                    search->progress() * static_cast<double>(end - begin);
                listener({prepared.size(), all.images.size(), done / static_cast<double>(prepared.size()),
                          search->curve().back()});
            }
        }
        Reconstruction found = resultOf(*search);
        all.codes.count += found.codes.count;
        const auto append = [](auto& to, auto& from) {
            to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
        };
        append(all.codes.values, found.codes.values);
        append(all.images, found.images);
        append(all.l1, found.l1);
        begin = end;
    }
    return all;
}

std::vector<float> Replica::codeLogits(const Codes& codes) {
    if (!can(models::Capability::CodeLogit)) {
        return {};
    }
    checkCodes(codes);
    if (codes.count == 0) {
        return {};
    }
    return withFaultsAsErrors(
        [&] { return toFloats(engine::codeLogits(*method_, toTensor(codes, device_))); });
}

WalkedCodes Replica::walkTowards(std::int64_t label, const Codes& start, int steps, std::uint64_t seed) {
    require(models::Capability::Conditional, "sample a class");
    checkCodes(start);
    const std::int64_t classes = spec_.parameters.integer("classes");
    WalkedCodes walked{Codes(0, latentSize()),
                       std::vector<float>(static_cast<std::size_t>(std::max(0, steps)))};
    if (start.count == 0) {
        return walked;
    }
    withFaultsAsErrors([&] {
        for (const torch::Tensor& part : toTensor(start, device_).split(inferenceBatch)) {
            // A seed for each batch, or all would meet the same noise.
            ClassWalk walk(*method_, part, classes, {.label = label, .steps = steps, .seed = seed++});
            while (!walk.finished()) {
                walk.step();
            }
            const Codes codes = toCodes(walk.codes());
            walked.codes.count += codes.count;
            walked.codes.values.insert(walked.codes.values.end(), codes.values.begin(), codes.values.end());
            const float share = static_cast<float>(codes.count) / static_cast<float>(start.count);
            for (std::size_t i = 0; i < walked.curve.size(); ++i) {
                walked.curve[i] += share * walk.curve()[i];
            }
        }
    });
    return walked;
}

std::vector<LatentDirection> Replica::directions(const FindDirections& order) {
    require(models::Capability::Generate, "generate pictures");
    if (order.kind == DirectionKind::Factor) {
        return withFaultsAsErrors([&] { return factorDirections(*method_, order.count); });
    }
    if (order.kind != DirectionKind::Local || order.at.count != 1) {
        throw Error(ErrorKind::Usage, "A model gives local directions at one code, or those of its factors.");
    }
    checkCodes(order.at);
    return withFaultsAsErrors(
        [&] { return localDirections(*method_, toTensor(order.at, device_), order.count); });
}

std::vector<float> Replica::cycleDistances(const Codes& codes) {
    require(models::Capability::Generate, "generate pictures");
    require(models::Capability::Encode, "encode pictures");
    checkCodes(codes);
    return withFaultsAsErrors([&] { return engine::cycleDistances(*method_, toTensor(codes, device_)); });
}

Codes Replica::pulledToData(const Codes& codes, double pull) {
    if (!(pull >= 0.0 && pull <= 1.0)) {
        throw Error(ErrorKind::Usage, fmt::format("A pull to the data of {} is not possible.", pull),
                    "Choose from 0 to 1.");
    }
    checkCodes(codes);
    if (pull == 0.0 || codes.count == 0) {
        return codes;
    }
    require(models::Capability::Generate, "generate pictures");
    require(models::Capability::Encode, "encode pictures");
    const Codes data = withFaultsAsErrors([&] {
        return toCodes(engine::encode(*method_, engine::decode(*method_, toTensor(codes, device_))));
    });
    Codes pulled(codes.count, codes.size);
    for (std::size_t i = 0; i < codes.count; ++i) {
        const std::vector<float> code = interpolate(codes.row(i), data.row(i), pull, PathKind::Slerp);
        std::copy(code.begin(), code.end(), pulled.row(i).begin());
    }
    return pulled;
}

torch::Tensor Replica::toDevice(const Codes& codes) const {
    return toTensor(codes, device_);
}

void Replica::warmUp() {
    const Codes zero(1, latentSize());
    const std::vector<Image> black{Image(meta_.size, meta_.size, meta_.channels)};
    // Twice: the first run of a shape chooses kernels, the second finds their memory.
    for (int round = 0; round < 2; ++round) {
        if (can(models::Capability::Generate)) {
            decode(zero);
        }
        if (can(models::Capability::Encode)) {
            encode(black);
        }
        codeLogits(zero);
    }
}

void Replica::require(models::Capability capability, const char* what) const {
    if (!can(capability)) {
        throw Error(ErrorKind::Usage, fmt::format("The method {} cannot {}.", traits_->title, what));
    }
}

void Replica::checkCodes(const Codes& codes) const {
    checkSize(codes.values.size() == codes.count * codes.size ? codes.size : 0);
}

void Replica::checkSize(std::size_t size) const {
    if (size != latentSize()) {
        throw Error(ErrorKind::Usage, fmt::format("A code of {} numbers was given where this model has {}.",
                                                  size, latentSize()));
    }
}

void Replica::checkPictures(const std::vector<Image>& pictures) const {
    for (const Image& picture : pictures) {
        if (picture.width != meta_.size || picture.height != meta_.size ||
            picture.channels != meta_.channels ||
            picture.pixels.size() != std::size_t(meta_.size) * meta_.size * meta_.channels) {
            throw Error(
                ErrorKind::Usage,
                fmt::format("A picture of {} x {} pixels and {} channels was given where this model has "
                            "{} x {} and {}.",
                            picture.width, picture.height, picture.channels, meta_.size, meta_.size,
                            meta_.channels));
        }
    }
}

} // namespace alphascope::engine
