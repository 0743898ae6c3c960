// What the explorer shows as a document that draws it again, and back.

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "ui/session/explore_controller.h"

namespace alphascope::ui {

namespace {

constexpr double mostDocumentFrames = 10'000.0;

} // namespace

engine::ViewDocument ExploreController::document(engine::ViewKind show) const {
    engine::ViewDocument document;
    if (const engine::ModelInfo* info = modelInfo()) {
        document.model = engine::viewModel(*info);
        if (!info->path.empty())
            document.model.path = std::filesystem::absolute(info->path).string();
    }
    document.show = show;
    // On the way through the keyframes the code is as decoded.
    const bool onWay = codeShown() != decodedCode(view_);
    const bool pulled = onWay && pull() > 0.0 && decodedAt_.size() == view_.code.size();
    document.at = engine::ViewCode{!onWay   ? view_.code
                                   : pulled ? decodedAt_
                                            : codeShown(),
                                   0, 0, onWay ? "" : view_.source.toStdString()};
    document.truncation = onWay ? 1.0 : view_.truncation;
    for (const CodeKeyframe& keyframe : view_.keyframes)
        document.keyframes.push_back({keyframe.code, 0, 0, keyframe.label.toStdString()});
    document.path = view_.path;
    document.loop = view_.loop;
    document.evenSpeed = view_.evenSpeed;
    document.pull = pull();
    document.framesPerSecond = framesPerSecond_;
    document.frames =
        std::size_t(std::clamp(std::round(pathSegments(view_) * secondsPerSegment_ * framesPerSecond_) + 1.0,
                               2.0, mostDocumentFrames));
    if (view_.path == engine::PathKind::Geodesic) {
        for (std::size_t way = 0; way < path_.ways(); ++way) {
            const engine::Codes* found = foundWay(path_.wayBegin(way), path_.wayEnd(way));
            document.ways.push_back(found ? *found : engine::Codes(0, view_.code.size()));
        }
    }
    return document;
}

void ExploreController::loadDocument(const engine::ViewDocument& document) {
    if (!hasModel() || view_.code.size() != document.model.latentSize) {
        Q_EMIT problem(hasModel() ? tr("The view's codes have %1 numbers, and this model's have %2.")
                                        .arg(document.model.latentSize)
                                        .arg(view_.code.size())
                                  : tr("There is no model to show the view with."),
                       tr("Open the view's checkpoint: %1, step %2.")
                           .arg(QString::fromStdString(document.model.method))
                           .arg(document.model.step));
        return;
    }
    setPlaying(false);
    showPath_ = false;
    ExploreView next = view_;
    if (document.at) {
        next.code = engine::viewCode(*document.at, next.code.size());
        next.source = QString::fromStdString(document.at->label);
        next.truncation = document.truncation;
    }
    next.keyframes.clear();
    for (const engine::ViewCode& keyframe : document.keyframes)
        next.keyframes.push_back({nextKeyframe_++, engine::viewCode(keyframe, next.code.size()),
                                  QString::fromStdString(keyframe.label)});
    next.path = document.path;
    next.loop = document.loop;
    next.evenSpeed = document.evenSpeed;
    next.pull = document.pull;
    rememberWays(engine::viewPath(document), document.ways);
    apply(std::move(next), tr("restore a view"));
    // How fast it plays belongs to no step to undo.
    setFramesPerSecond(int(std::lround(document.framesPerSecond)));
    if (document.show == engine::ViewKind::Film && pathSegments(view_) > 0)
        setSecondsPerSegment(double(document.frames - 1) / document.framesPerSecond / pathSegments(view_));
}

} // namespace alphascope::ui
