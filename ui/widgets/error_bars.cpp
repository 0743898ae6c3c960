#include "ui/widgets/error_bars.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr int rowGap = 2;
constexpr double columnGap = 8;
constexpr double barHeight = 6;
constexpr int figureDecimals = 3;

} // namespace

ErrorBars::ErrorBars(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("errorBars"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ErrorBars::setBars(QList<Bar> bars) {
    if (bars == bars_)
        return;
    bars_ = std::move(bars);
    QStringList spoken;
    for (const Bar& bar : bars_)
        spoken += tr("%1 %2").arg(bar.name, numberText(bar.value, figureDecimals));
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

int ErrorBars::rowHeight() const {
    return fontMetrics().height() + rowGap;
}

QSize ErrorBars::sizeHint() const {
    return {160, rowHeight() * int(bars_.size())};
}

void ErrorBars::paintEvent(QPaintEvent*) {
    if (bars_.isEmpty())
        return;
    const Tokens& t = tokens();
    QPainter painter(this);
    const QFont figures = tabularFont(font());
    const auto byValue = [](const Bar& a, const Bar& b) { return a.value < b.value; };
    const double largest = std::max_element(bars_.cbegin(), bars_.cend(), byValue)->value;
    const auto smallest = std::min_element(bars_.cbegin(), bars_.cend(), byValue);
    double names = 0;
    for (const Bar& bar : bars_)
        names = std::max(names, QFontMetricsF(font()).horizontalAdvance(bar.name));
    const double numbers = QFontMetricsF(figures).horizontalAdvance(numberText(largest, figureDecimals));
    const double left = names + columnGap;
    const double room = std::max(0.0, width() - left - columnGap - numbers);
    for (auto bar = bars_.cbegin(); bar != bars_.cend(); ++bar) {
        const QRectF row(0, rowHeight() * double(bar - bars_.cbegin()), width(), rowHeight());
        painter.setFont(font());
        painter.setPen(t.muted);
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, bar->name);
        const double share = largest > 0 && std::isfinite(bar->value) ? bar->value / largest : 0;
        painter.fillRect(QRectF(left, row.center().y() - barHeight / 2, room * share, barHeight),
                         bar == smallest ? t.accent : mix(t.panel, t.muted, 0.6));
        painter.setFont(figures);
        painter.setPen(t.text);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, numberText(bar->value, figureDecimals));
    }
}

bool ErrorBars::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const qsizetype row = help->pos().y() / std::max(1, rowHeight());
    if (row < bars_.size())
        QToolTip::showText(help->globalPos(), bars_[row].toolTip, this);
    return true;
}

void ErrorBars::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        updateGeometry();
        update();
    }
}

} // namespace alphascope::ui
