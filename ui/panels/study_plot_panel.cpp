#include "ui/panels/study_plot_panel.h"

#include <algorithm>

#include "ui/models/text.h"
#include "ui/panels/form.h"
#include "ui/panels/study_actions.h"
#include "ui/panels/study_parts.h"
#include "ui/widgets/figure_axes.h"
#include "ui/widgets/study_plot.h"

namespace alphascope::ui {

namespace {

constexpr int chooserWidth = 112;

} // namespace

StudyPlotPanel::StudyPlotPanel(StudyController& controller, StudyActions& actions, StudySlot slot,
                               QWidget* parent)
    : Panel(tr("Figure"), parent), controller_(controller), slot_(slot), plot_(new StudyPlot(this)),
      metrics_(new FormCombo(this)) {
    const QString name = slot == FirstSlot ? QStringLiteral("first") : QStringLiteral("second");
    plot_->setObjectName(name + QStringLiteral("Figure"));
    plot_->setEmptyText(tr("No figures yet"), tr("They appear as trials finish."));
    metrics_->setObjectName(name + QStringLiteral("Metric"));
    metrics_->setFixedWidth(chooserWidth);
    metrics_->setAccessibleName(slot == FirstSlot ? tr("Metric that ranks") : tr("Second metric"));
    addHeaderWidget(metrics_);
    setContent(plot_);
    actions.link(plot_, slot);
    connect(metrics_, &QComboBox::activated, this,
            [this](int index) { controller_.setMetric(slot_, metrics_->itemText(index)); });
    connect(&controller_, &StudyController::readingChanged, this, &StudyPlotPanel::refresh);
    connect(&controller_, &StudyController::dataChanged, this, &StudyPlotPanel::refresh);
    connect(&controller_, &StudyController::selectionChanged, this, &StudyPlotPanel::refreshMarks);
    connect(&controller_, &StudyController::highlightChanged, this, &StudyPlotPanel::refreshMarks);
    refresh();
}

void StudyPlotPanel::refreshMetrics() {
    const auto& reading = controller_.reading();
    QStringList names;
    for (const std::string& metric : reading ? reading->metrics : std::vector<std::string>())
        names << text(metric);
    fillChooser(metrics_, names);
    for (int i = 0; i < names.size(); ++i)
        metrics_->setItemData(i, text(engine::figureTitle(names[i].toStdString())), Qt::ToolTipRole);
    metrics_->setEnabled(metrics_->count() > 0);
    if (reading)
        metrics_->setCurrentIndex(metrics_->findText(text(reading->shown[slot_])));
}

void StudyPlotPanel::refresh() {
    refreshMetrics();
    const auto figures = controller_.reading() ? controller_.reading()->figures[slot_] : nullptr;
    const bool same = figures && figures == shown_ && controller_.data() == shownData_;
    shown_ = figures;
    shownData_ = controller_.data();
    if (same)
        return; // whoever hovers a circle keeps its card while other trials go on
    if (!figures) {
        setTitle(tr("Figure"));
        setCaption({});
        plot_->clear();
        return;
    }
    const auto panel = std::find_if(figures->panels.begin(), figures->panels.end(),
                                    [this](const auto& one) { return one.data == controller_.data(); });
    setTitle(text(figures->metricTitle));
    setCaption(aimText(figures->aim));
    metrics_->setToolTip(text(figures->metricTitle + "\n" + figures->convention));
    plot_->show(*figures, std::size_t(panel - figures->panels.begin()));
    refreshMarks();
}

void StudyPlotPanel::refreshMarks() {
    showStudyMarks(plot_, controller_, slot_);
}

} // namespace alphascope::ui
