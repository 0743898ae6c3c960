#pragma once
// One request on its way to its result, in pieces short enough for a more urgent one to come in between.
// Explorer thread.

#include <chrono>
#include <cstddef>
#include <memory>

#include "engine/api/explorer.h"
#include "engine/concurrency/interaction_gate.h"
#include "engine/exploring/replica.h"

namespace alphascope::engine {

/// A request as it waits.
struct PendingExplore {
    ExploreRequest request;
    std::chrono::steady_clock::time_point arrived;
    InteractionGate::Claim claim; ///< training gives way until the request is answered
};

class ExploreJob {
public:
    /// Keeps the replica that it began with, so that all its pictures are of one model.
    ExploreJob(PendingExplore pending, std::shared_ptr<Replica> replica, std::uint64_t epoch);

    /// Works on the next piece; true when the result is complete. A fault becomes the result's error.
    bool advance();
    /// Starts over on another model.
    void restart(std::shared_ptr<Replica> replica, std::uint64_t epoch);
    ExploreResult takeResult();

private:
    bool work();
    bool decodeNext(const Codes& codes);
    bool codeFieldNext(const Codes& codes);
    void encode(const Image& picture);

    PendingExplore pending_;
    std::shared_ptr<Replica> replica_;
    ExploreResult result_;
    std::size_t done_ = 0; ///< codes
};

} // namespace alphascope::engine
