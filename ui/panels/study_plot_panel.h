#pragma once
// Figures 1 and 2 of the paper for one metric of the study: best value, spread and ten best settings of every
// method. GUI thread only.

#include "ui/session/study_controller.h"
#include "ui/widgets/panel.h"

class QComboBox;

namespace alphascope::ui {

class StudyActions;
class StudyPlot;

class StudyPlotPanel : public Panel {
    Q_OBJECT
public:
    StudyPlotPanel(StudyController& controller, StudyActions& actions, StudySlot slot,
                   QWidget* parent = nullptr);
    StudyPlot* plot() const { return plot_; }
    QComboBox* metrics() const { return metrics_; }

private:
    void refresh();
    void refreshMetrics();
    void refreshMarks();

    StudyController& controller_;
    StudySlot slot_;
    StudyPlot* plot_;
    QComboBox* metrics_;
    std::shared_ptr<const engine::StudyFigures> shown_;
    std::size_t shownData_ = 0;
};

} // namespace alphascope::ui
