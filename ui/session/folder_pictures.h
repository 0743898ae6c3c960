#pragma once
// The pictures of a folder, one after the other: which there are, small pictures of those that are wanted,
// and which one a person stands at. GUI thread only; files are read on the bridge's pool.

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QStringList>

#include <memory>

#include "ui/session/engine_bridge.h"

namespace alphascope::ui {

class FolderPictures : public QObject {
    Q_OBJECT
public:
    static constexpr int thumbnailSide = 64;

    explicit FolderPictures(EngineBridge& bridge, QObject* parent = nullptr);
    ~FolderPictures() override;

    /// Lists the folder and its sub-folders; changed() or problem() follows.
    void open(const QString& folder);
    void close();
    const QString& folder() const { return folder_; }
    int count() const { return int(paths_.size()); }
    const QString& path(int index) const { return paths_[index]; }
    QString name(int index) const; ///< from the folder on

    int current() const { return current_; } ///< -1: none yet
    /// A picture was chosen: currentChanged(), also for the same one again.
    void choose(int index);
    /// So many farther, not beyond the first or the last.
    void step(int by);

    /// Null until it arrived.
    QImage thumbnail(int index) const;
    /// Why a picture cannot be read; "" while that is not known.
    QString problemOf(int index) const { return problems_.value(index); }
    /// The pictures that are in sight: these are decoded, in this order, and what was wanted before no more.
    void want(const QVector<int>& indices);

Q_SIGNALS:
    void changed(); ///< another list
    void currentChanged(int index);
    void thumbnailArrived(int index); ///< or its problem
    void problem(const QString& message, const QString& hint);

private:
    void take(const QString& folder, const QStringList& paths);
    void show(const QString& folder, const QStringList& paths);
    void readNext();
    void deliver(int index, const QImage& picture, const QString& problem);

    EngineBridge& bridge_;
    std::shared_ptr<std::uint64_t> question_; ///< GUI thread; answers to older ones are dropped
    QString folder_;
    QStringList paths_;
    int current_ = -1;
    QCache<int, QImage> thumbnails_;
    QHash<int, QString> problems_;
    QVector<int> wanted_;
    int reading_ = 0;
};

} // namespace alphascope::ui
