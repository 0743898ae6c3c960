#include "ui/widgets/status_pill.h"

#include "ui/theme/tokens.h"

#include <QEvent>
#include <QPainter>

#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double dotSide = 8;

QColor dotColor(PillDot dot) {
    const Tokens& t = tokens();
    switch (dot) {
    case PillDot::Accent:
        return t.accent;
    case PillDot::Good:
        return t.green;
    case PillDot::Warning:
        return t.amber;
    case PillDot::Bad:
        return t.red;
    case PillDot::None:
    case PillDot::Neutral:
        break;
    }
    return t.muted;
}

} // namespace

StatusPill::StatusPill(const QString& text, PillDot dot, QWidget* parent)
    : QAbstractButton(parent), dot_(dot) {
    setText(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setClickable(false);
}

void StatusPill::setDot(PillDot dot) {
    if (dot_ == dot) {
        return;
    }
    const bool resized = (dot_ == PillDot::None) != (dot == PillDot::None);
    dot_ = dot;
    if (resized) {
        updateGeometry();
    }
    update();
}

void StatusPill::setClickable(bool clickable) {
    clickable_ = clickable;
    setFocusPolicy(clickable ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

QSize StatusPill::sizeHint() const {
    const QFontMetricsF metrics(tabularFont(font()));
    const double dot = dot_ == PillDot::None ? 0 : dotSide + 6;
    return {static_cast<int>(std::ceil(metrics.horizontalAdvance(text()) + dot + 20)),
            static_cast<int>(std::ceil(metrics.height() + 7))};
}

QSize StatusPill::minimumSizeHint() const {
    return sizeHint();
}

void StatusPill::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool active = clickable_ && isEnabled() && (underMouse() || isDown());
    const bool on = isCheckable() && isChecked();
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = frame.height() / 2;
    QColor ground = on ? mix(t.panel, t.accent, 0.2) : t.raised;
    if (active) {
        ground = mix(ground, t.text, isDown() ? 0.13 : 0.07);
    }
    painter.setPen(on ? mix(t.panel, t.accent, 0.6) : t.line);
    painter.setBrush(ground);
    painter.drawRoundedRect(frame, radius, radius);
    if (hasFocus()) {
        painter.setPen(QPen(t.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    QRectF textRect = frame.adjusted(10, 0, -10, 0);
    if (dot_ != PillDot::None) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isEnabled() ? dotColor(dot_) : t.line);
        painter.drawEllipse(QRectF(textRect.left(), frame.center().y() - dotSide / 2, dotSide, dotSide));
        textRect.setLeft(textRect.left() + dotSide + 6);
    }
    painter.setFont(tabularFont(font()));
    painter.setPen(!isEnabled() ? mix(t.panel, t.muted, 0.6) : clickable_ ? t.text : t.muted);
    painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft, text());
}

void StatusPill::enterEvent(QEnterEvent* event) {
    QAbstractButton::enterEvent(event);
    update();
}

void StatusPill::leaveEvent(QEvent* event) {
    QAbstractButton::leaveEvent(event);
    update();
}

void StatusPill::changeEvent(QEvent* event) {
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
    if (event->type() == QEvent::StyleChange) {
        update();
    }
}

bool StatusPill::hitButton(const QPoint& position) const {
    return clickable_ && rect().contains(position);
}

} // namespace alphascope::ui
