// Scales, ticks, colours and strokes of a study's figures.

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "engine/study/figure_drawing.h"

namespace alphascope::engine {

namespace {

/// The mock-ups' blue, amber, green and red, told apart by the colour-blind, and four more.
constexpr std::array<std::uint32_t, 8> methodColors{0x3478d6, 0xd9861a, 0x2c9c6c, 0xcf4a55,
                                                    0x7d5bc2, 0x4b8f99, 0xa0562b, 0x6b7785};

constexpr double lineSpacing = 1.4;
/// Extremes so far beyond what is usual, in shares of it, still widen an axis.
constexpr double extremeShare = 0.35;
/// Shares of the highest value at which an axis still reaches down to 0.
constexpr double nearZero = 0.7;
/// Ticks may be so much closer than asked for.
constexpr double closerTicks = 0.7;

} // namespace

FigureScale::FigureScale(double low, double high, double from, double to, bool logarithmic)
    : low_(low), high_(high), from_(from), to_(to), logarithmic_(logarithmic && low > 0.0) {
    if (!(high_ > low_)) { // one value alone stands in the middle
        const double room = std::max(std::abs(low_) * 0.05, 1e-6);
        low_ -= room;
        high_ += room;
    }
    logarithmic_ = logarithmic_ && low_ > 0.0;
}

double FigureScale::at(double value) const {
    const double share = logarithmic_ ? std::log(std::max(value, 1e-300) / low_) / std::log(high_ / low_)
                                      : (value - low_) / (high_ - low_);
    return from_ + (to_ - from_) * std::clamp(share, -0.02, 1.02);
}

FigureScale valueScale(const StudyPanel& panel, double bottom, double top, bool bars) {
    double low = INFINITY;
    double high = -INFINITY;
    const auto include = [&](double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    };
    for (const StudyColumn& column : panel.columns) {
        include(column.best);
        include(column.firstQuartile);
        include(column.thirdQuartile);
    }
    for (const std::optional<double>& line : {panel.reference, panel.floor}) {
        if (line) {
            include(*line);
        }
    }
    const double usual = (high - low) * extremeShare;
    for (const StudyColumn& column : panel.columns) {
        for (const double end : {column.low, column.high}) {
            if (end > low - usual && end < high + usual) {
                include(end);
            }
        }
    }
    const double room = 0.06 * (high - low);
    // Bars are compared by their length, which is honest from 0 on only.
    const bool fromZero = bars && low > 0.0 && low < nearZero * high;
    return {fromZero ? 0.0 : low - room, high + room, bottom, top};
}

std::vector<double> roundTicks(double low, double high, int wanted) {
    const double rough = (high - low) / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10.0 * power;
    for (const double factor : {5.0, 2.0, 1.0}) {
        step = factor * power >= closerTicks * rough ? factor * power : step;
    }
    std::vector<double> ticks;
    for (double n = std::ceil(low / step); n * step <= high && ticks.size() < 20; ++n) {
        ticks.push_back(n == 0.0 ? 0.0 : n * step);
    }
    return ticks;
}

std::uint32_t methodColor(std::size_t method) {
    return methodColors[method % methodColors.size()];
}

DrawShape lineShape(double x, double y, double x2, double y2, std::uint32_t rgb, double width) {
    return {
        .kind = DrawShape::Kind::Line, .x = x, .y = y, .x2 = x2, .y2 = y2, .width = width, .color = {rgb}};
}

DrawShape boxShape(double x, double y, double width, double height, std::uint32_t rgb, double opacity) {
    return {.kind = DrawShape::Kind::Box, .x = x, .y = y, .x2 = width, .y2 = height, .color = {rgb, opacity}};
}

DrawShape circleShape(double x, double y, double radius, std::uint32_t rgb, double opacity) {
    return {.kind = DrawShape::Kind::Circle, .x = x, .y = y, .radius = radius, .color = {rgb, opacity}};
}

DrawShape textShape(double x, double y, const std::string& words, double size, TextAnchor anchor,
                    std::uint32_t rgb, bool bold) {
    return {.kind = DrawShape::Kind::Text,
            .x = x,
            .y = y,
            .color = {rgb},
            .words = words,
            .fontSize = size,
            .bold = bold,
            .anchor = anchor};
}

double addParagraph(VectorDrawing& drawing, double x, double y, const std::string& words, double width,
                    double size, std::uint32_t rgb) {
    std::string line;
    const auto put = [&] {
        if (!line.empty()) {
            y += size * lineSpacing;
            drawing.shapes.push_back(textShape(x, y, line, size, TextAnchor::Start, rgb));
        }
    };
    std::istringstream stream(words);
    for (std::string word; stream >> word;) {
        const std::string longer = line.empty() ? word : line + " " + word;
        if (!line.empty() && drawnWidth(longer, size, false) > width) {
            put();
            line = word;
        } else {
            line = longer;
        }
    }
    put();
    return y;
}

} // namespace alphascope::engine
