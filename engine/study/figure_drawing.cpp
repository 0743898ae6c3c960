// Best values: bars, boxes, and the ten best settings as circles.

#include "engine/study/figure_drawing.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/study/figure_words.h"

namespace alphascope::engine {

namespace {

constexpr double pageMargin = 16.0;
constexpr double axisWidth = 46.0; ///< for the numbers left of a panel
constexpr double columnWidth = 84.0;
constexpr double narrowestPanel = 240.0;
constexpr double panelGap = 20.0;
constexpr double plotHeight = 220.0;
constexpr std::size_t panelsAcross = 3;
constexpr double titleSize = 11.5;
constexpr double labelSize = 9.0;
constexpr double noteSize = 8.0;
constexpr double boxHalf = 11.0;
constexpr double boxPlace = -14.0;   ///< of the box, from the column's middle
constexpr double circlePlace = 14.0; ///< of the circles
constexpr double circleRadius = 2.7;

double panelWidth(const StudyPanel& panel) {
    return std::max(narrowestPanel, axisWidth + columnWidth * double(panel.columns.size()));
}

/// Draws one panel with its upper left corner at (x, y).
class BestPanel {
public:
    BestPanel(VectorDrawing& drawing, const StudyFigures& figures, const StudyPanel& panel, double x,
              double y)
        : drawing_(drawing), figures_(figures), panel_(panel), left_(x + axisWidth),
          right_(x + panelWidth(panel)), top_(y + 24.0), bottom_(top_ + plotHeight),
          scale_(valueScale(panel, bottom_, top_, true)) {}

    void draw() {
        add(textShape(left_, top_ - 12.0, panel_.title, titleSize, TextAnchor::Start, inkColor, true));
        add(textShape(right_, top_ - 12.0, aimText(figures_.aim), noteSize, TextAnchor::End, mutedColor));
        drawGrid();
        drawLine(panel_.reference, "the data itself", referenceColor, -3.5);
        drawLine(panel_.floor, "floor: data against data", mutedColor, 9.5);
        const double step = (right_ - left_) / double(panel_.columns.size());
        for (std::size_t i = 0; i < panel_.columns.size(); ++i) {
            drawColumn(panel_.columns[i], left_ + (double(i) + 0.5) * step);
        }
    }

private:
    void add(DrawShape shape) { drawing_.shapes.push_back(std::move(shape)); }

    void drawGrid() {
        for (const double tick : roundTicks(scale_.low(), scale_.high(), 5)) {
            const double y = scale_.at(tick);
            add(lineShape(left_, y, right_, y, gridColor, 0.8));
            add(textShape(left_ - 7.0, y + 3.0, shortNumber(tick), noteSize, TextAnchor::End, mutedColor));
        }
        add(lineShape(left_, bottom_, right_, bottom_, 0xb6bdc8, 1.0));
    }

    /// Words above or below the line, on the side where the worst bars leave room.
    void drawLine(const std::optional<double>& value, const std::string& words, std::uint32_t rgb,
                  double below) {
        if (!value) {
            return;
        }
        const double y = scale_.at(*value);
        DrawShape line = lineShape(left_, y, right_, y, rgb, 1.2);
        line.dashed = true;
        add(line);
        add(textShape(left_ + 2.0, y + below, words, noteSize, TextAnchor::Start, rgb));
    }

    void drawColumn(const StudyColumn& column, double x) {
        const std::uint32_t rgb = methodColor(column.method);
        drawBar(column, x, rgb);
        drawBox(column, x + boxPlace, rgb);
        drawCircles(column, x + circlePlace);
        add(textShape(x, bottom_ + 15.0, column.title, labelSize, TextAnchor::Middle, inkColor, true));
        std::string note = fmt::format("{} settings", column.points.size());
        if (column.failed > 0) {
            note += fmt::format(", {} failed", column.failed);
        }
        add(textShape(x, bottom_ + 27.0, note, noteSize - 0.5, TextAnchor::Middle, mutedColor));
    }

    /// From the foot of the panel to the best value.
    void drawBar(const StudyColumn& column, double x, std::uint32_t rgb) {
        const double half = columnWidth * 0.36;
        const double best = scale_.at(column.best);
        add(boxShape(x - half, best, 2 * half, bottom_ - best, rgb, 0.13));
        add(boxShape(x - half, best - 1.5, 2 * half, 3.0, rgb, 1.0));
        // The number keeps off the circles, which gather on the bar's worse side.
        const bool above = figures_.aim != FigureAim::Lower;
        const double base = above ? best - 5.5 : best + 11.5;
        const std::string number = shortNumber(column.best);
        // A line of the data may pass behind; a bold digit is about two thirds of its height wide.
        const double wide = noteSize * 0.67 * static_cast<double>(number.size()) + 2.0;
        add(boxShape(x - wide / 2.0, base - noteSize + 1.0, wide, noteSize, paperColor, 0.85));
        add(textShape(x, base, number, noteSize, TextAnchor::Middle, inkColor, true));
    }

    void drawBox(const StudyColumn& column, double x, std::uint32_t rgb) {
        const double upper = scale_.at(column.thirdQuartile);
        const double lower = scale_.at(column.firstQuartile);
        add(lineShape(x, scale_.at(column.high), x, upper, rgb, 1.2));
        add(lineShape(x, lower, x, scale_.at(column.low), rgb, 1.2));
        drawEnd(column.high, x, rgb, 1.0);
        drawEnd(column.low, x, rgb, -1.0);
        add(boxShape(x - boxHalf, upper, 2 * boxHalf, lower - upper, rgb, 0.38));
        DrawShape outline = boxShape(x - boxHalf, upper, 2 * boxHalf, lower - upper, rgb, 1.0);
        outline.filled = false;
        outline.width = 1.1;
        add(outline);
        const double median = scale_.at(column.median);
        add(lineShape(x - boxHalf, median, x + boxHalf, median, rgb, 2.2));
    }

    /// A cap, or an arrow where the extreme lies outside the panel.
    void drawEnd(double value, double x, std::uint32_t rgb, double direction) {
        const double y = scale_.at(value);
        if (scale_.holds(value)) {
            add(lineShape(x - 5.0, y, x + 5.0, y, rgb, 1.2));
            return;
        }
        add({.kind = DrawShape::Kind::Triangle, .x = x, .y = y, .radius = 4.0 * direction, .color = {rgb}});
    }

    /// Beside one another where they would hide each other.
    void drawCircles(const StudyColumn& column, double x) {
        std::vector<std::pair<double, double>> placed;
        for (const StudyPoint& point : column.points) {
            if (!point.amongBest || !scale_.holds(point.value)) {
                continue;
            }
            const double y = scale_.at(point.value);
            const double place = placeBeside(placed, x, y, circleRadius);
            placed.emplace_back(place, y);
            add(circleShape(place, y, circleRadius + 0.9, paperColor));
            add(circleShape(place, y, circleRadius, 0x000000));
        }
    }

    VectorDrawing& drawing_;
    const StudyFigures& figures_;
    const StudyPanel& panel_;
    double left_, right_, top_, bottom_;
    FigureScale scale_;
};

} // namespace

VectorDrawing drawBestValues(const StudyFigures& figures) {
    VectorDrawing drawing;
    double x = pageMargin;
    double y = pageMargin + 22.0;
    double width = 0.0;
    for (std::size_t i = 0; i < figures.panels.size(); ++i) {
        if (i > 0 && i % panelsAcross == 0) {
            x = pageMargin;
            y += plotHeight + 74.0;
        }
        BestPanel(drawing, figures, figures.panels[i], x, y).draw();
        x += panelWidth(figures.panels[i]);
        width = std::max(width, x);
        x += panelGap;
    }
    drawing.width = std::ceil(width + pageMargin);
    drawing.shapes.insert(drawing.shapes.begin(), textShape(pageMargin, pageMargin + 8.0, figures.metricTitle,
                                                            13.0, TextAnchor::Start, inkColor, true));
    const std::string caption = fmt::format(
        "Bar: the best setting's mean over its seeds. Box: quartiles and extremes of all settings, with "
        "an arrow where they lie beyond the axis. Circles: the ten best settings. {}{}",
        figures.convention, figures.convention.empty() || figures.convention.ends_with('.') ? "" : ".");
    y = addParagraph(drawing, pageMargin, y + plotHeight + 60.0, caption, drawing.width - 2 * pageMargin,
                     noteSize, mutedColor);
    drawing.height = std::ceil(y + pageMargin);
    return drawing;
}

} // namespace alphascope::engine
