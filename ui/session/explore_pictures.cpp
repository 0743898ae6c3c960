// The controller's work on a person's own picture: another square of it, a search from its encoder's code,
// many codes of it, and the held-out pictures that its error is compared with.

#include "ui/session/explore_controller.h"

#include <algorithm>
#include <utility>

namespace alphascope::ui {

namespace {

/// Few, since each is searched for as long as the person's own picture was.
constexpr std::size_t searchedHeldOutCount = 32;

} // namespace

using engine::ExploreLane;

void ExploreController::refine() {
    if (hasModel() && encodeSource_.index() != 0)
        sendEncode(EncodePurpose::Refine);
}

void ExploreController::setCrop(const engine::CropSquare& crop) {
    if (live_) {
        liveCrop_ = crop; // of the next picture that comes
        return;
    }
    if (auto* picture = std::get_if<engine::EncodeImage>(&encodeSource_))
        picture->crop = crop;
    else if (auto* file = std::get_if<engine::EncodeFile>(&encodeSource_))
        file->crop = crop;
    else
        return;
    sendEncode(EncodePurpose::Crop);
}

void ExploreController::varyPicture(const engine::ExploreResult& encoded) {
    if (!hasModel() || encoded.codes.count != 1 || encoded.codes.size != view_.code.size())
        return;
    engine::VaryPicture order;
    order.picture = encoded.original;
    order.code = encoded.codes;
    bridge_.request(ExploreLane::Variation, std::move(order));
}

QString ExploreController::spreadText(engine::CodeSpread spread) {
    switch (spread) {
    case engine::CodeSpread::Posterior:
        return tr("codes of the encoder's posterior");
    case engine::CodeSpread::Encoder:
        return tr("codes drawn by the stochastic encoder");
    case engine::CodeSpread::Perturbed:
        break;
    }
    return tr("codes perturbed, radius 0.25 σ");
}

/// Once for an opened model; for one in training, again when a picture comes after it has moved on.
void ExploreController::measureHeldOut(const engine::ExploreResult& encoded) {
    const bool known = heldOut_.epoch == encoded.epoch && heldOut_.step == encoded.modelStep;
    if (encoded.searched || known || measuresHeldOut_ || searchesHeldOut() || !canEncode())
        return;
    measuresHeldOut_ = true;
    bridge_.request(ExploreLane::HeldOut, engine::MeasureHeldOut{});
}

void ExploreController::searchHeldOut() {
    if (!hasModel() || searchesHeldOut())
        return;
    engine::MeasureHeldOut order;
    order.count = searchedHeldOutCount;
    order.options.by = canEncode() ? engine::EncodeBy::Refine : engine::EncodeBy::Search;
    measuresHeldOut_ =
        false; // the lane has one order at a time: the encoder's is made again when it is needed
    heldOutSearch_ = bridge_.request(ExploreLane::HeldOut, std::move(order));
    Q_EMIT searchedHeldOutProgressed(0.0);
}

void ExploreController::cancelSearchedHeldOut() {
    if (searchesHeldOut())
        bridge_.cancelExplore(ExploreLane::HeldOut);
}

void ExploreController::takeHeldOut(const engine::ExploreResult& result) {
    const bool searched = searchesHeldOut() && result.stamp == heldOutSearch_;
    if (searched && !result.finished && !result.error && !result.cancelled) {
        Q_EMIT searchedHeldOutProgressed(result.progress);
        return;
    }
    const HeldOut measured{result.epoch, result.modelStep, result.heldOutL1};
    if (searched) {
        heldOutSearch_ = 0;
        if (!result.cancelled)
            searchedHeldOut_ = measured;
    } else {
        measuresHeldOut_ = false;
        heldOut_ = measured;
    }
    Q_EMIT heldOutChanged();
}

std::optional<ExploreController::HeldOutRank>
ExploreController::heldOutRank(const engine::ExploreResult& encoded) const {
    const HeldOut& measured = encoded.searched ? searchedHeldOut_ : heldOut_;
    const std::vector<float>& l1 = measured.l1;
    if (encoded.epoch != measured.epoch || l1.empty())
        return std::nullopt;
    const auto lower = std::lower_bound(l1.begin(), l1.end(), encoded.l1) - l1.begin();
    return HeldOutRank{double(lower) / double(l1.size()), l1.size(), measured.step};
}

/// What was found with another model.
void ExploreController::forgetPictures() {
    measuresHeldOut_ = false;
    heldOutSearch_ = 0;
    heldOut_ = searchedHeldOut_ = {};
    encoded_ = {};
}

void ExploreController::encodeLive(engine::Image picture) {
    if (!canEncode())
        return;
    live_ = true;
    engine::EncodeImage order{std::move(picture), {}, liveCrop_};
    encodePurposes_[bridge_.request(ExploreLane::Encode, std::move(order))] = EncodePurpose::Live;
}

void ExploreController::endLive() {
    live_ = false;
    liveCrop_.reset();
}

} // namespace alphascope::ui
