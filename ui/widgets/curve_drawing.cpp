#include "ui/theme/tokens.h"
#include "ui/widgets/curve_axes.h"
#include "ui/widgets/curve_overlay.h"
#include "ui/widgets/curve_plot_private.h"
#include "ui/widgets/legend_bar.h"
#include "ui/widgets/series_mark.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace alphascope::ui {

namespace {

constexpr int percentileSample = 20000; ///< points per series that the 5th to 95th percentile is taken from

QColor markColor(MarkKind kind) {
    const Tokens& t = tokens();
    switch (kind) {
    case MarkKind::Change:
        return t.amber;
    case MarkKind::Alarm:
        return t.red;
    case MarkKind::Note:
        return t.accent;
    case MarkKind::Checkpoint:
        break;
    }
    return t.muted;
}

QCPScatterStyle endStyle(int colorIndex, const QColor& color) {
    static constexpr QCPScatterStyle::ScatterShape shapes[] = {
        QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare, QCPScatterStyle::ssTriangle,
        QCPScatterStyle::ssDiamond};
    return {shapes[static_cast<int>(seriesShape(colorIndex))], QPen(color, 1), QBrush(color), 7};
}

QColor faded(QColor color, double alpha) {
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

} // namespace

void CurvePlot::Private::style() {
    const Tokens& t = tokens();
    QFont small = q->font();
    small.setPointSizeF(q->font().pointSizeF() > 0 ? q->font().pointSizeF() * 0.87 : 8.5);
    small = tabularFont(small);
    plot->setBackground(QBrush(t.panel));
    plot->legend->setFont(small);
    plot->legend->setTextColor(t.text);
    plot->legend->setBrush(faded(t.panel, 0.85));
    plot->legend->setBorderPen(Qt::NoPen);
    for (QCPAxis* each : {plot->xAxis, plot->yAxis}) {
        each->setBasePen(Qt::NoPen);
        each->setTickPen(Qt::NoPen);
        each->setSubTickPen(Qt::NoPen);
        each->setTickLabelColor(t.muted);
        each->setTickLabelFont(small);
        each->setLabelColor(t.muted);
        each->setLabelFont(small);
        each->setTickLabelPadding(each == plot->yAxis ? 8 : 5);
        each->grid()->setPen(QPen(t.line, 1));
        each->grid()->setZeroLinePen(QPen(mix(t.line, t.muted, 0.35), 1));
        each->grid()->setSubGridVisible(false);
    }
    plot->xAxis->grid()->setVisible(false);
    for (Drawn* series : order) {
        styleSeries(*series);
    }
    for (Mark& mark : marks) {
        QPen pen(markColor(mark.kind), 1);
        pen.setDashPattern({4, 3});
        mark.line->setPen(pen);
        mark.text->setColor(markColor(mark.kind));
        mark.text->setFont(small);
    }
    current->setPen(QPen(faded(t.accent, 0.8), 1.5));
}

void CurvePlot::Private::styleSeries(Drawn& series) {
    const Tokens& t = tokens();
    const QColor color = seriesColor(series.data.colorIndex);
    const bool aside = !highlighted.isEmpty() && highlighted != series.data.name;
    const bool front = highlighted == series.data.name;
    const double strength = aside ? 0.25 : 1.0;
    series.high->setBrush(faded(color, strength * (t.dark ? 0.22 : 0.18)));
    series.line->setPen(
        QPen(faded(color, strength), front ? 2.6 : 1.8, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
    series.raw->setPen(QPen(faded(color, strength * (t.dark ? 0.30 : 0.28)), 1));
    series.end->setScatterStyle(endStyle(series.data.colorIndex, faded(color, strength)));
    series.nan->setScatterStyle(
        {QCPScatterStyle::ssCross, QPen(faded(color, strength), 1.6), Qt::NoBrush, 7});
    series.infinite->setScatterStyle(
        {QCPScatterStyle::ssTriangle, QPen(faded(color, strength), 1.4), QBrush(t.panel), 8});
    for (QCPGraph* graph : series.graphs()) {
        graph->setVisible(series.data.visible);
    }
    series.raw->setVisible(series.data.visible && smoothing > 0);
}

const QVector<double>& CurvePlot::Private::source(const CurveSeries& series) const {
    return axis == CurveAxis::Step ? series.steps : series.walls;
}

double CurvePlot::Private::origin() const {
    double first = 0;
    bool any = false;
    for (const Drawn* series : order) {
        if (series->data.count() > 0) {
            first = any ? std::min(first, series->data.walls.first()) : series->data.walls.first();
            any = true;
        }
    }
    return first;
}

double CurvePlot::Private::offset() const {
    return axis == CurveAxis::Relative ? origin() : 0.0;
}

double CurvePlot::Private::xOf(const CurveSeries& series, int index) const {
    return source(series)[index] - offset();
}

// A mark knows only its step; on a time axis it stands where the longest curve was at that step.
double CurvePlot::Private::xOfStep(double step) const {
    if (axis == CurveAxis::Step) {
        return step;
    }
    const Drawn* longest = nullptr;
    for (const Drawn* series : order) {
        if (!longest || series->data.count() > longest->data.count()) {
            longest = series;
        }
    }
    const int index = longest ? nearestIndex(longest->data.steps, step) : -1;
    return index < 0 ? std::nan("") : xOf(longest->data, index);
}

double CurvePlot::Private::stepAt(double x) const {
    if (axis == CurveAxis::Step) {
        return x;
    }
    for (const Drawn* series : order) {
        const int index = nearestIndex(series->data.walls, x + offset());
        if (index >= 0) {
            return series->data.steps[index];
        }
    }
    return 0;
}

void CurvePlot::Private::prepare() {
    settingRange = true;
    if (autoscaled) {
        autoscale();
    }
    settingRange = false;
    const int columns = std::max(50, plot->axisRect()->width());
    plot->xAxis->ticker()->setTickCount(xTickCount(*plot->xAxis, axis, columns));
    for (Drawn* series : order) {
        if (series->data.visible) {
            fill(*series, columns);
        }
    }
    placeMarks();
}

void CurvePlot::Private::autoscale() {
    double low = 0;
    double high = 0;
    bool any = false;
    for (const Drawn* series : order) {
        if (!series->data.visible || series->data.count() == 0) {
            continue;
        }
        const double first = xOf(series->data, 0);
        const double last = xOf(series->data, series->data.count() - 1);
        low = any ? std::min(low, first) : first;
        high = any ? std::max(high, last) : last;
        any = true;
    }
    if (!any) {
        plot->xAxis->setRange(0, 1);
        plot->yAxis->setRange(logarithmic ? 0.1 : 0, 1);
        return;
    }
    // A little air at the right for the shape at the newest point.
    plot->xAxis->setRange(low, high > low ? high + (high - low) * 0.012 : low + 1);
    const auto [bottom, top] = autoscaledY();
    plot->yAxis->setRange(bottom, top);
}

std::pair<double, double> CurvePlot::Private::autoscaledY() const {
    double low = 0;
    double high = 0;
    bool any = false;
    const auto include = [&](double a, double b) {
        low = any ? std::min(low, a) : a;
        high = any ? std::max(high, b) : b;
        any = true;
    };
    for (const Drawn* series : order) {
        const CurveSeries& data = series->data;
        if (!data.visible || !data.hasFinite || (logarithmic && data.lowestPositive <= 0)) {
            continue;
        }
        if (!outliers) {
            include(logarithmic ? data.lowestPositive : data.lowest, data.highest);
            continue;
        }
        const int stride = std::max(1, data.count() / percentileSample);
        QVector<double> sample;
        sample.reserve(data.count() / stride + 1);
        for (int i = 0; i < data.count(); i += stride) {
            if (!logarithmic || data.values[i] > 0) {
                sample.append(data.values[i]);
            }
        }
        const auto [a, b] = percentileRange(std::move(sample), 0.05, 0.95);
        include(a, b);
    }
    return padded(any ? std::pair(low, high) : std::pair(0.0, 1.0), 0.06, logarithmic);
}

void CurvePlot::Private::fill(Drawn& series, int columns) {
    const CurveSeries& data = series.data;
    const QVector<double>& x = source(data);
    const double shift = offset();
    const QCPRange range = plot->xAxis->range();
    const auto draw = [&](QCPGraph* graph, const QVector<double>& y, int slices) {
        QVector<QCPGraphData> points;
        for (const int i : thinOut(x, y, range.lower + shift, range.upper + shift, slices)) {
            if (!logarithmic || y[i] > 0) {
                points.append(QCPGraphData(x[i] - shift, y[i]));
            }
        }
        graph->data()->set(points, true);
    };
    // Wide antialiased lines are what drawing costs; a smooth line does not need four points in every pixel.
    draw(series.line, data.smoothed, columns / 3);
    if (smoothing > 0) {
        draw(series.raw, data.values, columns / 2);
    }

    fillBand(series, columns / 3);

    QVector<QCPGraphData> end;
    if (data.count() > 0 && std::isfinite(data.smoothed.last())) {
        end.append(QCPGraphData(x.last() - shift, data.smoothed.last()));
    }
    series.end->data()->set(end, true);

    const QRect area = plot->axisRect()->rect();
    const double top = plot->yAxis->pixelToCoord(area.top() + 6);
    const double bottom = plot->yAxis->pixelToCoord(area.bottom() - 6);
    QVector<QCPGraphData> nan;
    QVector<QCPGraphData> infinite;
    for (const int i : data.badPoints) {
        const double at = x[i] - shift;
        if (at < range.lower || at > range.upper) {
            continue;
        }
        if (std::isnan(data.values[i])) {
            nan.append(QCPGraphData(at, top));
        } else {
            infinite.append(QCPGraphData(at, data.values[i] > 0 ? top : bottom));
        }
    }
    series.nan->data()->set(nan, true);
    series.infinite->data()->set(infinite, true);
}

void CurvePlot::Private::fillBand(Drawn& series, int columns) {
    const CurveSeries& data = series.data;
    if (!data.hasBand()) {
        return;
    }
    const QVector<double>& x = source(data);
    const double shift = offset();
    const QCPRange range = plot->xAxis->range();
    // What a logarithmic axis cannot show of an interval lies below its lower end.
    const double floor = logarithmic ? plot->yAxis->range().lower : -std::numeric_limits<double>::infinity();
    QVector<QCPGraphData> low;
    QVector<QCPGraphData> high;
    for (const int i : thinOut(x, data.smoothed, range.lower + shift, range.upper + shift, columns)) {
        low.append(QCPGraphData(x[i] - shift, std::max(data.smoothedLows[i], floor)));
        high.append(QCPGraphData(x[i] - shift, std::max(data.smoothedHighs[i], floor)));
    }
    series.low->data()->set(low, true);
    series.high->data()->set(high, true);
}

void CurvePlot::Private::placeMarks() {
    const QRect area = plot->axisRect()->rect();
    double rowEnd[2] = {-1e9, -1e9};
    for (Mark& mark : marks) {
        const double x = xOfStep(mark.step);
        const double pixel = std::isfinite(x) ? plot->xAxis->coordToPixel(x) : -1e9;
        const bool inside = pixel >= area.left() && pixel <= area.right();
        mark.line->setVisible(inside);
        mark.text->setVisible(false);
        if (!inside) {
            continue;
        }
        mark.line->start->setCoords(x, 0);
        mark.line->end->setCoords(x, 1);
        const double width = QFontMetricsF(mark.text->font()).horizontalAdvance(mark.shortText) + 8;
        const bool toTheLeft = pixel + width > area.right();
        const double left = toTheLeft ? pixel - width : pixel;
        for (int row = 0; row < 2 && !mark.shortText.isEmpty(); ++row) {
            if (left > rowEnd[row]) {
                mark.text->setPositionAlignment((toTheLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
                mark.text->setPadding(QMargins(5, 1 + row * 15, 5, 0));
                mark.text->position->setCoords(x, 0);
                mark.text->setVisible(true);
                rowEnd[row] = left + width;
                break;
            }
        }
    }
    const double x = currentStep ? xOfStep(*currentStep) : std::nan("");
    current->setVisible(std::isfinite(x) && plot->xAxis->range().contains(x));
    if (current->visible()) {
        current->start->setCoords(x, 0);
        current->end->setCoords(x, 1);
    }
}

std::vector<CurvePlot::Private::Reading> CurvePlot::Private::readings(double x, double* at) const {
    std::vector<Reading> list;
    double best = 0;
    bool any = false;
    for (const Drawn* series : order) {
        const CurveSeries& data = series->data;
        if (!data.visible || data.count() == 0) {
            continue;
        }
        const int index = nearestIndex(source(data), x + offset());
        const double here = xOf(data, index);
        best = !any || std::abs(here - x) < std::abs(best - x) ? here : best;
        any = true;
        Reading reading;
        reading.label = data.label;
        reading.colorIndex = data.colorIndex;
        reading.value = data.values[index];
        reading.smoothed = data.smoothed[index];
        if (data.hasBand() && std::isfinite(data.lows[index])) {
            reading.interval = CurvePlot::tr("%1 to %2")
                                   .arg(curveValueText(data.lows[index]), curveValueText(data.highs[index]));
        }
        reading.drawable = std::isfinite(reading.smoothed) && (!logarithmic || reading.smoothed > 0);
        if (reading.drawable) {
            reading.at = {plot->xAxis->coordToPixel(here), plot->yAxis->coordToPixel(reading.smoothed)};
        }
        list.push_back(reading);
    }
    *at = any ? best : x;
    return list;
}

const CurvePlot::Private::Mark* CurvePlot::Private::markNear(const QPointF& position) const {
    const Mark* best = nullptr;
    double distance = 6;
    for (const Mark& mark : marks) {
        const double x = xOfStep(mark.step);
        const double far = std::isfinite(x) ? std::abs(plot->xAxis->coordToPixel(x) - position.x()) : 1e9;
        if (far < distance) {
            distance = far;
            best = &mark;
        }
    }
    return best;
}

} // namespace alphascope::ui
