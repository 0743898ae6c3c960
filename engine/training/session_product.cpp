// The session as the programs use it: over the trainer of this room.

#include <memory>
#include <utility>

#include "engine/session/session_impl.h"
#include "engine/training/method_trainer.h"

namespace alphascope::engine {

TrainingSession::TrainingSession(std::function<void()> notify)
    : TrainingSession(
          std::make_unique<Impl>([] { return std::make_unique<MethodTrainer>(); }, std::move(notify))) {}

} // namespace alphascope::engine
