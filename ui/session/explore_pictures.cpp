// The controller's work on a person's own picture: another square of it, a search from its encoder's code,
// many codes of it, and the held-out pictures that its error is compared with.

#include "ui/session/explore_controller.h"

#include <algorithm>

namespace alphascope::ui {

using engine::ExploreLane;

void ExploreController::refine() {
    if (hasModel() && encodeSource_.index() != 0)
        sendEncode(EncodePurpose::Refine);
}

void ExploreController::setCrop(const engine::CropSquare& crop) {
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

/// Once for an opened model; for one in training, again when a picture comes after it has moved on.
void ExploreController::measureHeldOut(const engine::ExploreResult& encoded) {
    const bool known = heldOut_.epoch == encoded.epoch && heldOut_.step == encoded.modelStep;
    if (encoded.searched || known || measuresHeldOut_ || !canEncode())
        return;
    measuresHeldOut_ = true;
    bridge_.request(ExploreLane::HeldOut, engine::MeasureHeldOut{});
}

void ExploreController::takeHeldOut(const engine::ExploreResult& result) {
    measuresHeldOut_ = false;
    heldOut_ = {result.epoch, result.modelStep, result.heldOutL1};
    Q_EMIT heldOutChanged();
}

std::optional<ExploreController::HeldOutRank>
ExploreController::heldOutRank(const engine::ExploreResult& encoded) const {
    const std::vector<float>& l1 = heldOut_.l1;
    if (encoded.searched || encoded.epoch != heldOut_.epoch || l1.empty())
        return std::nullopt;
    const auto lower = std::lower_bound(l1.begin(), l1.end(), encoded.l1) - l1.begin();
    return HeldOutRank{double(lower) / double(l1.size()), l1.size(), heldOut_.step};
}

} // namespace alphascope::ui
