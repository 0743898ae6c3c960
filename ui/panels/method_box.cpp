#include "ui/panels/method_box.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QScreen>
#include <QScrollArea>

#include <algorithm>

#include "ui/models/method_text.h"
#include "ui/panels/method_card.h"
#include "ui/theme/tokens.h"

namespace alphascope::ui {

namespace {

constexpr int listWidth = 190;
constexpr int cardWidth = 440;
constexpr int openHeight = 460;

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

} // namespace

std::vector<const models::MethodTraits*> byFamily(const std::vector<models::MethodTraits>& methods) {
    std::vector<const models::MethodTraits*> result;
    for (const models::MethodTraits& traits : methods) {
        const auto after =
            std::find_if(result.rbegin(), result.rend(),
                         [&](const models::MethodTraits* other) { return other->family == traits.family; });
        result.insert(after == result.rend() ? result.end() : after.base(), &traits);
    }
    return result;
}

// ---- the panel ------------------------------------------------------------------------------------------

MethodPopup::MethodPopup(const std::vector<models::MethodTraits>& methods, QWidget* parent)
    : QFrame(parent, Qt::Popup), methods_(methods), list_(new QListWidget(this)), card_(new MethodCard(true)),
      scroll_(new QScrollArea(this)) {
    setObjectName(QStringLiteral("methodPopup"));
    setProperty("ground", QStringLiteral("popup"));
    list_->setObjectName(QStringLiteral("methodList"));
    list_->setAccessibleName(tr("Methods by family"));
    list_->setFixedWidth(listWidth);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setMouseTracking(true);
    list_->installEventFilter(this);
    card_->setProperty("ground", QStringLiteral("panel"));
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setWidget(card_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 10, 12, 10);
    layout->setSpacing(14);
    layout->addWidget(list_);
    layout->addWidget(scroll_, 1);
    fill();
    connect(list_, &QListWidget::currentItemChanged, this, &MethodPopup::showCurrent);
    connect(list_, &QListWidget::itemEntered, this, [this](QListWidgetItem* item) {
        if (item->flags() & Qt::ItemIsEnabled)
            list_->setCurrentItem(item);
    });
    connect(list_, &QListWidget::itemClicked, this, &MethodPopup::choose);
}

void MethodPopup::fill() {
    const models::MethodTraits* before = nullptr;
    for (const models::MethodTraits* traits : byFamily(methods_)) {
        if (!before || before->family != traits->family) {
            auto* heading = new QListWidgetItem(titleText(tr(models::toText(traits->family))), list_);
            heading->setFlags(Qt::NoItemFlags);
            heading->setFont(titleFont(font()));
        }
        before = traits;
        auto* item = new QListWidgetItem(text(traits->title), list_);
        item->setData(Qt::UserRole, text(traits->name));
        item->setData(Qt::AccessibleDescriptionRole, familyAndYear(*traits));
    }
}

void MethodPopup::open(const QWidget* anchor, const QString& name) {
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->data(Qt::UserRole).toString() == name)
            list_->setCurrentRow(row);
    showCurrent();
    const QRect screen = anchor->screen()->availableGeometry();
    const QSize size(std::min(listWidth + cardWidth + 34, screen.width()),
                     std::min(openHeight, screen.height()));
    QPoint place = anchor->mapToGlobal(QPoint(0, anchor->height() + 2));
    place.setX(
        std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() + 1 - size.width())));
    place.setY(
        std::clamp(place.y(), screen.top(), std::max(screen.top(), screen.bottom() + 1 - size.height())));
    setGeometry(QRect(place, size));
    show();
    list_->setFocus(Qt::PopupFocusReason);
}

void MethodPopup::showCurrent() {
    const QListWidgetItem* item = list_->currentItem();
    const std::string name = item ? item->data(Qt::UserRole).toString().toStdString() : std::string();
    for (const models::MethodTraits& traits : methods_)
        if (traits.name == name)
            card_->setMethod(traits);
    scroll_->ensureVisible(0, 0);
}

void MethodPopup::choose() {
    const QListWidgetItem* item = list_->currentItem();
    if (!item)
        return;
    const QString name = item->data(Qt::UserRole).toString();
    hide();
    Q_EMIT chosen(name);
}

bool MethodPopup::eventFilter(QObject* watched, QEvent* event) {
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
    return QFrame::eventFilter(watched, event);
}

// ---- the box --------------------------------------------------------------------------------------------

MethodBox::MethodBox(const std::vector<models::MethodTraits>& methods, QWidget* parent)
    : FormCombo(parent), popup_(new MethodPopup(methods, this)) {
    setObjectName(QStringLiteral("methodBox"));
    for (const models::MethodTraits* traits : byFamily(methods)) {
        addItem(text(traits->title), text(traits->name));
        setItemData(count() - 1, methodToolTip(*traits), Qt::ToolTipRole);
    }
    connect(popup_, &MethodPopup::chosen, this, [this](const QString& name) {
        const int index = findData(name);
        if (index < 0 || index == currentIndex())
            return;
        setCurrentIndex(index);
        Q_EMIT activated(index);
    });
}

void MethodBox::showPopup() {
    popup_->open(this, currentData().toString());
}

void MethodBox::hidePopup() {
    popup_->hide();
    QComboBox::hidePopup();
}

} // namespace alphascope::ui
