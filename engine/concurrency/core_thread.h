#pragma once
// A core on a thread of its own: run() begins when this is built, shutDown() ends it before the core goes.
// What a public engine class keeps behind its pointer. Built and destroyed on the controlling thread.

#include <thread>
#include <utility>

namespace alphascope::engine {

/// `Core` has run(), which returns after shutDown() was called on another thread.
template <typename Core>
struct CoreThread {
    template <typename... Arguments>
    explicit CoreThread(Arguments&&... arguments)
        : core(std::forward<Arguments>(arguments)...), thread([this] { core.run(); }) {}
    ~CoreThread() {
        core.shutDown();
        thread.join();
    }
    CoreThread(const CoreThread&) = delete;
    CoreThread& operator=(const CoreThread&) = delete;

    Core core;
    std::thread thread; ///< last: it uses the core
};

} // namespace alphascope::engine
