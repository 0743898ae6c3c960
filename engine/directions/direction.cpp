#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/api/directions.h"
#include "engine/api/error.h"
#include "engine/directions/vectors.h"

namespace alphascope::engine {

namespace {

constexpr std::array kindNames = {"component", "attribute", "local", "factor"};

} // namespace

const char* toText(DirectionKind kind) {
    return kindNames[static_cast<std::size_t>(kind)];
}

DirectionKind directionKindNamed(const std::string& text) {
    const auto found = std::find(kindNames.begin(), kindNames.end(), text);
    if (found == kindNames.end()) {
        throw Error(ErrorKind::BadInput, fmt::format("'{}' is no kind of direction.", text),
                    fmt::format("Known are {}.", fmt::join(kindNames, ", ")));
    }
    return static_cast<DirectionKind>(found - kindNames.begin());
}

double positionOn(const LatentDirection& direction, std::span<const float> code) {
    const double centre = direction.centre.empty() ? 0.0 : dotProduct(direction.centre, direction.vector);
    return (dotProduct(code, direction.vector) - centre) / direction.sigma;
}

std::vector<float> movedTo(const LatentDirection& direction, std::span<const float> code, double position) {
    const double way = (position - positionOn(direction, code)) * direction.sigma;
    std::vector<float> moved(code.begin(), code.end());
    for (std::size_t i = 0; i < moved.size(); ++i) {
        moved[i] = static_cast<float>(moved[i] + way * direction.vector[i]);
    }
    return moved;
}

Codes stripAlong(const LatentDirection& direction, std::span<const float> code, std::size_t count) {
    Codes strip(count, code.size());
    for (std::size_t i = 0; i < count; ++i) {
        const double share = count == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1);
        const std::vector<float> moved = movedTo(direction, code, direction.range * (2.0 * share - 1.0));
        std::copy(moved.begin(), moved.end(), strip.row(i).begin());
    }
    return strip;
}

} // namespace alphascope::engine
