// The session as the programs use it: over the trainer of this room, which judges samples by the classes of a
// classifier where the judges keep one for the data.

#include <memory>
#include <utility>

#include "engine/metrics/own_classifier.h"
#include "engine/session/session_impl.h"
#include "engine/training/method_trainer.h"

namespace alphascope::engine {

namespace {

std::unique_ptr<ITrainer> makeTrainer() {
    return std::make_unique<MethodTrainer>(
        steadyClock(), [](const DataSet& set, const torch::Device& device) -> std::unique_ptr<FeatureNet> {
            return OwnClassifier::keptFor(set, judgesFolder(), device);
        });
}

} // namespace

TrainingSession::TrainingSession(std::function<void()> notify)
    : TrainingSession(std::make_unique<Impl>(makeTrainer, std::move(notify))) {}

} // namespace alphascope::engine
