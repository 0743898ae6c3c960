#include "ui/widgets/scatter_view.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/field_picture.h"
#include "ui/widgets/legend_bar.h"
#include "ui/widgets/paint_help.h"
#include "ui/widgets/series_mark.h"

#include <QEvent>
#include <QHash>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

// Colours and shapes of the layers, as those of curves.
constexpr int realSeries = 7;
constexpr int sampleSeries = 1;
constexpr int pairSeries = 2;
constexpr int arrowSeries = 3;
constexpr int fieldSeries = 0;

constexpr double pointSize = 5;
constexpr double longestArrow = 26; // pixels; the others by their share
constexpr double gridStep = 0.5;

bool finite(const QPointF& point) {
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

bool finite(const QLineF& line) {
    return finite(line.p1()) && finite(line.p2());
}

template <typename Item>
int dropNonFinite(QVector<Item>& items) {
    return static_cast<int>(items.removeIf([](const Item& item) { return !finite(item); }));
}

/// Rows from the top, as pictures have them; high for what D takes as real.
QVector<float> asPicture(const ScatterContent& content) {
    const int side = content.fieldSide;
    QVector<float> values(content.field.size());
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            const float value = content.field[qsizetype(side - 1 - row) * side + column];
            values[qsizetype(row) * side + column] = content.fieldIsEnergy ? -value : value;
        }
    }
    return values;
}

} // namespace

ScatterView::ScatterView(QWidget* parent)
    : QWidget(parent), legend_(new LegendBar(this)), emptyTitle_(tr("No points yet")) {
    setObjectName(QStringLiteral("scatterView"));
    setAccessibleName(tr("Points of the data and of the model"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(legend_, &LegendBar::toggled, this, [this](const QString& layer, bool visible) {
        setLayerVisible(layer, visible);
        Q_EMIT layerToggled(layer, visible);
    });
    refreshLegend();
}

void ScatterView::setContent(ScatterContent content) {
    content_ = std::move(content);
    left_ = dropNonFinite(content_.real) + dropNonFinite(content_.samples) + dropNonFinite(content_.pairs);
    dropNonFinite(content_.arrows);
    if (content_.fieldSide < 2 ||
        content_.field.size() != qsizetype(content_.fieldSide) * content_.fieldSide) {
        content_.field.clear();
        content_.fieldSide = 0;
    }
    fieldStale_ = true;
    refreshLegend();
    describe();
    update();
}

void ScatterView::clear() {
    setContent({});
}

void ScatterView::setEmptyText(const QString& title, const QString& hint) {
    emptyTitle_ = title;
    emptyHint_ = hint;
    update();
}

void ScatterView::setLayerVisible(const QString& layer, bool visible) {
    if (visible == isLayerVisible(layer)) {
        return;
    }
    visible ? void(hidden_.remove(layer)) : void(hidden_.insert(layer));
    refreshLegend();
    update();
}

QStringList ScatterView::layers() const {
    QStringList result;
    const auto add = [&](const char* name, bool present) {
        if (present) {
            result << QString::fromLatin1(name);
        }
    };
    add("real", !content_.real.isEmpty());
    add("samples", !content_.samples.isEmpty());
    add("pairs", !content_.pairs.isEmpty());
    add("arrows", !content_.arrows.isEmpty());
    add("field", content_.fieldSide > 0);
    return result;
}

bool ScatterView::shows(const char* layer) const {
    return isLayerVisible(QString::fromLatin1(layer));
}

void ScatterView::refreshLegend() {
    const QHash<QString, LegendBar::Entry> known{
        {QStringLiteral("real"), {{}, tr("real"), realSeries, true, tr("Held-out points of the data")}},
        {QStringLiteral("samples"), {{}, tr("generated"), sampleSeries, true, tr("From fixed codes")}},
        {QStringLiteral("pairs"),
         {{}, tr("rebuilt"), pairSeries, true, tr("From a real point to what the model makes of its code")}},
        {QStringLiteral("arrows"),
         {{},
          tr("gradient"),
          arrowSeries,
          true,
          tr("Where the discriminator would push the generated points; the longest is the strongest")}},
        {QStringLiteral("field"),
         {{},
          content_.fieldIsEnergy ? tr("D's energy") : tr("D's logit"),
          fieldSeries,
          true,
          content_.fieldIsEnergy ? tr("Low (blue) where the discriminator takes a point as real")
                                 : tr("High (blue) where the discriminator takes a point as real")}}};
    QVector<LegendBar::Entry> entries;
    for (const QString& layer : layers()) {
        LegendBar::Entry entry = known.value(layer);
        entry.name = layer;
        entry.visible = isLayerVisible(layer);
        entries.append(entry);
    }
    legend_->setEntries(entries);
    placeLegend();
}

void ScatterView::placeLegend() {
    legend_->setGeometry(0, 0, width(), legend_->heightForWidth(width()));
}

void ScatterView::describe() {
    QStringList parts{tr("%1 real points").arg(content_.real.size()),
                      tr("%1 generated").arg(content_.samples.size())};
    if (!content_.pairs.isEmpty()) {
        double length = 0;
        for (const QLineF& pair : content_.pairs) {
            length += pair.length();
        }
        parts << tr("%1 rebuilt, on average %2 beside the original")
                     .arg(content_.pairs.size())
                     .arg(numberText(length / double(content_.pairs.size()), 3));
    }
    if (left_ > 0) {
        parts << tr("%1 are not finite and left out").arg(left_);
    }
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

// ---- geometry -------------------------------------------------------------------------------------------

QRectF ScatterView::square() const {
    const double top = legend_->height() + 4.0;
    const double side = std::max(20.0, std::min<double>(width(), height() - top));
    return {std::floor((width() - side) / 2), top, side, side};
}

QPointF ScatterView::toWidget(const QPointF& point) const {
    const QRectF area = square();
    return {area.center().x() + point.x() / content_.range * area.width() / 2,
            area.center().y() - point.y() / content_.range * area.height() / 2};
}

QSize ScatterView::sizeHint() const {
    return {360, 380};
}

QSize ScatterView::minimumSizeHint() const {
    return {140, 160};
}

void ScatterView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeLegend();
}

void ScatterView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        placeLegend();
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) {
        fieldStale_ = true;
        update();
    }
}

// ---- painting -------------------------------------------------------------------------------------------

void ScatterView::paintField(QPainter& painter) {
    if (fieldStale_) {
        field_ = content_.fieldSide > 0 ? fieldPicture(asPicture(content_), content_.fieldSide) : QImage();
        fieldStale_ = false;
    }
    if (field_.isNull()) {
        return;
    }
    // The outer nodes lie on the edge of the square: half a cell of theirs reaches over it.
    const QRectF area = square();
    const double half = area.width() / (content_.fieldSide - 1) / 2;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, true);
    painter.drawImage(area.adjusted(-half, -half, half, half), field_);
}

void ScatterView::paintGrid(QPainter& painter) {
    const QRectF area = square();
    const int reach = static_cast<int>(content_.range / gridStep);
    for (int i = -reach; i <= reach; ++i) {
        QColor line = tokens().text;
        line.setAlphaF(i == 0 ? 0.18F : 0.07F);
        painter.setPen(QPen(line, 1));
        const QPointF at = toWidget({i * gridStep, i * gridStep});
        const double x = std::round(at.x()) + 0.5;
        const double y = std::round(at.y()) + 0.5;
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
}

void ScatterView::paintPoints(QPainter& painter, const QVector<QPointF>& points, int series, double size) {
    QColor color = seriesColor(series);
    color.setAlphaF(0.78F);
    for (const QPointF& point : points) {
        paintSeriesShape(painter, seriesShape(series), toWidget(point), size, color);
    }
}

void ScatterView::paintPairs(QPainter& painter) {
    QColor color = seriesColor(pairSeries);
    painter.setPen(QPen(color, 1.2));
    for (const QLineF& pair : content_.pairs) {
        painter.drawLine(toWidget(pair.p1()), toWidget(pair.p2()));
    }
    for (const QLineF& pair : content_.pairs) {
        paintSeriesShape(painter, seriesShape(pairSeries), toWidget(pair.p2()), pointSize + 1, color);
    }
}

void ScatterView::paintArrows(QPainter& painter) {
    double longest = 0;
    for (const QLineF& arrow : content_.arrows) {
        longest = std::max(longest, arrow.length());
    }
    if (longest <= 0) {
        return;
    }
    const QColor color = seriesColor(arrowSeries);
    for (const QLineF& arrow : content_.arrows) {
        const QPointF start = toWidget(arrow.p1());
        const QPointF way(arrow.dx(), -arrow.dy());
        const QPointF tip = start + way / longest * longestArrow;
        const double length = QLineF(start, tip).length();
        if (length < 1) {
            continue;
        }
        const QPointF along = (tip - start) / length;
        const QPointF aside(-along.y(), along.x());
        const double head = std::min(5.0, length * 0.6);
        painter.setPen(QPen(color, 1.3));
        painter.drawLine(start, tip - along * head * 0.6);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF(
            {tip, tip - along * head + aside * head * 0.45, tip - along * head - aside * head * 0.45}));
    }
}

void ScatterView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (layers().isEmpty()) {
        paintEmptyGround(painter, rect());
        paintEmptyText(painter, rect(), emptyTitle_, emptyHint_);
        return;
    }
    const QRectF area = square();
    QPainterPath clip;
    clip.addRoundedRect(area, 4, 4);
    painter.setClipPath(clip);
    painter.fillRect(area, tokens().raised);
    if (shows("field")) {
        paintField(painter);
    }
    paintGrid(painter);
    if (shows("real")) {
        paintPoints(painter, content_.real, realSeries, pointSize);
    }
    if (shows("samples")) {
        paintPoints(painter, content_.samples, sampleSeries, pointSize);
    }
    if (shows("pairs")) {
        paintPairs(painter);
    }
    if (shows("arrows")) {
        paintArrows(painter);
    }
    painter.setFont(tabularFont(titleFont(font())));
    painter.setPen(tokens().muted);
    paintLabel(painter, area.adjusted(6, 4, -6, -4), Qt::AlignRight | Qt::AlignBottom,
               QStringLiteral("±%1").arg(numberText(content_.range, 2)));
}

} // namespace alphascope::ui
