#include "ui/widgets/bar_row.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

#include "ui/theme/tokens.h"

namespace alphascope::ui {

BarRow::BarRow(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BarRow::setValues(const QVector<double>& values, const QVector<bool>& marked, double reference) {
    values_ = values;
    marked_ = marked;
    reference_ = reference;
    update();
}

int BarRow::barAt(double x) const {
    return values_.isEmpty() ? -1
                             : std::clamp(int(x * double(values_.size()) / std::max(1, width())), 0,
                                          int(values_.size()) - 1);
}

void BarRow::paintEvent(QPaintEvent*) {
    if (values_.isEmpty())
        return;
    const Tokens& t = tokens();
    QPainter painter(this);
    const double largest = std::max(*std::max_element(values_.begin(), values_.end()), 1.2 * reference_);
    const double slot = double(width()) / double(values_.size());
    const double gap = slot > 3 ? 1.0 : 0.0;
    for (qsizetype i = 0; i < values_.size(); ++i) {
        // A mark is short where it warns of nothing being there; so it keeps three pixels.
        const double high = std::max(marked_.value(i) ? 3.0 : 1.0, values_[i] / largest * (height() - 1));
        painter.fillRect(QRectF(double(i) * slot, height() - high, std::max(1.0, slot - gap), high),
                         marked_.value(i) ? t.red : mix(t.panel, t.accent, 0.75));
    }
    painter.setPen(QPen(t.muted, 1, Qt::DashLine));
    const double y = std::floor(height() - reference_ / largest * (height() - 1)) + 0.5;
    painter.drawLine(QPointF(0, y), QPointF(width(), y));
}

bool BarRow::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = texts_.value(barAt(help->pos().x()));
        if (!text.isEmpty())
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace alphascope::ui
