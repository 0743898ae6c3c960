#pragma once
// Cooperative stop: set from any thread, looked at between pieces of work.

#include <atomic>

namespace alphascope::engine {

class StopFlag {
public:
    void request() { stop_.store(true, std::memory_order_release); }
    void reset() { stop_.store(false, std::memory_order_release); }
    bool requested() const { return stop_.load(std::memory_order_acquire); }

private:
    std::atomic<bool> stop_{false};
};

} // namespace alphascope::engine
