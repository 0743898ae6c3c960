// Studies: what is opened, what becomes of their trials, closing while they run, the next start.

#include <QFileInfo>

#include "ui/main_window.h"
#include "ui/panels/setup_panel.h"
#include "ui/panels/study_workspace.h"
#include "ui/widgets/panel.h"

namespace alphascope::ui {

void MainWindow::connectStudy() {
    connect(&study_, &StudyController::readingChanged, this, &MainWindow::refreshActions);
    connect(&study_, &StudyController::closed, this, &MainWindow::refreshActions);
    connect(studyWorkspace_, &StudyWorkspace::exploreRequested, this, [this](const QString& folder) {
        openPath(folder);
        setWorkspace(Workspace::Explore);
    });
    connect(studyWorkspace_, &StudyWorkspace::useRequested, this, &MainWindow::useSettings);
    connect(&studyRunner_, &StudyRunner::ended, this, [this] {
        if (std::exchange(closingStudy_, false))
            close();
    });
}

void MainWindow::openStudy(const QString& folder) {
    setWorkspace(Workspace::Study);
    study_.open(folder);
}

void MainWindow::useSettings(const engine::RunConfig& config) {
    docks_.first()->show(); // the set-up
    if (bridge_.training()) {
        setup_->showMessage(MessageKind::Info,
                            tr("Settings of a trial can be taken over once the training has ended."));
        return;
    }
    setup_->clearMessage();
    setup_->setConfig(config);
}

bool MainWindow::keepOpenForStudy() {
    if (!studyRunner_.busy())
        return false;
    if (closingStudy_)
        return true; // on its way out already
    const StudyCloseAnswer answer =
        leaving_ ? StudyCloseAnswer::StopAndClose : dialogs_->askCloseWhileStudying(this);
    if (answer == StudyCloseAnswer::Cancel)
        return true;
    if (!studyRunner_.busy())
        return false; // it ended while the question stood
    closingStudy_ = true;
    panelFor(Area::Study)
        ->showMessage(MessageKind::Info, answer == StudyCloseAnswer::LetRunOn
                                             ? tr("Handing the trials over, then closing…")
                                             : tr("The trials save and stop, then the window closes…"));
    if (answer == StudyCloseAnswer::LetRunOn)
        studyRunner_.handOver();
    else
        studyRunner_.stop();
    return true;
}

void MainWindow::saveStudy() {
    settings_->setValue(QStringLiteral("study/folder"), study_.folder());
    settings_->setValue(QStringLiteral("study/recent"), study_.recent());
    settings_->setValue(QStringLiteral("study/metrics"),
                        QStringList{study_.metric(FirstSlot), study_.metric(SecondSlot)});
    settings_->setValue(QStringLiteral("study/layout"), studyWorkspace_->saveLayout());
}

void MainWindow::restoreStudy(bool reopen) {
    study_.setRecent(settings_->value(QStringLiteral("study/recent")).toStringList());
    studyWorkspace_->refreshRecent();
    studyWorkspace_->restoreLayout(settings_->value(QStringLiteral("study/layout")).toByteArray());
    const QStringList metrics = settings_->value(QStringLiteral("study/metrics")).toStringList();
    study_.setMetric(FirstSlot, metrics.value(0));
    study_.setMetric(SecondSlot, metrics.value(1));
    const QString folder = settings_->value(QStringLiteral("study/folder")).toString();
    if (reopen && !folder.isEmpty() && QFileInfo::exists(folder))
        study_.open(folder);
}

} // namespace alphascope::ui
