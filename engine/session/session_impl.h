#pragma once
// The inside of a TrainingSession: the core and the thread that it runs on. For those who construct one:
// session_factory.h with any trainer, engine/training/session_product.cpp with the product's.

#include "engine/api/session.h"
#include "engine/concurrency/core_thread.h"
#include "engine/session/session_core.h"

namespace alphascope::engine {

/// The thread sleeps until the first command; when this goes, the run ends without saving.
struct TrainingSession::Impl : CoreThread<SessionCore> {
    using CoreThread::CoreThread;
};

} // namespace alphascope::engine
