#pragma once
// The sides that networks exist for.

#include <array>
#include <cstdlib>

namespace alphascope::engine {

constexpr std::array trainingSizes{28, 32, 64};

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
