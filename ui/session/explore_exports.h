#pragma once
// Pictures, strips and videos of what the explorer shows, as files. Decoding runs on the explorer, writing on
// the bridge's pool. GUI thread only.

#include <QObject>

#include "ui/session/explore_controller.h"

namespace alphascope::ui {

class ExploreExports : public QObject {
    Q_OBJECT
public:
    ExploreExports(EngineBridge& bridge, ExploreController& controller, QObject* parent = nullptr);

    /// The decoded picture, enlarged by a whole factor.
    void savePicture(const QString& path, int scale);
    /// `count` pictures evenly spread over the way through the keyframes, in one row.
    void saveStrip(const QString& path, int count, int scale);
    /// The whole film at the controller's speed (.mp4 or .avi).
    void saveVideo(const QString& path);

Q_SIGNALS:
    void saved(const QString& path);
    void started(const QString& what);
    void failed(const QString& message);

private:
    EngineBridge& bridge_;
    ExploreController& controller_;
};

} // namespace alphascope::ui
