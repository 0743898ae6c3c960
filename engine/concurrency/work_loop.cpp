#include "engine/concurrency/work_loop.h"

namespace alphascope::engine {

void WorkLoop::shutDown() {
    notifier_.silence();
    submit([this] { stopping_ = true; });
}

void WorkLoop::run() {
    while (true) {
        while (turn()) {
            const std::lock_guard lock(mutex_);
            if (stopping_) {
                return;
            }
        }
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stopping_ || somethingWaits(); });
        if (stopping_) {
            return;
        }
    }
}

} // namespace alphascope::engine
