#include "ui/models/map_places.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/models/map_math.h"

namespace alphascope::ui {

namespace {

const double threefold = std::log(3.0);
constexpr double priorReach = 2.5; // standard deviations: 96 % of the prior's mass in a plane
constexpr double leastCells = 3.0;
constexpr int ellipseCorners = 64;

class FieldCells {
public:
    FieldCells(std::span<const float> values, int n, const QRectF& rectangle)
        : values_(values), n_(n), rectangle_(rectangle) {}

    double at(int row, int column) const { return double(values_[std::size_t(row * n_ + column)]); }
    double width() const { return rectangle_.width() / n_; }
    double height() const { return rectangle_.height() / n_; }
    QPointF centre(int row, int column) const {
        return {rectangle_.left() + (column + 0.5) * width(), rectangle_.bottom() - (row + 0.5) * height()};
    }
    /// Nothing beside it is lower; of equal neighbours the first counts.
    bool lowest(int row, int column, double sign) const {
        const double here = sign * at(row, column);
        for (int y = std::max(0, row - 1); y <= std::min(n_ - 1, row + 1); ++y)
            for (int x = std::max(0, column - 1); x <= std::min(n_ - 1, column + 1); ++x) {
                const double other = sign * at(y, x);
                const bool before = y < row || (y == row && x < column);
                if (before ? other <= here : other < here)
                    return false;
            }
        return true;
    }
    double apart(const QPointF& a, const QPointF& b) const {
        return std::hypot((a.x() - b.x()) / width(), (a.y() - b.y()) / height());
    }
    /// Which cells lie at most one from a point of the map.
    std::vector<bool> inhabited(const engine::CodeMap& map) const {
        std::vector<bool> found(std::size_t(n_) * std::size_t(n_), false);
        for (std::size_t i = 0; i + 1 < map.positions.size(); i += 2) {
            const double column = std::floor((double(map.positions[i]) - rectangle_.left()) / width());
            const double row = std::floor((rectangle_.bottom() - double(map.positions[i + 1])) / height());
            for (int y = -1; y <= 1; ++y)
                for (int x = -1; x <= 1; ++x)
                    if (row + y >= 0 && row + y < n_ && column + x >= 0 && column + x < n_)
                        found[std::size_t(row + y) * std::size_t(n_) + std::size_t(column + x)] = true;
        }
        return found;
    }

private:
    std::span<const float> values_;
    int n_;
    QRectF rectangle_;
};

/// Strongest first, none close to a stronger one, numbered.
std::vector<MapPlace> thinned(std::vector<MapPlace> found, const FieldCells& cells, std::size_t most) {
    std::sort(found.begin(), found.end(), [](const MapPlace& a, const MapPlace& b) {
        return std::abs(a.logRatio) > std::abs(b.logRatio);
    });
    std::vector<MapPlace> kept;
    for (MapPlace& place : found) {
        const bool close = std::any_of(kept.begin(), kept.end(), [&](const MapPlace& other) {
            return cells.apart(other.place, place.place) < leastCells;
        });
        if (close || kept.size() == most)
            continue;
        place.number = int(kept.size()) + 1;
        kept.push_back(place);
    }
    return kept;
}

} // namespace

std::vector<MapPlace> extremePlaces(const engine::CodeMap& map, std::span<const float> field, int n,
                                    const QRectF& rectangle, std::size_t most) {
    if (!hasPlane(map) || n < 2 || field.size() != std::size_t(n) * std::size_t(n) || rectangle.isEmpty())
        return {};
    const FieldCells cells(field, n, rectangle);
    const QPointF middle = placeOf(map, std::vector<float>(map.origin.size(), 0.0F));
    const std::vector<bool> inhabited = cells.inhabited(map);
    std::vector<MapPlace> holes;
    std::vector<MapPlace> leaks;
    for (int row = 0; row < n; ++row)
        for (int column = 0; column < n; ++column) {
            const double value = cells.at(row, column);
            const QPointF centre = cells.centre(row, column);
            const bool priors = std::hypot(centre.x() - middle.x(), centre.y() - middle.y()) <= priorReach;
            if (value <= -threefold && priors && cells.lowest(row, column, 1.0))
                holes.push_back({MapPlace::Kind::Hole, 0, centre, value});
            else if (value >= threefold && inhabited[std::size_t(row * n + column)] &&
                     cells.lowest(row, column, -1.0))
                leaks.push_back({MapPlace::Kind::Leak, 0, centre, value});
        }
    std::vector<MapPlace> places = thinned(std::move(holes), cells, most);
    const std::vector<MapPlace> others = thinned(std::move(leaks), cells, most);
    places.insert(places.end(), others.begin(), others.end());
    return places;
}

CodeCloud cloudOf(const engine::CodeMap& map, const engine::Codes& codes) {
    CodeCloud cloud;
    for (std::size_t i = 0; i < codes.count; ++i) {
        cloud.points.push_back(placeOf(map, codes.row(i)));
        cloud.mean += cloud.points.back() / double(codes.count);
    }
    for (const QPointF& point : cloud.points) {
        const QPointF offset = point - cloud.mean;
        const double share = 1.0 / double(codes.count - 1);
        cloud.variance[0] += share * offset.x() * offset.x();
        cloud.variance[1] += share * offset.x() * offset.y();
        cloud.variance[2] += share * offset.y() * offset.y();
    }
    return cloud;
}

QPolygonF CodeCloud::ellipse(double sigmas) const {
    // The Cholesky factor of the covariance takes the unit circle there.
    const double a = std::sqrt(std::max(0.0, variance[0]));
    const double b = a > 0.0 ? variance[1] / a : 0.0;
    const double c = std::sqrt(std::max(0.0, variance[2] - b * b));
    QPolygonF outline;
    for (int i = 0; i <= ellipseCorners; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / ellipseCorners;
        const double x = sigmas * std::cos(angle);
        const double y = sigmas * std::sin(angle);
        outline.append(mean + QPointF(a * x, b * x + c * y));
    }
    return outline;
}

} // namespace alphascope::ui
