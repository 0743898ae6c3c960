#include "app/map_picture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "app/drawing/canvas.h"
#include "app/drawing/palette.h"

namespace alphascope::app {

namespace {

constexpr int mapSide = 1000;
constexpr int margin = 24;
constexpr int headingHeight = 48;
constexpr int legendWidth = 220;
constexpr int legendStep = 26;
constexpr double letterHeight = 10.0;
constexpr std::size_t mostLegends = 20;
constexpr double dotOpacity = 0.75;

constexpr Color paper{255, 255, 255};
constexpr Color ink{40, 44, 52};
constexpr Color unlabelled{90, 90, 90};

/// Keeps the proportions: a unit across is a unit up.
struct Frame {
    double left = 0.0;
    double top = 0.0;
    double scale = 1.0;

    Point place(float x, float y) const {
        return {margin + (x - left) * scale, headingHeight + margin + (top - y) * scale};
    }
};

Frame frameOf(const std::vector<float>& positions) {
    constexpr float far = std::numeric_limits<float>::max();
    float low[2] = {far, far};
    float high[2] = {-far, -far};
    for (std::size_t i = 0; i < positions.size(); ++i) {
        low[i % 2] = std::min(low[i % 2], positions[i]);
        high[i % 2] = std::max(high[i % 2], positions[i]);
    }
    const double extent = std::max({double(high[0]) - low[0], double(high[1]) - low[1], 1e-12});
    const double middle[2] = {(double(low[0]) + high[0]) / 2.0, (double(low[1]) + high[1]) / 2.0};
    return {middle[0] - extent / 2.0, middle[1] + extent / 2.0, (mapSide - 2.0 * margin) / extent};
}

/// Smaller where there are more.
double dotWidth(std::size_t count) {
    return std::clamp(220.0 / std::sqrt(static_cast<double>(count) + 1.0), 2.0, 8.0);
}

void drawLegend(Canvas& canvas, const std::map<int, std::string>& names, std::size_t labels) {
    double y = headingHeight + margin + letterHeight;
    std::size_t drawn = 0;
    for (const auto& [label, name] : names) {
        if (drawn++ == mostLegends) {
            canvas.text({mapSide + 20.0, y}, letterHeight, "...", ink);
            return;
        }
        canvas.line({{mapSide + 6.0, y - letterHeight / 2.0}}, 9.0,
                    label < 0 ? unlabelled : colorOf(static_cast<std::size_t>(label), labels));
        canvas.text({mapSide + 20.0, y}, letterHeight, label < 0 ? "no label" : name, ink);
        y += legendStep;
    }
}

} // namespace

engine::Image drawMap(const std::string& heading, const engine::CodeMap& map, const engine::CodeSet& codes) {
    Canvas canvas(mapSide + legendWidth, headingHeight + mapSide, paper);
    canvas.text({margin, 34.0}, 13.0, heading, ink);
    std::map<int, std::string> names;
    for (const std::uint32_t row : *map.rows) {
        names.try_emplace(codes.labels[row], codes.labelName(row));
    }
    const std::size_t labels = std::max<std::size_t>(
        codes.labelNames.size(), names.empty() ? 0 : std::size_t(names.rbegin()->first + 1));
    const Frame frame = frameOf(map.positions);
    const double width = dotWidth(map.rows->size());
    for (std::size_t i = 0; i < map.rows->size(); ++i) {
        const int label = codes.labels[(*map.rows)[i]];
        canvas.line({frame.place(map.positions[2 * i], map.positions[2 * i + 1])}, width,
                    label < 0 ? unlabelled : colorOf(static_cast<std::size_t>(label), labels), dotOpacity);
    }
    if (names.size() > 1 || (!names.empty() && names.begin()->first >= 0)) {
        drawLegend(canvas, names, labels);
    }
    return canvas.image();
}

} // namespace alphascope::app
