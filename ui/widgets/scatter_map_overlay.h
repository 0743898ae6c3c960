#pragma once
// What lies over the dots of a map: legend, marks, the card beside a point, the caption of work under way.
// Plain drawing in widget coordinates. GUI thread only.

#include "ui/widgets/scatter_map_colors.h"

#include <QImage>
#include <QPainter>
#include <QPolygonF>
#include <QRectF>
#include <QStringList>
#include <QVector>

#include <optional>

namespace alphascope::ui {

enum class ScatterMarkRole {
    Pinned,  ///< a diamond
    Low,     ///< a numbered disc
    High,    ///< a numbered square
    Current, ///< a ring, on top
};

struct ScatterMark {
    QPointF position; ///< map coordinates
    QString label;
    ScatterMarkRole role = ScatterMarkRole::Pinned;
    bool isNumbered() const { return role == ScatterMarkRole::Low || role == ScatterMarkRole::High; }
};

/// Many codes of one thing, and how far they spread.
struct ScatterCloud {
    QVector<QPointF> points;     ///< map coordinates
    QVector<QPolygonF> outlines; ///< innermost first
    QString caption;             ///< for the legend
};

/// What the card beside a point says.
struct ScatterCard {
    QStringList lines;                ///< the first in the colour of text, the others muted
    QImage first;                     ///< "original"; may be null
    QImage second;                    ///< "rebuilt"; may be null
    std::optional<QString> caption{}; ///< of the pictures, instead of these words; "" = none
};

/// In the upper left corner of `area`; returns what it covers (empty: nothing).
QRectF paintScatterLegend(QPainter& painter, const QRectF& area, const ScatterLegend& legend);

/// In the upper right corner of `area`: what the cloud's dots and outlines are.
void paintScatterCloudLegend(QPainter& painter, const QRectF& area, const QString& caption);

/// In the lower right corner of `area`: readable over whatever lies there.
void paintScatterNote(QPainter& painter, const QRectF& area, const QString& text);

/// Where numbered marks are shown that belong to `places`, in widget coordinates: one that would cover an
/// earlier one steps aside.
QVector<QPointF> placedApart(const QVector<QPointF>& places);

/// `shown`: where it is drawn, with a line from the place `at` that it belongs to.
void paintScatterMark(QPainter& painter, const QRectF& area, const QPointF& at, const QPointF& shown,
                      const ScatterMark& mark);

/// Beside `at`, to the right and below where there is room, and inside `area`.
void paintScatterCard(QPainter& painter, const QRectF& area, const QPointF& at, const ScatterCard& card);

/// At the lower edge of `area`; fraction below 0: no bar.
void paintScatterBusy(QPainter& painter, const QRectF& area, const QString& caption, double fraction);

/// A picture on its ground with a frame, centred at a point. side: of the picture, in logical pixels.
void paintScatterThumbnail(QPainter& painter, const QPointF& at, double side, const QImage& picture,
                           const QColor& frame);

} // namespace alphascope::ui
