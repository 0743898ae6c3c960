#pragma once
// What is timed, in one place: the sizes that C++ and the Python peers agree on.

#include <cstdint>

namespace alphascope::benchmarks {

inline constexpr std::int64_t batchSize = 64;
inline constexpr std::int64_t dcganFilters = 64;
inline constexpr std::int64_t dcganLatentSize = 100;
inline constexpr std::uint64_t workloadSeed = 1;

} // namespace alphascope::benchmarks
