#pragma once
// The explorer turn by turn, on the test's own thread; a model to look into, and pictures compared.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/exploring/explorer_core.h"
#include "tests/engine/training/training_support.h"

namespace alphascope::tests {

inline engine::ExploreRequest decodeRequest(std::uint64_t stamp, std::size_t count = 1, std::size_t size = 6,
                                            engine::ExploreLane lane = engine::ExploreLane::Picture) {
    return {lane, stamp, engine::DecodeCodes{engine::priorCodes(stamp, count, size)}};
}

inline void runDry(engine::ExplorerCore& core) {
    while (core.turn()) {
    }
}

/// The one result there is; without one, one that carries an error.
inline engine::ExploreResult onlyResult(engine::ExplorerCore& core) {
    std::vector<engine::ExploreResult> results = core.takeResults();
    if (results.size() == 1) {
        return std::move(results.front());
    }
    engine::ExploreResult none;
    none.error = engine::Error(engine::ErrorKind::Internal, "There is not one result.");
    return none;
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

/// Of a model trained for so long that its pictures depend on their codes.
inline std::string livelyCheckpoint(const std::string& folder) {
    engine::RunConfig config = tinyRun("alpha-gan", folder);
    config.overrides["emaDecay"] = "0.5";
    Trainer trainer(config);
    trainer.steps(60);
    return trainer->saveCheckpoint().path;
}

/// Of two pictures of one shape, over all 8-bit values; 255 for pictures of different shapes. The same code
/// decoded in another batch may round otherwise.
inline int largestDifference(const engine::Image& a, const engine::Image& b) {
    if (a.width != b.width || a.height != b.height || a.channels != b.channels) {
        return 255;
    }
    int largest = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        largest = std::max(largest, std::abs(int(a.pixels[i]) - int(b.pixels[i])));
    }
    return largest;
}

} // namespace alphascope::tests
