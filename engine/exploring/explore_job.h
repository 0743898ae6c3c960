#pragma once
// One request on its way to its result, in pieces short enough for a more urgent one to come in between.
// Explorer thread.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

#include "engine/api/explorer.h"
#include "engine/concurrency/interaction_gate.h"
#include "engine/exploring/class_walk.h"
#include "engine/exploring/code_search.h"
#include "engine/exploring/geodesic_search.h"
#include "engine/exploring/held_out_errors.h"
#include "engine/exploring/replica.h"
#include "engine/exploring/variation.h"

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

    enum class Progress {
        More,     ///< nothing to show yet
        News,     ///< partialResult() shows how far it is
        Complete, ///< takeResult()
    };
    /// Works on the next piece. A fault becomes the result's error.
    Progress advance();
    /// Starts over on another model.
    void restart(std::shared_ptr<Replica> replica, std::uint64_t epoch);

    /// A search, a walk or a geodesic: seconds of work for one request. Everything else goes before its next
    /// step, and training does not wait for it.
    bool isLong() const { return isLong_; }
    std::uint64_t stamp() const { return pending_.request.stamp; }

    ExploreResult partialResult() const;
    ExploreResult takeResult();
    /// What there is, for a request that is not to be finished.
    ExploreResult takeCancelled();

private:
    Progress work();
    Progress decodeNext(const DecodeCodes& order);
    Progress codeFieldNext(const Codes& codes);
    Progress encode(const Image& picture, const EncodeOptions& options,
                    const std::optional<CropSquare>& crop);
    Progress encodeSetNext(const EncodeSet& order);
    Progress searchNext();
    Progress beginWalk(const SampleClass& order);
    Progress walkNext();
    Progress findDirections(const FindDirections& order);
    Progress measureFidelity(const EditFidelity& order);
    Progress measureNext(const MeasurePath& order);
    Progress geodesicNext();
    Progress varyNext(const VaryPicture& order);
    Progress heldOutNext(const MeasureHeldOut& order);
    void showRebuilt(Replica::Reconstruction rebuilt);
    double age() const;

    PendingExplore pending_;
    std::shared_ptr<Replica> replica_;
    ExploreResult result_;
    std::size_t done_ = 0; ///< codes
    bool isLong_ = false;
    std::unique_ptr<CodeSearch> search_;       ///< uses replica_
    std::unique_ptr<ClassWalk> walk_;          ///< uses replica_
    std::unique_ptr<GeodesicSearch> geodesic_; ///< uses replica_
    std::unique_ptr<Variation> variation_;     ///< uses replica_
    std::unique_ptr<HeldOutErrors> heldOut_;   ///< uses replica_
};

} // namespace alphascope::engine
