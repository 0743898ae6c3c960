#pragma once
// Plans a study: from a preset, a file or nothing; methods with what their parameters may be, sets, search,
// seeds, judges. Says at every change how many trials it makes, or what is wrong. GUI thread only; plans are
// checked on the global thread pool.

#include <QDialog>
#include <QTimer>

#include "ui/models/study_draft.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace alphascope::ui {

class StudyDataEditor;
class StudyMethodsEditor;

class StudyDialog : public QDialog {
    Q_OBJECT
public:
    explicit StudyDialog(const StudyQuestion& question, QWidget* parent = nullptr);
    StudyOrder order() const;
    /// Fills the form with a preset's name, the path of a study.json, or "" for an empty plan.
    void startFrom(const QString& source);

    StudyMethodsEditor* methods() const { return methods_; }
    StudyDataEditor* sets() const { return sets_; }

private:
    QWidget* buildHead();
    QWidget* buildNumbers();
    QWidget* buildFoot();
    void chooseFile();
    void readPlan(const QString& path);
    void show(const engine::Study& study);
    engine::Study study() const;
    void scheduleCheck();
    void check();
    void showProblem(const QString& problem, const QString& summary);

    StudyQuestion question_;
    engine::Study base_; ///< what the form does not show is kept as it came
    QTimer checkTimer_;
    std::uint64_t checked_ = 0;
    bool folderTyped_ = false;
    QComboBox* source_;
    QLineEdit* name_;
    QLineEdit* folder_;
    StudyMethodsEditor* methods_;
    StudyDataEditor* sets_;
    QListWidget* metrics_;
    QComboBox* search_;
    QComboBox* device_;
    QSpinBox* settings_;
    QSpinBox* seeds_;
    QSpinBox* steps_;
    QSpinBox* checkpointEvery_;
    QSpinBox* threads_;
    QSpinBox* count_;
    QLabel* outcome_;
    QPushButton* make_;
};

} // namespace alphascope::ui
