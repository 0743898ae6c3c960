#pragma once
// The inside of a TrainingSession: the core and the thread that it runs on. For those who construct one:
// session_factory.h with any trainer, engine/training/session_product.cpp with the product's.

#include <functional>
#include <thread>

#include "engine/api/session.h"
#include "engine/session/session_core.h"

namespace alphascope::engine {

struct TrainingSession::Impl {
    /// The thread starts here and sleeps until the first command.
    Impl(TrainerFactory factory, std::function<void()> notify, SessionOptions options = {});
    /// Ends the run without saving and joins; notifies no more.
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    SessionCore core;
    std::thread thread; ///< last: it uses the core
};

} // namespace alphascope::engine
