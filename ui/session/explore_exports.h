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
    static constexpr std::size_t gridCorners = 4;
    int frameSide() const; ///< of the model's pictures, in pixels
    /// What a film is unless a person chooses otherwise: large enough to be watched, at the controller's
    /// rate.
    VideoChoice usualVideo() const;
    /// The whole film at the controller's speed (.mp4, .avi or .gif). What no such film can have is refused
    /// before any work.
    void saveVideo(const QString& path, const VideoChoice& choice);
    /// side x side pictures between the first four keyframes (top left, top right, bottom left, bottom
    /// right), as one picture.
    void saveGrid(const QString& path, int side);
    /// Where the explorer stands, as a text file that shows a picture or, large enough to be watched, a film.
    void saveView(const QString& path, engine::ViewKind show);
    /// viewFound() follows when the picture carries a view.
    void lookForView(const QString& picture);
    /// What is saved is drawn from its view, as the command line does; a model in training has none to draw.
    bool fromCheckpoint() const;
    /// Gives up the video that is being made; no file is left. finished() follows.
    void cancel();
    bool makingVideo() const { return film_ != nullptr; }

Q_SIGNALS:
    void saved(const QString& path);
    void failed(const QString& message);
    void viewFound(const QString& picture, const alphascope::engine::ViewDocument& view);
    // ---- of a video
    void started(const QString& what);
    /// total 0: not known yet. secondsLeft negative: not known yet.
    void progressed(qint64 done, qint64 total, double secondsLeft);
    void finished(); ///< saved, failed or cancelled

private:
    struct Film;
    bool refuseWhileBusy();
    bool refuseUnmeasured();
    void render(const QString& path, engine::ViewDocument view);
    /// Decodes the codes and writes them as one picture.
    void write(const QString& path, engine::ViewDocument view, std::vector<engine::Image> pictures);
    void saveSheet(const QString& path, engine::ViewDocument view, engine::Codes codes);
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
