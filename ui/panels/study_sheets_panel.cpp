#include "ui/panels/study_sheets_panel.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/panels/study_actions.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/image_grid.h"

namespace alphascope::ui {

namespace {

constexpr int narrowestSheet = 104; // four stand in a window of 1280
constexpr int fewestPictures = 16;  ///< a sheet shows, as large as that allows

} // namespace

StudySheet::StudySheet(StudyController& controller, StudyActions& actions, StudyPictures& pictures,
                       QWidget* parent)
    : QWidget(parent), controller_(controller), pictures_(pictures), grid_(new ImageGrid(this)),
      title_(new ElidedLabel(this)), figure_(new ElidedLabel(this)) {
    title_->setMuted(false);
    grid_->setMinimumShown(fewestPictures);
    grid_->setEmptyText(tr("No samples"), tr("Its run has shown none yet."));
    grid_->setMinimumWidth(narrowestSheet);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(title_);
    layout->addWidget(figure_);
    layout->addSpacing(2);
    layout->addWidget(grid_, 1);
    connect(grid_, &ImageGrid::cellClicked, this, [this] { controller_.select(key_); });
    connect(grid_, &ImageGrid::cellActivated, this, [this, &actions] {
        if (key_)
            actions.explore(*key_);
    });
    connect(grid_, &ImageGrid::contextMenuRequested, this, [this, &actions](int, const QPoint& place) {
        if (key_)
            actions.makeMenu(*key_, this)->popup(place);
    });
    connect(&pictures_, &StudyPictures::loaded, this, [this](qulonglong trial) {
        const StudySettingRow* row = key_ ? controller_.row(*key_) : nullptr;
        if (row && row->best == trial)
            refreshPictures();
    });
}

void StudySheet::show(const SettingKey& key) {
    key_ = key;
    const StudySettingRow* row = controller_.row(key);
    if (!row)
        return;
    const StudyReading& reading = *controller_.reading();
    const bool ranked = row->rank > 0 && !row->figures.empty() && row->figures.front();
    title_->setText(tr("%1, trial %2").arg(controller_.methodTitle(key.method)).arg(row->best));
    figure_->setText(ranked ? QStringLiteral("%1 %2").arg(text(reading.table.metrics.front()),
                                                          meanText(*row->figures.front()))
                            : stateText(*row));
    grid_->setAccessibleName(tr("Samples of %1").arg(title_->text()));
    refreshPictures();
}

void StudySheet::refreshPictures() {
    if (const StudySettingRow* row = controller_.row(*key_))
        grid_->setCells(pictures_.samples(row->best));
}

int StudySheet::count() const {
    return grid_->count();
}

QString StudySheet::title() const {
    return title_->text();
}

StudySheetsPanel::StudySheetsPanel(StudyController& controller, StudyActions& actions,
                                   StudyPictures& pictures, QWidget* parent)
    : Panel(tr("Sheets"), parent), controller_(controller), actions_(actions), pictures_(pictures),
      pages_(new QStackedWidget(this)), empty_(new EmptyState(this)) {
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget(scroll);
    row_ = new QHBoxLayout(content);
    row_->setContentsMargins(0, 0, 0, 0);
    row_->setSpacing(tokens().padding);
    scroll->setWidget(content);
    empty_->setIconName(QStringLiteral("grid"));
    pages_->addWidget(empty_);
    pages_->addWidget(scroll);
    setContent(pages_);
    for (const auto signal :
         {&StudyController::readingChanged, &StudyController::dataChanged, &StudyController::highlightChanged,
          &StudyController::selectionChanged, &StudyController::closed})
        connect(&controller_, signal, this, &StudySheetsPanel::refresh);
    refresh();
}

QList<StudySheet*> StudySheetsPanel::sheets() const {
    return sheets_.mid(0, shown_);
}

void StudySheetsPanel::refresh() {
    std::vector<SettingKey> keys = controller_.bestSettings();
    const auto& selected = controller_.selected();
    const bool another = selected && controller_.row(*selected) && selected->data == controller_.data() &&
                         std::find(keys.begin(), keys.end(), *selected) == keys.end();
    if (another)
        keys.push_back(*selected);
    setCaption(another                     ? tr("best of each method, and the selected setting")
               : controller_.highlighted() ? tr("best of each method among those left")
                                           : tr("best setting of each method"));
    if (controller_.highlighted())
        empty_->setText(tr("No setting is left"), tr("Clear the filter and the brushes to see all."));
    else
        empty_->setText(tr("No figures yet"),
                        tr("Samples of each method's best trial appear as trials finish."));
    pages_->setCurrentIndex(keys.empty() ? 0 : 1);
    while (sheets_.size() < qsizetype(keys.size())) {
        sheets_.append(new StudySheet(controller_, actions_, pictures_, this));
        row_->addWidget(sheets_.last(), 1);
    }
    shown_ = int(keys.size());
    for (int i = 0; i < int(sheets_.size()); ++i) {
        sheets_[i]->setVisible(i < shown_);
        if (i < shown_)
            sheets_[i]->show(keys[std::size_t(i)]);
    }
}

} // namespace alphascope::ui
