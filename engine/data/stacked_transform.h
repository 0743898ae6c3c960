#pragma once
// Stacked digits, the usual count of modes: three grey pictures in the three channels of one, a thousand
// modes for a set of ten labels (Metz et al. 2016, "Unrolled Generative Adversarial Networks").

#include <cstdint>
#include <memory>

#include "engine/data/data_set.h"

namespace alphascope::engine {

DataSetInfo stackedGlyphSetInfo();

/// `info` of a grey set, as its stacked form describes itself: three channels, and the labels "000" to "999"
/// when the set has ten.
DataSetInfo stackedInfo(DataSetInfo info);

/// Picture `index` has the grey picture `index` in red (so that a pass meets every one) and two drawn by
/// (seed, split, index, draw) in green and blue, all of the same split; of an endless set, the pictures 3
/// index to 3 index + 2. Its label is 100 a + 10 b + c, or -1 when the set has not ten labels.
std::shared_ptr<const DataSet> makeStacked(std::shared_ptr<const DataSet> grey, std::uint64_t seed,
                                           DataSetInfo info);

} // namespace alphascope::engine
