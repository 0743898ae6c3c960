#include "ui/widgets/message_bar.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace alphascope::ui {

namespace {

QColor colorOf(MessageKind kind) {
    switch (kind) {
    case MessageKind::Info:
        return tokens().accent;
    case MessageKind::Success:
        return tokens().green;
    case MessageKind::Warning:
        return tokens().amber;
    case MessageKind::Error:
        return tokens().red;
    }
    return tokens().accent;
}

QIcon iconOf(MessageKind kind) {
    switch (kind) {
    case MessageKind::Info:
        return icon(QStringLiteral("info"), IconColor::Accent);
    case MessageKind::Success:
        return icon(QStringLiteral("check"), IconColor::Green);
    case MessageKind::Warning:
        return icon(QStringLiteral("warning"), IconColor::Amber);
    case MessageKind::Error:
        return icon(QStringLiteral("error"), IconColor::Red);
    }
    return {};
}

QLabel* textLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // the text may quote a file
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), icon_(new QLabel(this)), text_(textLabel(this)), details_(textLabel(this)),
      unfold_(new QToolButton(this)), actionButton_(new QPushButton(this)), close_(new QToolButton(this)) {
    setObjectName(QStringLiteral("messageBar"));
    setAccessibleName(tr("Message"));
    text_->setObjectName(QStringLiteral("messageText"));
    details_->setObjectName(QStringLiteral("messageDetails"));
    details_->setProperty("role", QStringLiteral("hint"));

    unfold_->setObjectName(QStringLiteral("messageUnfold"));
    unfold_->setCheckable(true);
    unfold_->setText(tr("Details"));
    unfold_->setAccessibleName(tr("Show details"));
    close_->setObjectName(QStringLiteral("messageClose"));
    close_->setIcon(icon(QStringLiteral("close"), IconColor::Muted));
    close_->setIconSize({12, 12});
    close_->setToolTip(tr("Dismiss (Esc)"));
    close_->setAccessibleName(tr("Dismiss message"));
    actionButton_->setObjectName(QStringLiteral("messageAction"));
    close_->setProperty("flat", true);
    unfold_->setProperty("link", true);
    actionButton_->setProperty("link", true);

    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(10, 5, 5, 5);
    line->setSpacing(8);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(3);
    texts->setContentsMargins(0, 3, 0, 3);
    texts->addWidget(text_);
    texts->addWidget(details_);
    auto* links = new QHBoxLayout;
    links->setContentsMargins(0, 0, 0, 0);
    links->setSpacing(4);
    links->addWidget(actionButton_);
    links->addWidget(unfold_);
    links->addStretch();
    texts->addLayout(links);
    icon_->setFixedSize(16, 22);
    line->addWidget(icon_, 0, Qt::AlignTop);
    line->addLayout(texts, 1);
    line->addWidget(close_, 0, Qt::AlignTop);

    connect(unfold_, &QToolButton::toggled, details_, &QWidget::setVisible);
    connect(actionButton_, &QPushButton::clicked, this, [this] {
        if (action_) {
            // A copy: the action may replace the message, and with it action_.
            const auto action = action_;
            action();
        }
    });
    connect(close_, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT dismissed();
    });
    setMessage(MessageKind::Info, {});
}

void MessageBar::setMessage(MessageKind kind, const QString& text, const QString& details,
                            const QString& actionLabel, std::function<void()> action) {
    kind_ = kind;
    action_ = std::move(action);
    text_->setText(text);
    details_->setText(details);
    unfold_->setChecked(false);
    details_->hide();
    unfold_->setVisible(!details.isEmpty());
    actionButton_->setText(actionLabel);
    actionButton_->setVisible(!actionLabel.isEmpty());
    setAccessibleDescription(text);
    refreshColors();
}

QString MessageBar::text() const {
    return text_->text();
}

QString MessageBar::details() const {
    return details_->text();
}

void MessageBar::refreshColors() {
    icon_->setPixmap(iconOf(kind_).pixmap(QSize(16, 16), devicePixelRatioF()));
    update();
}

void MessageBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        refreshColors();
    }
}

void MessageBar::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(mix(t.panel, colorOf(kind_), 0.35));
    painter.setBrush(mix(t.panel, colorOf(kind_), t.dark ? 0.14 : 0.10));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), t.controlRadius, t.controlRadius);
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        close_->click();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace alphascope::ui
