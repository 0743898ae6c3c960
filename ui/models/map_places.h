#pragma once
// What lies on a map of components beside its points: where a critic sees holes and leaks, and the ellipse of
// many codes of one picture. Pure.

#include <QPointF>
#include <QPolygonF>

#include <span>
#include <vector>

#include "engine/api/atlas.h"

namespace alphascope::ui {

/// A code at which a critic's log q/p is extreme.
struct MapPlace {
    enum class Kind {
        Hole, ///< a code of the prior, where pictures' codes are ten times rarer
        Leak, ///< a picture's code, where the prior expects ten times fewer
    };
    Kind kind = Kind::Hole;
    int number = 0; ///< from 1, the strongest first
    QPointF place;  ///< of the code, projected onto the map's plane
    double logRatio = 0.0;
    std::vector<float> code;
};

/// The strongest holes and then leaks, at most `most` of each, those of a kind at least `apart` from each
/// other on the map: each is the extreme one of its neighbourhood. `codes`: the first `ofPrior` are drawn
/// from the prior, the others are pictures'; `logRatios` one for each. Codes that there are and not places of
/// the plane are judged, since a critic knows nothing of where neither kind ever comes: most of a plane in a
/// space of many dimensions.
std::vector<MapPlace> extremePlaces(const engine::CodeMap& map, const engine::Codes& codes,
                                    std::span<const float> logRatios, std::size_t ofPrior, double apart,
                                    std::size_t most = 5);

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
