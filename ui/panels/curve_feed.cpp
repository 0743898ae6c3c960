#include "ui/panels/curve_feed.h"

#include <algorithm>

#include "ui/widgets/curve_plot.h"

namespace alphascope::ui {

CurveFeed::CurveFeed(RunDisplay& display, CurvePlot* losses, CurvePlot* metrics, QObject* parent)
    : QObject(parent), display_(display), losses_(losses), metrics_(metrics) {
    connect(&display_, &RunDisplay::metricsReset, this, &CurveFeed::reset);
    connect(&display_, &RunDisplay::metricsAdded, this,
            [this](const std::vector<engine::MetricPoint>& points) { add(seriesOf(points)); });
    connect(&display_, &RunDisplay::markAdded, this, [this](const RunMark& mark) {
        addMark(mark);
        losses_->flush();
        metrics_->flush();
    });
    const auto showCurrent = [this](int index) {
        const auto& checkpoints = display_.checkpoints();
        const std::optional<double> step =
            index < 0 || std::size_t(index) >= checkpoints.size()
                ? std::nullopt
                : std::optional<double>(double(checkpoints[std::size_t(index)].step));
        losses_->setCurrentStep(step);
        metrics_->setCurrentStep(step);
        losses_->flush();
        metrics_->flush();
    };
    connect(&display_, &RunDisplay::currentChanged, this, showCurrent);
    reset();
}

CurvePlot* CurveFeed::plotOf(const std::string& tag, QString* label) const {
    const SeriesStyle style = seriesStyle(tag);
    *label = style.label;
    if (style.group == CurveGroup::Hidden)
        return nullptr;
    return style.group == CurveGroup::Loss ? losses_ : metrics_;
}

void CurveFeed::declare(const std::map<std::string, MetricSeries>& batch) {
    // In the order of their colours: the legend then reads E, G, D, C, as an iteration goes.
    std::vector<std::pair<int, std::string>> fresh;
    for (const auto& [tag, series] : batch)
        if (!declared_.contains(QString::fromStdString(tag))) {
            const int color = seriesStyle(tag).colorIndex;
            fresh.emplace_back(color < 0 ? 1000 : color, tag);
        }
    std::sort(fresh.begin(), fresh.end());
    for (const auto& [color, tag] : fresh) {
        QString label;
        CurvePlot* plot = plotOf(tag, &label);
        const QString name = QString::fromStdString(tag);
        if (plot)
            plot->addSeries(name, label, seriesStyle(tag).colorIndex);
        declared_.append(name);
    }
}

void CurveFeed::add(const std::map<std::string, MetricSeries>& batch) {
    declare(batch);
    for (const auto& [tag, series] : batch) {
        QString label;
        CurvePlot* plot = plotOf(tag, &label);
        if (!plot)
            continue;
        plot->addPoints(QString::fromStdString(tag), series.steps, series.wallTimes, series.values);
    }
    losses_->flush();
    metrics_->flush();
}

void CurveFeed::addMark(const RunMark& mark) {
    const MarkKind kind = mark.alarm ? MarkKind::Alarm : MarkKind::Change;
    losses_->addMark(mark.step, mark.sentence, kind, mark.shortText);
    metrics_->addMark(mark.step, mark.sentence, kind, mark.shortText);
}

void CurveFeed::reset() {
    losses_->clear();
    metrics_->clear();
    declared_.clear();
    for (const RunMark& mark : display_.marks())
        addMark(mark);
    add(display_.history().series());
}

} // namespace alphascope::ui
