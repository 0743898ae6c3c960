#include "ui/widgets/paint_help.h"

#include "ui/theme/tokens.h"

#include <QImage>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double stripRows = 48; // device pixels: two spans a row still stay below the pool's threshold

} // namespace

void paintEmptyText(QPainter& painter, const QRectF& rect, const QString& title, const QString& hint) {
    const Tokens& t = tokens();
    const QRectF box = rect.adjusted(12, 6, -12, -6);
    constexpr int flags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    const QRectF titleBox = painter.boundingRect(box, flags, title);
    const QRectF hintBox = hint.isEmpty() ? QRectF() : painter.boundingRect(box, flags, hint);
    const double space = hint.isEmpty() ? 0 : 4;
    const double height = titleBox.height() + space + hintBox.height();
    const double top = std::max(box.top(), box.center().y() - height / 2);
    painter.setPen(hint.isEmpty() ? t.muted : t.text);
    painter.drawText(QRectF(box.left(), top, box.width(), box.bottom() - top), flags, title);
    const double second = top + titleBox.height() + space;
    painter.setPen(t.muted);
    if (!hint.isEmpty() && second < box.bottom()) {
        painter.drawText(QRectF(box.left(), second, box.width(), box.bottom() - second), flags, hint);
    }
}

void paintEmptyGround(QPainter& painter, const QRectF& rect) {
    const Tokens& t = tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(mix(t.line, t.muted, 0.25), 1);
    pen.setDashPattern({4, 4});
    painter.setPen(pen);
    painter.setBrush(mix(t.panel, t.raised, 0.6));
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), t.controlRadius, t.controlRadius);
}

void paintInStrips(QPainter& painter, const QRectF& rect, const std::function<void()>& paint) {
    const double ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    const double height = std::max(1.0, std::floor(stripRows / ratio));
    for (double top = std::floor(rect.top()); top < rect.bottom(); top += height) {
        painter.save();
        painter.setClipRect(QRectF(rect.left(), top, rect.width(), height), Qt::IntersectClip);
        paint();
        painter.restore();
    }
}

void paintRoundedGround(QPainter& painter, const QRectF& rect, double radius, const QColor& color) {
    const double edge = std::ceil(radius) + 1;
    if (rect.height() < 4 * edge) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(rect, radius, radius);
        return;
    }
    painter.save();
    painter.fillRect(rect.adjusted(0, edge, 0, -edge), color);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    for (const double top : {rect.top(), rect.bottom() - edge}) {
        paintInStrips(painter, QRectF(rect.left(), top, rect.width(), edge),
                      [&] { painter.drawRoundedRect(rect, radius, radius); });
    }
    painter.restore();
}

void paintLabel(QPainter& painter, const QRectF& inside, Qt::Alignment where, const QString& text) {
    if (text.isEmpty()) {
        return;
    }
    QColor ground = tokens().raised;
    ground.setAlphaF(0.8F);
    painter.save();
    paintRoundedGround(painter, painter.boundingRect(inside, int(where), text).adjusted(-3, 0, 3, 0), 3,
                       ground);
    painter.restore();
    painter.drawText(inside, int(where), text);
}

void paintFocusRing(QPainter& painter, const QRectF& rect, double radius) {
    const double edge = std::ceil(radius) + 3;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().accent, 2));
    painter.setBrush(Qt::NoBrush);
    const auto ring = [&] { painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius); };
    if (rect.height() < 4 * edge) {
        ring();
        return;
    }
    for (const double top : {rect.top(), rect.bottom() - edge}) {
        paintInStrips(painter, QRectF(rect.left(), top, rect.width(), edge), ring);
    }
    for (const double left : {rect.left(), rect.right() - 2}) {
        painter.fillRect(QRectF(left, rect.top() + edge, 2, rect.height() - 2 * edge), tokens().accent);
    }
}

void paintPicture(QPainter& painter, const QRectF& rect, const QImage& image) {
    const double ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, rect.width() * ratio < image.width());
    painter.drawImage(rect, image);
}

QString numberText(double value, int decimals) {
    if (std::isnan(value)) {
        return QStringLiteral("NaN");
    }
    if (std::isinf(value)) {
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    }
    const QString digits = QString::number(std::abs(value), 'f', decimals);
    const bool zero = digits.toDouble() == 0.0;
    return value < 0 && !zero ? QStringLiteral("−") + digits : digits;
}

QString groupedText(qint64 value) {
    QString digits = QString::number(std::abs(value));
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3) {
        digits.insert(i, QLatin1Char(','));
    }
    return value < 0 ? QStringLiteral("−") + digits : digits;
}

} // namespace alphascope::ui
