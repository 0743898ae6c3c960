// How parallel axes are drawn. Every line muted is one picture, the rest but what is marked another, so that
// neither hovering nor brushing draws hundreds of lines anew.

#include "ui/widgets/parallel_axes.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/figure_axes.h"
#include "ui/widgets/paint_help.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double mutedOpacity = 0.2;
constexpr double mutedWidth = 0; // as thin as can be
constexpr double litWidth = 1.6;
constexpr double litOpacity = 0.92;   // beside muted ones
constexpr double sparseOpacity = 0.8; // of few lines that are all lit
constexpr double denseOpacity = 0.35; // of many
constexpr double denseFrom = 60;      // lines
constexpr double hairFrom = 200;      // lines of one device pixel
constexpr double hoveredWidth = 3;
constexpr double selectedWidth = 2.4;
constexpr double missingShare = 0.6; // of the opacity, where a line leads to "none"
constexpr double dashLength = 4;
constexpr int tracePieces = 14; // between two axes
constexpr double haloWidth = 2; // to each side
constexpr double markRadius = 3.5;
constexpr double tickReach = 4;
constexpr double numberGap = 7;       // from an axis to its numbers
constexpr double numbersApart = 1.25; // heights of a line
constexpr int mostAxisTicks = 6;
constexpr double groundOpacity = 0.72; // behind numbers

} // namespace

QPixmap ParallelAxes::blankLayer() const {
    const double ratio = devicePixelRatioF();
    QPixmap layer((QSizeF(size()) * ratio).toSize());
    layer.setDevicePixelRatio(ratio);
    layer.fill(Qt::transparent);
    return layer;
}

void ParallelAxes::paintMuted() {
    muted_ = blankLayer();
    QPainter painter(&muted_);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor color = tokens().muted;
    color.setAlphaF(static_cast<float>(mutedOpacity));
    for (int line = 0; line < lines_.size(); ++line) {
        paintThin(painter, line, color, mutedWidth);
    }
}

void ParallelAxes::paintLayer() {
    layer_ = blankLayer();
    QPainter painter(&layer_);
    const auto count = static_cast<double>(lines_.size());
    double opacity =
        std::clamp(sparseOpacity * denseFrom / std::max(1.0, count), denseOpacity, sparseOpacity);
    double width = count > hairFrom ? 0 : 1;
    if (isDimming()) {
        opacity = litOpacity;
        width = litWidth;
        if (muted_.isNull() || muted_.devicePixelRatio() != devicePixelRatioF()) {
            paintMuted();
        }
        painter.drawPixmap(0, 0, muted_);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (int line = 0; line < lines_.size(); ++line) {
        if (isLit(line)) {
            QColor color = seriesColor(lines_[line].series);
            color.setAlphaF(static_cast<float>(opacity));
            paintThin(painter, line, color, width);
        }
    }
    for (const int axis : order_) {
        paintAxis(painter, axis);
        paintTicks(painter, axis);
        if (brushes_[axis]) {
            paintBrush(painter, axis);
        }
    }
}

/// Level at the axes; x grows evenly and y as 3t² - 2t³, moved to the side by `aside`.
QPolygonF ParallelAxes::traceOf(int line, int position, double aside) const {
    const QPointF from = placeOf(line, order_[position]);
    const QPointF way = placeOf(line, order_[position + 1]) - from;
    QPolygonF trace;
    for (int i = 0; i <= tracePieces; ++i) {
        const double t = static_cast<double>(i) / tracePieces;
        const QPointF slope(way.x(), way.y() * 6 * t * (1 - t));
        const QPointF normal = QPointF(-slope.y(), slope.x()) / std::hypot(slope.x(), slope.y());
        trace.append(from + QPointF(way.x() * t, way.y() * t * t * (3 - 2 * t)) + aside * normal);
    }
    return trace;
}

/// Qt strokes lines of one device pixel many times as fast as wider ones, so these are made of a few, side by
/// side; of one while an axis follows the mouse. `width` is in logical pixels.
void ParallelAxes::paintThin(QPainter& painter, int line, QColor color, double width) const {
    const double ratio = devicePixelRatioF();
    const int wanted = draggedTo_ ? 1 : static_cast<int>(std::ceil(width * ratio - 0.25));
    const int strands = std::max(1, wanted);
    const double apart = strands > 1 ? (width - 1 / ratio) / (strands - 1) : 0;
    QPen whole(color, 1);
    whole.setCosmetic(true);
    QPen broken = whole; // fainter, and each with dashes elsewhere: many end at the same foot
    color.setAlphaF(static_cast<float>(missingShare * color.alphaF()));
    broken.setColor(color);
    broken.setDashPattern({dashLength * ratio, dashLength * ratio});
    broken.setDashOffset(2 * dashLength * ratio * (line * 7 % 10) / 10);
    for (int position = 0; position + 1 < order_.size(); ++position) {
        const bool missing = !has(line, order_[position]) || !has(line, order_[position + 1]);
        painter.setPen(missing ? broken : whole);
        for (int strand = 0; strand < strands; ++strand) {
            painter.drawPolyline(traceOf(line, position, (strand - (strands - 1) / 2.0) * apart));
        }
    }
}

void ParallelAxes::paintThick(QPainter& painter, int line, QPen pen) const {
    pen.setJoinStyle(Qt::RoundJoin);
    QPen broken = pen;
    broken.setDashPattern({dashLength / pen.widthF(), dashLength / pen.widthF()});
    for (int position = 0; position + 1 < order_.size(); ++position) {
        const bool missing = !has(line, order_[position]) || !has(line, order_[position + 1]);
        painter.setPen(missing ? broken : pen);
        painter.drawPolyline(traceOf(line, position, 0));
    }
}

void ParallelAxes::paintAxis(QPainter& painter, int axis) const {
    const Tokens& t = tokens();
    const bool current = hasFocus() && positionOf(axis) == current_;
    const QPointF top = topOf(axis);
    const QPointF foot = footOf(axis);
    const QColor color = current ? t.accent : mix(t.line, t.muted, 0.75);
    painter.fillRect(QRectF(std::round(top.x()) - 1, top.y(), 2, foot.y() - top.y()), color);
    const QRectF box = titleBox(axis);
    const QFontMetricsF metrics(font());
    painter.setFont(font());
    painter.setPen(current || axis == grabbed_ ? t.text : mix(t.text, t.muted, 0.5));
    painter.drawText(box, Qt::AlignCenter,
                     metrics.elidedText(axes_[axis].title, Qt::ElideRight, box.width()));
    if (current) {
        painter.fillRect(QRectF(box.left(), box.bottom() + 1, box.width(), 2), t.accent);
    }
    const auto lacks = [&](const ParallelLine& line) { return !std::isfinite(line.values[axis]); };
    if (std::any_of(lines_.begin(), lines_.end(), lacks)) {
        const double x = std::round(foot.x());
        const double y = std::round(foot.y() + noneDistance);
        painter.fillRect(QRectF(x - 5, y - 1, 10, 2), color);
        painter.setFont(axisFont(font()));
        painter.setPen(t.muted);
        painter.drawText(QRectF(x - 40, y + 2, 80, labelHeight()), Qt::AlignCenter, tr("none"));
    }
}

void ParallelAxes::paintTicks(QPainter& painter, int axis) const {
    const engine::FigureScale& scale = scales_[static_cast<std::size_t>(axis)];
    QVector<double> taken;
    const QStringList& choices = axes_[axis].choices;
    for (qsizetype i = 0; i < choices.size(); ++i) {
        paintTick(painter, axis, static_cast<double>(i), choices[i], taken);
    }
    const auto [low, high] = rangeOf(axis);
    if (!choices.isEmpty() || low > high) {
        return;
    }
    paintTick(painter, axis, low, shortText(low), taken);
    if (high > low) {
        paintTick(painter, axis, high, shortText(high), taken);
        const int wanted =
            std::clamp(static_cast<int>(area_.height() / (2.6 * labelHeight())), 1, mostAxisTicks);
        const std::vector<double> ticks = scale.isLogarithmic()
                                              ? engine::decadeTicks(low, high, 2 * mostAxisTicks)
                                              : engine::roundTicks(low, high, wanted);
        const QStringList texts = tickTexts(ticks);
        for (std::size_t i = 0; i < ticks.size(); ++i) {
            paintTick(painter, axis, ticks[i],
                      scale.isLogarithmic() ? settingText(ticks[i]) : texts[static_cast<qsizetype>(i)],
                      taken);
        }
    }
}

/// The words only where none of `taken` is near.
void ParallelAxes::paintTick(QPainter& painter, int axis, double value, const QString& words,
                             QVector<double>& taken) const {
    const Tokens& t = tokens();
    const double x = std::round(xOf(axis));
    const double y = scales_[static_cast<std::size_t>(axis)].at(value);
    paintGridLine(painter, {x - tickReach, y}, {x, y}, mix(t.line, t.muted, 0.75));
    const auto isNear = [&](double other) { return std::abs(other - y) < numbersApart * labelHeight(); };
    if (std::any_of(taken.begin(), taken.end(), isNear)) {
        return;
    }
    taken.append(y);
    painter.setFont(axisFont(font()));
    const QFontMetricsF metrics(painter.font());
    const double room = positionOf(axis) == 0 ? x - numberGap : (xs_[1] - xs_[0]) / 2;
    const QString shown = metrics.elidedText(words, Qt::ElideRight, room);
    const double wide = std::ceil(metrics.horizontalAdvance(shown)) + 2;
    const QRectF box(x - numberGap - wide, y - labelHeight() / 2, wide, labelHeight());
    QColor ground = t.panel; // lines pass behind
    ground.setAlphaF(static_cast<float>(groundOpacity));
    painter.fillRect(box, ground);
    painter.setPen(t.muted);
    painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, shown);
}

void ParallelAxes::paintBrush(QPainter& painter, int axis) const {
    const Tokens& t = tokens();
    const QRectF box = brushBox(axis);
    QColor ground = t.accent;
    ground.setAlphaF(0.32F);
    painter.fillRect(box, ground);
    for (const double y : {box.top(), box.bottom()}) { // the ends, which can be grasped
        painter.fillRect(QRectF(std::round(box.left()), std::round(y) - 1, std::round(box.width()), 2),
                         t.accent);
    }
}

void ParallelAxes::paintMarked(QPainter& painter, int line, double width, const QColor& rings) const {
    const QColor color = seriesColor(lines_[line].series);
    paintThick(painter, line, QPen(tokens().panel, width + 2 * haloWidth));
    paintThick(painter, line, QPen(color, width));
    painter.setPen(QPen(rings, 2));
    painter.setBrush(tokens().panel);
    for (const int axis : order_) {
        painter.drawEllipse(placeOf(line, axis), markRadius, markRadius);
    }
}

/// Beside the axis, on the side away from its numbers where there is room.
void ParallelAxes::paintValue(QPainter& painter, int line, int axis) const {
    const Tokens& t = tokens();
    if (!has(line, axis)) {
        return;
    }
    const double value = lines_[line].values[axis];
    const QStringList& choices = axes_[axis].choices;
    const QString words =
        choices.isEmpty() ? settingText(value) : choices.value(static_cast<qsizetype>(std::lround(value)));
    painter.setFont(axisFont(font()));
    const QFontMetricsF metrics(painter.font());
    const QPointF at = placeOf(line, axis);
    QRectF box(at.x() + markRadius + 4, at.y() - labelHeight() / 2 - 1,
               std::ceil(metrics.horizontalAdvance(words)) + 8, labelHeight() + 2);
    if (box.right() > width() - 1) {
        box.moveRight(at.x() - markRadius - 4);
    }
    painter.setPen(QPen(t.line, 1));
    painter.setBrush(t.panel);
    painter.drawRoundedRect(box.toRect(), 3, 3);
    painter.setPen(t.text);
    painter.drawText(box, Qt::AlignCenter, words);
}

void ParallelAxes::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (isEmpty()) {
        paintEmptyGround(painter, rect());
        paintEmptyText(painter, rect(), emptyTitle_, emptyHint_);
    } else {
        if (layer_.isNull() || layer_.devicePixelRatio() != devicePixelRatioF()) {
            paintLayer();
        }
        painter.drawPixmap(0, 0, layer_);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (selected_ >= 0) {
        paintMarked(painter, selected_, selectedWidth, tokens().amber);
    }
    if (hovered_ >= 0) {
        paintMarked(painter, hovered_, hoveredWidth, seriesColor(lines_[hovered_].series));
    }
    if (const int told = hovered_ >= 0 ? hovered_ : selected_; told >= 0) {
        for (const int axis : order_) {
            paintValue(painter, told, axis);
        }
    }
    if (hasFocus()) {
        paintFocusRing(painter, rect(), tokens().controlRadius);
    }
}

} // namespace alphascope::ui
