#include "ui/panels/curve_feed.h"

#include <algorithm>

#include "ui/widgets/curve_groups.h"

namespace alphascope::ui {

CurveFeed::CurveFeed(RunDisplay& display, CurveGroups* losses, CurveGroups* metrics, QObject* parent)
    : QObject(parent), display_(display), losses_(losses), metrics_(metrics) {
    connect(&display_, &RunDisplay::metricsReset, this, &CurveFeed::reset);
    connect(&display_, &RunDisplay::metricsAdded, this,
            [this](const std::vector<engine::MetricPoint>& points) { add(seriesOf(points)); });
    connect(&display_, &RunDisplay::markAdded, this, [this](const RunMark& mark) {
        onAllPlots([&](CurvePlot* plot) {
            addMark(plot, mark);
            plot->flush();
        });
    });
    connect(&display_, &RunDisplay::currentChanged, this, &CurveFeed::showStep);
    reset();
}

template <typename Action>
void CurveFeed::onAllPlots(Action action) const {
    for (const CurveGroups* groups : {losses_, metrics_})
        for (CurvePlot* plot : groups->plots())
            action(plot);
}

void CurveFeed::setMethod(const models::MethodTraits* method) {
    if (method == method_)
        return;
    method_ = method;
    reset();
}

void CurveFeed::showStep(int checkpoint) {
    const auto& checkpoints = display_.checkpoints();
    step_ = checkpoint < 0 || std::size_t(checkpoint) >= checkpoints.size()
                ? std::nullopt
                : std::optional<double>(double(checkpoints[std::size_t(checkpoint)].step));
    onAllPlots([this](CurvePlot* plot) {
        plot->setCurrentStep(step_);
        plot->flush();
    });
}

CurveGroups* CurveFeed::groupsOf(CurveGroup group) const {
    return group == CurveGroup::Hidden ? nullptr : group == CurveGroup::Loss ? losses_ : metrics_;
}

void CurveFeed::declare(const std::map<std::string, MetricSeries>& batch) {
    struct Fresh {
        std::size_t place; ///< among the method's curves: the order of the legend
        int color;
        std::string tag;
        // clang-tidy 14 takes the 0 of a defaulted comparison for a pointer.
        auto operator<=>(const Fresh&) const = default; // NOLINT(modernize-use-nullptr)
    };
    std::vector<Fresh> fresh;
    for (const auto& [tag, series] : batch) {
        if (declared_.contains(tag))
            continue;
        std::size_t place = 0;
        if (method_)
            for (; place < method_->curves.size() && method_->curves[place].tag != tag; ++place)
                ;
        const int color = seriesStyle(tag, method_).colorIndex;
        fresh.push_back({place, color < 0 ? 1000 : color, tag});
    }
    std::sort(fresh.begin(), fresh.end());
    // Fixed colours first, so that a free one does not take them.
    for (const Fresh& entry : fresh)
        if (entry.color < 1000)
            colors_[seriesStyle(entry.tag, method_).group].push_back(entry.color);
    for (const Fresh& entry : fresh) {
        const SeriesStyle style = seriesStyle(entry.tag, method_);
        CurveGroups* groups = groupsOf(style.group);
        if (!groups) {
            declared_[entry.tag] = nullptr;
            continue;
        }
        std::vector<int>& taken = colors_[style.group];
        int color = style.colorIndex;
        if (color < 0) {
            for (color = 0; std::find(taken.begin(), taken.end(), color) != taken.end(); ++color)
                ;
            taken.push_back(color);
        }
        const bool known = groups->units().contains(style.unit);
        CurvePlot* plot = groups->plotFor(style.unit);
        if (!known && plot != groups->first()) {
            furnish(plot);
            plot->setCurrentStep(step_);
        }
        declared_[entry.tag] = plot;
        name(plot, entry.tag, style, color, !batch.at(entry.tag).lows.isEmpty());
    }
}

/// What is judged of a small sample says how: also that it came more rarely than it was asked for.
void CurveFeed::name(CurvePlot* plot, const std::string& tag, const SeriesStyle& style, int color,
                     bool banded) const {
    QString meaning = style.meaning;
    if (banded)
        meaning += tr("\nThe band is the 95 % interval");
    if (style.judged && thinned_)
        meaning += tr("\nThinned out: judging takes at most 5 % of the training's time");
    plot->addSeries(QString::fromStdString(tag),
                    thinned_ && !style.thinned.isEmpty() ? style.thinned : style.label, color, meaning);
}

void CurveFeed::noteThinning(const std::map<std::string, MetricSeries>& batch) {
    const auto skipped = batch.find(engine::judgingSkippedTag);
    if (thinned_ || skipped == batch.end() ||
        std::none_of(skipped->second.values.begin(), skipped->second.values.end(),
                     [](double looks) { return looks > 0; }))
        return;
    thinned_ = true;
    for (const auto& [tag, plot] : declared_)
        if (const SeriesStyle style = seriesStyle(tag, method_); plot && style.judged)
            name(plot, tag, style, -1, plot->hasBand(QString::fromStdString(tag)));
}

void CurveFeed::add(const std::map<std::string, MetricSeries>& batch) {
    declare(batch);
    for (const auto& [tag, series] : batch)
        if (CurvePlot* plot = declared_[tag])
            plot->addPoints(QString::fromStdString(tag), series.steps, series.wallTimes, series.values,
                            series.lows, series.highs);
    noteThinning(batch);
    onAllPlots([](CurvePlot* plot) { plot->flush(); });
}

void CurveFeed::furnish(CurvePlot* plot) {
    for (const RunMark& mark : display_.marks())
        addMark(plot, mark);
    const auto& parent = display_.parent();
    plot->setInheritedUntil(parent ? std::optional(double(parent->step)) : std::nullopt);
    connect(plot, &CurvePlot::markClicked, this, &CurveFeed::markClicked, Qt::UniqueConnection);
}

void CurveFeed::addMark(CurvePlot* plot, const RunMark& mark) {
    plot->addMark(mark.step, mark.sentence, mark.alarm ? MarkKind::Alarm : MarkKind::Change, mark.shortText);
}

void CurveFeed::reset() {
    losses_->clear();
    metrics_->clear();
    declared_.clear();
    colors_.clear();
    thinned_ = false;
    onAllPlots([this](CurvePlot* plot) { furnish(plot); });
    add(display_.history().series());
    showStep(display_.current());
}

} // namespace alphascope::ui
