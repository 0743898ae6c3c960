#include "ui/panels/chooser_popup.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

#include "ui/theme/tokens.h"

namespace alphascope::ui {

namespace {

constexpr int leastListWidth = 200;
constexpr int mostListWidth = 300;
constexpr int listMargin = 8;
constexpr int cardWidth = 440;
constexpr int openHeight = 470;

} // namespace

ChooserPopup::ChooserPopup(QWidget* card, const QString& accessibleName, QWidget* parent)
    : QWidget(parent, Qt::Popup), list_(new QListWidget(this)), scroll_(new QScrollArea(this)) {
    setProperty("ground", QStringLiteral("popup"));
    setAttribute(Qt::WA_StyledBackground); // which a QFrame has by itself, but not as a child of a combo box
    list_->setAccessibleName(accessibleName);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setMouseTracking(true);
    list_->installEventFilter(this);
    card->setProperty("ground", QStringLiteral("panel"));
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setWidget(card);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 10, 12, 10);
    layout->setSpacing(14);
    layout->addWidget(list_);
    layout->addWidget(scroll_, 1);
    connect(list_, &QListWidget::currentItemChanged, this, [this] {
        scroll_->verticalScrollBar()->setValue(0);
        Q_EMIT currentChanged(currentKey());
    });
    connect(list_, &QListWidget::itemClicked, this, [this](const QListWidgetItem* item) {
        if (item->flags() & Qt::ItemIsEnabled) // no heading
            choose();
    });
}

void ChooserPopup::clearEntries() {
    list_->clear();
}

void ChooserPopup::addHeading(const QString& title) {
    auto* heading = new QListWidgetItem(titleText(title), list_);
    heading->setFlags(Qt::NoItemFlags);
    heading->setFont(titleFont(font()));
}

QListWidgetItem* ChooserPopup::addEntry(const QString& text, const QString& key, const QString& description) {
    auto* item = new QListWidgetItem(text, list_);
    item->setData(Qt::UserRole, key);
    item->setData(Qt::AccessibleDescriptionRole, description);
    return item;
}

QString ChooserPopup::currentKey() const {
    const QListWidgetItem* item = list_->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void ChooserPopup::setCurrent(const QString& key) {
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->data(Qt::UserRole).toString() == key)
            list_->setCurrentRow(row);
}

void ChooserPopup::open(const QWidget* anchor, const QString& key) {
    const QRect screen = anchor->screen()->availableGeometry();
    list_->ensurePolished(); // or rows would be measured, and laid out, without the style's padding
    list_->doItemsLayout();
    const int listWidth = std::clamp(list_->sizeHintForColumn(0) + 2 * list_->frameWidth() + listMargin,
                                     leastListWidth, mostListWidth);
    list_->setFixedWidth(listWidth);
    const QSize size(std::min(listWidth + cardWidth + 34, screen.width()),
                     std::min(openHeight, screen.height()));
    const QPoint below = anchor->mapToGlobal(QPoint(0, anchor->height() + 2));
    const int right = std::max(screen.left(), screen.right() + 1 - size.width());
    const int bottom = std::max(screen.top(), screen.bottom() + 1 - size.height());
    setGeometry(QRect(
        QPoint(std::clamp(below.x(), screen.left(), right), std::clamp(below.y(), screen.top(), bottom)),
        size));
    show();
    setCurrent(key);
    Q_EMIT currentChanged(currentKey()); // also where it is the same: the card may be out of date
    list_->setFocus(Qt::PopupFocusReason);
}

void ChooserPopup::choose() {
    const QString key = currentKey();
    if (key.isEmpty())
        return;
    hide();
    Q_EMIT chosen(key);
}

bool ChooserPopup::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // typed letters walk through the list; they are no shortcuts of the window here
        return false;
    }
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) {
            choose();
            return true;
        }
        if (key == Qt::Key_Escape) {
            hide();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace alphascope::ui
