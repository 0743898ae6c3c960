// The controller's long work: searching for a picture's code without an encoder, and walking towards a class.

#include "ui/session/explore_controller.h"

#include "models/schema/method_traits.h"

namespace alphascope::ui {

using engine::ExploreLane;

std::vector<std::string> ExploreController::classes() const {
    const auto* info = modelInfo();
    const bool conditional = info && (info->capabilities & unsigned(models::Capability::Conditional)) != 0;
    return conditional ? info->classes : std::vector<std::string>();
}

void ExploreController::cancelSearch() {
    bridge_.cancelExplore(ExploreLane::Encode);
}

void ExploreController::cancelWalk() {
    bridge_.cancelExplore(ExploreLane::Class);
}

void ExploreController::sampleClass(int label, int steps, std::uint64_t seed) {
    const std::vector<std::string> names = classes();
    if (label < 0 || std::size_t(label) >= names.size())
        return;
    engine::SampleClass order;
    order.label = label;
    order.steps = std::max(1, steps);
    order.seed = seed;
    walkName_ = tr("class %1, seed %2").arg(QString::fromStdString(names[std::size_t(label)])).arg(seed);
    bridge_.request(ExploreLane::Class, std::move(order));
}

void ExploreController::takeWalk(const engine::ExploreResult& result) {
    Q_EMIT walkProgressed(result);
    if (result.finished && result.codes.count == 1)
        setCode(result.codes.values, walkName_);
}

} // namespace alphascope::ui
