#include "engine/exploring/neighbours/memorisation.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

double medianOf(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 != 0) {
        return *middle;
    }
    return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

double ratioOf(float training, float heldOut) {
    if (heldOut > 0.0F) {
        return static_cast<double>(training) / static_cast<double>(heldOut);
    }
    return training > 0.0F ? HUGE_VAL : 1.0;
}

void check(const NearestDistances& d) {
    const std::size_t samples = d.toTraining.size();
    if (samples == 0 || d.toTrainingPart.size() != samples || d.toHeldOut.size() != samples ||
        d.heldOutToTraining.size() != d.heldOutCount || d.heldOutCount == 0 || d.trainingCount == 0) {
        throw Error(ErrorKind::Internal, "The distances that memorisation is judged by do not fit together.");
    }
}

MemoryVerdict verdictOf(const Memorisation& memory, std::uint64_t heldOutCount) {
    if (std::min<std::uint64_t>(memory.samples.size(), heldOutCount) < fewestForMemory) {
        return MemoryVerdict::TooFew;
    }
    if (memory.copying.pLess >= memorySignificance) {
        return MemoryVerdict::NoSign;
    }
    return memory.pNearest < memorySignificance ? MemoryVerdict::Copies : MemoryVerdict::Blurred;
}

} // namespace

const char* toText(MemoryVerdict verdict) {
    switch (verdict) {
    case MemoryVerdict::TooFew:
        return "too few";
    case MemoryVerdict::NoSign:
        return "no sign";
    case MemoryVerdict::Blurred:
        return "blurred";
    case MemoryVerdict::Copies:
        break;
    }
    return "copies";
}

SampleMemory memoryOf(float toTraining, float toTrainingPart, float toHeldOut,
                      std::span<const float> heldOutToTraining) {
    const auto nearer = std::upper_bound(heldOutToTraining.begin(), heldOutToTraining.end(), toTraining) -
                        heldOutToTraining.begin();
    return {ratioOf(toTrainingPart, toHeldOut),
            (1.0 + static_cast<double>(nearer)) / (1.0 + static_cast<double>(heldOutToTraining.size()))};
}

Memorisation judgeMemorisation(const NearestDistances& distances) {
    check(distances);
    std::vector<float> reference = distances.heldOutToTraining;
    std::sort(reference.begin(), reference.end());
    Memorisation memory;
    std::vector<double> ratios;
    for (std::size_t i = 0; i < distances.toTraining.size(); ++i) {
        memory.samples.push_back(memoryOf(distances.toTraining[i], distances.toTrainingPart[i],
                                          distances.toHeldOut[i], reference));
        ratios.push_back(memory.samples.back().ratio);
        memory.nearestInTraining += distances.toTraining[i] < distances.toHeldOut[i] ? 1 : 0;
    }
    memory.medianRatio = medianOf(std::move(ratios));
    memory.copying = mannWhitney(distances.toTraining, distances.heldOutToTraining);
    const auto n = static_cast<double>(distances.trainingCount);
    memory.expectedShare = n / (n + static_cast<double>(distances.heldOutCount));
    memory.pNearest =
        binomialUpperTail(memory.nearestInTraining, memory.samples.size(), memory.expectedShare);
    memory.verdict = verdictOf(memory, distances.heldOutCount);
    return memory;
}

std::string describe(const Memorisation& memory) {
    const std::string figures =
        fmt::format("z {:.2f} (p {:.2g}), {} of {} nearest to a training picture where {:.0f} % are to be "
                    "expected (p {:.2g})",
                    memory.copying.z, memory.copying.pLess, memory.nearestInTraining, memory.samples.size(),
                    100.0 * memory.expectedShare, memory.pNearest);
    switch (memory.verdict) {
    case MemoryVerdict::TooFew:
        return "There are too few pictures to say whether training pictures are repeated.";
    case MemoryVerdict::NoSign:
        return fmt::format("No sign of repeated training pictures: {}.", figures);
    case MemoryVerdict::Blurred:
        return fmt::format(
            "Near to the training pictures but to held-out ones just as much, as blurred or plain "
            "pictures are: {}.",
            figures);
    case MemoryVerdict::Copies:
        break;
    }
    return fmt::format("Training pictures are repeated: {}.", figures);
}

} // namespace alphascope::engine
