#pragma once
// Sobol's sequence in base 2, 32 bits: points that fill the unit cube evenly. Direction numbers of Joe and
// Kuo 2008, "Constructing Sobol sequences with better two-dimensional projections" (new-joe-kuo-6.21201);
// order by Gray code (Antonov and Saleev 1979). Threads: pure, any.

#include <cstddef>
#include <cstdint>

namespace alphascope::engine {

inline constexpr std::size_t sobolDimensions = 21;

/// Coordinate `dimension` (below sobolDimensions) of point `index`, in units of 2^-32. Point 0 is the origin.
std::uint32_t sobol(std::uint32_t index, std::size_t dimension);

} // namespace alphascope::engine
