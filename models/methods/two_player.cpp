#include "models/methods/two_player.h"

namespace alphascope::models {

UpdateReport TwoPlayerMethod::update(BatchSource& batches, RandomStreams& random) {
    UpdateReport report;
    const std::int64_t repeats = discriminatorUpdates();
    for (std::int64_t i = 0; i < repeats; ++i) {
        report = updateDiscriminator(batches, random);
        betweenSubSteps();
    }
    updateGenerator(random, report);
    return report;
}

UpdateReport TwoPlayerMethod::updatePart(const std::string& part, BatchSource& batches,
                                         RandomStreams& random) {
    checkPart(findMethod(spec().method), part);
    if (part == "D") {
        return updateDiscriminator(batches, random);
    }
    UpdateReport report;
    updateGenerator(random, report);
    return report;
}

} // namespace alphascope::models
