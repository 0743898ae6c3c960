#include "ui/models/map_places.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/models/map_math.h"

namespace alphascope::ui {

namespace {

const double tenfold = std::log(10.0);
constexpr int ellipseCorners = 64;

/// Strongest first, none close to a stronger one, numbered.
void appendThinned(std::vector<MapPlace>& places, std::vector<MapPlace> found, double apart,
                   std::size_t most) {
    std::sort(found.begin(), found.end(), [](const MapPlace& a, const MapPlace& b) {
        return std::abs(a.logRatio) > std::abs(b.logRatio);
    });
    const std::size_t before = places.size();
    for (MapPlace& place : found) {
        const bool close =
            std::any_of(places.begin() + std::ptrdiff_t(before), places.end(), [&](const MapPlace& other) {
                const QPointF offset = other.place - place.place;
                return std::hypot(offset.x(), offset.y()) < apart;
            });
        if (close)
            continue;
        place.number = int(places.size() - before) + 1;
        places.push_back(std::move(place));
        if (places.size() - before == most)
            return;
    }
}

} // namespace

std::vector<MapPlace> extremePlaces(const engine::CodeMap& map, const engine::Codes& codes,
                                    std::span<const float> logRatios, std::size_t ofPrior, double apart,
                                    std::size_t most) {
    if (!hasPlane(map) || codes.size != map.origin.size() || logRatios.size() != codes.count)
        return {};
    std::vector<MapPlace> holes;
    std::vector<MapPlace> leaks;
    for (std::size_t i = 0; i < codes.count; ++i) {
        const auto kind = i < ofPrior ? MapPlace::Kind::Hole : MapPlace::Kind::Leak;
        const double value = double(logRatios[i]);
        const bool extreme = kind == MapPlace::Kind::Hole ? value <= -tenfold : value >= tenfold;
        if (!extreme)
            continue;
        const auto code = codes.row(i);
        (kind == MapPlace::Kind::Hole ? holes : leaks)
            .push_back({kind, 0, placeOf(map, code), value, {code.begin(), code.end()}});
    }
    std::vector<MapPlace> places;
    appendThinned(places, std::move(holes), apart, most);
    appendThinned(places, std::move(leaks), apart, most);
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
