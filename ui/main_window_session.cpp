// Training as the window drives it: commands, states, messages, closing.

#include <QCloseEvent>
#include <QDateTime>
#include <QDir>
#include <QLabel>
#include <QRegularExpression>

#include "ui/main_window.h"
#include "ui/models/figures.h"
#include "ui/panels/monitor_workspace.h"
#include "ui/panels/session_bar.h"
#include "ui/panels/setup_panel.h"
#include "ui/panels/status_figures.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/time_scrubber.h"

namespace alphascope::ui {

void MainWindow::connectSession() {
    connect(&bridge_, &EngineBridge::stateChanged, this,
            [this](engine::SessionState state, qint64) { onState(state); });
    connect(&bridge_, &EngineBridge::statusChanged, this, &MainWindow::onStatus);
    connect(&bridge_, &EngineBridge::sessionFailed, this, &MainWindow::onFailure);
    connect(&bridge_, &EngineBridge::commandRejected, this, [this](const QString&, const QString& reason) {
        setup_->showMessage(MessageKind::Warning, reason);
    });
    connect(&bridge_, &EngineBridge::sessionWarning, this,
            [this](const QString& message, const QString& hint) {
                panelFor(Area::Monitor)->showMessage(MessageKind::Warning, message, hint);
                // A run that could not be saved waits paused: leaving it needs a new decision.
                if (bridge_.status().state == engine::SessionState::Paused && leaving_)
                    bridge_.requestStop(false);
                else
                    closing_ = Closing::No;
            });
    connect(&bridge_, &EngineBridge::checkpointSaved, this, [this](const QString&, qint64) {
        savedAt_.start();
        refreshSaved();
        bridge_.listRuns(bridge_.status().runFolder.empty() ? display_.folder().toStdString()
                                                            : bridge_.status().runFolder);
    });
    savedTimer_.setInterval(5000);
    connect(&savedTimer_, &QTimer::timeout, this, &MainWindow::refreshSaved);
    savedTimer_.start();
}

QString MainWindow::newRunFolder(const engine::RunConfig& config) const {
    QString data = dataTitle(config.data, config.transform);
    data.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9_-]+")), QStringLiteral("-"));
    const QString name = QStringLiteral("%1-%2-%3")
                             .arg(QString::fromStdString(config.method), data,
                                  QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")));
    // Two starts within one second must not meet in one folder.
    QString folder = QDir(runsRoot_).filePath(name);
    for (int i = 2; QDir(folder).exists(); ++i)
        folder = QDir(runsRoot_).filePath(QStringLiteral("%1-%2").arg(name).arg(i));
    return folder;
}

void MainWindow::startTraining() {
    engine::RunConfig config = setup_->config();
    if (config.runFolder.empty())
        config.runFolder = newRunFolder(config).toStdString();
    setup_->clearMessage();
    panelFor(Area::Monitor)->clearMessage();
    bridge_.start(config);
}

void MainWindow::togglePause() {
    const SessionActions can = enabledActions(bridge_.status().state);
    if (can.pause)
        bridge_.pause();
    else if (can.resume)
        bridge_.resume();
    else if (can.start)
        startTraining();
}

void MainWindow::step(const QString& part) {
    const SessionActions can = enabledActions(bridge_.status().state);
    if (can.resume) {
        bridge_.stepOnce(part.toStdString());
    } else if (can.start) {
        engine::RunConfig config = setup_->config();
        if (config.runFolder.empty())
            config.runFolder = newRunFolder(config).toStdString();
        bridge_.startWithStep(config, part.toStdString());
    }
}

void MainWindow::stop() {
    bridge_.requestStop(true);
}
void MainWindow::saveCheckpoint() {
    bridge_.saveCheckpoint();
}

void MainWindow::resumeFrom(const QString& checkpoint, const QString& folder) {
    const engine::RunEntry* known = runModel_.run(folder);
    if (!checkpoint.isEmpty() && (!known || known->checkpoints.empty() ||
                                  known->checkpoints.back().path != checkpoint.toStdString())) {
        forkFrom(checkpoint); // the old run stays whole
        return;
    }
    bridge_.readConfig(folder.toStdString(), [this, folder](engine::RunConfig config) {
        if (bridge_.training())
            return;
        config.runFolder = folder.toStdString();
        config.resume = true;
        config.forkFrom.clear();
        // A run that had reached its end goes on until stopped.
        const engine::RunEntry* run = runModel_.run(folder);
        if (run && config.steps > 0 && config.steps <= run->lastStep)
            config.steps = 0;
        setup_->setConfig(config);
        setWorkspace(Workspace::Monitor);
        bridge_.start(config);
    });
}

void MainWindow::forkFrom(const QString& checkpoint) {
    docks_.first()->show(); // the set-up
    if (bridge_.training()) {
        setup_->showMessage(MessageKind::Info, tr("A fork can begin once the training has ended."), {},
                            tr("Stop and fork"), [this, checkpoint] {
                                setup_->clearMessage();
                                pendingFork_ = checkpoint;
                                // The checkpoint that this run saves at its end may push out an old one.
                                const QString run = QString::fromStdString(bridge_.status().runFolder);
                                if (checkpoint.startsWith(run + QLatin1Char('/')))
                                    bridge_.setPinned(checkpoint.toStdString(), true);
                                stop();
                            });
        return;
    }
    bridge_.readForkPoint(checkpoint.toStdString(), [this](const engine::ForkPoint& point) {
        if (bridge_.training())
            return;
        setup_->clearMessage();
        setup_->setFork(point);
    });
}

void MainWindow::forkFromShown() {
    const auto& checkpoints = display_.checkpoints();
    if (!display_.isLive())
        forkFrom(display_.checkpoint());
    else if (!checkpoints.empty())
        forkFrom(QString::fromStdString(checkpoints.back().path));
    else
        setup_->showMessage(MessageKind::Info, tr("There is no checkpoint yet to fork from."),
                            tr("Save one, or open a run that has some."));
}

void MainWindow::onState(engine::SessionState state) {
    using engine::SessionState;
    if (state == SessionState::Preparing) {
        const auto& config = bridge_.startedConfig();
        const models::MethodTraits* traits = config ? bridge_.findMethod(config->method) : nullptr;
        if (traits) {
            bar_->setMethod(QString::fromStdString(traits->title));
            bar_->setData(dataTitle(config->data, config->transform));
            bar_->setParts(traits->parts);
            monitor_->setMethod(traits);
            monitor_->setMethodCanEncode(traits->can(models::Capability::Encode),
                                         QString::fromStdString(traits->title));
        }
        savedAt_.invalidate();
        weightsStep_ = -1;
        refreshSaved();
    }
    if (state == SessionState::Running || state == SessionState::Stopped)
        setup_->clearMessage();
    if (state == SessionState::Running || state == SessionState::Paused)
        setup_->endFork(); // it has begun
    if ((state == SessionState::Stopped || state == SessionState::Failed) && !pendingFork_.isEmpty())
        forkFrom(std::exchange(pendingFork_, QString()));
    if (state == SessionState::Stopped || state == SessionState::Failed)
        bridge_.listRuns(bridge_.status().runFolder);
    setup_->setState(state);
    scrubber_->setRunning(state == SessionState::Running && display_.source() == RunSource::Session);
    frames_.setRunning(bridge_.training() || workspace() == Workspace::Explore);
    refreshActions();
    finishClosing(state);
}

void MainWindow::onStatus(const engine::SessionStatus& status) {
    bar_->setStatus(status);
    figures_->setDevice(QString::fromStdString(status.device));
    bar_->setModelAge(bridge_.following() && weightsStep_ >= 0 && bridge_.training()
                          ? std::max<qint64>(0, qint64(status.step) - weightsStep_)
                          : -1);
    if (display_.source() == RunSource::Session)
        scrubber_->setLatestStep(display_.latestStep());
    runModel_.setOwnRun(QString::fromStdString(status.runFolder), status.step, stateTitle(status.state),
                        bridge_.training());
}

void MainWindow::onFailure(const engine::SessionFailed& failure) {
    const QString message = QString::fromStdString(failure.message);
    const QString hint = QString::fromStdString(failure.hint);
    const bool settings =
        failure.kind == engine::ErrorKind::Usage || failure.kind == engine::ErrorKind::BadInput;
    Panel* panel = panelFor(settings ? Area::Setup : Area::Monitor);
    if (failure.lastGoodCheckpoint.empty()) {
        panel->showMessage(MessageKind::Error, message, hint);
        return;
    }
    const QString checkpoint = QString::fromStdString(failure.lastGoodCheckpoint);
    panel->showMessage(MessageKind::Error, message, hint, tr("Explore the last good checkpoint"),
                       [this, checkpoint] {
                           display_.showCheckpoint(checkpoint, display_.folder());
                           setWorkspace(Workspace::Explore);
                       });
}

void MainWindow::onProblem(Area area, const QString& message, const QString& hint) {
    panelFor(area)->showMessage(MessageKind::Error, message, hint);
}

void MainWindow::refreshSaved() {
    if (!savedAt_.isValid()) {
        saved_->clear();
        return;
    }
    const double seconds = double(savedAt_.elapsed()) * 1e-3;
    saved_->setText(seconds < 5.0 ? tr("run saved") : tr("run saved %1 ago").arg(durationText(seconds)));
}

// ---- closing --------------------------------------------------------------------------------------------

void MainWindow::closeEvent(QCloseEvent* event) {
    if (keepOpenForStudy()) {
        event->ignore();
        return;
    }
    if (!bridge_.training()) {
        saveSession();
        event->accept();
        return;
    }
    event->ignore();
    if (closing_ != Closing::No)
        return; // on its way out already
    const CloseAnswer answer = leaving_ ? CloseAnswer::SaveAndClose : dialogs_->askCloseWhileTraining(this);
    if (answer == CloseAnswer::Cancel)
        return;
    const bool save = answer == CloseAnswer::SaveAndClose;
    closing_ = save ? Closing::Saving : Closing::Discarding;
    panelFor(Area::Monitor)
        ->showMessage(MessageKind::Info, save ? tr("Saving a checkpoint, then closing…") : tr("Closing…"));
    bridge_.requestStop(save);
}

void MainWindow::finishClosing(engine::SessionState state) {
    using engine::SessionState;
    if (closing_ == Closing::No)
        return;
    if (state == SessionState::Stopped || state == SessionState::Failed || state == SessionState::Idle) {
        closing_ = Closing::No;
        close();
    }
}

void MainWindow::leave() {
    if (leaving_) {
        studyRunner_.stop();
        bridge_.requestStop(false);
        return;
    }
    leaving_ = true;
    close();
}

} // namespace alphascope::ui
