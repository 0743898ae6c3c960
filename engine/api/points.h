#pragma once
// A model of points in the plane, as it crosses the engine's border: what a scatter view shows. Points are
// flat floats, x and y in turn. Standard library only.

#include <vector>

namespace alphascope::engine {

inline constexpr float pointsRange = 1.25F; ///< views of points show [-range, range] in x (right) and y (up)

/// Part of a Preview. All of it belongs to the same weights.
struct PointsPreview {
    std::vector<float> real;            ///< held-out points; the same ones in every preview of a run
    std::vector<float> samples;         ///< from fixed codes
    std::vector<float> originals;       ///< the first of `real` that were rebuilt; empty without an encoder
    std::vector<float> reconstructions; ///< of originals, in their order

    /// What D says of the plane, at the nodes of a regular grid: node (column, row) lies at
    /// x = -range + 2 range column / (side - 1), y likewise by row, from the bottom up; row-major. Empty for
    /// methods that cannot criticise.
    int fieldSide = 0;
    std::vector<float> field;
    bool fieldIsEnergy = false; ///< low where D takes a point as real; else a logit: high there

    /// For some of the samples: where each lies, and d(criticise)/dx there (towards what D takes as real: its
    /// sign is turned for an energy). Not scaled.
    std::vector<float> arrowStarts;
    std::vector<float> arrowDirections;

    bool operator==(const PointsPreview&) const = default;
};

} // namespace alphascope::engine
