#pragma once
// The Euclidean distance, which all of this room's work is made of. Pure, any thread.

#include <cstddef>

namespace alphascope::engine {

/// Sum of the squared differences of two rows of `size` numbers. The last bits depend on the processor: one
/// with AVX2 adds up in another order.
using SquaredDistance = float (*)(const float* a, const float* b, std::size_t size);

/// The fastest one that this processor can do.
SquaredDistance squaredDistance();

} // namespace alphascope::engine
