#pragma once
// Curves are told apart by a shape as well as by colour: the same small shape ends the line and stands in the
// legend.

#include <QPainter>

namespace alphascope::ui {

enum class SeriesShape { Disc, Square, Triangle, Diamond };

inline SeriesShape seriesShape(int index) {
    return static_cast<SeriesShape>(((index % 4) + 4) % 4);
}

/// Centred, about `size` pixels wide.
void paintSeriesShape(QPainter& painter, SeriesShape shape, const QPointF& centre, double size,
                      const QColor& color);

} // namespace alphascope::ui
