#pragma once
// What the tests of codes share.

#include <span>
#include <vector>

#include "engine/api/error.h"

namespace alphascope::tests {

inline std::vector<float> toVector(std::span<const float> v) {
    return {v.begin(), v.end()};
}

/// Whether `act` ends in an Error(Usage) with a sentence.
template <typename Act>
bool throwsUsage(Act act) {
    try {
        act();
    } catch (const engine::Error& error) {
        return error.kind() == engine::ErrorKind::Usage && error.what()[0] != '\0';
    }
    return false;
}

} // namespace alphascope::tests
