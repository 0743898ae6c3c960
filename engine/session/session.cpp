// TrainingSession over the core. Its public constructor is engine/training's, which knows the product's
// trainer.

#include "engine/api/session.h"

#include <chrono>
#include <utility>

#include "engine/session/session_impl.h"

namespace alphascope::engine {

TrainingSession::TrainingSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

TrainingSession::~TrainingSession() = default;

CommandId TrainingSession::start(const RunConfig& config, bool paused) {
    return impl_->core.post(StartCommand{config, paused});
}

CommandId TrainingSession::pause() {
    return impl_->core.post(PauseCommand{});
}

CommandId TrainingSession::resume() {
    return impl_->core.post(ResumeCommand{});
}

CommandId TrainingSession::stepOnce(const std::string& part) {
    return impl_->core.post(StepCommand{part});
}

CommandId TrainingSession::saveCheckpoint() {
    return impl_->core.post(SaveCommand{});
}

CommandId TrainingSession::setParameter(const std::string& name, const std::string& text) {
    return impl_->core.post(SetParameterCommand{name, text});
}

CommandId TrainingSession::setTargetSteps(std::int64_t steps) {
    return impl_->core.post(SetTargetCommand{steps});
}

void TrainingSession::requestStop(bool save) {
    impl_->core.requestStop(save);
}

std::vector<SessionEvent> TrainingSession::takeEvents() {
    return impl_->core.outbox().takeEvents();
}

std::vector<MetricPoint> TrainingSession::takeMetrics() {
    return impl_->core.outbox().takeMetrics();
}

std::shared_ptr<const Preview> TrainingSession::takePreview() {
    return impl_->core.outbox().takePreview();
}

SessionStatus TrainingSession::status() const {
    return impl_->core.outbox().status();
}

std::shared_ptr<LiveModel> TrainingSession::liveModel() const {
    return impl_->core.outbox().liveModel();
}

bool TrainingSession::waitUntilFinished(int milliseconds) {
    return impl_->core.waitUntilFinished(std::chrono::milliseconds(milliseconds));
}

} // namespace alphascope::engine
