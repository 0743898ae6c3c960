#pragma once
// The sides that networks exist for, and the limit of what is read.

#include <array>
#include <cstdint>
#include <cstdlib>

namespace alphascope::engine {

constexpr std::array trainingSizes{28, 32, 64};

/// Of a file of pictures, unpacked: what states more is damaged or hostile.
constexpr std::uint64_t largestContent = std::uint64_t(1) << 32;

inline int nearestTrainingSize(int native) {
    int best = trainingSizes[0];
    for (const int size : trainingSizes) {
        if (std::abs(size - native) < std::abs(best - native)) {
            best = size;
        }
    }
    return best;
}

} // namespace alphascope::engine
