#include "ui/session/run_display.h"

#include <algorithm>

#include "ui/models/figures.h"

namespace alphascope::ui {

namespace {

const QString notFinite = QStringLiteral("not_finite");

RunMark markOf(const engine::ParameterChanged& change) {
    const QString name = QString::fromStdString(change.name);
    const QString before = QString::fromStdString(change.oldText);
    const QString after = QString::fromStdString(change.newText);
    return {double(change.step),
            RunDisplay::tr("%1 changed from %2 to %3 at step %4.")
                .arg(name, before, after, stepText(change.step)),
            RunDisplay::tr("%1 %2 → %3").arg(name, before, after)};
}

RunMark markOf(const engine::Alarm& alarm) {
    RunMark mark;
    mark.step = double(alarm.step);
    mark.kind = QString::fromStdString(alarm.kind);
    mark.sentence = QString::fromStdString(alarm.message);
    if (!alarm.hint.empty())
        mark.sentence += QLatin1Char(' ') + QString::fromStdString(alarm.hint);
    const QString what = alarm.kind == "collapse"      ? RunDisplay::tr("samples alike")
                         : alarm.kind == "d_saturated" ? RunDisplay::tr("D saturated")
                         : alarm.kind == "c_saturated" ? RunDisplay::tr("C saturated")
                                                       : RunDisplay::tr("no number");
    mark.shortText = alarm.over ? RunDisplay::tr("%1: over").arg(what) : what;
    mark.alarm = !alarm.over;
    if (mark.alarm)
        mark.goBackTo = alarm.since;
    return mark;
}

} // namespace

RunDisplay::RunDisplay(EngineBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
    connect(&bridge_, &EngineBridge::stateChanged, this,
            [this](engine::SessionState state, qint64) { onState(state); });
    connect(&bridge_, &EngineBridge::metricsArrived, this,
            [this](const auto& points) { onMetrics(session_, source_ == RunSource::Session, points); });
    connect(&bridge_, &EngineBridge::watchedMetrics, this,
            [this](const auto& points) { onMetrics(watched_, source_ == RunSource::Folder, points); });
    connect(&bridge_, &EngineBridge::previewArrived, this,
            [this](const auto& preview) { onPreview(session_, source_ == RunSource::Session, preview); });
    connect(&bridge_, &EngineBridge::watchedPreview, this,
            [this](const auto& preview) { onPreview(watched_, source_ == RunSource::Folder, preview); });
    connect(&bridge_, &EngineBridge::watchedRun, this, [this](const auto& run) { onWatchedRun(*run); });
    connect(&bridge_, &EngineBridge::checkpointPreviewLoaded, this,
            [this](const QString& path, const auto& preview) {
                // Or the newest one's, standing in for previews that a watched run does not have.
                if (path != checkpoint() && !(isLive() && !record().preview && path == standIn_))
                    return;
                Q_EMIT loadingChanged(false);
                present(preview);
            });
    const auto markSession = [this](const RunMark& mark) {
        addMark(session_, source_ == RunSource::Session, mark);
    };
    connect(&bridge_, &EngineBridge::parameterChanged, this,
            [markSession](const engine::ParameterChanged& change) { markSession(markOf(change)); });
    connect(&bridge_, &EngineBridge::alarmed, this,
            [markSession](const engine::Alarm& alarm) { markSession(markOf(alarm)); });
    connect(&bridge_, &EngineBridge::sessionFailed, this,
            [this, markSession](const engine::SessionFailed& failure) {
                // Numbers that are none have rung just before.
                if (!session_.marks.empty() && session_.marks.back().kind == notFinite)
                    return;
                const qint64 step = bridge_.status().step;
                markSession(
                    {double(step), QString::fromStdString(failure.message), tr("failed"), true, {}, step});
            });
    connect(&bridge_, &EngineBridge::watchedEvents, this, &RunDisplay::onEvents);
    connect(&bridge_, &EngineBridge::ancestorsLoaded, this, &RunDisplay::onAncestors);
}

QString RunDisplay::checkpoint() const {
    if (current_ < 0 || std::size_t(current_) >= checkpoints_.size())
        return {};
    return QString::fromStdString(checkpoints_[std::size_t(current_)].path);
}

const MetricHistory& RunDisplay::history() const {
    return record().history;
}
const std::vector<RunMark>& RunDisplay::marks() const {
    return record().marks;
}

qint64 RunDisplay::latestStep() const {
    qint64 step = history().lastStep();
    if (source_ == RunSource::Session)
        step = std::max(step, qint64(bridge_.status().step));
    if (!checkpoints_.empty())
        step = std::max(step, qint64(checkpoints_.back().step));
    return step;
}

const engine::CheckpointEntry* RunDisplay::checkpointBefore(qint64 step) const {
    const engine::CheckpointEntry* found = nullptr;
    for (const engine::CheckpointEntry& checkpoint : checkpoints_)
        if (!found || checkpoint.step <= step)
            found = &checkpoint;
    return found;
}

// ---- what to show ---------------------------------------------------------------------------------------

void RunDisplay::switchTo(RunSource source, const QString& folder) {
    source_ = source;
    folder_ = folder;
    checkpoints_.clear();
    current_ = -1;
    Q_EMIT sourceChanged();
    Q_EMIT metricsReset();
    Q_EMIT checkpointsChanged();
    Q_EMIT currentChanged(-1);
    Q_EMIT latestStepChanged(latestStep());
    Q_EMIT loadingChanged(false);
    present(record().preview);
}

void RunDisplay::showSession() {
    if (sessionFolder_.isEmpty())
        return;
    wanted_.clear();
    if (source_ != RunSource::Session || folder_ != sessionFolder_) {
        bridge_.unwatch();
        switchTo(RunSource::Session, sessionFolder_);
        bridge_.listRuns(sessionFolder_.toStdString());
    }
    showStep(-1);
}

void RunDisplay::showFolder(const QString& folder) {
    if (folder == sessionFolder_ && bridge_.training()) {
        showSession();
        return;
    }
    wanted_.clear();
    if (source_ != RunSource::Folder || folder_ != folder) {
        watched_ = {};
        switchTo(RunSource::Folder, folder);
        // The model follows with the list of checkpoints: a run may have none yet.
        bridge_.watch(folder.toStdString());
        return;
    }
    showStep(-1);
}

void RunDisplay::showCheckpoint(const QString& path, const QString& folder) {
    if (folder.isEmpty()) {
        wanted_.clear();
        bridge_.unwatch();
        watched_ = {};
        switchTo(RunSource::File, QString());
        engine::CheckpointEntry entry;
        entry.path = path.toStdString();
        checkpoints_ = {entry};
        current_ = 0;
        Q_EMIT checkpointsChanged();
        applyStep();
        return;
    }
    const bool own = folder == sessionFolder_ && source_ == RunSource::Session;
    if (!own && (source_ != RunSource::Folder || folder_ != folder)) {
        watched_ = {};
        switchTo(RunSource::Folder, folder);
        bridge_.watch(folder.toStdString());
    }
    wanted_ = path;
    for (std::size_t i = 0; i < checkpoints_.size(); ++i)
        if (checkpoints_[i].path == path.toStdString()) {
            showStep(int(i));
            return;
        }
    // The list is on its way; the picture need not wait for it.
    bridge_.openModel(path.toStdString());
}

void RunDisplay::showStep(int checkpoint) {
    const int index = checkpoint >= 0 && std::size_t(checkpoint) < checkpoints_.size() ? checkpoint : -1;
    wanted_.clear();
    if (index == current_ && index >= 0)
        return;
    current_ = index;
    applyStep();
}

void RunDisplay::applyStep() {
    Q_EMIT currentChanged(current_);
    if (current_ >= 0) {
        const std::string path = checkpoints_[std::size_t(current_)].path;
        bridge_.openModel(path);
        Q_EMIT loadingChanged(true);
        const auto& reference = record().preview;
        bridge_.loadCheckpointPreview(path, reference ? reference->originals : std::vector<engine::Image>());
        return;
    }
    Q_EMIT loadingChanged(false);
    if (source_ == RunSource::Session && sessionReady_)
        bridge_.followTraining();
    else if (source_ == RunSource::Folder && !checkpoints_.empty())
        bridge_.openModel(folder_.toStdString());
    present(record().preview);
}

void RunDisplay::present(const std::shared_ptr<const engine::Preview>& preview) {
    shown_ = preview;
    Q_EMIT previewChanged(preview);
}

// ---- news -----------------------------------------------------------------------------------------------

void RunDisplay::onState(engine::SessionState state) {
    using engine::SessionState;
    if (state == SessionState::Preparing) {
        session_ = {};
        sessionReady_ = false;
        sessionFolder_ = bridge_.startedConfig() ? QString::fromStdString(bridge_.startedConfig()->runFolder)
                                                 : QString::fromStdString(bridge_.status().runFolder);
        bridge_.unwatch();
        switchTo(RunSource::Session, sessionFolder_);
    }
    if ((state == SessionState::Running || state == SessionState::Paused) && !sessionReady_) {
        sessionReady_ = true;
        // A run that goes on from a checkpoint has some already.
        bridge_.listRuns(sessionFolder_.toStdString());
        if (source_ == RunSource::Session && isLive())
            bridge_.followTraining();
    }
    if (source_ == RunSource::Session)
        Q_EMIT latestStepChanged(latestStep());
}

void RunDisplay::onMetrics(Record& target, bool shown, const std::vector<engine::MetricPoint>& points) {
    // A run that went back to an earlier step writes its story anew from there.
    if (!points.empty() && points.front().step < target.history.lastStep())
        std::erase_if(target.marks,
                      [&](const RunMark& mark) { return mark.step > double(points.front().step); });
    target.history.append(points);
    if (!shown)
        return;
    Q_EMIT metricsAdded(points);
    Q_EMIT latestStepChanged(latestStep());
}

void RunDisplay::onPreview(Record& target, bool shown,
                           const std::shared_ptr<const engine::Preview>& preview) {
    target.preview = preview;
    if (shown && isLive())
        present(preview);
}

void RunDisplay::addMark(Record& target, bool shown, const RunMark& mark) {
    target.marks.push_back(mark);
    if (shown)
        Q_EMIT markAdded(mark);
}

void RunDisplay::onEvents(const std::vector<engine::SessionEvent>& events) {
    const bool shown = source_ == RunSource::Folder;
    for (const engine::SessionEvent& event : events) {
        if (const auto* alarm = std::get_if<engine::Alarm>(&event))
            addMark(watched_, shown, markOf(*alarm));
        else if (const auto* change = std::get_if<engine::ParameterChanged>(&event))
            addMark(watched_, shown, markOf(*change));
    }
}

/// Of a fork: asks once for the curves that lead to it.
void RunDisplay::onParent(Record& target, bool shown, const engine::RunEntry& run) {
    if (!run.parent || target.parent)
        return;
    target.parent = run.parent;
    addMark(target, shown,
            {double(run.parent->step),
             tr("Forked from %1 at step %2.")
                 .arg(QString::fromStdString(run.parent->run), stepText(run.parent->step)),
             tr("fork")});
    bridge_.loadAncestors(run.folder);
}

void RunDisplay::onAncestors(const QString& folder, const std::vector<engine::MetricPoint>& points) {
    const bool session = folder == sessionFolder_ && session_.parent;
    const bool watched = source_ == RunSource::Folder && folder == folder_ && watched_.parent;
    if ((!session && !watched) || points.empty())
        return;
    Record& target = watched ? watched_ : session_;
    target.history.prepend(points);
    if (watched || source_ == RunSource::Session)
        Q_EMIT metricsReset();
}

void RunDisplay::onWatchedRun(const engine::RunEntry& run) {
    if (source_ != RunSource::Folder)
        return;
    const bool newer = !run.checkpoints.empty() &&
                       (checkpoints_.empty() || run.checkpoints.back().step > checkpoints_.back().step);
    setCheckpoints(run.checkpoints);
    onParent(watched_, true, run);
    Q_EMIT runUpdated(run);
    if (!newer || !isLive())
        return;
    bridge_.openModel(folder_.toStdString());
    if (!record().preview) {
        standIn_ = QString::fromStdString(run.checkpoints.back().path);
        bridge_.loadCheckpointPreview(run.checkpoints.back().path, {});
    }
}

void RunDisplay::takeRuns(const std::vector<engine::RunEntry>& runs) {
    if (source_ != RunSource::Session)
        return; // a watched run brings its own news
    const std::string folder = folder_.toStdString();
    for (const engine::RunEntry& run : runs)
        if (run.folder == folder) {
            setCheckpoints(run.checkpoints);
            onParent(session_, true, run);
        }
}

void RunDisplay::setCheckpoints(std::vector<engine::CheckpointEntry> checkpoints) {
    const QString shown = checkpoint();
    checkpoints_ = std::move(checkpoints);
    const auto indexOf = [this](const QString& path) {
        const auto found =
            std::find_if(checkpoints_.begin(), checkpoints_.end(),
                         [&](const engine::CheckpointEntry& c) { return c.path == path.toStdString(); });
        return found == checkpoints_.end() ? -1 : int(found - checkpoints_.begin());
    };
    // The index of what is shown moves when rotation removes an older one.
    current_ = shown.isEmpty() ? -1 : indexOf(shown);
    Q_EMIT checkpointsChanged();
    Q_EMIT latestStepChanged(latestStep());
    if (!wanted_.isEmpty() && indexOf(wanted_) >= 0)
        showStep(indexOf(wanted_));
    else if (!shown.isEmpty() && current_ < 0)
        applyStep();
    else
        Q_EMIT currentChanged(current_);
}

} // namespace alphascope::ui
