#pragma once
// Fills the loss and the metric plot from a run's display: one batch, then one replot of each. GUI thread
// only.

#include <QObject>

#include "ui/session/run_display.h"

namespace alphascope::ui {

class CurvePlot;

class CurveFeed : public QObject {
    Q_OBJECT
public:
    CurveFeed(RunDisplay& display, CurvePlot* losses, CurvePlot* metrics, QObject* parent = nullptr);

private:
    CurvePlot* plotOf(const std::string& tag, QString* label) const;
    void declare(const std::map<std::string, MetricSeries>& batch);
    void add(const std::map<std::string, MetricSeries>& batch);
    void addMark(const RunMark& mark);
    void reset();

    RunDisplay& display_;
    CurvePlot* losses_;
    CurvePlot* metrics_;
    QStringList declared_;
};

} // namespace alphascope::ui
