#pragma once
// The explorer turn by turn, on the test's own thread.

#include <cstdint>
#include <variant>
#include <vector>

#include "engine/exploring/explorer_core.h"

namespace alphascope::tests {

inline engine::ExploreRequest decodeRequest(std::uint64_t stamp, std::size_t count = 1, std::size_t size = 6,
                                            engine::ExploreLane lane = engine::ExploreLane::Picture) {
    return {lane, stamp, engine::DecodeCodes{engine::priorCodes(stamp, count, size)}};
}

inline void runDry(engine::ExplorerCore& core) {
    while (core.turn()) {
    }
}

template <typename Event>
const Event* firstOf(const std::vector<engine::ExplorerEvent>& events) {
    for (const engine::ExplorerEvent& event : events) {
        if (const auto* found = std::get_if<Event>(&event)) {
            return found;
        }
    }
    return nullptr;
}

} // namespace alphascope::tests
