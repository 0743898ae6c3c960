#include "ui/panels/inspector_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>

#include "ui/models/figures.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/image_view.h"

namespace alphascope::ui {

InspectorPanel::InspectorPanel(QWidget* parent)
    : Panel(tr("Inspector"), parent), stack_(new QStackedWidget(this)), empty_(new EmptyState(this)) {
    setObjectName(QStringLiteral("inspectorPanel"));
    empty_->setIconName(QStringLiteral("eye"));
    empty_->setText(tr("Nothing selected"), tr("Click a picture in Monitor to look at it closely."));
    auto* page = new QWidget(this);
    page->setProperty("ground", QStringLiteral("panel"));
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    title_ = new QLabel(page);
    title_->setProperty("role", QStringLiteral("value"));
    title_->setWordWrap(true);
    layout->addWidget(title_);
    layout->addWidget(picture(tr("Original"), &original_));
    auto* pair = new QWidget(page);
    auto* pairLayout = new QHBoxLayout(pair);
    pairLayout->setContentsMargins(0, 0, 0, 0);
    pairLayout->setSpacing(8);
    rebuiltBox_ = picture(tr("Rebuilt"), &rebuilt_);
    errorBox_ = picture(tr("Error"), &error_);
    pairLayout->addWidget(rebuiltBox_);
    pairLayout->addWidget(errorBox_);
    layout->addWidget(pair);
    facts_ = new QGridLayout;
    facts_->setHorizontalSpacing(10);
    facts_->setVerticalSpacing(4);
    facts_->setColumnStretch(1, 1);
    layout->addLayout(facts_);
    auto* explore = new QPushButton(icon(QStringLiteral("pad")), tr("Explore from here"), page);
    explore->setToolTip(tr("Put this picture's code into the sliders."));
    connect(explore, &QPushButton::clicked, this, &InspectorPanel::exploreRequested);
    layout->addWidget(explore);
    layout->addStretch(1);

    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(page);
    stack_->addWidget(empty_);
    stack_->addWidget(scroll);
    setContent(stack_);
}

QWidget* InspectorPanel::picture(const QString& title, ImageView** view) {
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* caption = new QLabel(titleText(title), box);
    caption->setProperty("role", QStringLiteral("title"));
    *view = new ImageView(box);
    (*view)->setAccessibleName(title);
    (*view)->setFixedHeight(view == &original_ ? 144 : 88);
    layout->addWidget(caption);
    layout->addWidget(*view);
    return box;
}

void InspectorPanel::show(const Inspection& inspection) {
    shown_ = inspection;
    stack_->setCurrentIndex(inspection.original.isNull() ? 0 : 1);
    title_->setText(inspection.title);
    original_->setImage(inspection.original);
    rebuilt_->setImage(inspection.rebuilt);
    error_->setImage(inspection.error);
    rebuiltBox_->setVisible(!inspection.rebuilt.isNull());
    errorBox_->setVisible(!inspection.error.isNull());
    refreshFacts();
}

void InspectorPanel::setCode(std::vector<float> code) {
    shown_.code = std::move(code);
    refreshFacts();
}

void InspectorPanel::refreshFacts() {
    while (QLayoutItem* item = facts_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto add = [this](const QString& name, const QString& value, const QString& toolTip) {
        const int row = facts_->rowCount();
        auto* key = new QLabel(name, this);
        key->setProperty("role", QStringLiteral("caption"));
        auto* figure = new QLabel(value, this);
        figure->setFont(tabularFont(figure->font()));
        key->setToolTip(toolTip);
        figure->setToolTip(toolTip);
        facts_->addWidget(key, row, 0);
        facts_->addWidget(figure, row, 1, Qt::AlignRight);
    };
    if (shown_.step >= 0)
        add(tr("Step"), stepText(shown_.step), tr("Training step of the weights that were used."));
    if (!shown_.original.isNull())
        add(tr("Size"), tr("%1 × %2 px").arg(shown_.original.width()).arg(shown_.original.height()),
            QString());
    if (shown_.l1 >= 0.0)
        add(tr("L1 error"), figureText(shown_.l1),
            tr("Mean absolute difference between original and rebuilt, where black is −1 and white is 1."));
    if (shown_.code.empty())
        return;
    const CodeStatistics code = codeStatistics(shown_.code);
    add(tr("Code"), tr("%1 numbers").arg(shown_.code.size()), tr("Dimensions of the latent space."));
    add(tr("Mean"), figureText(code.mean), tr("Of the code's numbers; the prior's is 0."));
    add(tr("Spread"), figureText(code.deviation),
        tr("Standard deviation of the code's numbers; the prior's is 1."));
    add(tr("Length"), figureText(code.length),
        tr("Distance from the origin; codes of the prior have about %1.")
            .arg(figureText(std::sqrt(double(shown_.code.size())))));
    add(tr("Largest"), tr("z %1 = %2").arg(code.largestDimension + 1).arg(figureText(code.largest)),
        tr("The dimension that is furthest from 0."));
}

} // namespace alphascope::ui
