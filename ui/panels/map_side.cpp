#include "ui/panels/map_side.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/api/neighbours.h"
#include "ui/models/code_payload.h"
#include "ui/panels/form.h"
#include "ui/panels/place_list.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/bar_row.h"
#include "ui/widgets/image_grid.h"

namespace alphascope::ui {

namespace {

constexpr std::size_t mostShown = 120;

QString fixedText(double value, int decimals) {
    return QString::number(value, 'f', decimals);
}

} // namespace

SelectionPanel::SelectionPanel(AtlasController& atlas, QWidget* parent)
    : Panel(tr("Selection"), parent), atlas_(atlas), grid_(new ImageGrid(this)),
      walk_(new QPushButton(tr("Walk through"), this)), toSet_{new QPushButton(tr("→ set A"), this),
                                                               new QPushButton(tr("→ set B"), this)} {
    grid_->setAccessibleName(tr("Selected pictures"));
    grid_->setEmptyText(tr("Nothing selected"), tr("Shift-drag around points, or find a label."));
    grid_->setMaximumZoom(2);
    walk_->setObjectName(QStringLiteral("walkSelection"));
    walk_->setToolTip(tr("Makes keyframes of up to eight of them, from neighbour to neighbour, in Explore"));
    for (int side = 0; side < 2; ++side) {
        toSet_[side]->setObjectName(side == 0 ? QStringLiteral("selectionToA")
                                              : QStringLiteral("selectionToB"));
        toSet_[side]->setToolTip(
            tr("Adds their codes to a set of an attribute (Explore, directions, my own)"));
        connect(toSet_[side], &QPushButton::clicked, this, [this, side] { Q_EMIT setRequested(side); });
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(walk_, 1);
    row->addWidget(toSet_[0]);
    row->addWidget(toSet_[1]);
    contentLayout()->addWidget(grid_, 1);
    contentLayout()->addLayout(row);
    connect(walk_, &QPushButton::clicked, this, &SelectionPanel::walkRequested);
    connect(grid_, &ImageGrid::cellActivated, this, [this](int index) {
        if (index >= 0 && std::size_t(index) < shown_.size())
            Q_EMIT rowActivated(shown_[std::size_t(index)]);
    });
    grid_->setDragPayloadProvider([this](int index) {
        const auto* set = atlas_.codes();
        if (!set || index < 0 || std::size_t(index) >= shown_.size())
            return QByteArray();
        const auto code = set->codes.row(shown_[std::size_t(index)]);
        return packCode(
            {{code.begin(), code.end()}, tr("#%1").arg(set->numbers[shown_[std::size_t(index)]])});
    });
    setRows({});
}

void SelectionPanel::setRows(const std::vector<std::uint32_t>& rows) {
    rows_ = rows;
    shown_.clear();
    QVector<QImage> pictures;
    const auto* set = atlas_.codes();
    const std::size_t count = set ? std::min(rows.size(), mostShown) : 0;
    for (std::size_t i = 0; i < count; ++i) {
        shown_.push_back(rows[i * rows.size() / count]);
        pictures.append(toQImage(set->picture(shown_.back())));
    }
    grid_->setCells(pictures);
    setCaption(set && !rows.empty() ? tr("%L1 of %L2").arg(rows.size()).arg(set->count()) : QString());
    walk_->setEnabled(rows.size() >= 2);
    for (QPushButton* button : toSet_)
        button->setEnabled(!rows.empty());
}

CodeSpacePanel::CodeSpacePanel(EngineBridge& bridge, AtlasController& atlas, QWidget* parent)
    : Panel(tr("Code space"), parent), bridge_(bridge), atlas_(atlas), figures_(new QGridLayout),
      places_(new PlaceList(this)), spread_(new BarRow(this)),
      spreadTitle_(textLabel(this, "spreadTitle", "caption")),
      critic_(new QPushButton(tr("Train a critic"), this)), hole_(new QPushButton(tr("Show a hole"), this)) {
    figures_->setHorizontalSpacing(8);
    figures_->setVerticalSpacing(3);
    figures_->setColumnStretch(0, 1);
    addFigure(QStringLiteral("dimensions"), tr("Dimensions used"),
              tr("Numbers of the code whose spread over pictures is above %1").arg(engine::deadDeviation));
    addFigure(
        QStringLiteral("trust"), tr("Trustworthiness"),
        tr("How far neighbours on the map are neighbours in the code space (Venna, Kaski 2001; k = 5); 1 is "
           "best"));
    addFigure(
        QStringLiteral("accuracy"), tr("Critic accuracy"),
        tr("Of a fresh critic that tells codes of pictures from the prior's, on codes held out from its "
           "training: 50 % where the two are alike"));
    addFigure(
        QStringLiteral("calibration"), tr("Calibration error"),
        tr("How far that critic's probabilities are from what happens: trust the field only where this is "
           "small"));
    addFigure(QStringLiteral("holes"), tr("Holes (prior mass)"),
              tr("Share of prior codes where pictures' codes are ten times rarer than the prior says"));
    addFigure(QStringLiteral("leaks"), tr("Leaks (pictures)"),
              tr("Share of pictures whose codes lie where the prior expects ten times fewer"));
    critic_->setObjectName(QStringLiteral("trainCritic"));
    critic_->setToolTip(tr("Trains a fresh critic of codes in the background; the field and holes need one"));
    hole_->setObjectName(QStringLiteral("showHole"));
    hole_->setToolTip(tr("Decodes the prior code that lies deepest in a hole"));
    spreadTitle_->setText(tr("Spread (dashed: the prior's)"));
    spreadTitle_->setAlignment(Qt::AlignLeft | Qt::AlignBottom); // next to its bars, whatever room is left
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(critic_, 1);
    buttons->addWidget(hole_, 1);
    contentLayout()->addLayout(figures_);
    contentLayout()->addLayout(buttons);
    contentLayout()->addWidget(places_);
    contentLayout()->addWidget(spreadTitle_);
    contentLayout()->addWidget(spread_);
    connect(critic_, &QPushButton::clicked, this, &CodeSpacePanel::criticRequested);
    connect(hole_, &QPushButton::clicked, this, &CodeSpacePanel::holeRequested);
    connect(&atlas_, &AtlasController::codesLoaded, this, &CodeSpacePanel::measureSpread);
    for (const auto signal : {&AtlasController::codesLoaded, &AtlasController::mapMoved,
                              &AtlasController::criticTrained, &AtlasController::idle})
        connect(&atlas_, signal, this, &CodeSpacePanel::refresh);
    connect(&atlas_, &AtlasController::progressed, this, &CodeSpacePanel::refresh);
    refresh();
}

QLabel* CodeSpacePanel::addFigure(const QString& name, const QString& title, const QString& toolTip) {
    auto* label = new QLabel(title, this);
    auto* value = new QLabel(QStringLiteral("–"), this);
    value->setObjectName(name);
    value->setFont(tabularFont(font()));
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (QLabel* one : {label, value}) {
        one->setToolTip(toolTip);
        one->setMinimumHeight(one->sizeHint().height()); // wrapping text below must not squeeze them
    }
    const int row = figures_->rowCount();
    figures_->addWidget(label, row, 0);
    figures_->addWidget(value, row, 1);
    return value;
}

void CodeSpacePanel::setFigure(const QString& name, const QString& text) {
    if (auto* label = findChild<QLabel*>(name))
        label->setText(text);
}

QString CodeSpacePanel::figure(const QString& name) const {
    const auto* label = findChild<QLabel*>(name);
    return label ? label->text() : QString();
}

void CodeSpacePanel::measureSpread() {
    const std::uint64_t question = ++question_;
    bridge_.runJob(Area::Map, [this, question, set = atlas_.sharedCodes()]() -> std::function<void()> {
        if (set->count() < 2)
            return {};
        return [this, question, found = engine::codeStatistics(set->codes)] {
            if (question != question_)
                return;
            QVector<double> spreads;
            QVector<bool> dead;
            QVector<QString> texts;
            for (std::size_t i = 0; i < found.dimensions.size(); ++i) {
                const auto& one = found.dimensions[i];
                spreads.append(one.deviation);
                dead.append(one.dead);
                texts.append(tr("z %1: mean %2, spread %3, KL to the prior %4%5")
                                 .arg(i + 1)
                                 .arg(fixedText(one.mean, 2), fixedText(one.deviation, 2),
                                      fixedText(one.kl, 3), one.dead ? tr(" · unused") : QString()));
            }
            spread_->setValues(spreads, dead, 1.0);
            spread_->setDescriptions(texts);
            setFigure(QStringLiteral("dimensions"),
                      tr("%1 / %2").arg(found.dimensions.size() - found.dead).arg(found.dimensions.size()));
        };
    });
}

void CodeSpacePanel::refresh() {
    const QString none = QStringLiteral("–");
    const auto* map = atlas_.map();
    setFigure(QStringLiteral("trust"),
              map && map->judgedRows > 0 ? fixedText(map->trustworthiness, 3) : none);
    const auto& critic = atlas_.critic();
    const auto percent = [](double share) { return tr("%1 %").arg(fixedText(100.0 * share, 1)); };
    setFigure(QStringLiteral("accuracy"), critic ? percent(critic->accuracy) : none);
    setFigure(QStringLiteral("calibration"), critic ? percent(critic->calibration) : none);
    setFigure(QStringLiteral("holes"), critic ? percent(critic->holes) : none);
    setFigure(QStringLiteral("leaks"), critic ? percent(critic->leaks) : none);
    const bool prior = atlas_.codes() && atlas_.codes()->source == engine::AtlasCodes::Prior;
    critic_->setEnabled(atlas_.codes() && !prior && !atlas_.busy());
    hole_->setEnabled(critic.has_value());
}

} // namespace alphascope::ui
