#pragma once
// ColorMNIST (Metz et al. 2016, "Unrolled Generative Adversarial Networks", appendix): a grey picture becomes
// a coloured one on a dark noisy ground.

#include <memory>
#include <span>

#include "engine/data/counter_random.h"
#include "engine/data/data_set.h"

namespace alphascope::engine {

/// With I = grey in [0,1] and per channel a colour c ~ N(0, 0.5^2): out = I c + (I - 1) + N(0, 0.2^2),
/// clipped to
/// [-1,1]. `grey`: [H,W] in [-1,1]; `out`: [3,H,W], three times as long. They may not overlap.
void colorize(std::span<const float> grey, CounterRandom& random, std::span<float> out);

/// `grey` with every picture coloured afresh by (seed, split, index, draw); `info` is what it says about
/// itself.
std::shared_ptr<const DataSet> makeColored(std::shared_ptr<const DataSet> grey, std::uint64_t seed,
                                           DataSetInfo info);

} // namespace alphascope::engine
