#pragma once
// Over a study: its name, its sets, running and pausing its trials with their progress, and what can be done
// with it as a whole. GUI thread only.

#include <QWidget>

#include "ui/session/study_controller.h"
#include "ui/session/study_runner.h"

class QComboBox;
class QMenu;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace alphascope::ui {

class ElidedLabel;
class ProgressRow;

class StudyBar : public QWidget {
    Q_OBJECT
public:
    StudyBar(StudyController& controller, StudyRunner& runner, QWidget* parent = nullptr);
    QPushButton* runButton() const { return run_; }
    QToolButton* retryButton() const { return retry_; }
    QToolButton* exportButton() const { return export_; }
    QComboBox* sets() const { return sets_; }
    QSpinBox* jobs() const { return jobs_; }
    ProgressRow* progress() const { return progress_; }
    QMenu* menu() const { return menu_; } ///< filled by whoever knows what there is

Q_SIGNALS:
    void exportRequested();

private:
    void buildRow();
    void run(bool retry);
    void refresh();
    void refreshRun();
    void refreshProgress();

    StudyController& controller_;
    StudyRunner& runner_;
    ElidedLabel* name_;
    QComboBox* sets_;
    QSpinBox* jobs_;
    QPushButton* run_;
    QToolButton* retry_;
    QToolButton* export_;
    QToolButton* more_;
    QMenu* menu_;
    ProgressRow* progress_;
};

} // namespace alphascope::ui
