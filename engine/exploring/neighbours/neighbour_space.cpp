#include "engine/api/neighbours.h"

#include <fmt/format.h>

#include "models/schema/method_traits.h"

namespace alphascope::engine {

const char* toText(NeighbourSpace space) {
    switch (space) {
    case NeighbourSpace::Pixel:
        return "pixel";
    case NeighbourSpace::Code:
        return "code";
    case NeighbourSpace::Feature:
        break;
    }
    return "feature";
}

std::string whyNoSpace(NeighbourSpace space, const ModelInfo& model) {
    if (model.isPoints()) {
        return "This model is of points in the plane, where the scatter view shows all.";
    }
    const auto can = [&model](models::Capability capability) {
        return (model.capabilities & static_cast<unsigned>(capability)) != 0;
    };
    if (space == NeighbourSpace::Code && !can(models::Capability::Encode)) {
        return fmt::format("{} has no encoder, so there are no codes to measure between.", model.methodTitle);
    }
    if (space == NeighbourSpace::Feature && !can(models::Capability::Criticise)) {
        return fmt::format(
            "{} has no discriminator of pictures, so there are no features of one to measure between.",
            model.methodTitle);
    }
    return {};
}

} // namespace alphascope::engine
