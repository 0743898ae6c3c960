#include "engine/concurrency/interaction_gate.h"

namespace alphascope::engine {

void InteractionGate::announce() {
    waiting_.fetch_add(1, std::memory_order_acq_rel);
}

void InteractionGate::finished() {
    {
        // Under the lock, so that the last release cannot fall between the waiter's test and its sleep.
        const std::lock_guard lock(mutex_);
        waiting_.fetch_sub(1, std::memory_order_acq_rel);
    }
    clear_.notify_all();
}

bool InteractionGate::yieldIfWanted(std::chrono::milliseconds maxWait) {
    if (!wanted()) {
        return false;
    }
    const auto begin = std::chrono::steady_clock::now();
    {
        std::unique_lock lock(mutex_);
        clear_.wait_for(lock, maxWait, [this] { return !wanted(); });
    }
    const std::chrono::nanoseconds spent = std::chrono::steady_clock::now() - begin;
    yielded_.fetch_add(spent.count(), std::memory_order_relaxed);
    return true;
}

} // namespace alphascope::engine
