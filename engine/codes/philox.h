#pragma once
// Philox4x32-10: a random number generator that is a pure function of a counter and a key, so that any number
// of any stream can be had without the ones before it. Salmon, Moraes, Dror, Shaw, "Parallel random numbers:
// as easy as 1, 2, 3", SC 2011. Threads: pure, any.

#include <array>
#include <cstdint>

namespace alphascope::engine {

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

} // namespace alphascope::engine
