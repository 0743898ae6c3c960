#include "ui/panels/directions_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/dialogs/dialogs.h"
#include "ui/models/direction_text.h"
#include "ui/panels/attribute_maker.h"
#include "ui/panels/form.h"
#include "ui/theme/icons.h"
#include "ui/widgets/direction_slider.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/slider_list.h"

namespace alphascope::ui {

namespace {

constexpr int stripHeight = 46;
constexpr std::size_t firstCodes = 10'000; // enough for components, encoded in a second or two

QToolButton* flatButton(QWidget* parent, const QString& iconName, const QString& name,
                        const QString& toolTip) {
    auto* button = new QToolButton(parent);
    button->setProperty("flat", true);
    button->setIcon(icon(iconName, IconColor::Muted));
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    return button;
}

} // namespace

DirectionsPanel::DirectionsPanel(DirectionController& controller, AttributeSets& sets, IDialogs& dialogs,
                                 QWidget* parent)
    : Panel(tr("Directions"), parent), controller_(controller), dialogs_(dialogs),
      choice_(new FormCombo(this)), filter_(new QLineEdit(this)),
      keep_(flatButton(this, QStringLiteral("star"), tr("Keep this direction"),
                       tr("Give the chosen direction a name and keep it with the run"))),
      resetAll_(flatButton(this, QStringLiteral("reset"), tr("Reset all sliders"),
                           tr("The whole code to 0, truncation to 1"))),
      sliders_(new SliderList(this)), encode_(new QPushButton(this)), progress_(new ProgressRow(this)),
      strip_(new ImageGrid(this)), facts_(new ElidedLabel(this)),
      maker_(new AttributeMaker(controller, sets, this)), truncation_(new DirectionSlider(this)) {
    buildHeader();
    sliders_->setAccessibleName(tr("Sliders along directions"));
    encode_->setObjectName(QStringLiteral("encodeForComponents"));
    encode_->setText(tr("Encode the model's data"));
    encode_->setToolTip(tr("Encodes up to %L1 training pictures in the background").arg(firstCodes));
    strip_->setFixedHeight(stripHeight);
    strip_->setMaximumZoom(2);
    strip_->setAccessibleName(tr("The chosen direction from one end to the other"));
    strip_->setToolTip(
        tr("The picture moved along the chosen direction, from one end of its slider to the other"));
    buildTruncation();
    auto* tools = new QHBoxLayout;
    tools->setSpacing(6);
    tools->addWidget(filter_, 1);
    tools->addWidget(keep_);
    auto* layout = contentLayout();
    layout->addLayout(tools);
    layout->addWidget(sliders_, 1);
    layout->addWidget(encode_);
    layout->addWidget(progress_);
    layout->addWidget(maker_);
    layout->addWidget(strip_);
    layout->addWidget(facts_);
    layout->addWidget(truncation_);
    progress_->hide();
    connectController();
    refreshRows();
}

void DirectionsPanel::buildHeader() {
    choice_->setObjectName(QStringLiteral("directionSet"));
    choice_->addItem(tr("dimensions"));
    choice_->addItem(tr("components"));
    choice_->addItem(tr("local"));
    choice_->addItem(tr("factors"));
    choice_->addItem(tr("my own"));
    choice_->setItemData(0, tr("The numbers of the code one by one"), Qt::ToolTipRole);
    choice_->setItemData(1, tr("Principal components of the codes of a data set"), Qt::ToolTipRole);
    choice_->setItemData(
        2, tr("Where the generator changes its picture most around this code: found anew as you move"),
        Qt::ToolTipRole);
    choice_->setItemData(3, tr("Where the generator's first layer changes most"), Qt::ToolTipRole);
    choice_->setItemData(4, tr("Kept directions, and attributes made from two sets of pictures"),
                         Qt::ToolTipRole);
    choice_->setAccessibleName(tr("Set of directions"));
    choice_->setFixedWidth(142);
    filter_->setPlaceholderText(tr("filter"));
    filter_->setClearButtonEnabled(true);
    filter_->setAccessibleName(tr("Filter the sliders"));
    addHeaderWidget(choice_);
    addHeaderWidget(resetAll_);
}

void DirectionsPanel::buildTruncation() {
    Direction truncation;
    truncation.id = QStringLiteral("truncation");
    truncation.label = tr("Truncation");
    truncation.toolTip =
        tr("Multiplies the code before it is decoded: below 1 pictures come closer to the average.");
    truncation.minimum = 0.0;
    truncation.maximum = 2.0;
    truncation.defaultValue = 1.0;
    truncation.step = 0.05;
    truncation_->setDirection(truncation);
    truncation_->setToolTip(truncation.toolTip);
}

void DirectionsPanel::connectController() {
    ExploreController& explore = controller_.explore();
    connect(choice_, &QComboBox::activated, &controller_,
            [this](int index) { controller_.choose(DirectionSet(index)); });
    connect(filter_, &QLineEdit::textChanged, sliders_,
            [this](const QString& text) { sliders_->setFilter(text); });
    connect(sliders_, &SliderList::valueChanged, &controller_, &DirectionController::move);
    connect(sliders_, &SliderList::editingFinished, &explore, &ExploreController::endGesture);
    connect(sliders_, &SliderList::currentRowChanged, &controller_, &DirectionController::setCurrent);
    connect(sliders_, &SliderList::contextMenuRequested, this, &DirectionsPanel::showMenu);
    connect(keep_, &QToolButton::clicked, this, &DirectionsPanel::keepCurrent);
    connect(resetAll_, &QToolButton::clicked, &explore, &ExploreController::resetCode);
    connect(encode_, &QPushButton::clicked, this,
            [this] { controller_.atlas().load({}, QStringLiteral("train"), firstCodes); });
    connect(progress_, &ProgressRow::cancelRequested, &controller_.atlas(), &AtlasController::cancel);
    connect(truncation_, &DirectionSlider::valueChanged, &explore, &ExploreController::setTruncation);
    connect(truncation_, &DirectionSlider::editingFinished, &explore, &ExploreController::endGesture);

    connect(&explore, &ExploreController::viewChanged, this, &DirectionsPanel::refreshValues);
    connect(&controller_, &DirectionController::directionsChanged, this, &DirectionsPanel::refreshRows);
    connect(&controller_, &DirectionController::chosenChanged, this,
            [this] { choice_->setCurrentIndex(int(controller_.chosen())); });
    connect(&controller_, &DirectionController::currentChanged, this, [this] {
        sliders_->setCurrentRow(controller_.current());
        refreshFacts();
    });
    connect(&controller_, &DirectionController::fidelityMeasured, this, &DirectionsPanel::showFidelity);
    connect(&controller_, &DirectionController::stripDecoded, strip_,
            [this](const QVector<QImage>& pictures) { strip_->setCells(pictures); });
    connect(&controller_, &DirectionController::problem, this,
            [this](const QString& message, const QString& hint) {
                showMessage(MessageKind::Warning, message, hint);
            });
    AtlasController& atlas = controller_.atlas();
    connect(&atlas, &AtlasController::progressed, this,
            [this](engine::AtlasTask task, double fraction, double secondsLeft) {
                progress_->setProgress(qint64(fraction * 1000), 1000);
                progress_->setSecondsLeft(secondsLeft);
                progress_->setText(task == engine::AtlasTask::Load ? tr("Encoding")
                                                                   : tr("At work on the map"));
                refreshAtlas();
            });
    connect(&atlas, &AtlasController::idle, this, [this] {
        progress_->finish();
        refreshAtlas();
    });
    connect(&atlas, &AtlasController::problem, this, [this](const QString& message, const QString& hint) {
        if (isVisible())
            showMessage(MessageKind::Error, message, hint);
    });
    refreshAtlas();
}

void DirectionsPanel::refreshRows() {
    const auto& directions = controller_.directions();
    const bool haveModel = controller_.explore().hasModel();
    std::vector<std::string> names;
    for (const auto& direction : directions)
        names.push_back(direction.name);
    // Local directions come anew with every rest: rows of the same names keep their scroll and choice.
    const int current = names == shownNames_ ? sliders_->currentRow() : std::max(0, controller_.current());
    QVector<Direction> rows;
    for (std::size_t i = 0; i < directions.size(); ++i)
        rows.append(sliderRow(directions[i], controller_.chosen() == DirectionSet::Own));
    shownNames_ = std::move(names);
    sliders_->setDirections(rows);
    sliders_->setCurrentRow(current);
    sliders_->setEmptyText(haveModel ? controller_.emptyReason()
                                     : tr("One slider per direction appears here."));
    truncation_->setEnabled(haveModel);
    resetAll_->setEnabled(haveModel);
    keep_->setEnabled(!directions.empty());
    maker_->setVisible(controller_.chosen() == DirectionSet::Own);
    refreshAtlas();
    refreshValues();
    refreshFacts();
}

void DirectionsPanel::refreshAtlas() {
    const bool wanted = controller_.chosen() == DirectionSet::Components &&
                        controller_.directions().empty() && controller_.explore().canEncode();
    const bool working = controller_.atlas().busy().has_value();
    encode_->setVisible(wanted && !working);
    progress_->setVisible(working && controller_.chosen() == DirectionSet::Components);
}

void DirectionsPanel::refreshValues() {
    if (sliders_->count() != int(controller_.directions().size()))
        return; // the rows are on their way
    QVector<double> values;
    for (int i = 0; i < sliders_->count(); ++i)
        values.append(controller_.position(i));
    sliders_->setValues(values);
    truncation_->setValue(controller_.explore().view().truncation);
}

void DirectionsPanel::refreshFacts() {
    const int current = controller_.current();
    const auto& directions = controller_.directions();
    const bool known = current >= 0 && std::size_t(current) < directions.size();
    facts_->setText(known ? directionFacts(directions[std::size_t(current)]) : QString());
    facts_->setToolTip(known ? directionStory(directions[std::size_t(current)]) : QString());
    facts_->setVisible(known && !facts_->text().isEmpty());
    strip_->setVisible(known);
}

QString DirectionsPanel::facts() const {
    return facts_->text();
}

void DirectionsPanel::showFidelity(const std::vector<float>& distances) {
    // A distance of 1 is what two codes of the prior that have nothing in common come to, give or take.
    QVector<float> shares;
    for (const float distance : distances)
        shares.append(std::min(1.0F, distance));
    sliders_->setProfile(distances.empty() ? -1 : controller_.current(), shares);
}

void DirectionsPanel::showMenu(int index, const QPoint& at) {
    controller_.setCurrent(index);
    QMenu menu(this);
    menu.addAction(icon(QStringLiteral("reset")), tr("Back to the middle"), this,
                   [this, index] { controller_.reset(index); });
    QMenu* range = menu.addMenu(tr("Range of the slider"));
    for (const double sigmas : {1.0, 2.0, 3.0, 5.0, 8.0})
        range->addAction(tr("± %1 σ").arg(sigmas), this,
                         [this, index, sigmas] { controller_.setRange(index, sigmas); });
    range->setEnabled(controller_.chosen() != DirectionSet::Dimensions);
    menu.addAction(icon(QStringLiteral("star")), tr("Keep under a name…"), this,
                   &DirectionsPanel::keepCurrent);
    if (controller_.chosen() == DirectionSet::Own)
        menu.addAction(icon(QStringLiteral("trash")), tr("Remove"), this,
                       [this, index] { controller_.removeOwn(index); });
    menu.exec(at);
}

void DirectionsPanel::keepCurrent() {
    const int current = controller_.current();
    if (current < 0 || std::size_t(current) >= controller_.directions().size())
        return;
    const QString suggested = QString::fromStdString(controller_.directions()[std::size_t(current)].name);
    const QString name = dialogs_.askName(this, tr("Keep the direction"), tr("Name"), suggested);
    if (name.isEmpty())
        return;
    controller_.keep(current, name);
    showMessage(MessageKind::Success, tr("Kept as “%1” in “my own”.").arg(name));
}

} // namespace alphascope::ui
