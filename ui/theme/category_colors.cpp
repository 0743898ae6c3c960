#include "ui/theme/category_colors.h"

#include "ui/theme/tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace alphascope::ui {

namespace {

// Chosen one after the other as the colour farthest (in CIELAB, the least of four kinds of sight as simulated
// by Machado, Oliveira and Fernandes 2009) from those before it, at lightnesses that the ground leaves.
constexpr std::array<QRgb, 20> darkCategories = {0xff5aa2ff, 0xfff2a33c, 0xffdf3c67, 0xfff8d6f0, 0xffb2ffa9,
                                                 0xff7173a5, 0xffa17322, 0xff94c0a6, 0xffaaa2be, 0xffcdab61,
                                                 0xffe3f77b, 0xff2f9177, 0xff9262c9, 0xffcdc5fe, 0xff78d392,
                                                 0xff76ffc1, 0xffcc7cd0, 0xffb46b47, 0xff56808c, 0xffc5d460};
constexpr std::array<QRgb, 20> lightCategories = {0xff1668dc, 0xffc96a00, 0xff4f1c4b, 0xffc19db3, 0xff334b1c,
                                                  0xff3dc072, 0xff974d9a, 0xff9f9ff4, 0xff441c7e, 0xff658267,
                                                  0xff75bd47, 0xff25803a, 0xff816fc9, 0xff3b91fa, 0xff1e5344,
                                                  0xff6d3ea3, 0xffd470ba, 0xffb2146d, 0xff762977, 0xffeb6192};

// Lightness rises on the dark ground and falls on the light one.
constexpr std::array<QRgb, 5> darkRamp = {0xff4a5fa8, 0xff3f8fbf, 0xff46b89a, 0xffa5d65c, 0xfffbe96b};
constexpr std::array<QRgb, 5> lightRamp = {0xffd9a62e, 0xff7fa83a, 0xff1f8f86, 0xff2a5f9e, 0xff34206f};

} // namespace

int categoryColorCount() {
    return static_cast<int>(darkCategories.size());
}

QColor categoryColor(int index) {
    const auto& list = tokens().dark ? darkCategories : lightCategories;
    const int count = categoryColorCount();
    return QColor::fromRgb(list[static_cast<std::size_t>(((index % count) + count) % count)]);
}

QColor missingColor() {
    return mix(tokens().muted, tokens().raised, 0.35);
}

QColor pointValueColor(double value) {
    const auto& ramp = tokens().dark ? darkRamp : lightRamp;
    const double place = (std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0.0) * (ramp.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(place), ramp.size() - 2);
    return mix(QColor::fromRgb(ramp[low]), QColor::fromRgb(ramp[low + 1]), place - static_cast<double>(low));
}

} // namespace alphascope::ui
