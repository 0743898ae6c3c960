#pragma once
// `shapes`: endless coloured shapes with known factors, drawn by the program.

#include <cstdint>
#include <memory>

#include "engine/data/data_set.h"

namespace alphascope::engine {

DataSetInfo shapeSetInfo();

/// [3,size,size]. Everything in a picture follows from its factors: shape (0 to 7, also the label), hue
/// (0..1), size (radius as a share of the side), x and y (centre as a share of the side), rotation (turns),
/// background hue (0..1).
std::shared_ptr<const DataSet> makeShapeSet(int size, std::uint64_t seed);

} // namespace alphascope::engine
