#include "engine/session/session_factory.h"

#include <utility>

#include "engine/session/session_impl.h"

namespace alphascope::engine {

std::unique_ptr<TrainingSession> SessionFactory::make(TrainerFactory factory, std::function<void()> notify,
                                                      SessionOptions options) {
    auto impl =
        std::make_unique<TrainingSession::Impl>(std::move(factory), std::move(notify), std::move(options));
    return std::unique_ptr<TrainingSession>(new TrainingSession(std::move(impl)));
}

} // namespace alphascope::engine
