#include "ui/panels/judgement_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/models/figures.h"
#include "ui/panels/form.h"
#include "ui/session/image_conversion.h"
#include "ui/widgets/bar_row.h"
#include "ui/widgets/image_grid.h"

namespace alphascope::ui {

namespace {

constexpr std::size_t pairsShown = 12;
constexpr qsizetype deadNamed = 8;

enum Statistic { Spread, Mean, Divergence };

double statisticOf(const engine::CodeDimension& dimension, int statistic) {
    return statistic == Spread ? dimension.deviation
           : statistic == Mean ? std::abs(dimension.mean)
                               : dimension.kl;
}

} // namespace

JudgementView::JudgementView(QWidget* parent)
    : QWidget(parent), memory_(textLabel(this, "memoryVerdict", "")),
      variety_(textLabel(this, "varietyVerdict", "")), pairsTitle_(textLabel(this, "pairsTitle", "caption")),
      pairs_(new ImageGrid(this)), codes_(textLabel(this, "codesVerdict", "")),
      statistic_(new QComboBox(this)), bars_(new BarRow(this)) {
    pairs_->setAccessibleName(tr("Most suspicious samples, each beside its nearest training picture"));
    pairs_->setFixedHeight(132);
    pairs_->setMaximumZoom(2);
    statistic_->addItems({tr("spread"), tr("mean, ±"), tr("KL to prior")});
    statistic_->setAccessibleName(tr("Statistic of the code's numbers"));
    bars_->setAccessibleName(tr("Statistics of the code, number by number"));
    auto* codesRow = new QHBoxLayout;
    codesRow->setSpacing(6);
    codesRow->addWidget(codes_, 1);
    codesRow->addWidget(statistic_, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(memory_);
    layout->addWidget(pairsTitle_);
    layout->addWidget(pairs_);
    layout->addWidget(variety_);
    layout->addLayout(codesRow);
    layout->addWidget(bars_);
    connect(statistic_, &QComboBox::currentIndexChanged, this, &JudgementView::showBars);
    connect(pairs_, &ImageGrid::cellClicked, this,
            [this](int cell) { Q_EMIT sampleChosen(int(rowOf(cell))); });
    connect(pairs_, &ImageGrid::cellActivated, this,
            [this](int cell) { Q_EMIT sampleChosen(int(rowOf(cell))); });
    pairs_->setToolTipProvider([this](int cell) {
        const std::size_t row = rowOf(cell);
        const engine::PictureAudit& picture = judged_->audit.pictures[row];
        const engine::NearPicture& near = picture.nearest.front();
        return tr("Sample %1 of seed %2 · %3 at %4 · nearest held-out picture at %5\nClick to explore it.")
            .arg(row)
            .arg(judged_->seed)
            .arg(QString::fromStdString(near.name), figureText(near.distance),
                 figureText(picture.heldOutDistance));
    });
    hide();
}

QString JudgementView::memory() const {
    return memory_->text();
}
QString JudgementView::variety() const {
    return variety_->text();
}
QString JudgementView::codes() const {
    return codes_->text();
}

std::size_t JudgementView::rowOf(int cell) const {
    return judged_->suspicious[std::size_t(cell)];
}

void JudgementView::show(const engine::NeighboursJudged* judged) {
    judged_ = judged;
    setVisible(judged != nullptr);
    if (!judged) {
        pairs_->setCells({});
        return;
    }
    const engine::Audit& audit = judged->audit;
    memory_->setText(QString::fromStdString(engine::describe(audit.memorisation)));
    memory_->setToolTip(
        tr("z and its p: whether samples are nearer to training pictures than held-out pictures are "
           "(Mann–Whitney). The second p: whether a training picture is the nearest real one more often than "
           "their share explains. Copies need both. Median ratio of the distances to as many training as "
           "held-out pictures: %1.")
            .arg(figureText(audit.memorisation.medianRatio)));
    variety_->setVisible(audit.duplicates.has_value());
    if (audit.duplicates) {
        variety_->setText(QString::fromStdString(engine::describe(*audit.duplicates)));
        variety_->setToolTip(tr("The birthday paradox: the fewer different pictures a model makes, the more "
                                "often two samples are nearly the same (Arora, Risteski, Zhang 2018)."));
    }
    showPairs();
    const bool codes = audit.codes.has_value();
    for (QWidget* widget :
         {static_cast<QWidget*>(codes_), static_cast<QWidget*>(statistic_), static_cast<QWidget*>(bars_)})
        widget->setVisible(codes);
    if (codes)
        showBars();
}

void JudgementView::showPairs() {
    QVector<QImage> samples;
    QVector<QImage> training;
    const std::size_t count = std::min(pairsShown, judged_->suspicious.size());
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = judged_->suspicious[i];
        samples.append(toQImage(judged_->pictures[row]));
        training.append(toQImage(judged_->audit.pictures[row].nearest.front().image));
    }
    pairs_->setCells(samples, training);
    pairsTitle_->setText(tr("Most suspicious: sample | nearest training picture"));
}

void JudgementView::showBars() {
    if (!judged_ || !judged_->audit.codes)
        return;
    const engine::CodeStatistics& codes = *judged_->audit.codes;
    QVector<double> values;
    QVector<bool> dead;
    QVector<QString> texts;
    QStringList names;
    double largest = 0.0;
    for (const engine::CodeDimension& dimension : codes.dimensions) {
        const double value = statisticOf(dimension, statistic_->currentIndex());
        largest = std::isfinite(value) ? std::max(largest, value) : largest;
        values.append(value);
        dead.append(dimension.dead);
        texts.append(
            tr("z %1: mean %2, spread %3, KL to the prior %4 nats")
                .arg(values.size())
                .arg(figureText(dimension.mean), figureText(dimension.deviation), figureText(dimension.kl)) +
            (dimension.dead ? tr("; dead") : QString()));
        if (dimension.dead)
            names += tr("z %1").arg(values.size());
    }
    // A number that never moves has an infinite divergence: as high as there is room.
    for (double& value : values)
        value = std::isfinite(value) ? value : 1.2 * largest;
    bars_->setValues(values, dead, statistic_->currentIndex() == Spread ? 1.0 : 0.0);
    bars_->setDescriptions(texts);
    if (names.size() > deadNamed)
        names = names.mid(0, deadNamed) << QStringLiteral("…");
    codes_->setText(codes.dead == 0
                        ? tr("All %1 numbers of the code are used; mean KL to the prior %2 nats.")
                              .arg(codes.dimensions.size())
                              .arg(figureText(codes.klPerDimension))
                        : tr("%1 of %2 numbers of the code are dead (%3); mean KL to the prior %4 nats.")
                              .arg(codes.dead)
                              .arg(codes.dimensions.size())
                              .arg(names.join(QStringLiteral(", ")), figureText(codes.klPerDimension)));
    codes_->setToolTip(tr("Of the codes of %1 held-out pictures. A dead number has a spread below %2: it "
                          "hardly depends on the picture.")
                           .arg(codes.codes)
                           .arg(engine::deadDeviation));
}

} // namespace alphascope::ui
