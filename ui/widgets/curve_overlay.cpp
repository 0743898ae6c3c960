#include "ui/widgets/curve_overlay.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/curve_axes.h"
#include "ui/widgets/paint_help.h"
#include "ui/widgets/series_mark.h"

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double inset = 8;

void paintBoxGround(QPainter& painter, const QRectF& box) {
    const Tokens& t = tokens();
    QColor ground = t.raised;
    ground.setAlphaF(0.95F);
    painter.setPen(QPen(t.line, 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(box, t.controlRadius, t.controlRadius);
}

} // namespace

CurveOverlay::CurveOverlay(CurvePlot::Private* d, QWidget* parent) : QWidget(parent), d_(d) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setObjectName(QStringLiteral("curveOverlay"));
}

void CurveOverlay::setPointer(std::optional<QPointF> position) {
    if (pointer_ != position) {
        pointer_ = position;
        update();
    }
}

void CurveOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = d_->plot->axisRect()->rect();
    const bool empty = std::none_of(d_->order.cbegin(), d_->order.cend(),
                                    [](const auto* series) { return series->data.count() > 0; });
    if (empty) {
        painter.fillRect(QRectF(rect()), tokens().panel);
        paintEmptyText(painter, rect(), d_->emptyTitle, d_->emptyHint);
    } else {
        paintInherited(painter, area);
    }
    if (!empty && pointer_ && area.contains(*pointer_) && !d_->pressed) {
        paintCrossHair(painter, area);
    }
    if (d_->q->hasFocus() || d_->plot->hasFocus()) {
        paintFocusRing(painter, rect(), 4);
    }
}

/// A veil over what another run wrote.
void CurveOverlay::paintInherited(QPainter& painter, const QRectF& area) {
    const double x = d_->inheritedUntil ? d_->xOfStep(*d_->inheritedUntil) : std::nan("");
    if (!std::isfinite(x)) {
        return;
    }
    QRectF veil = area;
    veil.setRight(std::clamp(d_->plot->xAxis->coordToPixel(x), area.left(), area.right()));
    QColor ground = tokens().panel;
    ground.setAlphaF(0.6F);
    painter.fillRect(veil, ground);
}

void CurveOverlay::paintCrossHair(QPainter& painter, const QRectF& area) {
    painter.setFont(d_->plot->yAxis->tickLabelFont());
    if (const auto* mark = d_->markNear(*pointer_)) {
        paintSentence(painter, area,
                      axisValueText(CurveAxis::Step, mark->step) + QStringLiteral(": ") + mark->sentence);
        return;
    }
    double at = 0;
    const auto readings = d_->readings(d_->plot->xAxis->pixelToCoord(pointer_->x()), &at);
    if (readings.empty()) {
        return;
    }
    const double x = std::round(d_->plot->xAxis->coordToPixel(at)) + 0.5;
    if (x < area.left() || x > area.right() + 1) {
        return;
    }
    QColor line = tokens().text;
    line.setAlphaF(0.4F);
    painter.setPen(QPen(line, 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    for (const auto& reading : readings) {
        if (reading.drawable && area.adjusted(-2, -2, 2, 2).contains(reading.at)) {
            paintSeriesShape(painter, SeriesShape::Disc, reading.at, 11, tokens().panel);
            paintSeriesShape(painter, seriesShape(reading.colorIndex), reading.at, 8,
                             seriesColor(reading.colorIndex));
        }
    }
    paintBox(painter, area, x, axisValueText(d_->axis, at), readings);
}

void CurveOverlay::paintBox(QPainter& painter, const QRectF& area, double x, const QString& title,
                            const std::vector<CurvePlot::Private::Reading>& readings) {
    const Tokens& t = tokens();
    const QFontMetricsF metrics(painter.font());
    const bool both = d_->smoothing > 0;
    // What is raw: the value where the other one is smoothed, and its interval.
    const auto rawText = [both](const CurvePlot::Private::Reading& reading) {
        const QString value = both ? curveValueText(reading.value) : QString();
        return reading.interval.isEmpty() ? value
               : both                     ? QStringLiteral("%1 (%2)").arg(value, reading.interval)
                                          : QStringLiteral("(%1)").arg(reading.interval);
    };
    double labels = 0;
    double values = 0;
    double raws = 0;
    for (const auto& reading : readings) {
        labels = std::max(labels, metrics.horizontalAdvance(reading.label));
        values = std::max(values, metrics.horizontalAdvance(curveValueText(reading.smoothed)));
        const QString raw = rawText(reading);
        raws = std::max(raws, raw.isEmpty() ? 0.0 : metrics.horizontalAdvance(raw) + 10);
    }
    const double row = metrics.height() + 3;
    const double width =
        std::max(metrics.horizontalAdvance(title), 16 + labels + 12 + values + raws) + 2 * inset;
    const double height = row * static_cast<double>(readings.size() + 1) + 2 * inset - 4;
    QRectF box(x + 12, area.top() + 6, width, height);
    if (box.right() > area.right()) {
        box.moveRight(x - 12);
    }
    box.moveLeft(std::max(box.left(), 2.0));
    paintBoxGround(painter, box);
    const QRectF inner = box.adjusted(inset, inset - 2, -inset, -inset + 2);
    painter.setPen(t.muted);
    painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), row), Qt::AlignVCenter | Qt::AlignLeft,
                     title);
    double y = inner.top() + row;
    for (const auto& reading : readings) {
        const QRectF line(inner.left(), y, inner.width(), row);
        paintSeriesShape(painter, seriesShape(reading.colorIndex), {line.left() + 4, line.center().y()}, 7,
                         seriesColor(reading.colorIndex));
        painter.setPen(t.text);
        painter.drawText(line.adjusted(16, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, reading.label);
        painter.drawText(line.adjusted(0, 0, -raws, 0), Qt::AlignVCenter | Qt::AlignRight,
                         curveValueText(reading.smoothed));
        painter.setPen(t.muted);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, rawText(reading));
        y += row;
    }
}

void CurveOverlay::paintSentence(QPainter& painter, const QRectF& area, const QString& sentence) {
    const double widest = std::min(320.0, area.width() - 24);
    const QRectF text = painter.boundingRect(QRectF(0, 0, widest, 1000), Qt::TextWordWrap, sentence);
    QRectF box(0, 0, text.width() + 2 * inset, text.height() + 2 * inset - 4);
    box.moveTopLeft({pointer_->x() + 12, area.top() + 20});
    if (box.right() > area.right()) {
        box.moveRight(pointer_->x() - 12);
    }
    box.moveLeft(std::max(box.left(), 2.0));
    paintBoxGround(painter, box);
    painter.setPen(tokens().text);
    painter.drawText(box.adjusted(inset, inset - 2, -inset, -inset + 2), Qt::TextWordWrap, sentence);
}

} // namespace alphascope::ui
