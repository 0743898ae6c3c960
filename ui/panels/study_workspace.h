#pragma once
// A study of many trainings: the paper's figures for two metrics, the table of settings, parallel
// coordinates, sensitivity, cost, and sample sheets, all linked. GUI thread only.

#include <QWidget>

#include "ui/panels/study_actions.h"
#include "ui/session/study_controller.h"
#include "ui/session/study_pictures.h"
#include "ui/session/study_runner.h"

class QButtonGroup;
class QSplitter;
class QStackedWidget;
class QVBoxLayout;

namespace alphascope::ui {

class IDialogs;
class Panel;
class StudyAxesPanel;
class StudyBar;
class StudyPlotPanel;
class StudySensitivityPanel;
class StudySheetsPanel;
class StudyTrialsPanel;

class StudyWorkspace : public QWidget {
    Q_OBJECT
public:
    StudyWorkspace(EngineBridge& bridge, StudyController& controller, StudyRunner& runner, IDialogs& dialogs,
                   QWidget* parent = nullptr);

    StudyActions& actions() { return actions_; }
    StudyPictures& pictures() { return pictures_; }
    StudyBar* bar() const { return bar_; }
    StudyPlotPanel* figure(StudySlot slot) const { return figures_[slot]; }
    StudyTrialsPanel* trials() const { return trials_; }
    StudySheetsPanel* sheets() const { return sheets_; }
    StudyAxesPanel* axes() const { return axes_; }
    StudySensitivityPanel* sensitivity() const { return sensitivity_; }
    StudySensitivityPanel* cost() const { return cost_; }
    /// The panel that shows this workspace's messages: one that is seen.
    Panel* messagePanel() const;

    /// Which panels stand in the lower half: "trials" or "sheets", "axes", "sensitivity" or "cost".
    void showPanel(const QString& name);
    void newStudy();
    void openStudy();
    void exportFigures();
    void refreshRecent(); ///< the list of an empty workspace

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

Q_SIGNALS:
    void exploreRequested(const QString& folder);
    void useRequested(const alphascope::engine::RunConfig& config);

private:
    QWidget* buildEmpty();
    QWidget* buildBody();
    QStackedWidget* addSwitch(const QList<std::pair<QString, Panel*>>& panels);
    void fillMenu();
    void refreshPages();
    void showProblem();
    void showFault(const QString& message, const QString& hint);

    EngineBridge& bridge_;
    StudyController& controller_;
    StudyRunner& runner_;
    IDialogs& dialogs_;
    StudyPictures pictures_;
    StudyActions actions_;
    QStackedWidget* pages_ = nullptr;
    Panel* emptyPanel_ = nullptr;
    QVBoxLayout* recent_ = nullptr;
    StudyBar* bar_ = nullptr;
    std::array<StudyPlotPanel*, studySlots> figures_{};
    StudyTrialsPanel* trials_ = nullptr;
    StudySheetsPanel* sheets_ = nullptr;
    StudyAxesPanel* axes_ = nullptr;
    StudySensitivityPanel* sensitivity_ = nullptr;
    StudySensitivityPanel* cost_ = nullptr;
    QSplitter* rows_ = nullptr;
    QSplitter* upper_ = nullptr;
    QSplitter* lower_ = nullptr;
};

} // namespace alphascope::ui
