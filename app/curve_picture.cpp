#include "app/curve_picture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "app/drawing/axis.h"
#include "app/drawing/canvas.h"
#include "app/drawing/palette.h"

namespace alphascope::app {

namespace {

constexpr int pictureWidth = 1280;
constexpr int panelHeight = 380;
constexpr int headingHeight = 44;
constexpr int marginLeft = 84;
constexpr int marginRight = 36;
constexpr int marginTop = 52;
constexpr int marginBottom = 46;
constexpr double labelHeight = 10.0;

constexpr Color paper{255, 255, 255};
constexpr Color ink{40, 44, 52};
constexpr Color faintInk{110, 116, 126};
constexpr Color grid{228, 231, 235};
/// One value per pixel column that has points.
struct Column {
    double step = 0.0;
    double mean = 0.0;
};

std::vector<Column> columnsOf(const Curve& curve, const Axis& steps, int width) {
    std::vector<Column> columns;
    int place = -1;
    double sum = 0.0;
    double stepSum = 0.0;
    std::size_t count = 0;
    const auto finish = [&] {
        if (count > 0) {
            columns.push_back({stepSum / static_cast<double>(count), sum / static_cast<double>(count)});
        }
        sum = stepSum = 0.0;
        count = 0;
    };
    for (const auto& [step, value] : curve.points) {
        if (!std::isfinite(value)) {
            continue;
        }
        const int at = static_cast<int>(steps.place(step) * width);
        if (at != place) {
            finish();
            place = at;
        }
        sum += value;
        stepSum += step;
        ++count;
    }
    finish();
    return columns;
}

/// Centred running mean over a fiftieth of the curve.
std::vector<Column> smoothed(const std::vector<Column>& columns) {
    const auto reach = static_cast<std::ptrdiff_t>(columns.size() / 50);
    const auto count = static_cast<std::ptrdiff_t>(columns.size());
    std::vector<Column> result = columns;
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        const std::ptrdiff_t from = std::max<std::ptrdiff_t>(0, i - reach);
        const std::ptrdiff_t to = std::min(count - 1, i + reach);
        double sum = 0.0;
        for (std::ptrdiff_t k = from; k <= to; ++k) {
            sum += columns[static_cast<std::size_t>(k)].mean;
        }
        result[static_cast<std::size_t>(i)].mean = sum / static_cast<double>(to - from + 1);
    }
    return result;
}

/// Where most values lie: one wild start does not flatten the rest.
Axis valueAxis(const std::vector<std::vector<Column>>& curves) {
    std::vector<double> values;
    for (const auto& columns : curves) {
        for (const Column& column : columns) {
            values.push_back(column.mean);
        }
    }
    std::sort(values.begin(), values.end());
    const auto quantile = [&](double q) {
        return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
    };
    const double low = quantile(0.01);
    const double high = quantile(0.99);
    const double margin = (high - low) * 0.06;
    return makeAxis(low - margin, high + margin, 5);
}

Curve& curveCalled(CurvePanel& panel, const std::string& name) {
    const auto found = std::find_if(panel.curves.begin(), panel.curves.end(),
                                    [&](const Curve& curve) { return curve.name == name; });
    return found != panel.curves.end() ? *found : panel.curves.emplace_back(Curve{name, {}});
}

class PanelDrawing {
public:
    PanelDrawing(Canvas& canvas, int top, const Axis& steps) : canvas_(canvas), top_(top), steps_(steps) {}

    void draw(const CurvePanel& panel) {
        std::vector<std::vector<Column>> columns;
        for (const Curve& curve : panel.curves) {
            columns.push_back(columnsOf(curve, steps_, right() - left()));
        }
        values_ = valueAxis(columns);
        drawFrame(panel.title);
        double legend = right();
        for (std::size_t i = panel.curves.size(); i-- > 0;) {
            const Color color = palette[i % palette.size()];
            drawCurve(columns[i], color);
            legend = drawLegend(panel.curves[i].name, color, legend);
        }
    }

private:
    static int left() { return marginLeft; }
    static int right() { return pictureWidth - marginRight; }
    int upper() const { return top_ + marginTop; }
    int lower() const { return top_ + panelHeight - marginBottom; }

    Point place(double step, double value) const {
        const double height = std::clamp(values_.place(value), 0.0, 1.0);
        return {left() + steps_.place(step) * (right() - left()), lower() - height * (lower() - upper())};
    }

    void drawFrame(const std::string& title) {
        canvas_.text({double(left()), top_ + 32.0}, 12.0, title, ink);
        for (const double tick : values_.ticks) {
            const double y = std::round(place(steps_.low, tick).y) + 0.5;
            canvas_.line({{double(left()), y}, {double(right()), y}}, 1.0, grid);
            canvas_.text({left() - 12.0, y + labelHeight / 2.0}, labelHeight, tickText(tick), faintInk,
                         Align::Right);
        }
        for (const double tick : steps_.ticks) {
            const double x = std::round(place(tick, values_.low).x) + 0.5;
            canvas_.line({{x, double(upper())}, {x, double(lower())}}, 1.0, grid);
            canvas_.text({x, lower() + 22.0}, labelHeight, tickText(tick), faintInk, Align::Center);
        }
        const double base = lower() + 0.5;
        canvas_.line({{double(left()), base}, {double(right()), base}}, 1.0, faintInk);
    }

    void drawCurve(const std::vector<Column>& columns, Color color) {
        canvas_.line(strokeOf(columns), 1.0, color, 0.3);
        canvas_.line(strokeOf(smoothed(columns)), 2.0, color);
    }

    Stroke strokeOf(const std::vector<Column>& columns) const {
        Stroke stroke;
        for (const Column& column : columns) {
            stroke.push_back(place(column.step, column.mean));
        }
        return stroke;
    }

    /// From the right edge leftwards; gives where the next entry ends.
    double drawLegend(const std::string& name, Color color, double end) {
        const double y = top_ + 32.0;
        const double start = end - textWidth(name) * labelHeight;
        canvas_.text({start, y}, labelHeight, name, ink);
        canvas_.line({{start - 30.0, y - labelHeight / 2.0}, {start - 10.0, y - labelHeight / 2.0}}, 3.0,
                     color);
        return start - 54.0;
    }

    Canvas& canvas_;
    int top_;
    Axis steps_;
    Axis values_;
};

} // namespace

engine::Image drawCurves(const std::string& heading, const std::vector<CurvePanel>& panels) {
    std::vector<CurvePanel> filled;
    double first = std::numeric_limits<double>::infinity();
    double last = -first;
    for (const CurvePanel& panel : panels) {
        CurvePanel kept{panel.title, {}};
        for (const Curve& curve : panel.curves) {
            bool drawable = false;
            for (const auto& [step, value] : curve.points) {
                first = std::isfinite(value) ? std::min(first, step) : first;
                last = std::isfinite(value) ? std::max(last, step) : last;
                drawable = drawable || std::isfinite(value);
            }
            if (drawable) {
                kept.curves.push_back(curve);
            }
        }
        if (!kept.curves.empty()) {
            filled.push_back(std::move(kept));
        }
    }
    if (filled.empty()) {
        return {};
    }
    Canvas canvas(pictureWidth, headingHeight + static_cast<int>(filled.size()) * panelHeight, paper);
    canvas.text({double(marginLeft), 34.0}, 14.0, heading, ink);
    const Axis steps = makeAxis(first, last, 8);
    for (std::size_t i = 0; i < filled.size(); ++i) {
        PanelDrawing(canvas, headingHeight + static_cast<int>(i) * panelHeight, steps).draw(filled[i]);
    }
    return canvas.image();
}

std::vector<CurvePanel> trainingPanels(const std::vector<engine::MetricPoint>& history) {
    static const std::string lossPrefix = "loss/";
    CurvePanel losses{"Losses", {}}; // in the order in which the method reports them
    std::map<std::string, Curve> figures{{"metric/heldout_l1", {"held-out L1", {}}},
                                         {"metric/kid_random", {"KID, random features", {}}},
                                         {"metric/energy_distance", {"energy distance", {}}}};
    for (const engine::MetricPoint& point : history) {
        for (const auto& [tag, value] : point.values) {
            if (const auto figure = figures.find(tag); figure != figures.end()) {
                figure->second.points.emplace_back(static_cast<double>(point.step), value);
            } else if (tag.starts_with(lossPrefix)) {
                Curve& curve = curveCalled(losses, tag.substr(lossPrefix.size()));
                curve.points.emplace_back(static_cast<double>(point.step), value);
            }
        }
    }
    return {losses,
            {"Mean absolute error on held-out pictures", {figures.at("metric/heldout_l1")}},
            {"How far samples are from held-out data",
             {figures.at("metric/kid_random"), figures.at("metric/energy_distance")}}};
}

} // namespace alphascope::app
