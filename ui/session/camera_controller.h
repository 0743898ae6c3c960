#pragma once
// A camera in Explore: its pictures are encoded and rebuilt as they come, each as soon as the one before is
// answered, until one is taken. GUI thread only.

#include <QImage>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

#include "ui/session/explore_controller.h"

namespace alphascope::ui {

class CameraController : public QObject {
    Q_OBJECT
public:
    CameraController(EngineBridge& bridge, ExploreController& explore, QObject* parent = nullptr);
    ~CameraController() override;

    std::vector<engine::CameraInfo> cameras() const { return bridge_.engine().cameras(); }
    /// Opens it (its index; another one that runs is closed). That there is none comes as problem().
    void start(int index);
    void stop();
    bool running() const { return camera_ != nullptr; }
    int index() const { return index_; }
    /// Ends with the picture that is seen, as one of the person's own; nothing before the first.
    void take();
    bool canTake() const { return last_.has_value(); }

Q_SIGNALS:
    void runningChanged(bool running);
    void frameArrived(const QImage& frame);
    void problem(const QString& message, const QString& hint);

private:
    void drain();
    void encodeNext();
    void close();

    EngineBridge& bridge_;
    ExploreController& explore_;
    std::unique_ptr<ICamera> camera_;
    std::unique_ptr<Doorbell> bell_;
    int index_ = 0;
    std::optional<engine::Image> last_; ///< of the camera that runs
    bool fresh_ = false;                ///< last_ was not encoded yet
    bool waiting_ = false;              ///< for the answer to the one before
};

} // namespace alphascope::ui
