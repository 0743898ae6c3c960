// How ExploreController moves: sliders, the pad, its anchors.

#include <algorithm>
#include <cmath>

#include "ui/session/explore_controller.h"

namespace alphascope::ui {

// ---- moves ----------------------------------------------------------------------------------------------

void ExploreController::setDimension(int dimension, double value) {
    if (dimension < 0 || std::size_t(dimension) >= view_.code.size())
        return;
    ExploreView next = view_;
    next.code[std::size_t(dimension)] = float(value);
    next.source = tr("moved");
    apply(std::move(next), tr("z %1").arg(dimension + 1), MergeDimension + dimension);
}

void ExploreController::resetDimension(int dimension) {
    endGesture();
    setDimension(dimension, 0.0);
    endGesture();
}

void ExploreController::resetCode() {
    ExploreView next = view_;
    std::fill(next.code.begin(), next.code.end(), 0.0F);
    next.truncation = 1.0;
    next.source = tr("the prior's mean");
    apply(std::move(next), tr("all sliders to 0"));
}

void ExploreController::setTruncation(double truncation) {
    ExploreView next = view_;
    next.truncation = truncation;
    apply(std::move(next), tr("truncation"), MergeTruncation);
}

void ExploreController::movePad(const QPointF& position) {
    ExploreView next = movedOnPad(view_, position);
    next.source = tr("moved");
    apply(std::move(next), tr("move on the pad"), MergePad);
}

void ExploreController::nudge(const QPointF& by) {
    const double limit = padRange_;
    const QPointF at = padPosition(view_) + by;
    ExploreView next =
        movedOnPad(view_, {std::clamp(at.x(), -limit, limit), std::clamp(at.y(), -limit, limit)});
    next.source = tr("moved");
    apply(std::move(next), tr("drag the picture"), MergeNudge);
}

void ExploreController::endGesture() {
    ++gesture_;
    Q_EMIT gestureEnded();
}

void ExploreController::moveCode(std::vector<float> code, const QString& text, int mergeKey) {
    if (code.size() != view_.code.size())
        return;
    ExploreView next = view_;
    next.code = std::move(code);
    next.source = tr("moved");
    apply(std::move(next), text, mergeKey);
}

// ---- pad ------------------------------------------------------------------------------------------------

void ExploreController::setPadMode(PadMode mode) {
    ExploreView next = view_;
    next.padMode = mode;
    if (mode == PadMode::Anchors && next.anchors[0].empty()) {
        // Somewhere to go at once: the present code on top, two from the prior below.
        next.anchors[0] = view_.code;
        next.anchorLabels[0] = view_.source;
        for (std::size_t i = 1; i < anchorCount; ++i) {
            next.anchors[i] = engine::priorCodes(view_.seed + i, 1, view_.code.size()).values;
            next.anchorLabels[i] = tr("seed %1").arg(view_.seed + i);
        }
        next.anchorPosition = anchorPositions().front();
    }
    apply(std::move(next), tr("change the pad"));
}

void ExploreController::setAxes(int u, int v) {
    ExploreView next = view_;
    next.axes = {u, v};
    next.padMode = PadMode::Directions;
    apply(std::move(next), tr("choose the pad's directions"));
}

void ExploreController::setAnchor(int index) {
    setAnchorCode(index, view_.code, view_.source);
}

void ExploreController::setAnchorCode(int index, std::vector<float> code, const QString& label) {
    if (index < 0 || std::size_t(index) >= anchorCount || code.size() != view_.code.size() ||
        view_.anchors[0].empty())
        return;
    ExploreView next = view_;
    next.anchors[std::size_t(index)] = std::move(code);
    next.anchorLabels[std::size_t(index)] = label;
    apply(std::move(next), tr("set an anchor"));
}

void ExploreController::setPadRange(double range) {
    padRange_ = range;
    outdateField();
}

} // namespace alphascope::ui
