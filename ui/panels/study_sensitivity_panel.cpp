#include "ui/panels/study_sensitivity_panel.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/models/text.h"
#include "ui/panels/form.h"
#include "ui/panels/study_actions.h"
#include "ui/panels/study_parts.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/sensitivity_plot.h"

namespace alphascope::ui {

namespace {

constexpr int plotsAcross = 2;
constexpr int lowestPlot = 112;

} // namespace

StudySensitivityPanel::StudySensitivityPanel(StudyController& controller, StudyActions& actions,
                                             SensitivityOver over, QWidget* parent)
    : Panel(over == SensitivityOver::Time ? tr("Cost against quality") : tr("Sensitivity"), parent),
      controller_(controller), actions_(actions), over_(over), pages_(new QStackedWidget(this)),
      empty_(new EmptyState(this)) {
    if (over_ == SensitivityOver::Parameters) {
        methods_ = new FormCombo(this);
        methods_->setObjectName(QStringLiteral("sensitivityMethod"));
        methods_->setFixedWidth(132);
        methods_->setAccessibleName(tr("Method"));
        addHeaderWidget(methods_);
        connect(methods_, &QComboBox::currentIndexChanged, this, &StudySensitivityPanel::refresh);
    }
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget(scroll);
    grid_ = new QGridLayout(content);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(tokens().gap);
    scroll->setWidget(content);
    empty_->setIconName(QStringLiteral("chart"));
    pages_->addWidget(empty_);
    pages_->addWidget(scroll);
    setContent(pages_);
    connect(&controller_, &StudyController::readingChanged, this, &StudySensitivityPanel::refresh);
    connect(&controller_, &StudyController::dataChanged, this, &StudySensitivityPanel::refresh);
    connect(&controller_, &StudyController::closed, this, &StudySensitivityPanel::refresh);
    connect(&controller_, &StudyController::selectionChanged, this, &StudySensitivityPanel::refreshMarks);
    connect(&controller_, &StudyController::highlightChanged, this, &StudySensitivityPanel::refreshMarks);
    refresh();
}

QList<SensitivityPlot*> StudySensitivityPanel::plots() const {
    return plots_.mid(0, shown_);
}

/// Those of the chosen set that there is something to see of.
void StudySensitivityPanel::refreshMethods() {
    if (!methods_)
        return;
    QStringList titles;
    if (const engine::StudyFigures* figures = controller_.figures(FirstSlot))
        for (const engine::SensitivityPanel& panel : figures->sensitivity)
            if (panel.data == controller_.data() && !panel.overTime)
                titles << text(panel.title);
    titles.removeDuplicates();
    fillChooser(methods_, titles);
    methods_->setEnabled(!titles.isEmpty());
}

std::vector<std::size_t> StudySensitivityPanel::shownPanels() const {
    std::vector<std::size_t> found;
    const engine::StudyFigures* figures = controller_.figures(FirstSlot);
    for (std::size_t i = 0; figures && i < figures->sensitivity.size(); ++i) {
        const engine::SensitivityPanel& panel = figures->sensitivity[i];
        const bool wanted = over_ == SensitivityOver::Time
                                ? panel.overTime
                                : !panel.overTime && text(panel.title) == methods_->currentText();
        if (panel.data == controller_.data() && wanted)
            found.push_back(i);
    }
    return found;
}

void StudySensitivityPanel::addPlot() {
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* title = new ElidedLabel(box);
    title->setMuted(false);
    title->setVisible(over_ == SensitivityOver::Time); // else the chooser says whose parameters they are
    auto* plot = new SensitivityPlot(box);
    plot->setMinimumHeight(lowestPlot);
    actions_.link(plot, FirstSlot);
    layout->addWidget(title);
    layout->addWidget(plot, 1);
    grid_->addWidget(box, int(plots_.size()) / plotsAcross, int(plots_.size()) % plotsAcross);
    titles_.append(title);
    plots_.append(plot);
}

void StudySensitivityPanel::refresh() {
    const auto figures = controller_.reading() ? controller_.reading()->figures[FirstSlot] : nullptr;
    if (figures != shownFigures_ || controller_.data() != shownData_)
        refreshMethods();
    const std::vector<std::size_t> panels = shownPanels();
    if (figures && figures == shownFigures_ && controller_.data() == shownData_ && panels == shownPanels_)
        return; // only steps went on
    shownFigures_ = figures;
    shownData_ = controller_.data();
    shownPanels_ = panels;
    setCaption(figures ? text(figures->metric) : QString());
    empty_->setText(figures ? tr("No parameter is varied") : tr("No figures yet"),
                    figures ? QString() : tr("They appear as trials finish."));
    pages_->setCurrentIndex(panels.empty() ? 0 : 1);
    while (plots_.size() < qsizetype(panels.size())) {
        addPlot();
    }
    shown_ = int(panels.size());
    for (int i = 0; i < int(plots_.size()); ++i) {
        plots_[i]->parentWidget()->setVisible(i < shown_);
        if (i < shown_) {
            titles_[i]->setText(text(figures->sensitivity[panels[std::size_t(i)]].title));
            plots_[i]->show(*figures, panels[std::size_t(i)]);
        } else {
            plots_[i]->clear();
        }
    }
    refreshMarks();
}

void StudySensitivityPanel::refreshMarks() {
    for (SensitivityPlot* plot : plots())
        showStudyMarks(plot, controller_, FirstSlot);
}

} // namespace alphascope::ui
