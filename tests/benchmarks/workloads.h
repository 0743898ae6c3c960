#pragma once
// What is timed, in one place: the sizes that C++ and the Python peers agree on.

#include <cstdint>
#include <map>
#include <string>

namespace alphascope::benchmarks {

inline constexpr std::int64_t batchSize = 64;
inline constexpr std::int64_t dcganFilters = 64;
inline constexpr std::int64_t dcganLatentSize = 100;
inline constexpr std::uint64_t workloadSeed = 1;

/// Settings of alpha-GAN that the peers have as constants; the rates matter, since the second pass of E and G
/// already sees what the first one changed.
inline std::map<std::string, std::string> peerSettings() {
    return {{"lambdaEncoder", "20"},   {"lambdaGenerator", "20"},         {"realWeight", "2"},
            {"rateEncoder", "2e-4"},   {"rateGenerator", "2e-4"},         {"rateDiscriminator", "2e-4"},
            {"generatorUpdates", "2"}, {"rateCodeDiscriminator", "2e-4"}, {"batchSize", "64"}};
}

} // namespace alphascope::benchmarks
