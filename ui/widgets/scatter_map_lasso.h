#pragma once
// Points inside a free form: pure functions; any thread.

#include "ui/widgets/scatter_map_index.h"

#include <QPolygonF>
#include <QVector>

#include <vector>

namespace alphascope::ui {

/// Tells quickly and often whether a point lies in a polygon. The polygon closes itself; where it crosses
/// itself a loop within a loop counts as inside (the rule of winding numbers).
class PolygonTest {
public:
    explicit PolygonTest(const QPolygonF& polygon);

    bool contains(const QPointF& point) const;
    QRectF bounds() const { return bounds_; }

private:
    struct Edge {
        QPointF from;
        QPointF to;
    };
    int bandOf(double y) const;

    QRectF bounds_;
    std::vector<std::vector<Edge>> bands_; ///< the edges that touch each of equal stripes of the bounds
};

/// The indices of the points inside, in rising order.
QVector<int> pointsInPolygon(const PointIndex& points, const QPolygonF& polygon);

/// The polygon of a rectangle between two corners.
QPolygonF rectanglePolygon(const QPointF& a, const QPointF& b);

} // namespace alphascope::ui
