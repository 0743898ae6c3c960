#pragma once
// The weights of a model in training, on their way to whoever looks inside it. Latest wins: the training side
// makes a copy only when somebody follows and has taken the last one, so that nobody looking costs nothing.
// No LibTorch.
//
// Threads: the training side on the session thread, the following side on one other; every method may be
// called at the same time as any other.

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "engine/concurrency/interaction_gate.h"
#include "engine/storage/model_state.h"

namespace alphascope::engine {

class LiveModel {
public:
    explicit LiveModel(std::shared_ptr<InteractionGate> gate = std::make_shared<InteractionGate>())
        : gate_(std::move(gate)) {}

    // ---- training side
    /// Somebody follows and has taken the last weights.
    bool wanted() const {
        const std::lock_guard lock(mutex_);
        return wake_ != nullptr && !fresh_;
    }
    void publish(std::shared_ptr<const ModelState> weights) {
        const std::lock_guard lock(mutex_);
        newest_.swap(weights); // an older one is freed after the lock
        fresh_ = true;
        if (wake_) {
            wake_();
        }
    }

    // ---- following side
    /// `wake` runs under this object's lock, on the training thread: it must be quick and not call back.
    /// Weights that were published before are fresh to a new follower.
    void follow(std::function<void()> wake) {
        const std::lock_guard lock(mutex_);
        wake_ = std::move(wake);
        fresh_ = newest_ != nullptr;
    }
    /// No call of `wake` runs or begins after this.
    void leave() {
        const std::lock_guard lock(mutex_);
        wake_ = nullptr;
    }
    /// Null when there is nothing newer. See engine/training/snapshot.h for what it holds.
    std::shared_ptr<const ModelState> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(fresh_, false) ? newest_ : nullptr;
    }
    /// What was published last, for who looks once and does not follow; null before the first time. Only
    /// while somebody follows is it of a moment ago.
    std::shared_ptr<const ModelState> newest() const {
        const std::lock_guard lock(mutex_);
        return newest_;
    }
    bool fresh() const {
        const std::lock_guard lock(mutex_);
        return fresh_;
    }

    /// Training's right of way for the follower's requests.
    const std::shared_ptr<InteractionGate>& gate() const { return gate_; }

private:
    mutable std::mutex mutex_;
    std::function<void()> wake_;
    std::shared_ptr<const ModelState> newest_; ///< kept for who follows later
    bool fresh_ = false;
    std::shared_ptr<InteractionGate> gate_;
};

} // namespace alphascope::engine
