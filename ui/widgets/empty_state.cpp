#include "ui/widgets/empty_state.h"

#include "ui/theme/icons.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace alphascope::ui {

namespace {

constexpr int readableWidth = 520; // of a line of text
constexpr int leastMargin = 9;

} // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent), icon_(new QLabel(this)), title_(new QLabel(this)), hint_(new QLabel(this)),
      action_(new QPushButton(this)) {
    title_->setAlignment(Qt::AlignCenter);
    title_->setWordWrap(true);
    hint_->setAlignment(Qt::AlignCenter);
    hint_->setWordWrap(true);
    hint_->setProperty("role", QStringLiteral("hint"));
    icon_->setAlignment(Qt::AlignCenter);
    action_->setObjectName(QStringLiteral("emptyAction"));
    action_->hide();
    auto* box = new QVBoxLayout(this);
    box->setSpacing(6);
    box->addStretch(2);
    box->addWidget(icon_);
    box->addWidget(title_);
    box->addWidget(hint_);
    box->addSpacing(6);
    box->addWidget(action_, 0, Qt::AlignHCenter);
    box->addStretch(3);
    connect(action_, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setIconName(const QString& name) {
    iconName_ = name;
    refreshIcon();
}

void EmptyState::setText(const QString& title, const QString& hint) {
    title_->setText(title);
    hint_->setText(hint);
    hint_->setVisible(!hint.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(hint);
}

void EmptyState::setAction(const QString& label) {
    action_->setText(label);
    action_->setVisible(!label.isEmpty());
}

void EmptyState::addBelow(QWidget* widget) {
    auto* box = static_cast<QVBoxLayout*>(layout());
    box->insertWidget(box->count() - 1, widget, 0, Qt::AlignHCenter); // before the stretch
}

void EmptyState::refreshIcon() {
    icon_->setVisible(!iconName_.isEmpty());
    icon_->setPixmap(icon(iconName_, IconColor::Muted).pixmap(QSize(28, 28), devicePixelRatioF()));
}

void EmptyState::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && !iconName_.isEmpty()) {
        refreshIcon();
    }
}

void EmptyState::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int side = std::max(leastMargin, (width() - readableWidth) / 2);
    layout()->setContentsMargins(side, leastMargin, side, leastMargin);
}

} // namespace alphascope::ui
