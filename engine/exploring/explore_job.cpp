#include "engine/exploring/explore_job.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <type_traits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "engine/exploring/preparation.h"
#include "engine/imaging/crop.h"
#include "engine/imaging/images.h"
#include "engine/training/faults.h"
#include "engine/training/inference.h"

namespace alphascope::engine {

namespace {

/// Codes per piece: a few milliseconds of the small thread count.
constexpr std::size_t decodePiece = 8;
constexpr std::size_t fieldPiece = 256;
constexpr std::size_t measurePiece = 16;
constexpr int largestSource = 256; // pixels a side

Codes slice(const Codes& codes, std::size_t begin, std::size_t end) {
    Codes part(end - begin, codes.size);
    std::copy(codes.values.begin() + static_cast<std::ptrdiff_t>(begin * codes.size),
              codes.values.begin() + static_cast<std::ptrdiff_t>(end * codes.size), part.values.begin());
    return part;
}

template <typename T>
void append(std::vector<T>& to, std::vector<T> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

PictureSource sourceOf(const Image& picture, const ModelInfo& model, const std::optional<CropSquare>& crop) {
    PictureSource source;
    source.width = picture.width;
    source.height = picture.height;
    const int longer = std::max(picture.width, picture.height);
    const auto reduced = [&](int side) {
        return std::max(1, static_cast<int>(std::int64_t(side) * largestSource / longer));
    };
    source.picture = longer <= largestSource
                         ? picture
                         : resizeImage(picture, reduced(picture.width), reduced(picture.height));
    if (model.crop.empty() && !picture.empty()) {
        const int side = std::min(picture.width, picture.height);
        source.crop =
            crop.value_or(CropSquare{(picture.width - side) / 2, (picture.height - side) / 2, side});
    }
    return source;
}

bool takesLong(const ExploreOrder& what, const Replica& replica) {
    return std::visit(
        [&](const auto& order) {
            using Order = std::decay_t<decltype(order)>;
            if constexpr (std::is_same_v<Order, EncodeImage> || std::is_same_v<Order, EncodeFile>) {
                return replica.searches(order.options);
            } else if constexpr (std::is_same_v<Order, MeasureHeldOut>) {
                return order.options.by != EncodeBy::Auto;
            } else {
                return std::is_same_v<Order, SampleClass> || std::is_same_v<Order, FindGeodesic>;
            }
        },
        what);
}

} // namespace

ExploreJob::ExploreJob(PendingExplore pending, std::shared_ptr<Replica> replica, std::uint64_t epoch)
    : pending_(std::move(pending)) {
    restart(std::move(replica), epoch);
}

void ExploreJob::restart(std::shared_ptr<Replica> replica, std::uint64_t epoch) {
    search_.reset();
    walk_.reset();
    geodesic_.reset();
    variation_.reset();
    heldOut_.reset();
    replica_ = std::move(replica);
    done_ = 0;
    isLong_ = replica_ && takesLong(pending_.request.what, *replica_);
    if (isLong_) {
        pending_.claim.release(); // nobody waits with the hand on the mouse
    }
    result_ = {};
    result_.lane = pending_.request.lane;
    result_.stamp = pending_.request.stamp;
    result_.epoch = epoch;
    result_.modelStep = replica_ ? replica_->meta().step : 0;
    result_.progress = isLong_ ? 0.0 : 1.0;
}

ExploreJob::Progress ExploreJob::advance() {
    try {
        return work();
    } catch (...) {
        const std::uint64_t epoch = result_.epoch;
        restart(std::move(replica_), epoch);
        result_.error = faultInFlight();
        return Progress::Complete;
    }
}

ExploreJob::Progress ExploreJob::work() {
    if (!replica_) {
        throw Error(ErrorKind::Usage, "No model is open.", "Open a checkpoint or start training.");
    }
    if (search_) {
        return searchNext();
    }
    if (walk_) {
        return walkNext();
    }
    if (geodesic_) {
        return geodesicNext();
    }
    return std::visit(
        [this](const auto& what) {
            using What = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<What, DecodeCodes>) {
                return decodeNext(what);
            } else if constexpr (std::is_same_v<What, CodeField>) {
                return codeFieldNext(what.codes);
            } else if constexpr (std::is_same_v<What, EncodeImage>) {
                return encode(what.image, what.options, what.crop);
            } else if constexpr (std::is_same_v<What, EncodeFile>) {
                result_.name = std::filesystem::path(what.path).filename().string();
                return encode(readImage(what.path), what.options, what.crop);
            } else if constexpr (std::is_same_v<What, EncodeSet>) {
                return encodeSetNext(what);
            } else if constexpr (std::is_same_v<What, FindDirections>) {
                return findDirections(what);
            } else if constexpr (std::is_same_v<What, EditFidelity>) {
                return measureFidelity(what);
            } else if constexpr (std::is_same_v<What, VaryPicture>) {
                return varyNext(what);
            } else if constexpr (std::is_same_v<What, MeasureHeldOut>) {
                return heldOutNext(what);
            } else if constexpr (std::is_same_v<What, MeasurePath>) {
                return measureNext(what);
            } else if constexpr (std::is_same_v<What, FindGeodesic>) {
                geodesic_ = replica_->beginGeodesic(what.from, what.to, what.options);
                return Progress::More;
            } else {
                return beginWalk(what);
            }
        },
        pending_.request.what);
}

ExploreJob::Progress ExploreJob::decodeNext(const DecodeCodes& order) {
    const Codes& codes = order.codes;
    std::size_t end = std::min(codes.count, done_ + decodePiece);
    if (done_ < order.asIs) {
        end = std::min(end, order.asIs);
    }
    const Codes part =
        replica_->pulledToData(slice(codes, done_, end), done_ < order.asIs ? 0.0 : order.pull);
    append(result_.images, replica_->decode(part));
    append(result_.logits, replica_->codeLogits(part));
    append(result_.codes.values, part.values);
    done_ = end;
    result_.codes.count = done_;
    result_.codes.size = codes.size;
    return done_ < codes.count ? Progress::More : Progress::Complete;
}

ExploreJob::Progress ExploreJob::codeFieldNext(const Codes& codes) {
    const std::size_t end = std::min(codes.count, done_ + fieldPiece);
    append(result_.logits, replica_->codeLogits(slice(codes, done_, end)));
    done_ = end;
    if (done_ < codes.count) {
        return Progress::More;
    }
    result_.codes = codes;
    return Progress::Complete;
}

void ExploreJob::showRebuilt(Replica::Reconstruction rebuilt) {
    result_.codes = std::move(rebuilt.codes);
    result_.images = std::move(rebuilt.images);
    result_.l1 = rebuilt.l1.front();
    const Image& shown = result_.images.front();
    result_.errorMap = errorMap(result_.original, shown);
    result_.psnr = peakSignalToNoise(result_.original, shown);
    result_.ssimError = 1.0 - structuralSimilarity(result_.original, shown);
}

ExploreJob::Progress ExploreJob::encode(const Image& picture, const EncodeOptions& options,
                                        const std::optional<CropSquare>& crop) {
    const ModelInfo model = replica_->info({}, {});
    result_.source = sourceOf(picture, model, crop);
    const std::optional<CropSquare>& cut = result_.source.crop;
    result_.original =
        prepareOne(model, cut ? cutSquare(picture, cut->left, cut->top, cut->side) : picture, 0);
    if (isLong_) {
        result_.searched = true;
        search_ = replica_->beginSearch({result_.original}, options);
        return Progress::More;
    }
    if (replica_->can(models::Capability::Reconstruct)) {
        showRebuilt(replica_->reconstruct({result_.original}));
    } else {
        result_.codes = replica_->encode({result_.original});
    }
    result_.logits = replica_->codeLogits(result_.codes);
    return Progress::Complete;
}

ExploreJob::Progress ExploreJob::encodeSetNext(const EncodeSet& order) {
    if (result_.originals.empty()) {
        const ModelInfo model = replica_->info({}, {});
        PreparedImages prepared;
        if (!order.paths.empty()) {
            prepared = prepareImages(model, order.paths, "test", largestEncodeSet);
        }
        for (const Image& picture : order.images) {
            if (prepared.images.size() < largestEncodeSet) {
                prepared.images.push_back(prepareOne(model, picture, prepared.images.size()));
            }
        }
        if (prepared.images.empty()) {
            throw Error(ErrorKind::Usage, "No pictures were given.");
        }
        result_.originals = std::move(prepared.images);
        result_.skipped = std::move(prepared.skipped);
        result_.codes = Codes(0, replica_->latentSize());
        return Progress::More;
    }
    const std::size_t end = std::min(result_.originals.size(), done_ + decodePiece);
    const auto at = [this](std::size_t i) {
        return result_.originals.begin() + static_cast<std::ptrdiff_t>(i);
    };
    Codes found = replica_->encode({at(done_), at(end)});
    result_.codes.count += found.count;
    append(result_.codes.values, std::move(found.values));
    done_ = end;
    return done_ < result_.originals.size() ? Progress::More : Progress::Complete;
}

ExploreJob::Progress ExploreJob::searchNext() {
    search_->step();
    showRebuilt(Replica::resultOf(*search_));
    result_.progress = search_->progress();
    result_.curve = search_->curve();
    result_.searchErrors = search_->startErrors();
    if (!search_->finished()) {
        return Progress::News;
    }
    result_.logits = replica_->codeLogits(result_.codes);
    return Progress::Complete;
}

ExploreJob::Progress ExploreJob::beginWalk(const SampleClass& order) {
    const std::size_t classes = replica_->info({}, {}).classes.size();
    if (!replica_->can(models::Capability::Conditional)) {
        throw Error(ErrorKind::Usage,
                    fmt::format("The method {} has no classes to sample from.", replica_->traits().title),
                    "Open a model of a conditional method, such as PPGN.");
    }
    result_.codes = order.start.count > 0 ? order.start : priorCodes(order.seed, 1, replica_->latentSize());
    result_.images = replica_->decode(result_.codes); // checks them too
    walk_ = std::make_unique<ClassWalk>(
        replica_->method(), replica_->toDevice(result_.codes), static_cast<std::int64_t>(classes),
        ClassWalk::Options{.label = order.label, .steps = order.steps, .seed = order.seed});
    return Progress::News;
}

ExploreJob::Progress ExploreJob::walkNext() {
    walk_->step();
    result_.codes = toCodes(walk_->codes());
    result_.images = replica_->decode(result_.codes);
    result_.progress = walk_->progress();
    result_.curve = walk_->curve();
    return walk_->finished() ? Progress::Complete : Progress::News;
}

ExploreJob::Progress ExploreJob::findDirections(const FindDirections& order) {
    result_.codes = order.at;
    result_.directions = replica_->directions(order);
    return Progress::Complete;
}

ExploreJob::Progress ExploreJob::measureFidelity(const EditFidelity& order) {
    if (order.steps < 2 || order.steps > 101) {
        throw Error(ErrorKind::Usage, fmt::format("An edit cannot be looked at in {} steps.", order.steps),
                    "Choose from 2 to 101.");
    }
    if (order.direction.vector.size() != order.at.size || order.at.count != 1) {
        throw Error(ErrorKind::Usage, "The direction and the code are not of the same latent space.");
    }
    result_.codes = stripAlong(order.direction, order.at.row(0), static_cast<std::size_t>(order.steps));
    result_.distances = replica_->cycleDistances(result_.codes);
    return Progress::Complete;
}

ExploreJob::Progress ExploreJob::measureNext(const MeasurePath& order) {
    const Codes& codes = order.codes;
    const std::size_t end = std::min(codes.count, done_ + measurePiece);
    // With the last code of the piece before, so that no step is left out.
    const Codes part = slice(codes, done_ > 0 ? done_ - 1 : 0, end);
    append(result_.curve, replica_->pictureSteps(replica_->pulledToData(part, order.pull)));
    done_ = end;
    if (done_ < codes.count) {
        return Progress::More;
    }
    result_.codes = codes;
    return Progress::Complete;
}

ExploreJob::Progress ExploreJob::geodesicNext() {
    geodesic_->step();
    result_.codes = toCodes(geodesic_->codes());
    result_.progress = geodesic_->progress();
    result_.curve = geodesic_->curve();
    return geodesic_->finished() ? Progress::Complete : Progress::News;
}

ExploreJob::Progress ExploreJob::varyNext(const VaryPicture& order) {
    if (!variation_) {
        variation_ = std::make_unique<Variation>(*replica_, order);
        return Progress::More;
    }
    variation_->step();
    if (!variation_->finished()) {
        return Progress::More;
    }
    result_.codes = order.code;
    result_.spread = variation_->spread();
    result_.drawn = variation_->codes();
    result_.deviation = variation_->mean();
    result_.deviationMap = deviationMap(variation_->perPixel(), order.picture.width);
    return Progress::Complete;
}

ExploreJob::Progress ExploreJob::heldOutNext(const MeasureHeldOut& order) {
    if (!heldOut_) {
        heldOut_ = std::make_unique<HeldOutErrors>(*replica_, order);
    } else if (!heldOut_->finished()) {
        heldOut_->step();
    }
    if (!heldOut_->finished()) {
        result_.progress = isLong_ ? heldOut_->progress() : result_.progress;
        return isLong_ ? Progress::News : Progress::More;
    }
    result_.progress = 1.0;
    result_.searched = order.options.by != EncodeBy::Auto;
    result_.heldOutL1 = heldOut_->sorted();
    return Progress::Complete;
}

double ExploreJob::age() const {
    const auto age = std::chrono::steady_clock::now() - pending_.arrived;
    return std::chrono::duration<double, std::milli>(age).count();
}

ExploreResult ExploreJob::partialResult() const {
    ExploreResult result = result_;
    result.finished = false;
    result.milliseconds = age();
    return result;
}

ExploreResult ExploreJob::takeResult() {
    result_.milliseconds = age();
    return std::move(result_);
}

ExploreResult ExploreJob::takeCancelled() {
    result_.cancelled = true;
    return takeResult();
}

} // namespace alphascope::engine
