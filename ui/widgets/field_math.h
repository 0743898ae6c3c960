#pragma once
// Contours and pictures of a field on a square raster: pure functions; any thread.

#include <QLineF>
#include <QVector>

namespace alphascope::ui {

/// The line where the field is `level`, by marching squares between cell centres; in the unit square, y down.
/// values: n x n, row by row. Cells with a value that is not finite are skipped.
QVector<QLineF> contourLines(const QVector<float>& values, int n, float level);

/// Joins segments that share an end into polylines, so that dashes run through.
QVector<QVector<QPointF>> joinSegments(const QVector<QLineF>& segments);

} // namespace alphascope::ui
