#include "ui/panels/runs_panel.h"

#include <QAction>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

#include "ui/models/figures.h"
#include "ui/panels/run_delegate.h"
#include "ui/theme/icons.h"
#include "ui/widgets/empty_state.h"

namespace alphascope::ui {

namespace {

/// Rows are drawn whole by the delegate; the space before a child stays empty.
class RunTree : public QTreeView {
public:
    using QTreeView::QTreeView;

protected:
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
};

} // namespace

RunsPanel::RunsPanel(RunTreeModel& model, QWidget* parent)
    : Panel(tr("Runs"), parent), model_(model), view_(new RunTree(this)), stack_(new QStackedWidget(this)),
      empty_(new EmptyState(this)) {
    setObjectName(QStringLiteral("runsPanel"));
    auto* open = new QToolButton(this);
    open->setProperty("flat", true);
    open->setIcon(icon(QStringLiteral("add"), IconColor::Muted));
    open->setToolTip(tr("Open a checkpoint or a run folder (Ctrl+O)"));
    open->setAccessibleName(tr("Open a run"));
    connect(open, &QToolButton::clicked, this, &RunsPanel::openRequested);
    addHeaderWidget(open);

    view_->setModel(&model_);
    view_->setItemDelegate(new RunDelegate(view_));
    view_->setHeaderHidden(true);
    view_->setFrameShape(QFrame::NoFrame);
    view_->setIndentation(14);
    view_->setRootIsDecorated(false);
    view_->setUniformRowHeights(true);
    view_->setMouseTracking(true);
    view_->setExpandsOnDoubleClick(false);
    view_->setDragEnabled(true);
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view_->setAccessibleName(tr("Runs and checkpoints"));
    empty_->setIconName(QStringLiteral("folder"));
    empty_->setText(tr("No runs yet"), tr("Press Start, or drop a run folder here."));
    stack_->addWidget(empty_);
    stack_->addWidget(view_);
    setContent(stack_);

    connect(view_, &QTreeView::activated, this, &RunsPanel::activate);
    connect(view_, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        if (!index.parent().isValid())
            view_->setExpanded(index, !view_->isExpanded(index));
    });
    connect(view_, &QTreeView::customContextMenuRequested, this, [this](const QPoint& position) {
        const QModelIndex index = view_->indexAt(position);
        if (!index.isValid())
            return;
        QMenu* menu = makeMenu(index);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(view_->viewport()->mapToGlobal(position));
    });
    connect(&model_, &RunTreeModel::rowsInserted, this, [this](const QModelIndex& parent, int first, int) {
        refreshEmpty();
        if (!parent.isValid() && model_.rowCount() == 1)
            view_->expand(model_.index(first, 0));
    });
    connect(&model_, &RunTreeModel::rowsRemoved, this, &RunsPanel::refreshEmpty);
    refreshEmpty();
}

void RunsPanel::refreshEmpty() {
    stack_->setCurrentIndex(model_.rowCount() == 0 ? 0 : 1);
}

void RunsPanel::setCanStart(bool can) {
    canStart_ = can;
}

void RunsPanel::activate(const QModelIndex& index) {
    const QString folder = index.data(RunTreeModel::FolderRole).toString();
    if (index.data(RunTreeModel::CheckpointRole).toBool())
        Q_EMIT checkpointActivated(index.data(RunTreeModel::PathRole).toString(), folder);
    else
        Q_EMIT runActivated(folder);
}

QMenu* RunsPanel::makeMenu(const QModelIndex& index) {
    auto* menu = new QMenu(this);
    const QString path = index.data(RunTreeModel::PathRole).toString();
    const QString folder = index.data(RunTreeModel::FolderRole).toString();
    const bool checkpoint = index.data(RunTreeModel::CheckpointRole).toBool();
    const bool live = index.data(RunTreeModel::LiveRole).toBool();

    menu->addAction(icon(QStringLiteral("image")), checkpoint ? tr("Explore") : tr("Open"), this,
                    [this, index = QPersistentModelIndex(index)] { activate(index); });
    QAction* resume = menu->addAction(
        icon(QStringLiteral("start")), tr("Resume training from here"), this,
        [this, path, folder, checkpoint] { Q_EMIT resumeRequested(checkpoint ? path : QString(), folder); });
    // From an earlier step a new run branches off, so that the old one stays whole.
    const bool newest = !checkpoint || index.row() == 0;
    resume->setEnabled(canStart_ && !live && newest);
    const bool empty = !checkpoint && model_.rowCount(index) == 0;
    menu->addAction(icon(QStringLiteral("fork")),
                    tr("Fork from step %1…")
                        .arg(stepText((checkpoint || empty ? index : model_.index(0, 0, index))
                                          .data(RunTreeModel::StepRole)
                                          .toLongLong())),
                    this, [this, path] { Q_EMIT forkRequested(path); })
        ->setEnabled(!empty);
    menu->addAction(icon(QStringLiteral("compare")), tr("Add to the comparison"), this,
                    [this, path, folder] { Q_EMIT compareRequested(path, folder); });
    if (checkpoint) {
        const bool pinned = index.data(RunTreeModel::PinnedRole).toBool();
        menu->addAction(icon(QStringLiteral("pin")), pinned ? tr("Let go") : tr("Pin: keep for good"), this,
                        [this, path, pinned] { Q_EMIT pinRequested(path, !pinned); });
    }
    menu->addSeparator();
    menu->addAction(icon(QStringLiteral("folder")), tr("Show the folder"), this,
                    [this, folder] { Q_EMIT showFolderRequested(folder); });
    menu->addAction(icon(QStringLiteral("reset")), tr("Read the list again"), this,
                    &RunsPanel::refreshRequested);
    return menu;
}

} // namespace alphascope::ui
