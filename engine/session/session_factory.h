#pragma once
// A TrainingSession over any trainer: for tests, and for programs that bring their own.

#include <functional>
#include <memory>
#include <utility>

#include "engine/api/session.h"
#include "engine/session/session_options.h"
#include "engine/session/trainer.h"

namespace alphascope::engine {

/// `factory` is called on the session thread, at each start.
struct SessionFactory {
    static std::unique_ptr<TrainingSession> make(TrainerFactory factory, std::function<void()> notify,
                                                 SessionOptions options = {});
};

inline std::unique_ptr<TrainingSession> makeSession(TrainerFactory factory, std::function<void()> notify,
                                                    SessionOptions options = {}) {
    return SessionFactory::make(std::move(factory), std::move(notify), std::move(options));
}

} // namespace alphascope::engine
