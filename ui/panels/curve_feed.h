#pragma once
// Fills the losses' and the metrics' plots from a run's display: one batch, then one replot of each. Curves
// are named and grouped by what the run's method says about them. GUI thread only.

#include <QObject>

#include "ui/session/run_display.h"

namespace alphascope::ui {

class CurveGroups;
class CurvePlot;

class CurveFeed : public QObject {
    Q_OBJECT
public:
    CurveFeed(RunDisplay& display, CurveGroups* losses, CurveGroups* metrics, QObject* parent = nullptr);

    /// The method of the run shown; null when unknown. Must outlive the feed.
    void setMethod(const models::MethodTraits* method);
    const models::MethodTraits* method() const { return method_; }

Q_SIGNALS:
    void markClicked(double step);

private:
    CurveGroups* groupsOf(CurveGroup group) const;
    void declare(const std::map<std::string, MetricSeries>& batch);
    void add(const std::map<std::string, MetricSeries>& batch);
    void name(CurvePlot* plot, const std::string& tag, const SeriesStyle& style, int color,
              bool banded) const;
    void noteThinning(const std::map<std::string, MetricSeries>& batch);
    void addMark(CurvePlot* plot, const RunMark& mark);
    /// Marks, steps and clicks of a plot that was empty.
    void furnish(CurvePlot* plot);
    void showStep(int checkpoint);
    void reset();
    template <typename Action>
    void onAllPlots(Action action) const;

    RunDisplay& display_;
    CurveGroups* losses_;
    CurveGroups* metrics_;
    const models::MethodTraits* method_ = nullptr;
    std::map<std::string, CurvePlot*> declared_;    ///< null for what is not drawn
    std::map<CurveGroup, std::vector<int>> colors_; ///< taken already, in all plots of a panel
    std::optional<double> step_;
    bool thinned_ = false; ///< looks at the samples were skipped for want of time
};

} // namespace alphascope::ui
