#pragma once
// The first metric over each parameter of one method, or over the time that training took for every method.
// GUI thread only.

#include "ui/session/study_controller.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QGridLayout;
class QStackedWidget;

namespace alphascope::ui {

class ElidedLabel;
class EmptyState;
class SensitivityPlot;
class StudyActions;

enum class SensitivityOver { Parameters, Time };

class StudySensitivityPanel : public Panel {
    Q_OBJECT
public:
    StudySensitivityPanel(StudyController& controller, StudyActions& actions, SensitivityOver over,
                          QWidget* parent = nullptr);
    QComboBox* methods() const { return methods_; } ///< null over time
    /// Those that are shown, in order.
    QList<SensitivityPlot*> plots() const;

private:
    void addPlot();
    void refresh();
    void refreshMethods();
    void refreshMarks();
    std::vector<std::size_t> shownPanels() const; ///< indexes into StudyFigures::sensitivity

    StudyController& controller_;
    StudyActions& actions_;
    SensitivityOver over_;
    QComboBox* methods_ = nullptr;
    QStackedWidget* pages_;
    EmptyState* empty_;
    QGridLayout* grid_;
    QList<SensitivityPlot*> plots_; ///< as many as were ever needed
    QList<ElidedLabel*> titles_;    ///< over them
    int shown_ = 0;
    std::shared_ptr<const engine::StudyFigures> shownFigures_;
    std::size_t shownData_ = 0;
    std::vector<std::size_t> shownPanels_;
};

} // namespace alphascope::ui
