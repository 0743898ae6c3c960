#pragma once
// Codes as vectors. Standard library only, pure.

#include <cmath>
#include <span>

namespace alphascope::engine {

inline double vectorLength(std::span<const float> code) {
    double sum = 0.0;
    for (const float value : code) {
        sum += double(value) * value;
    }
    return std::sqrt(sum);
}

} // namespace alphascope::engine
