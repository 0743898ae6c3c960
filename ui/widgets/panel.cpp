#include "ui/widgets/panel.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/paint_help.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>
#include <QSplitter>

#include <cmath>

namespace alphascope::ui {

Panel::Panel(const QString& title, QWidget* parent)
    : QFrame(parent), titleLabel_(new QLabel(this)), caption_(new ElidedLabel(this)),
      headerBox_(new QWidget(this)) {
    const Tokens& t = tokens();
    titleLabel_->setProperty("role", QStringLiteral("title"));
    titleLabel_->setTextFormat(Qt::PlainText);
    caption_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    caption_->setElideMode(Qt::ElideMiddle);

    header_ = new QHBoxLayout(headerBox_);
    header_->setContentsMargins(0, 0, 0, 0);
    header_->setSpacing(8);
    header_->addWidget(titleLabel_);
    header_->addWidget(caption_, 1);
    headerBox_->setMinimumHeight(22);

    outer_ = new QVBoxLayout(this);
    outer_->setContentsMargins(t.padding, 6, t.padding, t.padding);
    outer_->setSpacing(6);
    content_ = new QVBoxLayout;
    content_->setContentsMargins(0, 0, 0, 0);
    content_->setSpacing(t.gap);
    outer_->addWidget(headerBox_);
    outer_->addLayout(content_, 1);
    setTitle(title);
}

void Panel::setTitle(const QString& title) {
    title_ = title;
    titleLabel_->setText(titleText(title));
    if (!title.isEmpty()) {
        setAccessibleName(title);
    }
    refreshHeader();
}

void Panel::setCaption(const QString& caption) {
    caption_->setText(caption);
    refreshHeader();
}

QString Panel::caption() const {
    return caption_->text();
}

void Panel::addHeaderWidget(QWidget* widget) {
    header_->addWidget(widget, 0, Qt::AlignVCenter);
    ++headerWidgets_;
    refreshHeader();
}

void Panel::setContent(QWidget* widget) {
    content_->addWidget(widget, 1);
}

void Panel::refreshHeader() {
    titleLabel_->setFont(titleFont(font()));
    headerBox_->setVisible(!title_.isEmpty() || !caption_->text().isEmpty() || headerWidgets_ > 0);
}

MessageBar* Panel::showMessage(MessageKind kind, const QString& text, const QString& details,
                               const QString& actionLabel, std::function<void()> action) {
    if (!message_) {
        message_ = new MessageBar(this);
        outer_->insertWidget(1, message_);
        connect(message_, &MessageBar::dismissed, this, &Panel::messageDismissed);
    }
    message_->setMessage(kind, text, details, actionLabel, std::move(action));
    message_->show();
    return message_;
}

void Panel::clearMessage() {
    if (message_) {
        message_->hide();
    }
}

bool Panel::hasMessage() const {
    return message_ && !message_->isHidden();
}

void Panel::paintEvent(QPaintEvent* event) {
    const Tokens& t = tokens();
    QPainter painter(this);
    // What lies in the panel and is painted often uncovers a part of its inside: a plain fill, not the whole
    // antialiased shape (see paintRoundedGround).
    const int radius = static_cast<int>(std::ceil(t.panelRadius));
    if (rect().adjusted(1, radius, -1, -radius).contains(event->rect())) {
        for (const QRect& part : event->region()) {
            paintInStrips(painter, part, [&] { painter.fillRect(part, t.panel); });
        }
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.line);
    painter.setBrush(t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), t.panelRadius, t.panelRadius);
}

void Panel::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        refreshHeader();
    }
    if (event->type() == QEvent::StyleChange) {
        update();
    }
}

QSplitter* panelSplitter(Qt::Orientation orientation) {
    auto* result = new QSplitter(orientation);
    result->setHandleWidth(tokens().gap);
    result->setChildrenCollapsible(false);
    return result;
}

} // namespace alphascope::ui
