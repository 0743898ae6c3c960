#pragma once
// What lies on a map of components beside its points: where a critic sees holes and leaks, and the ellipse of
// many codes of one picture. Pure.

#include <QPointF>
#include <QPolygonF>
#include <QRectF>

#include <span>
#include <vector>

#include "engine/api/atlas.h"

namespace alphascope::ui {

/// A place where a critic's log q/p is extreme, and that there is reason to ask about.
struct MapPlace {
    enum class Kind {
        Hole, ///< the prior expects codes, and pictures' codes are three times rarer
        Leak, ///< pictures' codes are three times denser than the prior expects
    };
    Kind kind = Kind::Hole;
    int number = 0; ///< from 1, the strongest first
    QPointF place;
    double logRatio = 0.0;
};

/// Local extrema of a field as ScatterMap::setField() takes it. Holes lie where the prior's own codes do:
/// within 2.5 standard deviations of its middle in this plane; leaks where pictures' codes do: beside a point
/// of the map. Where log q/p is extreme and neither of them ever comes, the critic has seen nothing. First
/// holes, then leaks, at most `most` of each, no two of a kind within three cells.
std::vector<MapPlace> extremePlaces(const engine::CodeMap& map, std::span<const float> field, int n,
                                    const QRectF& rectangle, std::size_t most = 5);

/// Codes of one picture, projected orthogonally onto the map's plane.
struct CodeCloud {
    std::vector<QPointF> points;
    QPointF mean;
    double variance[3] = {0, 0, 0}; ///< xx, xy, yy; over count - 1
    /// Where the Mahalanobis distance from the mean is `sigmas`: closed.
    QPolygonF ellipse(double sigmas) const;
};
/// The map must have a plane, of codes of this size; at least two codes.
CodeCloud cloudOf(const engine::CodeMap& map, const engine::Codes& codes);

} // namespace alphascope::ui
