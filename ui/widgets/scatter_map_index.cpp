#include "ui/widgets/scatter_map_index.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace alphascope::ui {

namespace {

constexpr double pointsPerCell = 8;
constexpr int mostCells = 256; // a side
constexpr double largest = 1e150;

bool counts(const QPointF& point) {
    return std::abs(point.x()) <= largest && std::abs(point.y()) <= largest; // false for NaN
}

int placeOf(double value, double low, double extent, int side) {
    if (!(extent > 0)) {
        return 0;
    }
    return static_cast<int>(std::clamp((value - low) / extent * side, 0.0, side - 1.0));
}

} // namespace

int PointIndex::columnOf(double x) const {
    return placeOf(x, bounds_.left(), bounds_.width(), side_);
}

int PointIndex::rowOf(double y) const {
    return placeOf(y, bounds_.top(), bounds_.height(), side_);
}

void PointIndex::build(const QVector<QPointF>& positions) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    QPointF low(infinity, infinity);
    QPointF high(-infinity, -infinity);
    std::size_t finite = 0;
    for (const QPointF& point : positions) {
        if (counts(point)) {
            low = {std::min(low.x(), point.x()), std::min(low.y(), point.y())};
            high = {std::max(high.x(), point.x()), std::max(high.y(), point.y())};
            ++finite;
        }
    }
    entries_.assign(finite, {});
    bounds_ = finite > 0 ? QRectF(low, high) : QRectF();
    side_ =
        std::clamp(static_cast<int>(std::sqrt(static_cast<double>(finite) / pointsPerCell)), 1, mostCells);

    // A counting sort by cell keeps the order of the indices within each.
    std::vector<std::size_t> cells(static_cast<std::size_t>(positions.size()));
    starts_.assign(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_) + 1, 0);
    for (qsizetype i = 0; i < positions.size(); ++i) {
        if (counts(positions[i])) {
            const std::size_t at = cell(rowOf(positions[i].y()), columnOf(positions[i].x()));
            cells[static_cast<std::size_t>(i)] = at;
            ++starts_[at + 1];
        }
    }
    for (std::size_t i = 1; i < starts_.size(); ++i) {
        starts_[i] += starts_[i - 1];
    }
    std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
    for (qsizetype i = 0; i < positions.size(); ++i) {
        if (counts(positions[i])) {
            entries_[next[cells[static_cast<std::size_t>(i)]]++] = {positions[i].x(), positions[i].y(),
                                                                    static_cast<int>(i)};
        }
    }
}

int PointIndex::nearest(const QPointF& at, double radius) const {
    int best = -1;
    double bestSquare = radius * radius;
    visitNear(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius), [&](auto run) {
        for (const Entry& entry : run) {
            const double dx = entry.x - at.x();
            const double dy = entry.y - at.y();
            const double square = dx * dx + dy * dy;
            const bool nearer = best < 0 ? square <= bestSquare : square < bestSquare;
            if (nearer || (square == bestSquare && entry.index < best)) {
                best = entry.index;
                bestSquare = square;
            }
        }
    });
    return best;
}

} // namespace alphascope::ui
