#pragma once
// A trainer whose "weights" are one number that every step mixes. It does what its script says: the hooks run
// where a real trainer would work, and may post commands, throw, or move the clock.
//
// Threads: hooks run on the session thread; set them before the session starts. The counters may be read from
// any.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/session/trainer.h"
#include "tests/support/manual_clock.h"

namespace alphascope::tests {

struct FakeScript {
    ManualClock clock;
    std::chrono::milliseconds stepTime{10}; ///< each step moves the clock
    int subSteps = 1;

    std::function<void(const engine::RunConfig&, const engine::TrainerContext&)> onPrepare;
    std::function<void(std::int64_t step, const engine::TrainerContext&)>
        onStep; ///< the step about to be taken
    std::function<void()> onMetrics;
    std::function<void(bool save)> onPreview;
    std::function<void()> onSave;
    std::function<void()> onFinish;

    // What happened.
    std::atomic<int> alive{0};
    std::atomic<int> finished{0};
    std::atomic<std::int64_t> stepsTaken{0};
    std::atomic<int> metricsMade{0};
    std::atomic<int> previewsShown{0}; ///< not saved
    std::atomic<int> previewsSaved{0};
    std::atomic<int> weightsOffered{0};
    std::atomic<int> weightsForced{0};
    std::atomic<int> saves{0};
    std::atomic<std::uint64_t> state{0};
    std::atomic<std::int64_t> savedStep{0}; ///< taken up again when RunConfig::resume
    std::atomic<std::uint64_t> savedState{0};

    std::vector<std::string> parts() const;
    void notePart(const std::string& part);

private:
    mutable std::mutex mutex_;
    std::vector<std::string> parts_;
};

/// A factory of trainers that follow `script`.
engine::TrainerFactory fakeTrainers(std::shared_ptr<FakeScript> script);

/// What FakeTrainer's state is after so many whole steps from the start.
std::uint64_t fakeStateAfter(std::int64_t steps);

} // namespace alphascope::tests
