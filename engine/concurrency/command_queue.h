#pragma once
// Commands to one working thread: bounded, in order, with a stop that jumps the queue.
//
// Threads: post(), requestStop(), wake(), close() and waitUntilIdle() from any thread, none of them waits for
// the worker except waitUntilIdle(). take(), takeStop() and wait() on the worker's thread alone.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "engine/concurrency/stop_flag.h"

namespace alphascope::engine {

template <typename Command>
class CommandQueue {
public:
    /// A stop, with the commands that were still waiting when it came. They are not to be carried out.
    struct Stop {
        bool save = false;
        std::vector<Command> overtaken;
    };

    explicit CommandQueue(std::size_t capacity) : capacity_(capacity) {}

    /// False when full or closed: the command is then not taken.
    bool post(Command command) {
        {
            const std::lock_guard lock(mutex_);
            if (closed_ || commands_.size() >= capacity_) {
                return false;
            }
            commands_.push_back(std::move(command));
            idle_ = false;
        }
        changed_.notify_one();
        return true;
    }

    /// Overtakes all that waits. Of two stops before the first is taken, the later one decides about saving.
    void requestStop(bool save) {
        {
            const std::lock_guard lock(mutex_);
            if (!stop_) {
                stop_.emplace();
            }
            stop_->save = save;
            for (Command& command : commands_) {
                stop_->overtaken.push_back(std::move(command));
            }
            commands_.clear();
            idle_ = false;
            discard_.store(!save, std::memory_order_release);
            stopFlag_.request();
        }
        changed_.notify_one();
    }

    /// Makes a waiting worker look around.
    void wake() {
        {
            const std::lock_guard lock(mutex_);
            woken_ = true;
            idle_ = false;
        }
        changed_.notify_one();
    }

    /// Nothing is accepted any more; wait() gives false once all is taken.
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        changed_.notify_one();
        becameIdle_.notify_all();
    }

    /// Until the worker waits with nothing to do and `done()` holds. Negative: without a limit.
    bool waitUntilIdle(std::chrono::milliseconds limit, const std::function<bool()>& done) {
        std::unique_lock lock(mutex_);
        const auto finished = [&] { return closed_ || (idle_ && done()); };
        if (limit.count() < 0) {
            becameIdle_.wait(lock, finished);
            return true;
        }
        return becameIdle_.wait_for(lock, limit, finished);
    }

    std::optional<Command> take() {
        const std::lock_guard lock(mutex_);
        if (commands_.empty()) {
            return std::nullopt;
        }
        std::optional<Command> command(std::move(commands_.front()));
        commands_.pop_front();
        return command;
    }

    /// Takes the stop and lowers the flag, so that the saving which may follow is not cut short.
    std::optional<Stop> takeStop() {
        const std::lock_guard lock(mutex_);
        stopFlag_.reset();
        discard_.store(false, std::memory_order_release);
        return std::exchange(stop_, std::nullopt);
    }

    /// Sleeps until there is something to take or wake() was called; false when closed and empty.
    bool wait() {
        std::unique_lock lock(mutex_);
        const auto something = [&] { return stop_ || !commands_.empty() || woken_; };
        if (!something() && !closed_) {
            idle_ = true;
            becameIdle_.notify_all();
            changed_.wait(lock, [&] { return something() || closed_; });
        }
        idle_ = false;
        woken_ = false;
        return stop_ || !commands_.empty() || !closed_;
    }

    /// Up from requestStop() until takeStop().
    const StopFlag& stopFlag() const { return stopFlag_; }
    /// A stop waits and its work may be thrown away.
    bool discardRequested() const { return discard_.load(std::memory_order_acquire); }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::condition_variable becameIdle_;
    std::deque<Command> commands_;
    std::optional<Stop> stop_;
    std::size_t capacity_;
    StopFlag stopFlag_;
    std::atomic<bool> discard_{false};
    bool idle_ = false;
    bool woken_ = false;
    bool closed_ = false;
};

} // namespace alphascope::engine
