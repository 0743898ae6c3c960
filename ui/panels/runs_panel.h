#pragma once
// The runs on disk with their checkpoints: double click explores, the context menu resumes, forks, pins,
// shows the folder. GUI thread only; the lists come from the bridge.

#include "ui/models/run_tree_model.h"
#include "ui/widgets/panel.h"

class QMenu;
class QStackedWidget;
class QTreeView;

namespace alphascope::ui {

class EmptyState;

class RunsPanel : public Panel {
    Q_OBJECT
public:
    explicit RunsPanel(RunTreeModel& model, QWidget* parent = nullptr);

    QTreeView* view() const { return view_; }
    /// Whether a run may be started now; otherwise "resume" is greyed.
    void setCanStart(bool can);
    /// The menu for an entry, as the context menu shows it; the caller owns it.
    QMenu* makeMenu(const QModelIndex& index);

Q_SIGNALS:
    void checkpointActivated(const QString& path, const QString& folder);
    void runActivated(const QString& folder);
    void resumeRequested(const QString& path,
                         const QString& folder); ///< path "": the run's newest checkpoint
    /// `path`: of a checkpoint, or a run's folder for its newest.
    void forkRequested(const QString& path);
    void compareRequested(const QString& path, const QString& folder);
    void pinRequested(const QString& path, bool pinned);
    void showFolderRequested(const QString& folder);
    void openRequested();
    void refreshRequested();

private:
    void activate(const QModelIndex& index);
    void refreshEmpty();

    RunTreeModel& model_;
    QTreeView* view_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    bool canStart_ = true;
};

} // namespace alphascope::ui
