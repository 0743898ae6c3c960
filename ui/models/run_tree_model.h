#pragma once
// Runs and their checkpoints as a tree of two levels, newest checkpoint first. Forks stand below the run that
// they come from (after its checkpoints, before the next run), deeper by one (DepthRole). New lists are
// merged into the old one, so that selection, expansion and scroll position survive.

#include <QAbstractItemModel>
#include <QImage>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/runs.h"

class QMimeData;

namespace alphascope::ui {

class RunTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        SubtitleRole = Qt::UserRole,
        PathRole,   ///< of the checkpoint file or run folder
        FolderRole, ///< of the run folder
        StepRole,   ///< qint64
        PinnedRole,
        LiveRole,       ///< this program trains it, or another process holds its lock
        ProblemRole,    ///< one sentence, or ""
        CheckpointRole, ///< true for a checkpoint, false for a run
        DepthRole       ///< how many forks lead to the run, as far as they are listed; of its checkpoints too
    };

    explicit RunTreeModel(QObject* parent = nullptr);
    ~RunTreeModel() override;

    void setRuns(const std::vector<engine::RunEntry>& runs);
    /// Replaces or adds one run, from a watcher.
    void updateRun(const engine::RunEntry& run);
    void setPinned(const QString& checkpoint, bool pinned);
    /// The run that this program trains or trained last, its step and the state's title; "" when none.
    void setOwnRun(const QString& folder, qint64 step, const QString& state, bool alive);

    /// Steps and paths of a run's checkpoints, ascending; null when the run is unknown.
    const engine::RunEntry* run(const QString& folder) const;
    QModelIndex indexOfPath(const QString& path) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    /// What is dragged travels as a file name.
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    QStringList mimeTypes() const override;

private:
    struct Run;
    void merge(int row, const engine::RunEntry& entry);
    /// `runs`: the order of runs that are no forks, and of forks of one run.
    void arrange(const std::vector<engine::RunEntry>& runs);
    const Run* parentOf(const Run& run) const; ///< null when there is none or it is not listed
    int rowOf(const std::string& folder) const;
    QString runToolTip(const Run& run) const;
    QVariant runData(const Run& run, int role) const;
    QVariant checkpointData(const Run& run, int row, int role) const;

    std::vector<std::unique_ptr<Run>> runs_;
    QString ownFolder_;
    QString ownState_;
    bool ownAlive_ = false;
    qint64 ownStep_ = 0;
};

} // namespace alphascope::ui
