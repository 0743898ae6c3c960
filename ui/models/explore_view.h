#pragma once
// Where the user stands in the latent space: one value that undo, redo and settings copy as a whole, and the
// pure functions that move in it. Codes are under a standard normal prior.

#include <QPointF>
#include <QString>
#include <QVector>

#include <array>
#include <cstdint>
#include <vector>

#include "engine/api/paths.h"

namespace alphascope::ui {

struct CodeKeyframe {
    int id = 0;
    std::vector<float> code; ///< as decoded: with its truncation
    QString label;
    bool operator==(const CodeKeyframe&) const = default;
};

enum class PadMode {
    Directions, ///< two dimensions of the code
    Anchors,    ///< the plane through three codes
};

inline constexpr std::size_t anchorCount = 3;
/// Half the width of sliders and of a fresh pad, in standard deviations of the prior.
inline constexpr double codeRange = 3.0;

struct ExploreView {
    std::vector<float> code;
    double truncation = 1.0; ///< multiplies the code before it is decoded
    std::uint64_t seed = 1;  ///< of the last "seed" or "random"
    QString source;          ///< "seed 7", "seven.jpg", "moved"
    PadMode padMode = PadMode::Directions;
    std::array<int, 2> axes{0, 1};
    std::array<std::vector<float>, anchorCount> anchors; ///< all empty, or all of the code's size
    std::array<QString, anchorCount> anchorLabels;
    QPointF anchorPosition;
    std::vector<CodeKeyframe> keyframes;
    engine::PathKind path = engine::PathKind::Slerp;
    bool loop = false;
    bool evenSpeed = false; ///< the film plays by length in pictures, not the same time for each way
    double pull = 0.0;      ///< of what lies between keyframes: engine::Model::pulledToData()
    bool operator==(const ExploreView&) const = default;
};

/// What the model decodes: code times truncation.
std::vector<float> decodedCode(const ExploreView& view);

/// Where the pad's handle stands.
QPointF padPosition(const ExploreView& view);
/// The code under a pad position; moves nothing else. In the anchors' plane the blend keeps the weighted
/// length of its anchors, since a shorter code would look washed out for geometry's sake alone.
std::vector<float> codeOnPad(const ExploreView& view, const QPointF& position);
/// The view after the handle was put there.
ExploreView movedOnPad(const ExploreView& view, const QPointF& position);
/// Corners of the anchors' triangle in the pad's units.
QVector<QPointF> anchorPositions();
/// Weights of the three anchors at a position; they sum to 1 and are negative outside the triangle.
std::array<double, anchorCount> anchorWeights(const QPointF& position);

/// n x n codes over the pad, row by row from +range down, columns from -range up, cell centres, truncated as
/// decoded ones are.
engine::Codes padRaster(const ExploreView& view, double range, int n);

/// The way through the keyframes (back to the first in a loop); of a geodesic one nothing is found yet.
engine::KeyframePath keyframePath(const ExploreView& view);
/// Ways between neighbouring keyframes: the unit of the strip's time.
int pathSegments(const ExploreView& view);

/// Mean, standard deviation, length, and the largest number with its dimension.
struct CodeStatistics {
    double mean = 0.0;
    double deviation = 0.0;
    double length = 0.0;
    float largest = 0.0F; ///< signed, by magnitude
    int largestDimension = -1;
};
CodeStatistics codeStatistics(std::span<const float> code);

} // namespace alphascope::ui
