#pragma once
// One place for the newest value: a writer never waits and a reader sees only the latest.
// Threads: every method from any thread.

#include <mutex>
#include <optional>
#include <utility>

namespace alphascope::engine {

template <typename T>
class Mailbox {
public:
    /// True when the box was empty: the moment for a notification. A value not yet taken is replaced.
    bool put(T value) {
        std::optional<T> replaced(std::move(value)); // the old value is destroyed outside the lock
        const std::lock_guard lock(mutex_);
        replaced.swap(value_);
        return !replaced.has_value();
    }

    std::optional<T> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(value_, std::nullopt);
    }

    bool empty() const {
        const std::lock_guard lock(mutex_);
        return !value_.has_value();
    }

private:
    mutable std::mutex mutex_;
    std::optional<T> value_;
};

} // namespace alphascope::engine
