#pragma once
// Small drawing shared by the custom-painted widgets. GUI thread only.

#include <QColor>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace alphascope::ui {

/// Two centred lines: what is missing, and what to do about it (muted).
void paintEmptyText(QPainter& painter, const QRectF& rect, const QString& title, const QString& hint);

/// The ground of an empty picture area: raised, with a dashed border that says "something goes here".
void paintEmptyGround(QPainter& painter, const QRectF& rect);

/// A two-pixel ring just inside the rectangle.
void paintFocusRing(QPainter& painter, const QRectF& rect, double radius);

/// Draws without smoothing where the picture is enlarged, with where it is reduced; rect in painter
/// coordinates.
void paintPicture(QPainter& painter, const QRectF& rect, const QImage& image);

/// "−1.50": fixed decimals, C locale, with a true minus sign and no minus before zero.
QString numberText(double value, int decimals);

/// "12,340": grouped by thousands.
QString groupedText(qint64 value);

} // namespace alphascope::ui
