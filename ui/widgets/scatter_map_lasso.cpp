#include "ui/widgets/scatter_map_lasso.h"

#include <algorithm>

namespace alphascope::ui {

namespace {

constexpr std::size_t mostBands = 128;

} // namespace

PolygonTest::PolygonTest(const QPolygonF& polygon) : bounds_(polygon.boundingRect()) {
    bands_.resize(std::clamp<std::size_t>(static_cast<std::size_t>(polygon.size()) / 2, 1, mostBands));
    for (qsizetype i = 0; i < polygon.size(); ++i) {
        const Edge edge{polygon[i], polygon[(i + 1) % polygon.size()]};
        const int last = bandOf(std::max(edge.from.y(), edge.to.y()));
        for (int band = bandOf(std::min(edge.from.y(), edge.to.y())); band <= last; ++band) {
            bands_[static_cast<std::size_t>(band)].push_back(edge);
        }
    }
}

int PolygonTest::bandOf(double y) const {
    if (!(bounds_.height() > 0)) {
        return 0;
    }
    const auto count = static_cast<double>(bands_.size());
    return static_cast<int>(std::clamp((y - bounds_.top()) / bounds_.height() * count, 0.0, count - 1));
}

bool PolygonTest::contains(const QPointF& point) const {
    if (point.x() < bounds_.left() || point.x() > bounds_.right() || point.y() < bounds_.top() ||
        point.y() > bounds_.bottom()) {
        return false;
    }
    int winding = 0;
    for (const Edge& edge : bands_[static_cast<std::size_t>(bandOf(point.y()))]) {
        const bool starts = edge.from.y() <= point.y();
        if (starts == (edge.to.y() <= point.y())) {
            continue;
        }
        const double side = (edge.to.x() - edge.from.x()) * (point.y() - edge.from.y()) -
                            (point.x() - edge.from.x()) * (edge.to.y() - edge.from.y());
        // The edge passes the ray to the right of the point, upwards or downwards.
        if (starts && side > 0) {
            ++winding;
        } else if (!starts && side < 0) {
            --winding;
        }
    }
    return winding != 0;
}

QVector<int> pointsInPolygon(const PointIndex& points, const QPolygonF& polygon) {
    QVector<int> inside;
    if (polygon.size() < 3) {
        return inside;
    }
    const PolygonTest test(polygon);
    points.visitNear(test.bounds(), [&](auto run) {
        for (const PointIndex::Entry& entry : run) {
            if (test.contains({entry.x, entry.y})) {
                inside.append(entry.index);
            }
        }
    });
    std::sort(inside.begin(), inside.end());
    return inside;
}

QPolygonF rectanglePolygon(const QPointF& a, const QPointF& b) {
    return QPolygonF({a, QPointF(b.x(), a.y()), b, QPointF(a.x(), b.y())});
}

} // namespace alphascope::ui
