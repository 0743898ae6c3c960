#pragma once
// Tells a reader that there is something to take, at most once until the reader takes: however much is
// written, a slow reader's event queue holds one message.
//
// Threads: announce() on the writing thread, acknowledge() on the reading one, silence() on any.

#include <atomic>
#include <functional>
#include <utility>

namespace alphascope::engine {

class Notifier {
public:
    /// `notify` runs on the announcing thread, must be quick and must not call back into the announcer.
    explicit Notifier(std::function<void()> notify) : notify_(std::move(notify)) {}

    /// Call after the new value is in place.
    void announce() {
        if (outstanding_.exchange(true, std::memory_order_acq_rel)) {
            return;
        }
        if (notify_ && !silent_.load(std::memory_order_acquire)) {
            try {
                notify_();
            } catch (...) {
                // A reader's fault must not end the writer; the value stays there to be taken.
                outstanding_.store(false, std::memory_order_release);
            }
        }
    }

    /// Call before taking: what is written from now on is announced again. The exchange (not a plain store)
    /// makes everything visible that was written before an announcement which this call cancels.
    void acknowledge() { outstanding_.exchange(false, std::memory_order_acq_rel); }

    /// No more calls begin after this; one that runs may still be running.
    void silence() { silent_.store(true, std::memory_order_release); }

private:
    std::function<void()> notify_;
    std::atomic<bool> outstanding_{false};
    std::atomic<bool> silent_{false};
};

} // namespace alphascope::engine
