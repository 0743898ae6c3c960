// How much each parameter matters: small scatter panels, a row per method.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/study/figure_drawing.h"
#include "engine/study/figure_words.h"

namespace alphascope::engine {

namespace {

constexpr double edge = 16.0;
constexpr double numbersWidth = 44.0;
constexpr double smallWidth = 132.0;
constexpr double smallHeight = 104.0;
constexpr double smallGap = 14.0;
constexpr double rowHeight = smallHeight + 56.0;
constexpr double wordSize = 8.0;
constexpr int ticksWanted = 3;

class SmallPanel {
public:
    SmallPanel(VectorDrawing& drawing, const SensitivityPanel& panel, const StudyPanel& values, double x,
               double y)
        : drawing_(drawing), panel_(panel), left_(x), top_(y), bottom_(y + smallHeight),
          across_(parameterScale(panel, x, x + smallWidth)), up_(valueScale(values, bottom_, top_, false)) {}

    void draw(bool withNumbers) {
        add(textShape(left_, top_ - 6.0, panel_.parameter, wordSize, TextAnchor::Start, inkColor, true));
        for (const double tick : roundTicks(up_.low(), up_.high(), ticksWanted)) {
            add(lineShape(left_, up_.at(tick), left_ + smallWidth, up_.at(tick), gridColor, 0.8));
            if (withNumbers) {
                add(textShape(left_ - 6.0, up_.at(tick) + 3.0, shortNumber(tick), wordSize - 0.5,
                              TextAnchor::End, mutedColor));
            }
        }
        add(lineShape(left_, bottom_, left_ + smallWidth, bottom_, 0xb6bdc8, 1.0));
        drawTicks();
        for (auto point = panel_.points.rbegin(); point != panel_.points.rend(); ++point) {
            drawPoint(*point); // the best on top
        }
    }

private:
    void add(DrawShape shape) { drawing_.shapes.push_back(std::move(shape)); }

    void drawTicks() {
        double free = -INFINITY; // labels that would run into the one before are left out
        for (const double tick : parameterTicks(panel_, across_, ticksWanted)) {
            const double x = across_.at(tick);
            const std::string words =
                panel_.choices.empty() ? shortNumber(tick) : panel_.choices[std::size_t(tick)];
            const double half = drawnWidth(words, wordSize - 0.5, false) / 2;
            add(lineShape(x, bottom_, x, bottom_ + 3.0, 0xb6bdc8, 1.0));
            if (x - half > free) {
                add(textShape(x, bottom_ + 13.0, words, wordSize - 0.5, TextAnchor::Middle, mutedColor));
                free = x + half + 3.0;
            }
        }
    }

    void drawPoint(const StudyPoint& point) {
        const double x = across_.at(point.x);
        const double y = up_.at(point.value);
        const std::uint32_t rgb = methodColor(panel_.method);
        if (!up_.holds(point.value)) {
            const double direction = point.value > up_.high() ? 1.0 : -1.0;
            add({.kind = DrawShape::Kind::Triangle,
                 .x = x,
                 .y = y,
                 .radius = 3.5 * direction,
                 .color = {rgb}});
            return;
        }
        add(circleShape(x, y, 3.4, point.amongBest ? 0x000000 : rgb, point.amongBest ? 0.85 : 0.7));
    }

    VectorDrawing& drawing_;
    const SensitivityPanel& panel_;
    double left_, top_, bottom_;
    FigureScale across_;
    FigureScale up_;
};

} // namespace

VectorDrawing drawSensitivity(const StudyFigures& figures, std::size_t data) {
    VectorDrawing drawing;
    const auto values = std::find_if(figures.panels.begin(), figures.panels.end(),
                                     [&](const StudyPanel& panel) { return panel.data == data; });
    if (values == figures.panels.end()) {
        return drawing;
    }
    StudyPanel alone = *values; // what is the same everywhere says nothing here, and squeezes the rest
    alone.reference.reset();
    alone.floor.reset();
    drawing.width = 2 * edge + numbersWidth + 2 * smallWidth; // room for the heading
    double y = edge + 34.0;
    std::size_t method = SIZE_MAX;
    double x = 0.0;
    for (const SensitivityPanel& panel : figures.sensitivity) {
        if (panel.data != data) {
            continue;
        }
        const bool first = panel.method != method;
        if (first) {
            y += method == SIZE_MAX ? 0.0 : rowHeight;
            method = panel.method;
            x = edge + numbersWidth;
            drawing.shapes.push_back(
                textShape(edge, y, panel.title, 10.5, TextAnchor::Start, methodColor(method), true));
        }
        SmallPanel(drawing, panel, alone, x, y + 20.0).draw(first);
        x += smallWidth;
        drawing.width = std::max(drawing.width, std::ceil(x + edge));
        x += smallGap;
    }
    if (method == SIZE_MAX) {
        return {};
    }
    drawing.shapes.insert(drawing.shapes.begin(),
                          textShape(edge, edge + 8.0,
                                    fmt::format("{} on {}", figures.metricTitle, values->title), 12.0,
                                    TextAnchor::Start, inkColor, true));
    y = addParagraph(drawing, edge, y + rowHeight - 18.0,
                     fmt::format("Each point is a setting, its mean over the seeds; black: the ten best of "
                                 "its method; arrows: beyond the axis; {}.",
                                 aimText(figures.aim)),
                     drawing.width - 2 * edge, wordSize, mutedColor);
    drawing.height = std::ceil(y + edge);
    return drawing;
}

} // namespace alphascope::engine
