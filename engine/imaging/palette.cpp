#include "engine/imaging/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace alphascope::engine {

namespace {

constexpr std::size_t channels = 3;

struct Counted {
    Rgb color;
    std::uint32_t count;
};

int channelOf(Rgb color, std::size_t channel) {
    return int(color >> (8 * (channels - 1 - channel)) & 0xFF);
}

template <typename Take>
void forEachPixel(const Image& image, Take take) {
    const auto step = static_cast<std::size_t>(image.channels);
    for (std::size_t at = 0; at + step <= image.pixels.size(); at += step) {
        const std::uint8_t* p = image.pixels.data() + at;
        take(step == 1 ? Rgb(p[0]) * 0x010101U : Rgb(p[0]) << 16 | Rgb(p[1]) << 8 | Rgb(p[2]));
    }
}

/// Some of the colours, [begin, end) of one array, with what it costs to show them all as their mean.
struct Box {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::array<double, channels> mean{};
    std::size_t widest = 0; ///< the channel with the largest squared error
    double error = 0.0;     ///< its squared error

    Box(const std::vector<Counted>& colors, std::size_t from, std::size_t to) : begin(from), end(to) {
        double total = 0.0;
        std::array<double, channels> sums{};
        std::array<double, channels> squares{};
        for (std::size_t i = begin; i < end; ++i) {
            total += colors[i].count;
            for (std::size_t k = 0; k < channels; ++k) {
                const double value = channelOf(colors[i].color, k);
                sums[k] += value * colors[i].count;
                squares[k] += value * value * colors[i].count;
            }
        }
        for (std::size_t k = 0; k < channels; ++k) {
            mean[k] = sums[k] / total;
            const double spread = squares[k] - sums[k] * mean[k];
            if (spread > error) {
                error = spread;
                widest = k;
            }
        }
    }

    Rgb meanColor() const {
        Rgb color = 0;
        for (const double value : mean) {
            color = color << 8 | Rgb(std::lround(value));
        }
        return color;
    }
};

/// Where the box falls into two: the median of its pixels along its widest channel.
std::size_t cut(std::vector<Counted>& colors, const Box& box) {
    const auto first = colors.begin() + static_cast<std::ptrdiff_t>(box.begin);
    const auto last = colors.begin() + static_cast<std::ptrdiff_t>(box.end);
    std::sort(first, last, [&](const Counted& a, const Counted& b) {
        return std::pair(channelOf(a.color, box.widest), a.color) <
               std::pair(channelOf(b.color, box.widest), b.color);
    });
    double half = 0.0;
    for (auto each = first; each != last; ++each) {
        half += each->count / 2.0;
    }
    std::size_t at = box.begin + 1;
    for (double passed = colors[box.begin].count; at + 1 < box.end && passed < half; ++at) {
        passed += colors[at].count;
    }
    return at;
}

} // namespace

void ColorCounts::add(const Image& image) {
    forEachPixel(image, [this](Rgb color) { ++counts_[color]; });
}

Palette::Palette(const ColorCounts& counts) {
    std::vector<Counted> colors;
    for (const auto& [color, count] : counts.counts()) {
        colors.push_back({color, count});
    }
    if (colors.empty()) {
        return;
    }
    std::sort(colors.begin(), colors.end(),
              [](const Counted& a, const Counted& b) { return a.color < b.color; });
    std::vector<Box> boxes{Box(colors, 0, colors.size())};
    while (boxes.size() < most) {
        const auto worst = std::max_element(boxes.begin(), boxes.end(),
                                            [](const Box& a, const Box& b) { return a.error < b.error; });
        if (!(worst->error > 0.0)) {
            break; // every colour has a place of its own
        }
        const std::size_t at = cut(colors, *worst);
        const Box upper(colors, at, worst->end);
        *worst = Box(colors, worst->begin, at);
        boxes.push_back(upper);
    }
    for (const Box& box : boxes) {
        for (std::size_t i = box.begin; i < box.end; ++i) {
            indices_[colors[i].color] = std::uint8_t(colors_.size());
        }
        colors_.push_back(box.meanColor());
    }
}

std::vector<std::uint8_t> Palette::indicesOf(const Image& image) const {
    std::vector<std::uint8_t> indices;
    indices.reserve(image.pixels.size() / static_cast<std::size_t>(image.channels));
    forEachPixel(image, [&](Rgb color) { indices.push_back(indices_.at(color)); });
    return indices;
}

} // namespace alphascope::engine
