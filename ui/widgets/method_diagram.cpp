#include "ui/widgets/method_diagram.h"

#include "ui/theme/tokens.h"

#include <QEvent>
#include <QLineF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace alphascope::ui {

namespace {

constexpr double columnWidth = 66; // between the middles of neighbouring nodes
constexpr double rowHeight = 46;
constexpr double nodeHeight = 27;
constexpr double leastNodeWidth = 30;
constexpr double margin = 4;
constexpr double smallestScale = 0.6;
constexpr double headLength = 6.5;
constexpr double clearance = 3; // around nodes that an arrow passes

constexpr std::array kinds = {DiagramKind::Data, DiagramKind::Code, DiagramKind::Network, DiagramKind::Loss};

QString kindText(DiagramKind kind) {
    switch (kind) {
    case DiagramKind::Data:
        return MethodDiagram::tr("data");
    case DiagramKind::Code:
        return MethodDiagram::tr("code");
    case DiagramKind::Network:
        return MethodDiagram::tr("network");
    case DiagramKind::Loss:
        break;
    }
    return MethodDiagram::tr("loss");
}

QColor kindColor(DiagramKind kind) {
    const Tokens& t = tokens();
    switch (kind) {
    case DiagramKind::Data:
        return t.muted;
    case DiagramKind::Code:
        return t.green;
    case DiagramKind::Network:
        return t.accent;
    case DiagramKind::Loss:
        break;
    }
    return t.amber;
}

QPainterPath kindShape(DiagramKind kind, const QRectF& rect) {
    QPainterPath path;
    switch (kind) {
    case DiagramKind::Data:
        path.addRect(rect);
        break;
    case DiagramKind::Code:
        path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2);
        break;
    case DiagramKind::Network:
        path.addRoundedRect(rect, rect.height() * 0.22, rect.height() * 0.22);
        break;
    case DiagramKind::Loss: {
        const double cut = rect.height() * 0.3;
        path.addPolygon(QPolygonF({{rect.left() + cut, rect.top()},
                                   {rect.right() - cut, rect.top()},
                                   {rect.right(), rect.center().y()},
                                   {rect.right() - cut, rect.bottom()},
                                   {rect.left() + cut, rect.bottom()},
                                   {rect.left(), rect.center().y()}}));
        path.closeSubpath();
        break;
    }
    }
    return path;
}

void paintShape(QPainter& painter, DiagramKind kind, const QRectF& rect) {
    const Tokens& t = tokens();
    const QColor color = kindColor(kind);
    const double fill = kind == DiagramKind::Network ? 0.30 : kind == DiagramKind::Data ? 0.06 : 0.14;
    painter.setPen(QPen(color, 1.4));
    painter.setBrush(mix(t.panel, color, fill));
    painter.drawPath(kindShape(kind, rect));
}

/// A name in the middle of `rect`. The hat or tilde of "x\u0302" is drawn here: Qt 6.4 sets the hat of DejaVu
/// Sans, which is the only font of many a machine, lines away from an x.
void paintName(QPainter& painter, const QRectF& rect, const QString& name) {
    constexpr QChar hat(0x0302), tilde(0x0303);
    QString letter = name.normalized(QString::NormalizationForm_D);
    const QChar mark = letter.size() == 2 ? letter.back() : QChar();
    if (mark != hat && mark != tilde) {
        painter.drawText(rect, Qt::AlignCenter, name);
        return;
    }
    letter.chop(1);
    painter.drawText(rect, Qt::AlignCenter, letter);
    const QFontMetricsF metrics(painter.font());
    const double unit = metrics.xHeight();
    const double baseline = rect.center().y() - metrics.height() / 2 + metrics.ascent();
    const QPointF middle(rect.center().x(), baseline - 1.32 * unit);
    const double half = 0.32 * unit, rise = 0.15 * unit;
    QPainterPath stroke(middle + QPointF(-half, rise));
    if (mark == hat) {
        stroke.lineTo(middle + QPointF(0, -rise));
        stroke.lineTo(middle + QPointF(half, rise));
    } else {
        stroke.cubicTo(middle + QPointF(-half / 2, -3 * rise), middle + QPointF(half / 2, 3 * rise),
                       middle + QPointF(half, -rise));
    }
    painter.strokePath(stroke,
                       QPen(painter.pen().color(), 0.17 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

/// The point where the line from the middle of `rect` to `towards` leaves it.
QPointF edgePoint(const QRectF& rect, const QPointF& towards) {
    const QPointF way = towards - rect.center();
    const double across = std::abs(way.x()) > 0 ? rect.width() / 2 / std::abs(way.x()) : 1e9;
    const double along = std::abs(way.y()) > 0 ? rect.height() / 2 / std::abs(way.y()) : 1e9;
    return rect.center() + way * std::min({across, along, 1.0});
}

} // namespace

MethodDiagram::MethodDiagram(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("methodDiagram"));
    setAccessibleName(tr("Diagram of the method"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void MethodDiagram::setDiagram(const QVector<DiagramNode>& nodes, const QVector<QPair<int, int>>& arrows,
                               const QString& description) {
    nodes_ = nodes;
    arrows_.clear();
    for (const auto& [from, to] : arrows) {
        const bool known = from >= 0 && to >= 0 && from < nodes.size() && to < nodes.size();
        if (known && from != to) {
            arrows_.append({from, to});
        }
    }
    QRectF bounds;
    for (qsizetype i = 0; i < nodes_.size(); ++i) {
        const QRectF point(nodes_[i].at, QSizeF(0, 0));
        bounds =
            i == 0
                ? point
                : QRectF(QPointF(std::min(bounds.left(), point.left()), std::min(bounds.top(), point.top())),
                         QPointF(std::max(bounds.right(), point.left()),
                                 std::max(bounds.bottom(), point.top())));
    }
    origin_ = bounds.topLeft();
    span_ = bounds.size();
    routedFor_ = -1;
    setAccessibleDescription(description);
    setToolTip(description);
    updateGeometry();
    update();
}

// ---- geometry -------------------------------------------------------------------------------------------

QSizeF MethodDiagram::nodeSize(const DiagramNode& node) const {
    const double text = QFontMetricsF(font()).horizontalAdvance(node.name);
    const double padding = node.kind == DiagramKind::Loss ? 22 : 14;
    return {std::max(leastNodeWidth, text + padding), nodeHeight};
}

QSizeF MethodDiagram::gridSize() const {
    double overhang = leastNodeWidth; // half of it at either side
    for (const DiagramNode& node : nodes_) {
        overhang = std::max(overhang, nodeSize(node).width());
    }
    return {span_.width() * columnWidth + overhang + 2 * margin,
            span_.height() * rowHeight + nodeHeight + 2 * margin};
}

int MethodDiagram::legendHeight() const {
    return QFontMetrics(font()).height() + 8;
}

double MethodDiagram::scaleAt(int width) const {
    return std::clamp(width / gridSize().width(), smallestScale, 1.0);
}

QSize MethodDiagram::sizeHint() const {
    if (isEmpty()) {
        return {0, 0};
    }
    const int width = static_cast<int>(std::ceil(gridSize().width()));
    return {width, heightForWidth(width)};
}

QSize MethodDiagram::minimumSizeHint() const {
    if (isEmpty()) {
        return {0, 0};
    }
    const int width = static_cast<int>(std::ceil(gridSize().width() * smallestScale));
    return {width, heightForWidth(width)};
}

int MethodDiagram::heightForWidth(int width) const {
    return isEmpty() ? 0 : static_cast<int>(std::ceil(gridSize().height() * scaleAt(width))) + legendHeight();
}

QRectF MethodDiagram::nodeRect(int node) const {
    const double scale = scaleAt(width());
    const DiagramNode& drawn = nodes_[node];
    const QPointF place((drawn.at.x() - origin_.x() - span_.width() / 2) * columnWidth,
                        (drawn.at.y() - origin_.y()) * rowHeight + nodeHeight / 2 + margin);
    const QSizeF size = nodeSize(drawn) * scale;
    const QPointF centre(width() / 2.0 + place.x() * scale, place.y() * scale);
    return {centre.x() - size.width() / 2, centre.y() - size.height() / 2, size.width(), size.height()};
}

int MethodDiagram::nodesHit(const QPainterPath& path, int from, int to) const {
    int hits = 0;
    for (int i = 0; i < nodes_.size(); ++i) {
        const QRectF room = nodeRect(i).adjusted(-clearance, -clearance, clearance, clearance);
        for (int step = 1; i != from && i != to && step < 24; ++step) {
            if (room.contains(path.pointAtPercent(step / 24.0))) {
                ++hits;
                break;
            }
        }
    }
    return hits;
}

QPainterPath MethodDiagram::arrowPath(int arrow) const {
    const auto [from, to] = arrows_[arrow];
    const QRectF start = nodeRect(from);
    const QRectF end = nodeRect(to);
    const bool andBack = arrows_.contains({to, from});
    QPainterPath best;
    int fewest = std::numeric_limits<int>::max();
    // Straight where nothing stands in the way, otherwise the flattest bow that is clear.
    for (const double bow : {0.0, 0.35, -0.35, 0.6, -0.6, 0.9, -0.9, 1.3, -1.3}) {
        if (andBack && bow <= 0) {
            continue; // the way back bows to the other side by itself
        }
        const QLineF direct(start.center(), end.center());
        const QPointF aside(-direct.dy() / direct.length(), direct.dx() / direct.length());
        const QPointF control = direct.center() + aside * (bow * 2 * rowHeight * scaleAt(width()));
        QPainterPath path(edgePoint(start, bow == 0.0 ? end.center() : control));
        const QPointF tip = edgePoint(end, bow == 0.0 ? start.center() : control);
        path.quadTo(bow == 0.0 ? (path.currentPosition() + tip) / 2 : control, tip);
        const int hits = nodesHit(path, from, to);
        if (hits < fewest) {
            fewest = hits;
            best = path;
        }
        if (hits == 0) {
            break;
        }
    }
    return best;
}

// ---- painting -------------------------------------------------------------------------------------------

void MethodDiagram::paintNode(QPainter& painter, const DiagramNode& node, const QRectF& rect) const {
    paintShape(painter, node.kind, rect);
    QFont small = font();
    if (small.pixelSize() > 0) {
        small.setPixelSize(std::max(7, static_cast<int>(small.pixelSize() * scaleAt(width()))));
    } else {
        small.setPointSizeF(small.pointSizeF() * scaleAt(width()));
    }
    small.setWeight(node.kind == DiagramKind::Network ? QFont::DemiBold : QFont::Normal);
    painter.setFont(small);
    painter.setPen(tokens().text);
    paintName(painter, rect, node.name);
}

void MethodDiagram::paintArrow(QPainter& painter, const QPainterPath& path) const {
    const QColor color = mix(tokens().panel, tokens().text, 0.62);
    const QPointF tip = path.pointAtPercent(1);
    const double angle = path.angleAtPercent(1) * M_PI / 180;
    const QPointF along(std::cos(angle), -std::sin(angle));
    const QPointF aside(-along.y(), along.x());
    painter.setPen(QPen(color, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({tip, tip - along * headLength + aside * (headLength * 0.45),
                                   tip - along * headLength - aside * (headLength * 0.45)}));
}

void MethodDiagram::paintLegend(QPainter& painter) const {
    constexpr double swatch = 18; // with the room beside it
    const QFontMetricsF metrics(font());
    double words = 0;
    for (const DiagramKind kind : kinds) {
        words += metrics.horizontalAdvance(kindText(kind));
    }
    // Narrow drawings take the room from between the entries first.
    const int count = static_cast<int>(kinds.size());
    const double gap = std::clamp((width() - 2 * margin - words - count * swatch) / (count - 1), 3.0, 14.0);
    const double total = words + count * swatch + (count - 1) * gap;
    const double scale = std::min(1.0, (width() - 2 * margin) / total);
    painter.translate((width() - total * scale) / 2, height() - legendHeight() / 2.0);
    painter.scale(scale, scale);
    painter.setFont(font());
    double x = 0;
    for (const DiagramKind kind : kinds) {
        paintShape(painter, kind, {x, -4.5, 13, 9});
        painter.setPen(tokens().muted);
        const double text = metrics.horizontalAdvance(kindText(kind));
        painter.drawText(QRectF(x + swatch, -legendHeight() / 2.0, text + 2, legendHeight()),
                         Qt::AlignLeft | Qt::AlignVCenter, kindText(kind));
        x += swatch + text + gap;
    }
}

void MethodDiagram::paintEvent(QPaintEvent*) {
    if (isEmpty()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (routedFor_ != width()) {
        routes_.clear();
        for (int i = 0; i < arrows_.size(); ++i) {
            routes_.append(arrowPath(i));
        }
        routedFor_ = width();
    }
    for (const QPainterPath& route : routes_) {
        paintArrow(painter, route);
    }
    for (int i = 0; i < nodes_.size(); ++i) {
        paintNode(painter, nodes_[i], nodeRect(i));
    }
    paintLegend(painter);
}

void MethodDiagram::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        routedFor_ = -1;
        updateGeometry();
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) {
        update();
    }
}

} // namespace alphascope::ui
