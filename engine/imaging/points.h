#pragma once
// Points in the plane as pictures. No LibTorch. Any thread; no shared state.

#include "engine/api/image.h"
#include "engine/api/points.h"

namespace alphascope::engine {

inline constexpr int pointPictureSide = 28;

/// One point as a bright dot with a soft edge on a dark grey picture of 28 x 28 pixels over
/// [-pointsRange, pointsRange]^2, y up. A point outside, or one that is no number, leaves it dark.
Image drawPoint(float x, float y);

/// A scatter plot of `side` pixels, R G B: D's field as shades (bright where D takes a point as real), real
/// points grey, samples orange, reconstructions as green lines from their originals, arrows white.
Image drawScatter(const PointsPreview& points, int side = 384);

} // namespace alphascope::engine
