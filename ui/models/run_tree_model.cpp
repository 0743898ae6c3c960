#include "ui/models/run_tree_model.h"

#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <utility>

#include "ui/models/figures.h"
#include "ui/session/image_conversion.h"

namespace alphascope::ui {

/// Checkpoints are kept newest first, as rows are; `entry.checkpoints` stays ascending for run().
struct RunTreeModel::Run {
    engine::RunEntry entry;
    std::vector<QImage> thumbnails; ///< by ascending step, like entry.checkpoints
    int depth = 0;

    std::size_t position(int row) const { return entry.checkpoints.size() - 1 - std::size_t(row); }
};

namespace {

bool sameCheckpoint(const engine::CheckpointEntry& a, const engine::CheckpointEntry& b) {
    return a.path == b.path && a.bytes == b.bytes && a.pinned == b.pinned && a.thumbnail == b.thumbnail;
}

QString dot() {
    return QStringLiteral(" · ");
}

} // namespace

RunTreeModel::RunTreeModel(QObject* parent) : QAbstractItemModel(parent) {}
RunTreeModel::~RunTreeModel() = default;

int RunTreeModel::rowOf(const std::string& folder) const {
    for (std::size_t i = 0; i < runs_.size(); ++i)
        if (runs_[i]->entry.folder == folder)
            return int(i);
    return -1;
}

void RunTreeModel::setRuns(const std::vector<engine::RunEntry>& runs) {
    for (int row = int(runs_.size()) - 1; row >= 0; --row) {
        const std::string& folder = runs_[std::size_t(row)]->entry.folder;
        const bool stays = std::any_of(runs.begin(), runs.end(),
                                       [&](const engine::RunEntry& run) { return run.folder == folder; });
        if (stays)
            continue;
        beginRemoveRows({}, row, row);
        runs_.erase(runs_.begin() + row);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const int row = rowOf(runs[i].folder);
        if (row >= 0) {
            merge(row, runs[i]);
            continue;
        }
        const int target = std::min(int(i), int(runs_.size()));
        auto added = std::make_unique<Run>();
        added->entry = runs[i];
        for (const engine::CheckpointEntry& checkpoint : added->entry.checkpoints)
            added->thumbnails.push_back(toQImage(checkpoint.thumbnail));
        beginInsertRows({}, target, target);
        runs_.insert(runs_.begin() + target, std::move(added));
        endInsertRows();
    }
    arrange(runs);
}

const RunTreeModel::Run* RunTreeModel::parentOf(const Run& run) const {
    const int row = run.entry.parent ? rowOf(run.entry.parent->folder) : -1;
    return row < 0 || runs_[std::size_t(row)].get() == &run ? nullptr : runs_[std::size_t(row)].get();
}

void RunTreeModel::arrange(const std::vector<engine::RunEntry>& runs) {
    std::vector<std::pair<const Run*, int>> wanted; // with the depth
    const auto add = [&](const Run* parent, int depth, const auto& addBelow) -> void {
        for (const engine::RunEntry& entry : runs) {
            const Run* run = runs_[std::size_t(rowOf(entry.folder))].get();
            const bool placed = std::any_of(wanted.begin(), wanted.end(),
                                            [run](const auto& other) { return other.first == run; });
            if (placed || parentOf(*run) != parent)
                continue;
            wanted.emplace_back(run, depth);
            addBelow(run, depth + 1, addBelow);
        }
    };
    add(nullptr, 0, add);
    for (const engine::RunEntry& entry : runs) { // forks of each other, which only a hand can have written
        const Run* run = runs_[std::size_t(rowOf(entry.folder))].get();
        if (std::none_of(wanted.begin(), wanted.end(),
                         [run](const auto& other) { return other.first == run; }))
            wanted.emplace_back(run, 0);
    }
    for (std::size_t target = 0; target < wanted.size(); ++target) {
        const auto [run, depth] = wanted[target];
        const auto place = std::find_if(runs_.begin(), runs_.end(),
                                        [run = run](const auto& other) { return other.get() == run; });
        const auto from = std::size_t(place - runs_.begin());
        if (from != target) {
            beginMoveRows({}, int(from), int(from), {}, int(target));
            std::rotate(runs_.begin() + std::ptrdiff_t(target), place, place + 1);
            endMoveRows();
        }
        if (std::exchange(runs_[target]->depth, depth) != depth)
            Q_EMIT dataChanged(index(int(target), 0), index(int(target), 0));
    }
}

void RunTreeModel::updateRun(const engine::RunEntry& run) {
    const int row = rowOf(run.folder);
    if (row >= 0) {
        merge(row, run);
        return;
    }
    std::vector<engine::RunEntry> all{run};
    for (const auto& known : runs_)
        all.push_back(known->entry);
    setRuns(all);
}

void RunTreeModel::merge(int row, const engine::RunEntry& entry) {
    Run& run = *runs_[std::size_t(row)];
    const QModelIndex parent = index(row, 0);
    auto& old = run.entry.checkpoints;

    for (std::size_t i = old.size(); i-- > 0;) {
        const bool stays =
            std::any_of(entry.checkpoints.begin(), entry.checkpoints.end(),
                        [&](const engine::CheckpointEntry& c) { return c.path == old[i].path; });
        if (stays)
            continue;
        const int gone = int(old.size() - 1 - i);
        beginRemoveRows(parent, gone, gone);
        old.erase(old.begin() + std::ptrdiff_t(i));
        run.thumbnails.erase(run.thumbnails.begin() + std::ptrdiff_t(i));
        endRemoveRows();
    }
    for (const engine::CheckpointEntry& checkpoint : entry.checkpoints) {
        const auto known = std::find_if(old.begin(), old.end(), [&](const engine::CheckpointEntry& c) {
            return c.path == checkpoint.path;
        });
        if (known != old.end()) {
            if (!sameCheckpoint(*known, checkpoint)) {
                const auto position = std::size_t(known - old.begin());
                *known = checkpoint;
                run.thumbnails[position] = toQImage(checkpoint.thumbnail);
                const QModelIndex changed = index(int(old.size() - 1 - position), 0, parent);
                Q_EMIT dataChanged(changed, changed);
            }
            continue;
        }
        const auto place = std::upper_bound(old.begin(), old.end(), checkpoint,
                                            [](const engine::CheckpointEntry& a,
                                               const engine::CheckpointEntry& b) { return a.step < b.step; });
        const auto position = place - old.begin();
        const int newRow = int(old.size()) - int(position);
        beginInsertRows(parent, newRow, newRow);
        old.insert(place, checkpoint);
        run.thumbnails.insert(run.thumbnails.begin() + position, toQImage(checkpoint.thumbnail));
        endInsertRows();
    }
    std::vector<engine::CheckpointEntry> checkpoints = std::move(old);
    run.entry = entry;
    run.entry.checkpoints = std::move(checkpoints);
    Q_EMIT dataChanged(parent, parent);
}

void RunTreeModel::setPinned(const QString& checkpoint, bool pinned) {
    const QModelIndex found = indexOfPath(checkpoint);
    if (!found.parent().isValid())
        return;
    Run& run = *runs_[std::size_t(found.parent().row())];
    run.entry.checkpoints[run.position(found.row())].pinned = pinned;
    Q_EMIT dataChanged(found, found);
}

void RunTreeModel::setOwnRun(const QString& folder, qint64 step, const QString& state, bool alive) {
    const QString before = ownFolder_;
    ownFolder_ = folder;
    ownStep_ = step;
    ownState_ = state;
    ownAlive_ = alive;
    for (const QString& changed : {before, folder}) {
        const QModelIndex found = changed.isEmpty() ? QModelIndex() : indexOfPath(changed);
        if (found.isValid())
            Q_EMIT dataChanged(found, found);
    }
}

const engine::RunEntry* RunTreeModel::run(const QString& folder) const {
    const int row = rowOf(folder.toStdString());
    return row < 0 ? nullptr : &runs_[std::size_t(row)]->entry;
}

QModelIndex RunTreeModel::indexOfPath(const QString& path) const {
    const std::string wanted = path.toStdString();
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        const Run& run = *runs_[i];
        const QModelIndex parent = index(int(i), 0);
        if (run.entry.folder == wanted)
            return parent;
        for (std::size_t c = 0; c < run.entry.checkpoints.size(); ++c)
            if (run.entry.checkpoints[c].path == wanted)
                return index(int(run.entry.checkpoints.size() - 1 - c), 0, parent);
    }
    return {};
}

QModelIndex RunTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column != 0 || row >= rowCount(parent))
        return {};
    return createIndex(row, 0, parent.isValid() ? runs_[std::size_t(parent.row())].get() : nullptr);
}

QModelIndex RunTreeModel::parent(const QModelIndex& child) const {
    if (!child.isValid() || !child.internalPointer())
        return {};
    for (std::size_t i = 0; i < runs_.size(); ++i)
        if (runs_[i].get() == child.internalPointer())
            return createIndex(int(i), 0, nullptr);
    return {};
}

int RunTreeModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return int(runs_.size());
    if (parent.internalPointer() || parent.column() != 0)
        return 0;
    return int(runs_[std::size_t(parent.row())]->entry.checkpoints.size());
}

int RunTreeModel::columnCount(const QModelIndex&) const {
    return 1;
}

QVariant RunTreeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QModelIndex above = index.parent();
    if (above.isValid())
        return checkpointData(*runs_[std::size_t(above.row())], index.row(), role);
    return runData(*runs_[std::size_t(index.row())], role);
}

QString RunTreeModel::runToolTip(const Run& run) const {
    QString text = QString::fromStdString(run.entry.folder);
    if (const auto& parent = run.entry.parent) {
        text +=
            QLatin1Char('\n') +
            tr("Forked from %1 at step %2.").arg(QString::fromStdString(parent->run), stepText(parent->step));
        if (!parentOf(run))
            text += QLatin1Char(' ') + tr("That run is not in this list.");
    }
    return text;
}

QVariant RunTreeModel::runData(const Run& run, int role) const {
    const QString folder = QString::fromStdString(run.entry.folder);
    const bool own = folder == ownFolder_ && !ownFolder_.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
        if (run.entry.method.empty())
            return QString::fromStdString(run.entry.name);
        return QString::fromStdString(run.entry.method) + dot() +
               dataTitle(run.entry.data, run.entry.transform);
    case SubtitleRole: {
        if (!run.entry.problem.empty())
            return tr("cannot be read");
        const QString step = stepText(own ? ownStep_ : run.entry.lastStep);
        const QString reached = own                ? step + dot() + ownState_.toLower()
                                : run.entry.active ? step + dot() + tr("running elsewhere")
                                                   : tr("step %1").arg(step);
        return run.entry.parent ? tr("from %1").arg(stepText(run.entry.parent->step)) + dot() + reached
                                : reached;
    }
    case Qt::DecorationRole:
        for (std::size_t i = run.thumbnails.size(); i-- > 0;)
            if (!run.thumbnails[i].isNull())
                return run.thumbnails[i];
        return {};
    case Qt::ToolTipRole:
        return run.entry.problem.empty() ? runToolTip(run) : QString::fromStdString(run.entry.problem);
    case PathRole:
    case FolderRole:
        return folder;
    case StepRole:
        return qint64(own ? ownStep_ : run.entry.lastStep);
    case PinnedRole:
        return false;
    case LiveRole:
        return own ? ownAlive_ : run.entry.active;
    case ProblemRole:
        return QString::fromStdString(run.entry.problem);
    case CheckpointRole:
        return false;
    case DepthRole:
        return run.depth;
    default:
        return {};
    }
}

QVariant RunTreeModel::checkpointData(const Run& run, int row, int role) const {
    const std::size_t position = run.position(row);
    const engine::CheckpointEntry& checkpoint = run.entry.checkpoints[position];
    switch (role) {
    case Qt::DisplayRole:
        return tr("checkpoint %1").arg(stepText(checkpoint.step));
    case SubtitleRole:
        return checkpoint.pinned ? bytesText(checkpoint.bytes) + dot() + tr("pinned")
                                 : bytesText(checkpoint.bytes);
    case Qt::DecorationRole:
        return run.thumbnails[position].isNull() ? QVariant() : QVariant(run.thumbnails[position]);
    case Qt::ToolTipRole:
    case PathRole:
        return QString::fromStdString(checkpoint.path);
    case FolderRole:
        return QString::fromStdString(run.entry.folder);
    case StepRole:
        return qint64(checkpoint.step);
    case PinnedRole:
        return checkpoint.pinned;
    case LiveRole:
        return false;
    case ProblemRole:
        return QString();
    case CheckpointRole:
        return true;
    case DepthRole:
        return run.depth;
    default:
        return {};
    }
}

Qt::ItemFlags RunTreeModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags usual = QAbstractItemModel::flags(index);
    return index.isValid() ? usual | Qt::ItemIsDragEnabled : usual;
}

QStringList RunTreeModel::mimeTypes() const {
    return {QStringLiteral("text/uri-list")};
}

QMimeData* RunTreeModel::mimeData(const QModelIndexList& indexes) const {
    QList<QUrl> urls;
    for (const QModelIndex& index : indexes)
        urls.append(QUrl::fromLocalFile(index.data(PathRole).toString()));
    auto* data = new QMimeData;
    data->setUrls(urls);
    return data;
}

} // namespace alphascope::ui
