#include "ui/panels/neighbours_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/figures.h"
#include "ui/panels/form.h"
#include "ui/panels/judgement_view.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/icons.h"
#include "ui/widgets/picture_row.h"
#include "ui/widgets/progress_row.h"

namespace alphascope::ui {

using engine::NeighbourSpace;

namespace {

constexpr double smallP = 0.01;

QString percent(double share) {
    return QStringLiteral("%1 %").arg(share * 100.0, 0, 'f', share < 0.1 ? 1 : 0);
}

PictureRow::Item itemOf(const engine::NearPicture& near, bool heldOut) {
    const QString name = QString::fromStdString(near.name);
    const QString label = QString::fromStdString(near.labelName);
    QString toolTip = NeighboursPanel::tr("%1 · distance %2").arg(name, figureText(near.distance, 4));
    if (!label.isEmpty())
        toolTip += NeighboursPanel::tr(" · label %1").arg(label);
    toolTip +=
        heldOut ? NeighboursPanel::tr("\nThe nearest picture that training has not seen. Click to encode it.")
                : NeighboursPanel::tr("\nClick to encode it.");
    return {toQImage(near.image), figureText(near.distance), heldOut ? NeighboursPanel::tr("unseen") : label,
            toolTip, heldOut};
}

} // namespace

NeighboursPanel::NeighboursPanel(NeighbourController& controller, ExploreController& explore, QWidget* parent)
    : Panel(tr("Neighbours"), parent), controller_(controller), explore_(explore),
      space_(new QComboBox(this)), refresh_(new QToolButton(this)),
      reason_(textLabel(this, "neighboursReason", "hint")),
      search_(new QPushButton(icon(QStringLiteral("search")), tr("Search"), this)),
      row_(new PictureRow(this)), verdict_(textLabel(this, "neighboursVerdict", "")),
      facts_(textLabel(this, "neighboursFacts", "caption")),
      judge_(new QPushButton(tr("Judge %1 samples").arg(NeighbourController::samplesJudged), this)),
      work_(textLabel(this, "neighboursWork", "caption")), progress_(new ProgressRow(this)),
      judgement_(new JudgementView(this)), notes_(textLabel(this, "neighboursNotes", "caption")) {
    setObjectName(QStringLiteral("neighboursPanel"));
    buildHeader();
    row_->setAccessibleName(tr("Nearest training pictures, and the nearest held-out one"));
    search_->setToolTip(tr("Look for the nearest training pictures again"));
    judge_->setObjectName(QStringLiteral("judgeSamples"));
    judge_->setToolTip(
        tr("Are training pictures repeated, how many different pictures does the model make, how "
           "is the code used? The samples are those of seed %1, as on the command line.")
            .arg(NeighbourController::sampleSeed));
    progress_->finish();
    auto* page = new QWidget(this);
    page->setProperty("ground", QStringLiteral("panel"));
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(judge_);
    layout->addWidget(judgement_);
    layout->addWidget(notes_);
    layout->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(page);
    // What belongs to the decoded picture stays in sight while one looks through the judgement.
    for (QWidget* widget :
         {static_cast<QWidget*>(reason_), static_cast<QWidget*>(search_), static_cast<QWidget*>(row_),
          static_cast<QWidget*>(verdict_), static_cast<QWidget*>(facts_)})
        contentLayout()->addWidget(widget);
    contentLayout()->addWidget(scroll, 1);
    contentLayout()->addWidget(work_);
    contentLayout()->addWidget(progress_);

    // By signal, since a window that closes hides its panels when the controllers are gone.
    connect(this, &NeighboursPanel::seen, &controller_, &NeighbourController::setActive);
    connect(search_, &QPushButton::clicked, &controller_, &NeighbourController::search);
    connect(judge_, &QPushButton::clicked, &controller_, &NeighbourController::judge);
    connect(progress_, &ProgressRow::cancelRequested, &controller_, &NeighbourController::cancel);
    connect(row_, &PictureRow::activated, this, &NeighboursPanel::offer);
    connect(judgement_, &JudgementView::sampleChosen, this, [this](int row) {
        const auto code = controller_.judged()->codes.row(std::size_t(row));
        explore_.setCode({code.begin(), code.end()}, tr("sample %1").arg(row));
    });
    connect(&controller_, &NeighbourController::changed, this, &NeighboursPanel::refreshState);
    connect(&controller_, &NeighbourController::foundChanged, this, &NeighboursPanel::refreshRow);
    connect(&controller_, &NeighbourController::judgedChanged, this,
            [this] { judgement_->show(controller_.judged()); });
    connect(&controller_, &NeighbourController::problem, this,
            [this](const QString& message, const QString& hint) {
                showMessage(MessageKind::Error, message, hint);
            });
    refreshState();
    refreshRow();
}

void NeighboursPanel::buildHeader() {
    space_->setObjectName(QStringLiteral("neighbourSpace"));
    space_->setAccessibleName(tr("Where distances are measured"));
    space_->addItem(tr("Pixels"), int(NeighbourSpace::Pixel));
    space_->addItem(tr("Codes"), int(NeighbourSpace::Code));
    space_->addItem(tr("D features"), int(NeighbourSpace::Feature));
    refresh_->setProperty("flat", true);
    refresh_->setIcon(icon(QStringLiteral("reset"), IconColor::Muted));
    refresh_->setToolTip(tr("The model has trained on: place the pictures with the weights of now"));
    refresh_->setAccessibleName(tr("Search with the newest weights"));
    addHeaderWidget(space_);
    addHeaderWidget(refresh_);
    connect(space_, &QComboBox::activated, this, [this] {
        clearMessage();
        controller_.setSpace(NeighbourSpace(space_->currentData().toInt()));
    });
    connect(refresh_, &QToolButton::clicked, &controller_, &NeighbourController::search);
}

QString NeighboursPanel::verdict() const {
    return verdict_->text();
}
QString NeighboursPanel::facts() const {
    return facts_->text();
}

void NeighboursPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    Q_EMIT seen(true);
}

void NeighboursPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    Q_EMIT seen(false);
}

void NeighboursPanel::refreshSpaces() {
    const QStringList meaning{tr("Differences of the pictures' elements"), tr("Between the encoder's codes"),
                              tr("Between what the discriminator's answer is made from")};
    auto* model = qobject_cast<QStandardItemModel*>(space_->model());
    for (int i = 0; i < space_->count(); ++i) {
        const QString why = controller_.whyNot(NeighbourSpace(space_->itemData(i).toInt()));
        model->item(i)->setEnabled(why.isEmpty());
        model->item(i)->setToolTip(why.isEmpty() ? meaning[i] : why);
    }
    space_->setCurrentIndex(space_->findData(int(controller_.space())));
    space_->setToolTip(meaning[space_->currentIndex()]);
}

QString NeighboursPanel::emptyReason() const {
    if (!explore_.hasModel())
        return tr(
            "No model yet. Press Start, or open a checkpoint from Runs: then the training pictures nearest "
            "to what is decoded appear here.");
    const QString why = controller_.whyNot(NeighbourSpace::Pixel);
    if (!why.isEmpty())
        return why;
    return controller_.cancelled() ? tr("The search for neighbours was given up.") : QString();
}

void NeighboursPanel::refreshState() {
    refreshSpaces();
    const QString reason = emptyReason();
    const auto& finished = controller_.finished();
    const auto& busy = controller_.busy();
    reason_->setText(reason);
    reason_->setVisible(!reason.isEmpty());
    search_->setVisible(controller_.cancelled());
    space_->setEnabled(explore_.hasModel());
    refresh_->setVisible(controller_.outdated());
    judge_->setVisible(reason.isEmpty());
    judge_->setEnabled(!busy || (controller_.measured() && busy->task == engine::NeighbourTask::Open));
    if (busy) {
        progress_->show();
        work_->setText(busy->what.empty() ? tr("opening the model") : QString::fromStdString(busy->what));
        progress_->setProgress(qint64(busy->fraction * 1000), busy->what.empty() ? 0 : 1000);
        progress_->setSecondsLeft(busy->secondsLeft);
        clearMessage();
    } else {
        progress_->finish();
    }
    work_->setVisible(busy.has_value());
    QStringList notes;
    if (finished)
        for (const std::string& note : finished->notes)
            notes += QString::fromStdString(note);
    notes_->setText(notes.join(QLatin1Char('\n')));
    notes_->setVisible(!notes.isEmpty());
}

void NeighboursPanel::refreshRow() {
    const auto& found = controller_.found();
    for (QWidget* widget :
         {static_cast<QWidget*>(row_), static_cast<QWidget*>(verdict_), static_cast<QWidget*>(facts_)})
        widget->setVisible(found.has_value());
    if (!found) {
        row_->setItems({});
        return;
    }
    QList<PictureRow::Item> items;
    for (const engine::NearPicture& near : found->nearest)
        items += itemOf(near, false);
    items += itemOf(found->heldOut, true);
    row_->setItems(items);

    const double nearest = found->nearest.front().distance;
    const double heldOut = found->heldOut.distance;
    if (nearest == 0.0)
        verdict_->setText(tr("This is a training picture."));
    else if (found->pValue && *found->pValue < smallP && nearest < heldOut)
        verdict_->setText(tr("Nearer to a training picture than %1 of held-out pictures are.")
                              .arg(percent(1.0 - *found->pValue)));
    else
        verdict_->setText(found->pValue ? tr("%1 of held-out pictures are as near to a training picture.")
                                              .arg(percent(*found->pValue))
                                        : tr("Measuring how near held-out pictures are…"));
    const QString dot = QStringLiteral(" · ");
    QString facts = tr("ratio %1").arg(figureText(found->ratio));
    if (found->pValue)
        facts += dot + tr("p %1").arg(figureText(*found->pValue, 2));
    if (const auto& ready = controller_.ready()) {
        facts += dot + tr("%L1 pictures").arg(ready->reference);
        if (ready->space != NeighbourSpace::Pixel)
            facts += dot + tr("step %1").arg(stepText(ready->step));
    }
    facts_->setText(facts);
    facts_->setToolTip(
        tr("Ratio: distance to the nearest of as many training pictures as there are held-out "
           "ones, by that to the nearest held-out one; 1 when it is all the same. p: the share "
           "of held-out pictures that are as near to their nearest training picture as this is, "
           "or nearer. Found in %1.")
            .arg(millisecondsText(found->milliseconds)));
}

/// As a picture of the user's own.
void NeighboursPanel::offer(int index) {
    const auto& found = controller_.found();
    if (!found)
        return;
    const bool heldOut = std::size_t(index) >= found->nearest.size();
    const engine::NearPicture& near = heldOut ? found->heldOut : found->nearest[std::size_t(index)];
    explore_.encodePicture(toQImage(near.image), QString::fromStdString(near.name));
}

} // namespace alphascope::ui
