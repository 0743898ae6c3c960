#pragma once
// Pictures, strips and videos of what the explorer shows, as files. Decoding runs on the explorer, writing on
// the bridge's pool. One video at a time; it tells how far it is and can be cancelled. GUI thread only.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

#include "ui/session/explore_controller.h"

namespace alphascope::ui {

class ExploreExports : public QObject {
    Q_OBJECT
public:
    ExploreExports(EngineBridge& bridge, ExploreController& controller, QObject* parent = nullptr);
    ~ExploreExports() override;

    /// The decoded picture, enlarged by a whole factor.
    void savePicture(const QString& path, int scale);
    /// `count` pictures evenly spread over the way through the keyframes, in one row.
    void saveStrip(const QString& path, int count, int scale);
    /// The whole film at the controller's speed (.mp4 or .avi).
    void saveVideo(const QString& path);
    /// Gives up the video that is being made; no file is left. finished() follows.
    void cancel();
    bool makingVideo() const { return film_ != nullptr; }

Q_SIGNALS:
    void saved(const QString& path);
    void failed(const QString& message);
    // ---- of a video
    void started(const QString& what);
    /// total 0: not known yet. secondsLeft negative: not known yet.
    void progressed(qint64 done, qint64 total, double secondsLeft);
    void finished(); ///< saved, failed or cancelled

private:
    struct Film;
    bool refuseWhileBusy();
    void decodeNext();
    void takeFrames(std::vector<engine::Image> frames);
    void writeFilm();
    void tellProgress();
    void finish();

    EngineBridge& bridge_;
    ExploreController& controller_;
    std::shared_ptr<Film> film_; ///< the one being made, shared with the pool while it is written
    QElapsedTimer clock_;
    QTimer progressTimer_;
};

} // namespace alphascope::ui
