#include "ui/widgets/scatter_map_overlay.h"

#include "ui/theme/category_colors.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"

#include <QCoreApplication>
#include <QLineF>
#include <QLinearGradient>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace alphascope::ui {

namespace {

constexpr double edgeMargin = 8;
constexpr double boxPadding = 8;
constexpr int mostRows = 24;
constexpr double widestName = 120;
constexpr double scaleHeight = 110;
constexpr double scaleWidth = 10;
constexpr double cardPicture = 56;
constexpr double cardDistance = 14;
constexpr double widestCard = 280;
constexpr double numberSide = 18;
constexpr double numbersApart = 22; // from middle to middle

QString overlayText(const char* text) {
    return QCoreApplication::translate("ScatterMap", text);
}

void paintBox(QPainter& painter, const QRectF& box, double opacity) {
    const Tokens& t = tokens();
    QColor ground = t.panel;
    ground.setAlphaF(static_cast<float>(opacity));
    const QRectF edge = box.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.line, 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(edge, t.controlRadius, t.controlRadius);
}

QFont smallFont(const QFont& base) {
    QFont font = titleFont(base);
    font.setWeight(QFont::Normal);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0);
    return tabularFont(font);
}

/// Shape and number tell the roles apart, the colours are those of the field's two sides.
void paintNumber(QPainter& painter, const QPointF& at, const QPointF& shown, const ScatterMark& mark) {
    const Tokens& t = tokens();
    const bool low = mark.role == ScatterMarkRole::Low;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(low ? t.amber : t.accent, 2));
    if (shown != at) {
        painter.drawLine(at, shown);
        painter.setBrush(painter.pen().color());
        painter.drawEllipse(at, 1.5, 1.5);
    }
    painter.setBrush(t.panel);
    const QRectF box(shown - QPointF(numberSide, numberSide) / 2, QSizeF(numberSide, numberSide));
    low ? painter.drawEllipse(box) : painter.drawRect(box);
    painter.setPen(t.text);
    const QFont before = painter.font();
    QFont bold = smallFont(before);
    bold.setBold(true);
    painter.setFont(bold);
    painter.drawText(box, Qt::AlignCenter, mark.label);
    painter.setFont(before);
}

/// The rows that find room; the last says how many do not.
QVector<ScatterLegend::Row> rowsThatFit(const ScatterLegend& legend, double height, double line) {
    QVector<ScatterLegend::Row> rows = legend.rows;
    const int room = std::clamp(static_cast<int>(height / line) - 1, 1, mostRows);
    if (rows.size() <= room) {
        return rows;
    }
    ScatterLegend::Row rest;
    for (qsizetype i = room - 1; i < rows.size(); ++i) {
        rest.count += rows[i].count;
    }
    rest.name = overlayText("%1 more").arg(rows.size() - room + 1);
    rows.resize(room - 1);
    rows.append(rest);
    return rows;
}

QRectF paintRows(QPainter& painter, const QRectF& area, const ScatterLegend& legend) {
    const Tokens& t = tokens();
    const QFontMetricsF metrics(painter.font());
    const double line = std::ceil(metrics.height()) + 2;
    const auto rows = rowsThatFit(legend, area.height() - 2 * (edgeMargin + boxPadding), line);
    double nameWidth = metrics.horizontalAdvance(legend.title) - 14;
    double countWidth = 0;
    for (const ScatterLegend::Row& row : rows) {
        nameWidth = std::max(nameWidth, std::min(widestName, metrics.horizontalAdvance(row.name)));
        countWidth = std::max(countWidth, metrics.horizontalAdvance(groupedText(row.count)));
    }
    nameWidth = std::ceil(nameWidth);
    const double width = 2 * boxPadding + 14 + nameWidth + 14 + std::ceil(countWidth);
    const QRectF box(area.left() + edgeMargin, area.top() + edgeMargin, width,
                     2 * boxPadding + line * double(rows.size() + 1));
    paintBox(painter, box, 0.92);
    QRectF row(box.left() + boxPadding, box.top() + boxPadding, width - 2 * boxPadding, line);
    painter.setPen(t.muted);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, legend.title);
    for (const ScatterLegend::Row& entry : rows) {
        row.translate(0, line);
        if (entry.color.isValid()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(entry.color);
            painter.drawEllipse(QPointF(row.left() + 4, row.center().y()), 4, 4);
        }
        painter.setPen(t.text);
        const QString name = metrics.elidedText(entry.name, Qt::ElideRight, nameWidth + 1);
        painter.drawText(row.adjusted(14, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.setPen(t.muted);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, groupedText(entry.count));
    }
    return box;
}

QRectF paintBar(QPainter& painter, const QRectF& area, const ScatterLegend& legend) {
    const Tokens& t = tokens();
    const QFontMetricsF metrics(painter.font());
    const double line = std::ceil(metrics.height()) + 2;
    const double text =
        std::max(metrics.horizontalAdvance(legend.low), metrics.horizontalAdvance(legend.high));
    const double width =
        2 * boxPadding + std::ceil(std::max(scaleWidth + 8 + text, metrics.horizontalAdvance(legend.title)));
    const double height =
        std::min(scaleHeight, std::max(20.0, area.height() - 2 * (edgeMargin + boxPadding) - line));
    const QRectF box(area.left() + edgeMargin, area.top() + edgeMargin, width,
                     2 * boxPadding + line + 4 + height);
    paintBox(painter, box, 0.92);
    const QRectF inner = box.adjusted(boxPadding, boxPadding, -boxPadding, -boxPadding);
    painter.setPen(t.muted);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, legend.title);
    const QRectF bar(inner.left(), inner.bottom() - height, scaleWidth, height);
    QLinearGradient gradient(bar.topLeft(), bar.bottomLeft());
    for (int i = 0; i <= 8; ++i) {
        gradient.setColorAt(i / 8.0, pointValueColor(1 - i / 8.0));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(gradient);
    painter.drawRoundedRect(bar, 3, 3);
    painter.setPen(t.text);
    const QRectF beside(bar.right() + 8, bar.top(), inner.right() - bar.right() - 8, bar.height());
    painter.drawText(beside, Qt::AlignLeft | Qt::AlignTop, legend.high);
    painter.drawText(beside, Qt::AlignLeft | Qt::AlignBottom, legend.low);
    return box;
}

} // namespace

QRectF paintScatterLegend(QPainter& painter, const QRectF& area, const ScatterLegend& legend) {
    if (legend.isEmpty()) {
        return {};
    }
    painter.save();
    painter.setFont(smallFont(painter.font()));
    const QRectF box = legend.hasBar ? paintBar(painter, area, legend) : paintRows(painter, area, legend);
    painter.restore();
    return box;
}

void paintScatterCloudLegend(QPainter& painter, const QRectF& area, const QString& caption) {
    const Tokens& t = tokens();
    const QFontMetricsF metrics(painter.font());
    const double widest = 0.6 * area.width();
    const QString text = metrics.elidedText(caption, Qt::ElideMiddle, widest);
    const double height = std::ceil(metrics.height()) + boxPadding;
    const double symbol = 22;
    const double width = 2 * boxPadding + symbol + 6 + std::ceil(metrics.horizontalAdvance(text));
    const QRectF box(area.right() - edgeMargin - width, area.top() + edgeMargin, width, height);
    paintBox(painter, box, 0.92);
    const QPointF middle(box.left() + boxPadding + symbol / 2, box.center().y());
    painter.setPen(QPen(t.amber, 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(middle, symbol / 2, 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.amber);
    for (const QPointF& dot : {QPointF(-4, 1), QPointF(1, -2), QPointF(5, 2)}) {
        painter.drawEllipse(middle + dot, 1.6, 1.6);
    }
    painter.setPen(t.text);
    painter.drawText(box.adjusted(boxPadding + symbol + 6, 0, -boxPadding, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, text);
}

void paintScatterNote(QPainter& painter, const QRectF& area, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    const double widest = area.width() - 2 * (edgeMargin + boxPadding);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, widest);
    const QSizeF size(std::ceil(metrics.horizontalAdvance(shown)) + 2 * boxPadding,
                      std::ceil(metrics.height()) + 4);
    const QRectF box(area.bottomRight() - QPointF(edgeMargin + size.width(), edgeMargin + size.height()),
                     size);
    paintBox(painter, box, 0.85);
    painter.setPen(tokens().text);
    painter.drawText(box, Qt::AlignCenter, shown);
}

QVector<QPointF> placedApart(const QVector<QPointF>& places) {
    QVector<QPointF> shown;
    const auto isFree = [&shown](const QPointF& at) {
        return std::none_of(shown.begin(), shown.end(), [&at](const QPointF& other) {
            return QLineF(at, other).length() < numbersApart - 0.5; // a step beside one is free
        });
    };
    for (const QPointF& place : places) {
        QPointF at = place;
        for (int step = 0; step < 16 && !isFree(at); ++step) { // beside it, all around, then farther out
            const double reach = numbersApart * (1 + step / 8);
            const double angle = std::numbers::pi / 4 * (step % 8);
            at = place + reach * QPointF(std::cos(angle), std::sin(angle));
        }
        shown.append(at);
    }
    return shown;
}

void paintScatterMark(QPainter& painter, const QRectF& area, const QPointF& at, const QPointF& shown,
                      const ScatterMark& mark) {
    const Tokens& t = tokens();
    if (!area.adjusted(-20, -20, 20, 20).contains(at)) {
        return;
    }
    if (mark.isNumbered()) {
        paintNumber(painter, at, shown, mark);
        return;
    }
    const bool current = mark.role == ScatterMarkRole::Current;
    const QColor color = current ? t.amber : t.accent;
    QColor halo = t.panel;
    halo.setAlphaF(0.85F);
    painter.setRenderHint(QPainter::Antialiasing);
    if (current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(halo, 5.5));
        painter.drawEllipse(at, 8, 8);
        painter.setPen(QPen(color, 2.6));
        painter.drawEllipse(at, 8, 8);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(at, 2, 2);
    } else {
        const QPolygonF diamond(
            {at + QPointF(0, -6.5), at + QPointF(6.5, 0), at + QPointF(0, 6.5), at + QPointF(-6.5, 0)});
        painter.setPen(QPen(halo, 2));
        painter.setBrush(color);
        painter.drawPolygon(diamond);
    }
    if (mark.label.isEmpty()) {
        return;
    }
    const QFontMetricsF metrics(painter.font());
    const double width = std::ceil(metrics.horizontalAdvance(mark.label)) + 8;
    QRectF label(at.x() + 11, at.y() - metrics.height() / 2 - 1, width, metrics.height() + 2);
    if (label.right() > area.right() - 2) {
        label.moveRight(at.x() - 11);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(halo);
    painter.drawRoundedRect(label, 4, 4);
    painter.setPen(t.text);
    painter.drawText(label, Qt::AlignCenter, mark.label);
}

void paintScatterCard(QPainter& painter, const QRectF& area, const QPointF& at, const ScatterCard& card) {
    const Tokens& t = tokens();
    QVector<QImage> pictures;
    QStringList captions;
    for (const auto& [picture, caption] :
         {std::pair(card.first, overlayText("original")), std::pair(card.second, overlayText("rebuilt"))}) {
        if (!picture.isNull()) {
            pictures.append(picture);
            captions.append(caption);
        }
    }
    QStringList lines = card.lines;
    const QString caption = card.caption.value_or(captions.join(QStringLiteral(" | ")));
    if (!captions.isEmpty() && !caption.isEmpty()) {
        lines.append(caption);
    }
    if (lines.isEmpty()) {
        return;
    }
    painter.save();
    painter.setFont(smallFont(painter.font()));
    const QFontMetricsF metrics(painter.font());
    const double line = std::ceil(metrics.height()) + 1;
    double width = double(pictures.size()) * (cardPicture + 6) - (pictures.isEmpty() ? 0 : 6);
    for (const QString& text : lines) {
        width = std::max(width, std::min(widestCard, std::ceil(metrics.horizontalAdvance(text))));
    }
    const double top = pictures.isEmpty() ? 0 : cardPicture + 6;
    QRectF box(0, 0, width + 2 * boxPadding, top + line * double(lines.size()) + 2 * boxPadding);
    box.moveTopLeft(at + QPointF(cardDistance, cardDistance));
    if (box.right() > area.right() - edgeMargin) {
        box.moveRight(at.x() - cardDistance);
    }
    if (box.bottom() > area.bottom() - edgeMargin) {
        box.moveBottom(at.y() - cardDistance);
    }
    box.moveLeft(std::max(box.left(), area.left() + 2));
    box.moveTop(std::max(box.top(), area.top() + 2));
    box = QRectF(box.toRect());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int i = 3; i > 0; --i) { // a soft shadow
        painter.setBrush(QColor(0, 0, 0, t.dark ? 34 : 12));
        painter.drawRoundedRect(box.adjusted(-i, 1 - i, i, 2 + i), t.controlRadius + i, t.controlRadius + i);
    }
    paintBox(painter, box, 0.97);
    const QRectF inner = box.adjusted(boxPadding, boxPadding, -boxPadding, -boxPadding);
    for (qsizetype i = 0; i < pictures.size(); ++i) {
        const QRectF place(inner.left() + double(i) * (cardPicture + 6), inner.top(), cardPicture,
                           cardPicture);
        painter.fillRect(place, t.imageGround);
        const QSizeF size = QSizeF(pictures[i].size()).scaled(place.size(), Qt::KeepAspectRatio);
        paintPicture(painter, QRectF(place.center() - QPointF(size.width(), size.height()) / 2, size),
                     pictures[i]);
    }
    QRectF row(inner.left(), inner.top() + top, inner.width(), line);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        painter.setPen(i == 0 ? t.text : t.muted);
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(lines[i], Qt::ElideRight, row.width() + 1));
        row.translate(0, line);
    }
    painter.restore();
}

void paintScatterBusy(QPainter& painter, const QRectF& area, const QString& caption, double fraction) {
    const Tokens& t = tokens();
    painter.save();
    painter.setFont(smallFont(painter.font()));
    const QFontMetricsF metrics(painter.font());
    const double width =
        std::min(area.width() - 2 * edgeMargin,
                 std::max(120.0, std::ceil(metrics.horizontalAdvance(caption))) + 2 * boxPadding);
    const double height = metrics.height() + boxPadding + (fraction >= 0 ? 7 : 0);
    const QRectF box(std::round(area.center().x() - width / 2),
                     std::round(area.bottom() - edgeMargin - height), width, std::round(height));
    paintBox(painter, box, 0.92);
    painter.setPen(t.text);
    painter.drawText(box.adjusted(boxPadding, boxPadding / 2, -boxPadding, 0),
                     Qt::AlignHCenter | Qt::AlignTop,
                     metrics.elidedText(caption, Qt::ElideRight, width - 2 * boxPadding + 1));
    if (fraction >= 0) {
        const QRectF bar(box.left() + boxPadding, box.bottom() - 8, width - 2 * boxPadding, 3);
        painter.fillRect(bar, t.line);
        painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * std::min(fraction, 1.0), 3)), t.accent);
    }
    painter.restore();
}

void paintScatterThumbnail(QPainter& painter, const QPointF& at, double side, const QImage& picture,
                           const QColor& frame) {
    const double ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    // On whole device pixels: else every picture is resampled, and costs ten times as much.
    const auto whole = [ratio](double value) { return std::round(value * ratio) / ratio; };
    const QRectF box(whole(at.x() - side / 2), whole(at.y() - side / 2), side, side);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(box.adjusted(-1, -1, 1, 1), frame);
    painter.fillRect(box, tokens().imageGround);
    QImage exact = picture;
    exact.setDevicePixelRatio(ratio);
    painter.drawImage(box.topLeft(), exact);
}

} // namespace alphascope::ui
