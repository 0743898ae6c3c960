// The film strip's half of ExploreController: keyframes and playing.

#include <algorithm>
#include <cmath>

#include "ui/session/explore_controller.h"

namespace alphascope::ui {

void ExploreController::addKeyframe() {
    insertKeyframe(int(view_.keyframes.size()), decodedCode(view_), view_.source);
}

void ExploreController::insertKeyframe(int index, std::vector<float> code, const QString& label) {
    if (code.size() != view_.code.size())
        return;
    ExploreView next = view_;
    const auto place = std::clamp(index, 0, int(next.keyframes.size()));
    next.keyframes.insert(next.keyframes.begin() + place, {nextKeyframe_++, std::move(code), label});
    apply(std::move(next), tr("add a keyframe"));
}

void ExploreController::removeKeyframe(int id) {
    ExploreView next = view_;
    std::erase_if(next.keyframes, [id](const CodeKeyframe& keyframe) { return keyframe.id == id; });
    apply(std::move(next), tr("remove a keyframe"));
    if (pathSegments(view_) == 0)
        setPlaying(false);
}

void ExploreController::clearKeyframes() {
    setPlaying(false);
    ExploreView next = view_;
    next.keyframes.clear();
    apply(std::move(next), tr("remove all keyframes"));
}

void ExploreController::reorderKeyframes(const QVector<int>& ids) {
    ExploreView next = view_;
    next.keyframes.clear();
    for (const int id : ids)
        for (const CodeKeyframe& keyframe : view_.keyframes)
            if (keyframe.id == id)
                next.keyframes.push_back(keyframe);
    if (next.keyframes.size() == view_.keyframes.size())
        apply(std::move(next), tr("reorder the keyframes"));
}

void ExploreController::loadKeyframe(int id) {
    for (const CodeKeyframe& keyframe : view_.keyframes)
        if (keyframe.id == id) {
            setPlaying(false);
            showPath_ = false;
            // The reference does not survive the change of the view.
            const CodeKeyframe copy = keyframe;
            setCode(copy.code, copy.label);
            requestPicture();
            return;
        }
}

void ExploreController::setPath(engine::PathKind path) {
    ExploreView next = view_;
    next.path = path;
    apply(std::move(next), tr("change the path"));
}

void ExploreController::setLoop(bool loop) {
    ExploreView next = view_;
    next.loop = loop;
    apply(std::move(next), tr("change the loop"));
}

void ExploreController::setPlaying(bool playing) {
    if (playing == playTimer_.isActive() || (playing && pathSegments(view_) == 0))
        return;
    if (playing) {
        if (position_ >= 1.0)
            position_ = 0.0;
        playClock_.start();
        playTimer_.start(std::max(1, 1000 / framesPerSecond_));
    } else {
        playTimer_.stop();
    }
    Q_EMIT playingChanged(playing);
}

void ExploreController::setPosition(double t) {
    position_ = std::clamp(t, 0.0, 1.0);
    if (view_.keyframes.empty())
        return;
    showPath_ = true;
    requestPictureForInput();
    Q_EMIT positionChanged(position_);
}

void ExploreController::setFramesPerSecond(int fps) {
    framesPerSecond_ = std::clamp(fps, 1, 60);
    if (playTimer_.isActive())
        playTimer_.setInterval(std::max(1, 1000 / framesPerSecond_));
}

void ExploreController::setSecondsPerSegment(double seconds) {
    secondsPerSegment_ = std::clamp(seconds, 0.1, 60.0);
}

void ExploreController::advance() {
    const int segments = pathSegments(view_);
    if (segments == 0) {
        setPlaying(false);
        return;
    }
    // By the clock, not by the tick: a late tick skips ahead instead of slowing the film down.
    double share = playSpeed().shareAt(position_) +
                   double(playClock_.nsecsElapsed()) * 1e-9 / (secondsPerSegment_ * segments);
    playClock_.start();
    if (share >= 1.0 && view_.loop)
        share = std::fmod(share, 1.0);
    setPosition(playSpeed().timeAt(share));
    if (share >= 1.0)
        setPlaying(false);
}

} // namespace alphascope::ui
