#include "ui/panels/study_bar.h"

#include <QDir>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/panels/form.h"
#include "ui/panels/study_parts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/progress_row.h"

namespace alphascope::ui {

namespace {

using engine::TrialState;

constexpr int mostJobs = 64;

/// Of the trials that are left, from what those that are over took; negative: not known.
double secondsLeft(const StudyReading& reading) {
    double seconds = 0.0;
    for (const engine::TrialRow& row : reading.trials)
        if (row.state >= TrialState::Done)
            seconds += row.result.seconds + row.result.judgingSeconds;
    const auto over = double(reading.over());
    const double atOnce = std::max<double>(1.0, double(reading.count(TrialState::Running)));
    return over > 0 ? seconds / over * (double(reading.trials.size()) - over) / atOnce : -1.0;
}

} // namespace

StudyBar::StudyBar(StudyController& controller, StudyRunner& runner, QWidget* parent)
    : QWidget(parent), controller_(controller), runner_(runner), name_(new ElidedLabel(this)),
      sets_(new FormCombo(this)), jobs_(new QSpinBox(this)), run_(new QPushButton(this)),
      retry_(new QToolButton(this)), export_(new QToolButton(this)), more_(new QToolButton(this)),
      menu_(new QMenu(this)), progress_(new ProgressRow(this)) {
    buildRow();
    progress_->setCancellable(false);
    progress_->hide();
    connect(sets_, &QComboBox::activated, this,
            [this](int index) { controller_.setData(std::size_t(index)); });
    connect(run_, &QPushButton::clicked, this, [this] { runner_.busy() ? runner_.stop() : run(false); });
    connect(retry_, &QToolButton::clicked, this, [this] { run(true); });
    connect(export_, &QToolButton::clicked, this, &StudyBar::exportRequested);
    for (const auto signal :
         {&StudyController::readingChanged, &StudyController::dataChanged, &StudyController::closed})
        connect(&controller_, signal, this, &StudyBar::refresh);
    connect(&runner_, &StudyRunner::stateChanged, this, &StudyBar::refresh);
    refresh();
}

void StudyBar::buildRow() {
    name_->setMuted(false);
    sets_->setObjectName(QStringLiteral("studySet"));
    sets_->setAccessibleName(tr("Data set"));
    sets_->setToolTip(tr("The set that figures, table and axes are about"));
    sets_->setFixedWidth(140);
    jobs_->setObjectName(QStringLiteral("studyJobs"));
    jobs_->setRange(0, mostJobs);
    jobs_->setSpecialValueText(tr("as many as fit"));
    jobs_->setSuffix(tr(" at once"));
    jobs_->setAccessibleName(tr("Trials at once"));
    jobs_->setToolTip(tr("How many trials are trained at the same time"));
    run_->setObjectName(QStringLiteral("studyRun"));
    run_->setProperty("primary", true);
    retry_->setObjectName(QStringLiteral("studyRetry"));
    retry_->setText(tr("Retry failed"));
    retry_->setIcon(icon(QStringLiteral("reset")));
    retry_->setToolTip(tr("Runs trials that diverged or failed once more, and what is left"));
    export_->setObjectName(QStringLiteral("studyExport"));
    export_->setText(tr("Export figures…"));
    export_->setIcon(icon(QStringLiteral("export")));
    export_->setToolTip(tr("Figures as PNG, SVG and PDF, tables as CSV, a page of Markdown"));
    for (QToolButton* button : {retry_, export_})
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    more_->setObjectName(QStringLiteral("studyMenu"));
    more_->setIcon(icon(QStringLiteral("more")));
    more_->setAccessibleName(tr("Studies"));
    more_->setToolTip(tr("New, open, recent studies"));
    more_->setPopupMode(QToolButton::InstantPopup);
    more_->setMenu(menu_);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(name_, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{sets_, jobs_, run_, retry_, export_, more_})
        row->addWidget(widget);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 0, 0);
    layout->setSpacing(tokens().gap);
    layout->addLayout(row);
    layout->addWidget(progress_);
}

void StudyBar::run(bool retry) {
    runner_.start({controller_.folder(), jobs_->value(), retry});
}

void StudyBar::refresh() {
    const auto& reading = controller_.reading();
    QStringList sets;
    if (reading) {
        const engine::Study& study = reading->study();
        name_->setText(study.data.size() > 1
                           ? text(study.name)
                           : QStringLiteral("%1 · %2").arg(text(study.name), text(study.data.front().title)));
        name_->setToolTip((text(study.description) + QLatin1Char('\n') + controller_.folder()).trimmed());
        for (const engine::StudyData& data : study.data)
            sets << text(data.title);
    }
    fillChooser(sets_, sets);
    sets_->setCurrentIndex(sets.isEmpty() ? -1 : int(controller_.data()));
    sets_->setVisible(sets.size() > 1);
    export_->setEnabled(reading && !reading->metrics.empty());
    refreshRun();
    refreshProgress();
}

void StudyBar::refreshRun() {
    const auto& reading = controller_.reading();
    const bool stopping = runner_.state() == StudyRunner::State::Stopping;
    const std::size_t left = reading ? reading->trials.size() - reading->over() : 0;
    const std::size_t wrong =
        reading ? reading->count(TrialState::Diverged) + reading->count(TrialState::Failed) : 0;
    const bool elsewhere = runner_.busy() && runner_.order().folder != controller_.folder();
    if (elsewhere) {
        run_->setText(tr("Run"));
        run_->setIcon(icon(QStringLiteral("start"), IconColor::OnAccent));
        run_->setToolTip(tr("%1 is being run: open it to pause it, or wait until it is done")
                             .arg(QDir(runner_.order().folder).dirName()));
    } else if (runner_.busy()) {
        run_->setText(stopping ? tr("Stopping…") : tr("Pause"));
        run_->setIcon(icon(QStringLiteral("pause"), IconColor::OnAccent));
        run_->setToolTip(tr("Every trial saves a checkpoint and stops; Resume goes on exactly there"));
    } else {
        const bool begun = reading && left < reading->trials.size();
        run_->setText(begun || (reading && reading->count(TrialState::Interrupted) > 0) ? tr("Resume")
                                                                                        : tr("Run"));
        run_->setIcon(icon(QStringLiteral("start"), IconColor::OnAccent));
        run_->setToolTip(
            left > 0 ? tr("Trains and judges the %1 trials that are left, in the background").arg(left)
                     : tr("All trials are over"));
    }
    run_->setEnabled(!stopping && !elsewhere && (runner_.busy() || left > 0));
    jobs_->setEnabled(!runner_.busy());
    retry_->setVisible(wrong > 0);
    retry_->setEnabled(!runner_.busy());
}

void StudyBar::refreshProgress() {
    const auto& reading = controller_.reading();
    const std::size_t running = reading ? reading->count(TrialState::Running) : 0;
    if (!reading || (!runner_.busy() && running == 0)) {
        progress_->finish();
        return;
    }
    const QString counts = tr("%1 of %2 trials over").arg(reading->over()).arg(reading->trials.size());
    progress_->setText(runner_.busy() && runner_.order().folder == controller_.folder()
                           ? counts
                           : counts + QStringLiteral(" · ") + tr("run by another process"));
    progress_->setProgress(qint64(reading->over()), qint64(reading->trials.size()));
    progress_->setSecondsLeft(secondsLeft(*reading));
    progress_->show();
}

} // namespace alphascope::ui
