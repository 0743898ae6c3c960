#include "ui/window_capture.h"

#include <QPixmap>

#include <algorithm>

#include "ui/panels/map_workspace.h"
#include "ui/panels/monitor_workspace.h"
#include "ui/panels/study_workspace.h"
#include "ui/widgets/curve_panel.h"

namespace alphascope::ui {

WindowCapture::WindowCapture(MainWindow& window, CaptureRequest request, QObject* parent)
    : QObject(parent), window_(window), request_(std::move(request)) {
    EngineBridge& bridge = window_.bridge();
    connect(&window_.display(), &RunDisplay::previewChanged, this, [this](const auto& preview) {
        previewShown_ =
            preview != nullptr && (request_.train ? preview->step > 0 || request_.steps == 0 : true);
        check();
    });
    connect(window_.monitor()->losses()->plot(), &CurvePlot::replotted, this, [this] {
        curvesShown_ = !window_.monitor()->losses()->plot()->seriesNames().empty();
        check();
    });
    connect(&window_.explore(), &ExploreController::pictureDecoded, this, [this] {
        pictureShown_ = true;
        check();
    });
    connect(&window_.explore(), &ExploreController::fieldComputed, this, [this] {
        fieldShown_ = true;
        check();
    });
    connect(&window_.directions(), &DirectionController::stripDecoded, this, [this](const auto& pictures) {
        stripShown_ = !pictures.isEmpty();
        check();
    });
    connect(&window_.explore(), &ExploreController::modelChanged, this, &WindowCapture::loadCodes);
    connect(&window_.atlas(), &AtlasController::idle, this, &WindowCapture::check);
    connect(&window_.atlas(), &AtlasController::problem, this,
            [this](const QString& message, const QString& hint) {
                fail(engine::ErrorKind::BadInput, message + QLatin1Char(' ') + hint);
            });
    connect(&window_.compare(), &CompareController::problem, this,
            [this](const QString& message, const QString& hint) {
                fail(engine::ErrorKind::BadInput, message + QLatin1Char(' ') + hint);
            });
    connect(&window_.compare(), &CompareController::columnUpdated, this, &WindowCapture::check);
    connect(&window_.compare(), &CompareController::busyChanged, this, &WindowCapture::check);
    connect(&window_.study(), &StudyController::idle, this, &WindowCapture::check);
    connect(&window_.study(), &StudyController::openFailed, this,
            [this](const QString& message, const QString& hint) {
                fail(engine::ErrorKind::BadInput, message + QLatin1Char(' ') + hint);
            });
    connect(&window_.studyWorkspace()->pictures(), &StudyPictures::loaded, this, &WindowCapture::check);
    connect(&bridge, &EngineBridge::statusChanged, this, &WindowCapture::check);
    connect(&bridge, &EngineBridge::sessionFailed, this, [this](const engine::SessionFailed& failure) {
        fail(failure.kind, QString::fromStdString(failure.message + " " + failure.hint));
    });
    connect(&bridge, &EngineBridge::commandRejected, this,
            [this](const QString&, const QString& reason) { fail(engine::ErrorKind::Usage, reason); });
    connect(&bridge, &EngineBridge::modelFailed, this, [this](const engine::ModelFailed& failure) {
        fail(failure.kind, QString::fromStdString(failure.message + " " + failure.hint));
    });
    connect(&bridge, &EngineBridge::problem, this, [this](Area, const QString& message, const QString& hint) {
        fail(engine::ErrorKind::BadInput, message + QLatin1Char(' ') + hint);
    });
    connect(&window_.explore(), &ExploreController::problem, this,
            [this](const QString& message, const QString& hint) {
                fail(engine::ErrorKind::BadInput, message + QLatin1Char(' ') + hint);
            });
    connect(&window_.display(), &RunDisplay::runUpdated, this, [this](const engine::RunEntry& run) {
        runRead_ = true;
        emptyRun_ = run.checkpoints.empty();
        check();
    });
    connect(&bridge, &EngineBridge::stateChanged, this, [this](engine::SessionState state, qint64) {
        const bool ended = state == engine::SessionState::Stopped || state == engine::SessionState::Failed;
        if (done_ && ended)
            Q_EMIT finished(code_, message_);
    });
}

void WindowCapture::begin() {
    window_.setWorkspace(request_.workspace);
    if (!request_.openPath.isEmpty())
        window_.openPath(request_.openPath);
    for (const QString& model : request_.models)
        window_.compare().addPath(model);
    if (request_.train)
        window_.startTraining();
    check();
}

/// A map of nothing would say little: what its button does is done for the picture.
void WindowCapture::loadCodes() {
    if (request_.workspace != Workspace::Map || codesAsked_ || !window_.explore().takesPictures())
        return;
    codesAsked_ = true;
    window_.mapWorkspace()->loadAtOnce();
}

bool WindowCapture::exploreComplete() const {
    const ExploreController& explore = window_.explore();
    return pictureShown_ && stripShown_ && (fieldShown_ || !explore.hasCodeCritic());
}

bool WindowCapture::mapComplete() const {
    if (!window_.explore().hasModel())
        return false;
    const engine::CodeMap* map = window_.atlas().map();
    return !window_.explore().takesPictures() || (map && map->finished && !window_.atlas().busy());
}

bool WindowCapture::compareComplete() const {
    const auto& columns = window_.compare().columns();
    return columns.size() == std::size_t(request_.models.size()) && !window_.compare().busy() &&
           std::all_of(columns.begin(), columns.end(), [](const CompareColumn& column) {
               return !column.problem.isEmpty() || (column.result && !column.stale());
           });
}

bool WindowCapture::studyComplete() const {
    return window_.study().reading() && !window_.study().busy() &&
           !window_.studyWorkspace()->pictures().busy();
}

bool WindowCapture::complete() const {
    if (request_.train && window_.bridge().status().step < request_.steps)
        return false;
    if (!request_.models.isEmpty() && !compareComplete())
        return false;
    const bool anything = request_.train || !request_.openPath.isEmpty();
    if (!anything)
        return true;
    if (!window_.study().folder().isEmpty())
        return studyComplete();
    if (window_.display().source() == RunSource::Folder && !runRead_)
        return false;
    if (request_.workspace == Workspace::Explore)
        return exploreComplete();
    if (request_.workspace == Workspace::Map)
        return mapComplete();
    if (window_.display().source() == RunSource::Folder)
        return (previewShown_ || emptyRun_) && (curvesShown_ || window_.display().history().empty());
    return previewShown_ && (curvesShown_ || window_.display().source() == RunSource::File);
}

void WindowCapture::check() {
    if (drawn_ || done_ || !complete())
        return;
    drawn_ = true;
    // Queued, so that the slots that show what just arrived have all run.
    QMetaObject::invokeMethod(this, &WindowCapture::draw, Qt::QueuedConnection);
}

void WindowCapture::draw() {
    if (done_)
        return;
    if (!window_.grab().save(request_.file)) {
        finish(engine::exitCode(engine::ErrorKind::InputOutput),
               tr("Cannot write %1: check that the folder exists and is writable, and that the name ends in "
                  ".png.")
                   .arg(request_.file));
        return;
    }
    finish(0, {});
}

void WindowCapture::fail(engine::ErrorKind kind, const QString& message) {
    finish(engine::exitCode(kind), message);
}

void WindowCapture::finish(int code, const QString& message) {
    if (done_)
        return;
    done_ = true;
    code_ = code;
    message_ = message.trimmed();
    if (window_.bridge().training())
        window_.bridge().requestStop(false);
    else
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT finished(code_, message_); }, Qt::QueuedConnection);
}

} // namespace alphascope::ui
