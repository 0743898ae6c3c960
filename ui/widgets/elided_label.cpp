#include "ui/widgets/elided_label.h"

#include "ui/theme/tokens.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace alphascope::ui {

ElidedLabel::ElidedLabel(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text) {
    if (text_ == text) {
        return;
    }
    text_ = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment) {
    alignment_ = alignment;
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode) {
    elide_ = mode;
    update();
}

void ElidedLabel::setMuted(bool muted) {
    muted_ = muted;
    update();
}

QSize ElidedLabel::sizeHint() const {
    const QFontMetricsF metrics(tabularFont(font()));
    return {static_cast<int>(std::ceil(metrics.horizontalAdvance(text_))) + 2,
            static_cast<int>(std::ceil(metrics.height()))};
}

QSize ElidedLabel::minimumSizeHint() const {
    return {0, sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(tabularFont(font()));
    painter.setPen(muted_ || !isEnabled() ? tokens().muted : tokens().text);
    painter.drawText(QRectF(rect()), static_cast<int>(alignment_) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text_, elide_, width()));
}

bool ElidedLabel::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        const bool cut = sizeHint().width() > width() + 2;
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), cut ? text_ : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace alphascope::ui
