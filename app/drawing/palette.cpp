#include "app/drawing/palette.h"

#include <algorithm>
#include <cmath>

namespace alphascope::app {

Color colorOf(std::size_t index, std::size_t count) {
    if (count <= palette.size()) {
        return palette[index % palette.size()];
    }
    const double hue = 6.0 * static_cast<double>(index % count) / static_cast<double>(count);
    const double value = index % 2 == 0 ? 215.0 : 150.0;
    const auto channel = [&](double shift) {
        const double place = std::fmod(hue + shift, 6.0);
        const double share = std::clamp(std::abs(place - 3.0) - 1.0, 0.0, 1.0);
        return static_cast<std::uint8_t>(std::lround(value * (0.12 + 0.88 * share)));
    };
    return {channel(0.0), channel(4.0), channel(2.0)};
}

} // namespace alphascope::app
