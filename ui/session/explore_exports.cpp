#include "ui/session/explore_exports.h"

#include <QSaveFile>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

namespace alphascope::ui {

namespace {

// Half a minute at 60 frames a second; a longer film is better rendered by the command line.
constexpr int maximumFrames = 1800;
constexpr int videoSide = 256; // pixels at least: players blur tiny films
constexpr std::size_t framesAtOnce = 60;
constexpr int progressMilliseconds = 100;
constexpr double earliestEstimate = 0.5; // seconds: before, the time left would jump about

} // namespace

struct ExploreExports::Film {
    QString path;
    engine::ViewDocument view;
    engine::Codes codes;               ///< of a model in training; else none, and it is drawn from the view
    std::vector<engine::Image> frames; ///< decoded so far; the pool's alone while writing
    bool writing = false;
    std::atomic<qint64> written{0};
    std::atomic<bool> cancelled{false};
};

ExploreExports::ExploreExports(EngineBridge& bridge, ExploreController& controller, QObject* parent)
    : QObject(parent), bridge_(bridge), controller_(controller) {
    progressTimer_.setInterval(progressMilliseconds);
    connect(&progressTimer_, &QTimer::timeout, this, &ExploreExports::tellProgress);
}

ExploreExports::~ExploreExports() {
    if (film_)
        film_->cancelled = true;
}

bool ExploreExports::fromCheckpoint() const {
    const engine::ModelInfo* info = controller_.modelInfo();
    return info && !bridge_.following() && !info->checksum.empty();
}

void ExploreExports::render(const QString& path, engine::ViewDocument view) {
    bridge_.runJob(Area::Explore, [this, path, view = std::move(view)]() -> std::function<void()> {
        bridge_.engine().renderView(view, path.toStdString(), {});
        return [this, path] { Q_EMIT saved(path); };
    });
}

void ExploreExports::write(const QString& path, engine::ViewDocument view,
                           std::vector<engine::Image> pictures) {
    bridge_.runJob(
        Area::Explore,
        [this, path, view = std::move(view), pictures = std::move(pictures)]() -> std::function<void()> {
            bridge_.engine().writeView(view, pictures, path.toStdString(), {});
            return [this, path] { Q_EMIT saved(path); };
        });
}

void ExploreExports::saveView(const QString& path, engine::ViewKind show) {
    engine::ViewDocument view = controller_.document(show);
    if (show == engine::ViewKind::Film)
        view.scale = usualVideo().scale;
    bridge_.runJob(Area::Explore, [this, path, view = std::move(view)]() -> std::function<void()> {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(QByteArray::fromStdString(engine::viewToJson(view))) < 0 || !file.commit())
            throw engine::Error(engine::ErrorKind::InputOutput,
                                tr("%1 cannot be written: %2.").arg(path, file.errorString()).toStdString(),
                                tr("Choose another folder.").toStdString());
        return [this, path] { Q_EMIT saved(path); };
    });
}

void ExploreExports::lookForView(const QString& picture) {
    if (!picture.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive))
        return;
    bridge_.runJob(Area::Explore, [this, picture]() -> std::function<void()> {
        try {
            return [this, picture, view = bridge_.engine().readView(picture.toStdString())] {
                Q_EMIT viewFound(picture, view);
            };
        } catch (const engine::Error&) {
            return [] {}; // most pictures carry none
        }
    });
}

void ExploreExports::savePicture(const QString& path, int scale) {
    engine::ViewDocument view = controller_.document(engine::ViewKind::Picture);
    view.scale = scale;
    if (fromCheckpoint())
        render(path, std::move(view));
    else
        write(path, std::move(view), {controller_.decoded()});
}

void ExploreExports::saveStrip(const QString& path, int count, int scale) {
    if (refuseWhileBusy() || refuseUnmeasured())
        return;
    engine::ViewDocument view = controller_.document(engine::ViewKind::Strip);
    view.frames = std::size_t(count);
    view.scale = scale;
    if (fromCheckpoint())
        render(path, std::move(view));
    else
        saveSheet(path, std::move(view), controller_.filmCodes(std::size_t(count)));
}

void ExploreExports::saveGrid(const QString& path, int side) {
    const engine::Codes& keyframes = controller_.path().keyframes();
    if (refuseWhileBusy())
        return;
    if (keyframes.count < gridCorners) {
        Q_EMIT failed(tr("A grid lies between four keyframes; there are %1.").arg(keyframes.count));
        return;
    }
    engine::ViewDocument view = controller_.document(engine::ViewKind::Grid);
    view.columns = side;
    if (fromCheckpoint()) {
        render(path, std::move(view));
        return;
    }
    engine::Codes corners(gridCorners, keyframes.size);
    std::copy_n(keyframes.values.begin(), corners.values.size(), corners.values.begin());
    saveSheet(path, std::move(view), engine::cornerGrid(corners, std::size_t(side)));
}

void ExploreExports::saveSheet(const QString& path, engine::ViewDocument view, engine::Codes codes) {
    const double pull = view.pull;
    controller_.decodeSheet(
        std::move(codes), pull, [this, path, view = std::move(view)](std::vector<engine::Image> pictures) {
            if (pictures.empty())
                Q_EMIT failed(tr("Nothing was saved: the pictures could not be decoded."));
            else
                write(path, view, std::move(pictures));
        });
}

// ---- videos ---------------------------------------------------------------------------------------------

bool ExploreExports::refuseWhileBusy() {
    if (film_)
        Q_EMIT failed(tr("A video is being saved. Wait for it, or cancel it."));
    return film_ != nullptr;
}

bool ExploreExports::refuseUnmeasured() {
    if (!controller_.filmReady())
        Q_EMIT failed(tr("The path is still being measured for an even speed. Try again in a moment."));
    return !controller_.filmReady();
}

VideoChoice ExploreExports::usualVideo() const {
    VideoChoice choice;
    choice.scale = (videoSide + frameSide() - 1) / frameSide();
    choice.framesPerSecond = controller_.framesPerSecond();
    return choice;
}

int ExploreExports::frameSide() const {
    return std::max(1, controller_.decoded().width);
}

void ExploreExports::saveVideo(const QString& path, const VideoChoice& choice) {
    if (refuseWhileBusy() || refuseUnmeasured())
        return;
    try {
        bridge_.engine().checkVideo(path.toStdString(), frameSide(), choice);
    } catch (const engine::Error& error) {
        Q_EMIT failed(QString::fromStdString(error.sentence()));
        return;
    }
    // The rate is allowed by now, so that the product is no surprise.
    const double seconds = pathSegments(controller_.view()) * controller_.secondsPerSegment();
    const int wanted = int(std::lround(seconds * choice.framesPerSecond)) + 1;
    if (wanted > maximumFrames) {
        Q_EMIT failed(
            tr("The film has %1 frames; at most %2 can be saved. Choose a shorter time or fewer frames "
               "per second.")
                .arg(wanted)
                .arg(maximumFrames));
        return;
    }
    film_ = std::make_shared<Film>();
    film_->path = path;
    film_->view = controller_.document(engine::ViewKind::Film);
    film_->view.frames = std::size_t(std::max(wanted, 2));
    film_->view.framesPerSecond = choice.framesPerSecond;
    film_->view.scale = choice.scale;
    film_->view.side = choice.side;
    film_->view.repeat = choice.loop;
    if (!fromCheckpoint())
        film_->codes = controller_.filmCodes(film_->view.frames);
    clock_.start();
    progressTimer_.start();
    Q_EMIT started(tr("Video of %1 frames").arg(wanted));
    tellProgress();
    if (film_->codes.count == 0)
        writeFilm();
    else
        decodeNext();
}

void ExploreExports::decodeNext() {
    const engine::Codes& all = film_->codes;
    const std::size_t from = film_->frames.size();
    // A model in training changes: all frames of a film come from one state of it, so in one piece.
    const std::size_t count = bridge_.following() ? all.count : std::min(framesAtOnce, all.count - from);
    engine::Codes piece(count, all.size);
    std::copy_n(all.values.begin() + std::ptrdiff_t(from * all.size), count * all.size, piece.values.begin());
    controller_.decodeSheet(std::move(piece), film_->view.pull,
                            [this, film = film_](std::vector<engine::Image> frames) {
                                if (film == film_) // or it was cancelled while this was decoded
                                    takeFrames(std::move(frames));
                            });
}

void ExploreExports::takeFrames(std::vector<engine::Image> frames) {
    if (frames.empty()) {
        finish();
        Q_EMIT failed(
            tr("The video was not saved: the model changed, or its pictures could not be decoded."));
        return;
    }
    std::move(frames.begin(), frames.end(), std::back_inserter(film_->frames));
    if (film_->frames.size() < film_->codes.count)
        decodeNext();
    else
        writeFilm();
}

void ExploreExports::writeFilm() {
    film_->writing = true;
    bridge_.runJob(Area::Explore, [this, film = film_]() -> std::function<void()> {
        const auto progress = [&](std::size_t done, std::size_t) {
            film->written = qint64(done);
            return !film->cancelled;
        };
        try {
            if (film->codes.count == 0)
                bridge_.engine().renderView(film->view, film->path.toStdString(), progress);
            else
                bridge_.engine().writeView(film->view, film->frames, film->path.toStdString(), progress);
        } catch (const engine::Error& error) {
            if (error.kind() == engine::ErrorKind::Interrupted)
                return [this] { finish(); };
            QMetaObject::invokeMethod(this, &ExploreExports::finish, Qt::QueuedConnection);
            throw;
        }
        return [this, path = film->path] {
            finish();
            Q_EMIT saved(path);
        };
    });
}

void ExploreExports::cancel() {
    if (!film_)
        return;
    film_->cancelled = true;
    // While it is written, the writer hears of it before the next frame. An answer of the explorer that is
    // still to come finds no film.
    if (!film_->writing)
        finish();
}

void ExploreExports::tellProgress() {
    if (!film_)
        return;
    // Decoding a frame and writing it count as one each.
    const auto frames = qint64(film_->view.frames);
    const qint64 done = film_->codes.count == 0 ? qint64(film_->written)
                        : film_->writing        ? frames + film_->written
                                                : qint64(film_->frames.size());
    const double seconds = double(clock_.elapsed()) * 1e-3;
    const bool known = done > 0 && seconds >= earliestEstimate;
    Q_EMIT progressed(done, done > 0 ? 2 * frames : 0,
                      known ? seconds * double(2 * frames - done) / double(done) : -1.0);
}

void ExploreExports::finish() {
    progressTimer_.stop();
    film_.reset();
    Q_EMIT finished();
}

} // namespace alphascope::ui
