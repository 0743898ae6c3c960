#include "ui/session/camera_controller.h"

#include <utility>

#include "ui/session/image_conversion.h"

namespace alphascope::ui {

CameraController::CameraController(EngineBridge& bridge, ExploreController& explore, QObject* parent)
    : QObject(parent), bridge_(bridge), explore_(explore) {
    connect(&explore_, &ExploreController::liveAnswered, this, [this] {
        waiting_ = false;
        encodeNext();
    });
    // Whatever was asked of another model is not answered any more.
    connect(&explore_, &ExploreController::modelChanged, this, [this] {
        waiting_ = false;
        fresh_ = last_.has_value();
        encodeNext();
    });
}

CameraController::~CameraController() {
    if (bell_)
        bell_->silence();
}

void CameraController::start(int index) {
    close();
    index_ = index;
    bell_ = std::make_unique<Doorbell>(this, [this] { drain(); });
    camera_ = bridge_.engine().makeCamera(index, bell_->ring());
    Q_EMIT runningChanged(true);
}

void CameraController::stop() {
    if (!running())
        return;
    close();
    explore_.endLive();
    Q_EMIT runningChanged(false);
}

/// A camera may let its last frame be waited for: that happens on the pool.
void CameraController::close() {
    if (bell_)
        bell_->silence();
    if (camera_)
        bridge_.runJob(Area::Explore, [camera = std::shared_ptr<ICamera>(std::move(camera_))]() mutable {
            camera.reset();
            return std::function<void()>();
        });
    camera_ = nullptr;
    last_.reset();
    fresh_ = waiting_ = false;
}

void CameraController::take() {
    if (!last_)
        return;
    const QImage picture = toQImage(*last_);
    const auto crop = explore_.liveCrop();
    stop();
    explore_.encodePicture(picture, tr("camera picture"), -1, crop);
}

void CameraController::drain() {
    if (!camera_)
        return;
    if (auto frame = camera_->takeFrame()) {
        last_ = std::move(*frame);
        fresh_ = true;
        Q_EMIT frameArrived(toQImage(*last_));
        encodeNext();
    }
    if (const auto end = camera_->takeEnd()) {
        stop();
        Q_EMIT problem(QString::fromUtf8(end->what()), QString::fromStdString(end->hint()));
    }
}

void CameraController::encodeNext() {
    if (!camera_ || waiting_ || !fresh_ || !explore_.canEncode())
        return;
    fresh_ = false;
    waiting_ = true;
    explore_.encodeLive(*last_);
}

} // namespace alphascope::ui
