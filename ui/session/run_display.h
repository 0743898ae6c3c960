#pragma once
// Which run the views show, and at which step: the one in training, one that is watched in its folder, or one
// checkpoint file; live, or a chosen checkpoint. Panels and scrubber listen here and need not know where
// anything comes from. Steers the explorer along. GUI thread only.

#include <QObject>
#include <QString>
#include <QVector>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/models/metric_history.h"
#include "ui/session/engine_bridge.h"

namespace alphascope::ui {

enum class RunSource { None, Session, Folder, File };

struct RunMark {
    double step = 0.0;
    QString sentence;
    QString shortText;
    bool alarm = false;
    QString kind = {};                   ///< of an alarm, as the engine names it
    std::optional<qint64> goBackTo = {}; ///< the step before which all was well
};

class RunDisplay : public QObject {
    Q_OBJECT
public:
    explicit RunDisplay(EngineBridge& bridge, QObject* parent = nullptr);

    RunSource source() const { return source_; }
    QString folder() const { return folder_; }
    /// Path of the checkpoint shown, or "" when live.
    QString checkpoint() const;
    bool isLive() const { return current_ < 0; }
    int current() const { return current_; }
    const MetricHistory& history() const;
    const std::vector<RunMark>& marks() const;
    /// What the run was forked from; its curves up to there are in history() once they have been read.
    const std::optional<engine::RunParent>& parent() const { return record().parent; }
    std::shared_ptr<const engine::Preview> preview() const { return shown_; }
    const std::vector<engine::CheckpointEntry>& checkpoints() const { return checkpoints_; }
    qint64 latestStep() const;
    /// The newest checkpoint that is not later than `step`, the oldest one when all are; null without any.
    const engine::CheckpointEntry* checkpointBefore(qint64 step) const;

    void showSession();
    void showFolder(const QString& folder);
    /// A checkpoint in its run (`folder`), or a file that lies in none (`folder` empty).
    void showCheckpoint(const QString& path, const QString& folder);
    void showStep(int checkpoint); ///< index, or -1 for live
    /// Fresh lists of runs pass through here, so that the scrubber learns of new checkpoints.
    void takeRuns(const std::vector<engine::RunEntry>& runs);

Q_SIGNALS:
    void sourceChanged();
    void metricsReset();
    void metricsAdded(const std::vector<alphascope::engine::MetricPoint>& points);
    void markAdded(const alphascope::ui::RunMark& mark);
    void previewChanged(const std::shared_ptr<const alphascope::engine::Preview>& preview);
    void checkpointsChanged();
    void currentChanged(int index);
    void latestStepChanged(qint64 step);
    void runUpdated(const alphascope::engine::RunEntry& run); ///< from the watcher
    void loadingChanged(bool loading);

private:
    struct Record {
        MetricHistory history;
        std::vector<RunMark> marks;
        std::shared_ptr<const engine::Preview> preview;
        std::optional<engine::RunParent> parent;
    };
    Record& record() { return source_ == RunSource::Session ? session_ : watched_; }
    const Record& record() const { return source_ == RunSource::Session ? session_ : watched_; }
    void onState(engine::SessionState state);
    void onMetrics(Record& target, bool shown, const std::vector<engine::MetricPoint>& points);
    void onPreview(Record& target, bool shown, const std::shared_ptr<const engine::Preview>& preview);
    void onWatchedRun(const engine::RunEntry& run);
    void onEvents(const std::vector<engine::SessionEvent>& events);
    void onParent(Record& target, bool shown, const engine::RunEntry& run);
    void onAncestors(const QString& folder, const std::vector<engine::MetricPoint>& points);
    void addMark(Record& target, bool shown, const RunMark& mark);
    void switchTo(RunSource source, const QString& folder);
    void setCheckpoints(std::vector<engine::CheckpointEntry> checkpoints);
    void applyStep();
    void present(const std::shared_ptr<const engine::Preview>& preview);

    EngineBridge& bridge_;
    RunSource source_ = RunSource::None;
    QString folder_;
    Record session_;
    Record watched_;
    QString sessionFolder_;
    bool sessionReady_ = false; ///< this run has weights that the explorer can follow
    std::vector<engine::CheckpointEntry> checkpoints_;
    int current_ = -1;
    QString standIn_; ///< checkpoint whose pictures are shown while a watched run has no previews
    QString wanted_;  ///< a checkpoint to go to once the run's list is here
    std::shared_ptr<const engine::Preview> shown_;
};

} // namespace alphascope::ui
