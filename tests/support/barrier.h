#pragma once
// Lets two threads meet without sleeping: one waits at open doors only. Any thread.

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace alphascope::tests {

/// Closed until open() is called, then open for good. pass() gives false when nobody opened for a minute: a
/// test that hangs shall fail instead.
class Gate {
public:
    void open() {
        {
            const std::lock_guard lock(mutex_);
            open_ = true;
        }
        changed_.notify_all();
    }
    bool pass() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::minutes(1), [this] { return open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
};

} // namespace alphascope::tests
