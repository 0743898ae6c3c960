#pragma once
// The frame of an object that works on a thread of its own, piece by piece, by orders that come from another
// one: who waits, who is woken, how it ends. What is ordered and done is the derived class's.
//
// Threads: run() and turn() on the working thread; shutDown(), and what derived classes offer with taken(),
// on one controlling thread; submit() on any. All of them return at once but run().

#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "engine/concurrency/notifier.h"

namespace alphascope::engine {

class WorkLoop {
public:
    /// `notify`: see Notifier.
    explicit WorkLoop(std::function<void()> notify) : notifier_(std::move(notify)) {}
    virtual ~WorkLoop() = default;
    WorkLoop(const WorkLoop&) = delete;
    WorkLoop& operator=(const WorkLoop&) = delete;

    /// No notification begins after this; run() returns after the piece at hand.
    void shutDown();

    /// Until shutDown(): turn() as long as there is work, then waits for an order.
    void run();
    /// One piece of work; false when there is none. Never throws.
    virtual bool turn() = 0;

protected:
    /// Under mutex_: whether turn() has something to do.
    virtual bool somethingWaits() const = 0;

    /// Runs `change`, which writes down an order, under the lock and wakes the working thread.
    template <typename Change>
    void submit(Change change) {
        {
            const std::lock_guard lock(mutex_);
            change();
        }
        changed_.notify_one();
    }

    /// All news so far, for the controlling thread.
    template <typename News>
    std::vector<News> taken(std::vector<News>& news) {
        notifier_.acknowledge();
        const std::lock_guard lock(mutex_);
        return std::exchange(news, {});
    }

    mutable std::mutex mutex_; ///< of orders and news
    Notifier notifier_;

private:
    std::condition_variable changed_;
    bool stopping_ = false;
};

} // namespace alphascope::engine
