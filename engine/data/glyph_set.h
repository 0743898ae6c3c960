#pragma once
// `glyphs`: endless handwritten-looking digits, drawn by the program.

#include <cstdint>
#include <memory>
#include <span>

#include "engine/data/data_set.h"

namespace alphascope::engine {

constexpr std::uint64_t drawnTestCount = 10'000; ///< held-out pictures of every drawn set

DataSetInfo glyphSetInfo();
DataSetInfo colorGlyphSetInfo();

/// Digits as [1,size,size] (28, 32 or 64), drawn from (seed, split, index): the way to write it, slant,
/// aspect, warps, pen width and pressure, position. `size` is that of the drawing, not a resampled one.
std::shared_ptr<const DataSet> makeGlyphSet(int size, std::uint64_t seed);

} // namespace alphascope::engine
