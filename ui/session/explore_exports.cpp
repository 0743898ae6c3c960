#include "ui/session/explore_exports.h"

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

// Half a minute at 60 frames a second; a longer film is better rendered by the command line.
constexpr int maximumFrames = 1800;
constexpr int videoSide = 256; // pixels at least: players blur tiny films

} // namespace

ExploreExports::ExploreExports(EngineBridge& bridge, ExploreController& controller, QObject* parent)
    : QObject(parent), bridge_(bridge), controller_(controller) {}

void ExploreExports::savePicture(const QString& path, int scale) {
    bridge_.runJob(Area::Explore,
                   [this, path, scale, picture = controller_.decoded()]() -> std::function<void()> {
                       bridge_.engine().writePictures(path.toStdString(), {picture}, 1, scale);
                       return [this, path] { Q_EMIT saved(path); };
                   });
}

void ExploreExports::saveStrip(const QString& path, int count, int scale) {
    controller_.decodeSheet(
        pathCodes(controller_.view(), std::size_t(count)),
        [this, path, scale](std::vector<engine::Image> frames) {
            bridge_.runJob(
                Area::Explore, [this, path, scale, frames = std::move(frames)]() -> std::function<void()> {
                    bridge_.engine().writePictures(path.toStdString(), frames, int(frames.size()), scale);
                    return [this, path] { Q_EMIT saved(path); };
                });
        });
}

void ExploreExports::saveVideo(const QString& path) {
    const ExploreView& view = controller_.view();
    const double fps = controller_.framesPerSecond();
    const int wanted = int(std::lround(pathSegments(view) * controller_.secondsPerSegment() * fps)) + 1;
    if (wanted > maximumFrames) {
        Q_EMIT failed(
            tr("The film has %1 frames; at most %2 can be saved. Choose a shorter time or fewer frames "
               "per second.")
                .arg(wanted)
                .arg(maximumFrames));
        return;
    }
    Q_EMIT started(tr("Rendering %1 frames…").arg(wanted));
    controller_.decodeSheet(
        pathCodes(view, std::size_t(wanted)), [this, path, fps](std::vector<engine::Image> frames) {
            bridge_.runJob(Area::Explore,
                           [this, path, fps, frames = std::move(frames)]() -> std::function<void()> {
                               const int side = frames.empty() ? videoSide : frames.front().width;
                               bridge_.engine().writeVideo(path.toStdString(), frames, fps,
                                                           std::max(1, (videoSide + side - 1) / side));
                               return [this, path] { Q_EMIT saved(path); };
                           });
        });
}

} // namespace alphascope::ui
