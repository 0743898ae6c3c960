#pragma once
// Small drawing shared by the custom-painted widgets. GUI thread only.

#include <QColor>
#include <QPainter>
#include <QRectF>
#include <QString>

#include <functional>

namespace alphascope::ui {

/// Two centred lines: what is missing, and what to do about it (muted).
void paintEmptyText(QPainter& painter, const QRectF& rect, const QString& title, const QString& hint);

/// The ground of an empty picture area: raised, with a dashed border that says "something goes here".
void paintEmptyGround(QPainter& painter, const QRectF& rect);

// Qt's raster engine hands an antialiased shape of more than about a hundred rows to its thread pool and
// waits for it. While training keeps every core busy, the pool's threads wait for a core, and the window with
// them: tens of milliseconds for one rectangle. So large shapes that are painted often are painted in low
// strips or as plain rectangles, which are drawn at once.

/// Calls `paint` once for each strip of `rect`, clipped to it.
void paintInStrips(QPainter& painter, const QRectF& rect, const std::function<void()>& paint);

/// A filled rectangle with rounded corners.
void paintRoundedGround(QPainter& painter, const QRectF& rect, double radius, const QColor& color);

/// A line of text in the painter's font and pen, on a soft ground where it may lie over lines and fields.
void paintLabel(QPainter& painter, const QRectF& inside, Qt::Alignment where, const QString& text);

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
