#include "ui/panels/folder_popup.h"

#include <QAbstractListModel>
#include <QFileInfo>
#include <QLabel>
#include <QListView>
#include <QScreen>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

#include "ui/panels/form.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/elided_label.h"

namespace alphascope::ui {

namespace {

constexpr int cellSide = FolderPictures::thumbnailSide + 8;
constexpr int popupColumns = 6;
constexpr int popupRows = 6;

} // namespace

class FolderPopup::Model : public QAbstractListModel {
public:
    Model(FolderPictures& pictures, QObject* parent) : QAbstractListModel(parent), pictures_(pictures) {
        connect(&pictures_, &FolderPictures::thumbnailArrived, this,
                [this](int row) { Q_EMIT dataChanged(index(row), index(row)); });
    }
    void reset() {
        beginResetModel();
        endResetModel();
    }
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : pictures_.count();
    }
    QVariant data(const QModelIndex& index, int role) const override {
        const int row = index.row();
        if (!index.isValid() || row >= pictures_.count())
            return {};
        const QString why = pictures_.problemOf(row);
        switch (role) {
        case Qt::DecorationRole:
            return decoration(row, why);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            return why.isEmpty() ? pictures_.name(row) : why;
        default:
            return {};
        }
    }

    std::function<void()> onMissing; ///< a picture is painted that did not arrive yet

private:
    QVariant decoration(int row, const QString& why) const {
        if (!why.isEmpty())
            return icon(QStringLiteral("error"), IconColor::Red);
        const QImage picture = pictures_.thumbnail(row);
        if (!picture.isNull())
            return picture;
        if (onMissing)
            onMissing();
        return icon(QStringLiteral("image"), IconColor::Muted);
    }

    FolderPictures& pictures_;
};

FolderPopup::FolderPopup(FolderPictures& pictures, QWidget* parent)
    : QFrame(parent, Qt::Popup), pictures_(pictures), title_(textLabel(this, "folderTitle", "title")),
      name_(new ElidedLabel(this)), list_(new QListView(this)), model_(new Model(pictures, this)) {
    setObjectName(QStringLiteral("folderPopup"));
    setProperty("ground", QStringLiteral("popup"));
    title_->setWordWrap(false);
    list_->setAccessibleName(tr("Pictures of the folder"));
    list_->setModel(model_);
    list_->setViewMode(QListView::IconMode);
    list_->setMovement(QListView::Static);
    list_->setResizeMode(QListView::Adjust);
    list_->setUniformItemSizes(true);
    list_->setIconSize({FolderPictures::thumbnailSide, FolderPictures::thumbnailSide});
    list_->setGridSize({cellSide, cellSide});
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* hint = textLabel(this, "folderHint", "caption");
    hint->setText(tr("Arrows choose, Return closes; Page Up and Page Down step on afterwards."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->setSpacing(6);
    layout->addWidget(title_);
    layout->addWidget(list_, 1);
    layout->addWidget(name_);
    layout->addWidget(hint);
    const int bar = list_->verticalScrollBar()->sizeHint().width();
    setFixedSize(popupColumns * cellSide + bar + 26, popupRows * cellSide + 100);
    asking_.setSingleShot(true);
    connect(&asking_, &QTimer::timeout, this, &FolderPopup::wantVisible);
    model_->onMissing = [this] {
        if (!asking_.isActive())
            asking_.start(0); // not from within a paint event
    };
    connect(&pictures_, &FolderPictures::changed, this, &FolderPopup::refresh);
    connect(&pictures_, &FolderPictures::currentChanged, this, &FolderPopup::showCurrent);
    connect(&pictures_, &FolderPictures::thumbnailArrived, this, &FolderPopup::showCurrent);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (index.isValid() && index.row() != pictures_.current())
                    pictures_.choose(index.row());
            });
    connect(list_, &QListView::activated, this, &FolderPopup::close);
}

void FolderPopup::open(const QWidget* anchor) {
    const QRect screen = anchor->screen()->availableGeometry();
    const QRect beside(anchor->mapToGlobal(QPoint(0, 0)), anchor->size());
    const int x = std::min(beside.right() + tokens().gap, screen.right() - width());
    const int y = std::min(beside.top(), screen.bottom() - height());
    move(std::max(screen.left(), x), std::max(screen.top(), y));
    refresh();
    show();
    list_->setFocus();
}

/// The pictures in sight and a row below them.
void FolderPopup::wantVisible() {
    const int columns = std::max(1, list_->viewport()->width() / cellSide);
    const int top = list_->verticalScrollBar()->value();
    const int first = top / cellSide * columns;
    const int end = ((top + list_->viewport()->height()) / cellSide + 1) * columns;
    QVector<int> rows;
    for (int row = first; row < std::min(end, pictures_.count()); ++row)
        rows.append(row);
    pictures_.want(rows);
}

void FolderPopup::refresh() {
    model_->reset();
    title_->setText(
        tr("%1 · %L2 pictures").arg(QFileInfo(pictures_.folder()).fileName()).arg(pictures_.count()));
    showCurrent();
}

void FolderPopup::showCurrent() {
    const int current = pictures_.current();
    if (current < 0) {
        name_->setText({});
        return;
    }
    const QString why = pictures_.problemOf(current);
    name_->setText(why.isEmpty() ? pictures_.name(current) : why);
    if (list_->currentIndex().row() != current) {
        list_->setCurrentIndex(model_->index(current));
        list_->scrollTo(list_->currentIndex());
    }
}

} // namespace alphascope::ui
