#include "ui/panels/map_workspace.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

#include "ui/dialogs/dialogs.h"
#include "ui/models/figures.h"
#include "ui/models/map_math.h"
#include "ui/panels/form.h"
#include "ui/panels/map_side.h"
#include "ui/panels/place_list.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/scatter_map.h"

namespace alphascope::ui {

namespace {

constexpr std::size_t walkLength = 8;
constexpr qint64 followMilliseconds = 10'000;

QString taskText(engine::AtlasTask task) {
    switch (task) {
    case engine::AtlasTask::Load:
        return MapWorkspace::tr("Finding codes");
    case engine::AtlasTask::Map:
        return MapWorkspace::tr("Laying out the map");
    case engine::AtlasTask::Errors:
        return MapWorkspace::tr("Measuring reconstruction errors");
    case engine::AtlasTask::Critic:
        break;
    }
    return MapWorkspace::tr("Training a critic of codes");
}

} // namespace

MapWorkspace::MapWorkspace(EngineBridge& bridge, AtlasController& atlas, ExploreController& explore,
                           AttributeSets& sets, IDialogs& dialogs, QWidget* parent)
    : QWidget(parent), bridge_(bridge), atlas_(atlas), explore_(explore), sets_(sets), dialogs_(dialogs),
      panel_(new Panel(tr("Codes"), this)), map_(new ScatterMap(this)),
      selection_(new SelectionPanel(atlas, this)), codeSpace_(new CodeSpacePanel(bridge, atlas, this)),
      columns_(new QSplitter(Qt::Horizontal)), progress_(new ProgressRow(this)) {
    map_->setObjectName(QStringLiteral("codeMap"));
    map_->setAccessibleName(tr("Map of codes"));
    panel_->contentLayout()->addWidget(buildBar());
    panel_->contentLayout()->addWidget(map_, 1);
    panel_->contentLayout()->addWidget(progress_);
    progress_->hide();
    auto* side = new QSplitter(Qt::Vertical);
    side->addWidget(selection_);
    side->addWidget(codeSpace_);
    for (QSplitter* splitter : {columns_, side}) {
        splitter->setHandleWidth(tokens().gap);
        splitter->setChildrenCollapsible(false);
    }
    side->setSizes({230, 400});
    side->setStretchFactor(0, 1);
    columns_->addWidget(panel_);
    columns_->addWidget(side);
    columns_->setSizes({720, 280});
    columns_->setStretchFactor(0, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(columns_);
    map_->setThumbnailProvider([this](int index) {
        const auto* set = atlas_.codes();
        return set && atlas_.map() ? toQImage(set->picture(rowOf(index))) : QImage();
    });
    connectAtlas();
    connectMap();
    refresh();
}

QWidget* MapWorkspace::buildBar() {
    count_ = new FormCombo(this);
    count_->setObjectName(QStringLiteral("codeCount"));
    count_->setFixedWidth(154);
    count_->setAccessibleName(tr("How many codes"));
    split_ = new FormCombo(this);
    split_->setObjectName(QStringLiteral("codeSource"));
    split_->addItem(tr("training"), QStringLiteral("train"));
    split_->addItem(tr("held out"), QStringLiteral("test"));
    split_->addItem(tr("prior codes"), QStringLiteral("prior"));
    split_->setFixedWidth(126);
    split_->setAccessibleName(tr("Codes of which pictures"));
    split_->setToolTip(tr("Training and held out: codes of the data's pictures.\n"
                          "Prior codes: drawn from the prior, beside what the model makes of them"));
    load_ = new QPushButton(tr("Encode"), this);
    load_->setObjectName(QStringLiteral("loadCodes"));
    load_->setProperty("primary", true);
    kind_ = new FormCombo(this);
    kind_->setObjectName(QStringLiteral("mapKind"));
    kind_->addItem(tr("components"));
    kind_->addItem(tr("t-SNE"));
    kind_->addItem(tr("UMAP"));
    kind_->setFixedWidth(132);
    kind_->setAccessibleName(tr("Layout of the map"));
    kind_->setToolTip(
        tr("Components: the plane of the two directions in which codes vary most, at once.\n"
           "t-SNE and UMAP: neighbours stay neighbours; in the background, each iteration is seen"));
    colour_ = new FormCombo(this);
    colour_->setObjectName(QStringLiteral("mapColour"));
    colour_->addItem(tr("label"));
    colour_->addItem(tr("error"));
    colour_->addItem(tr("density"));
    colour_->addItem(tr("plain"));
    colour_->setFixedWidth(92);
    colour_->setAccessibleName(tr("Colour of the points"));
    find_ = new QLineEdit(this);
    find_->setObjectName(QStringLiteral("findOnMap"));
    find_->setPlaceholderText(tr("label or #12"));
    find_->setClearButtonEnabled(true);
    find_->setFixedWidth(120);
    find_->setAccessibleName(tr("Find pictures"));
    field_ = new QCheckBox(tr("log q/p"), this);
    field_->setObjectName(QStringLiteral("mapField"));
    cloudBox_ = new QCheckBox(tr("own picture"), this);
    cloudBox_->setObjectName(QStringLiteral("mapCloud"));
    follow_ = new QCheckBox(tr("follow"), this);
    follow_->setObjectName(QStringLiteral("followTraining"));
    follow_->setToolTip(
        tr("Encodes the same pictures again every ten seconds while the model trains; the map "
           "stays oriented"));
    export_ = new QToolButton(this);
    export_->setProperty("flat", true);
    export_->setIcon(icon(QStringLiteral("export"), IconColor::Muted));
    export_->setAccessibleName(tr("Save the map"));
    export_->setToolTip(tr("Save the map as a picture"));
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (QWidget* widget : std::initializer_list<QWidget*>{count_, split_, load_})
        panel_->addHeaderWidget(widget);
    for (QWidget* widget : std::initializer_list<QWidget*>{kind_, colour_, find_, field_, cloudBox_, follow_})
        row->addWidget(widget);
    row->addStretch(1);
    row->addWidget(export_);
    connect(load_, &QPushButton::clicked, this, &MapWorkspace::load);
    connect(kind_, &QComboBox::activated, this, &MapWorkspace::layOut);
    connect(colour_, &QComboBox::activated, this, &MapWorkspace::showColours);
    connect(find_, &QLineEdit::returnPressed, this, &MapWorkspace::find);
    connect(find_, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            selectRows({});
    });
    connect(split_, &QComboBox::activated, this, &MapWorkspace::refresh);
    connect(field_, &QCheckBox::toggled, this, &MapWorkspace::wantField);
    connect(cloudBox_, &QCheckBox::toggled, this, &MapWorkspace::wantCloud);
    connect(export_, &QToolButton::clicked, this, &MapWorkspace::exportMap);
    return bar;
}

void MapWorkspace::connectAtlas() {
    connect(&atlas_, &AtlasController::codesLoaded, this, [this] {
        panel_->clearMessage();
        hovered_ = -1;
        codeSpace_->places()->clear();
        places_.clear();
        if (!atlas_.map())
            map_->clear(); // its points are rows of codes that are gone
        map_->clearThumbnails();
        map_->setSelection({});
        selection_->setRows({});
        if (kind_->currentIndex() != 0)
            layOut(); // as it was chosen, instead of the components that come by themselves
        refresh();
    });
    connect(&atlas_, &AtlasController::mapMoved, this, &MapWorkspace::showMap);
    connect(&atlas_, &AtlasController::errorsMeasured, this, &MapWorkspace::showColours);
    connect(&atlas_, &AtlasController::criticTrained, this, &MapWorkspace::askField);
    connect(&atlas_, &AtlasController::fieldComputed, this, &MapWorkspace::takeField);
    connect(&atlas_, &AtlasController::progressed, this,
            [this](engine::AtlasTask task, double fraction, double secondsLeft) {
                progress_->setText(taskText(task));
                progress_->setProgress(qint64(fraction * 1000), 1000);
                progress_->setSecondsLeft(secondsLeft);
                progress_->show();
                refresh();
            });
    connect(&atlas_, &AtlasController::idle, this, [this] {
        progress_->finish();
        refresh();
    });
    connect(progress_, &ProgressRow::cancelRequested, &atlas_, &AtlasController::cancel);
    connect(&atlas_, &AtlasController::problem, this, &MapWorkspace::showProblem);
    connect(&explore_, &ExploreController::modelChanged, this, [this] {
        variation_ = {};
        showCloud();
        refresh();
    });
    connect(&explore_, &ExploreController::pictureEncoded, this, &MapWorkspace::askCloud);
    connect(&explore_, &ExploreController::variationComputed, this,
            [this](const engine::ExploreResult& result) {
                variation_ = result;
                showCloud();
            });
    connect(&explore_, &ExploreController::viewChanged, this, &MapWorkspace::showMarks);
    connect(&bridge_, &EngineBridge::weightsUpdated, this, &MapWorkspace::followTraining);
    connect(&bridge_, &EngineBridge::exploreResult, this, [this](const engine::ExploreResult& result) {
        if (result.lane != engine::ExploreLane::Hover || result.stamp != hoverStamp_ || hovered_ < 0 ||
            result.images.empty())
            return;
        const std::uint32_t row = rowOf(hovered_);
        const auto& set = *atlas_.codes();
        ScatterCard card;
        card.lines << tr("#%L1").arg(set.numbers[row]) +
                          (set.labels[row] >= 0 ? tr(" · %1").arg(QString::fromStdString(set.labelName(row)))
                                                : QString());
        if (const auto* errors = atlas_.errors())
            card.lines << tr("L1 %1").arg(double((*errors)[row]), 0, 'f', 3);
        card.first = toQImage(set.picture(row));
        if (set.source != engine::AtlasCodes::Prior) // there it is the first
            card.second = toQImage(result.images.front());
        map_->setHoverCard(hovered_, card);
    });
}

void MapWorkspace::connectMap() {
    connect(map_, &ScatterMap::pointHovered, this, &MapWorkspace::showHover);
    connect(map_, &ScatterMap::pointOpened, this, [this](int index) { openRow(rowOf(index)); });
    connect(map_, &ScatterMap::selectionChanged, this, [this](const QVector<int>& indices) {
        std::vector<std::uint32_t> rows;
        for (const int index : indices)
            rows.push_back(rowOf(index));
        selection_->setRows(rows);
    });
    connect(selection_, &SelectionPanel::walkRequested, this, &MapWorkspace::walk);
    connect(selection_, &SelectionPanel::rowActivated, this, &MapWorkspace::openRow);
    connect(selection_, &SelectionPanel::setRequested, this, [this](int side) {
        const auto& set = *atlas_.codes();
        QVector<QImage> pictures;
        for (const std::uint32_t row : selection_->rows())
            if (pictures.size() < 24)
                pictures.append(toQImage(set.picture(row)));
        sets_.add(AttributeSets::Side(side), codesOf(set, selection_->rows()), pictures);
        panel_->showMessage(MessageKind::Success,
                            tr("%n code(s) added to set %1.", nullptr, int(selection_->rows().size()))
                                .arg(side == 0 ? QLatin1Char('A') : QLatin1Char('B')),
                            {}, tr("Make the attribute"), [this] { Q_EMIT exploreRequested(); });
    });
    connect(codeSpace_, &CodeSpacePanel::criticRequested, &atlas_, &AtlasController::trainCritic);
    connect(codeSpace_, &CodeSpacePanel::holeRequested, this, &MapWorkspace::seekHole);
    connect(map_, &ScatterMap::markClicked, this, [this](int mark) {
        if (mark >= firstPlace_)
            codeSpace_->places()->setCurrent(mark - firstPlace_);
    });
    connect(codeSpace_->places(), &PlaceList::chosen, this,
            [this](int index) { map_->setView(places_[std::size_t(index)].place, map_->view().scale); });
    connect(codeSpace_->places(), &PlaceList::decodeRequested, this, &MapWorkspace::decodePlace);
}

std::uint32_t MapWorkspace::rowOf(int index) const {
    return (*atlas_.map()->rows)[std::size_t(index)];
}

Panel* MapWorkspace::messagePanel() const {
    return panel_;
}

void MapWorkspace::setActive(bool active) {
    active_ = active;
    if (active) {
        showMarks();
        askCloud();
    }
}

// ---- loading and laying out -----------------------------------------------------------------------------

engine::AtlasCodes MapWorkspace::codesMeant() const {
    if (split_->currentData() == QStringLiteral("prior"))
        return engine::AtlasCodes::Prior;
    return explore_.canEncode() ? engine::AtlasCodes::Encoder : engine::AtlasCodes::Search;
}

void MapWorkspace::load() {
    panel_->clearMessage();
    const engine::AtlasCodes codes = codesMeant();
    const QString split = codes == engine::AtlasCodes::Prior ? QString() : split_->currentData().toString();
    atlas_.load({}, split, std::size_t(count_->currentData().toInt()), codes);
}

void MapWorkspace::loadAtOnce() {
    if (!explore_.canEncode())
        split_->setCurrentIndex(split_->findData(QStringLiteral("prior")));
    refresh();
    load();
}

void MapWorkspace::layOut() {
    if (!atlas_.codes())
        return;
    engine::MapOrder order;
    order.kind = engine::MapKind(kind_->currentIndex());
    const double most = (double(atlas_.codes()->count()) - 1.0) / 3.0;
    order.perplexity = std::min(order.perplexity, std::max(1.0, most)); // what so few codes allow
    order.neighbours = std::min(order.neighbours, int(std::max<std::size_t>(2, atlas_.codes()->count())));
    atlas_.map(order);
}

void MapWorkspace::followTraining() {
    if (!active_ || !follow_->isChecked() || !atlas_.codes() || atlas_.busy() ||
        (followed_.isValid() && followed_.elapsed() < followMilliseconds))
        return;
    followed_.start();
    atlas_.reload();
}

void MapWorkspace::refresh() {
    const bool model = explore_.hasModel();
    const bool pictures = explore_.takesPictures();
    const bool busy = atlas_.busy().has_value();
    const bool codes = atlas_.codes() != nullptr;
    refreshCounts();
    load_->setEnabled(model && pictures && !busy);
    load_->setText(loadText());
    for (QWidget* widget : std::initializer_list<QWidget*>{kind_, colour_, find_, export_})
        widget->setEnabled(codes);
    follow_->setEnabled(model && bridge_.model() && bridge_.model()->live &&
                        codesMeant() != engine::AtlasCodes::Search);
    refreshPlane();
    if (!model)
        map_->setEmptyText(tr("No model yet"), tr("Start a training or open a checkpoint."));
    else if (!pictures)
        map_->setEmptyText(tr("This model makes points in the plane"),
                           tr("A map is for models of pictures; see its points in Monitor."));
    else
        map_->setEmptyText(tr("No codes yet"), emptyHint());
    panel_->setCaption(
        codes
            ? tr("%L1 of %2, step %L3")
                      .arg(atlas_.codes()->count())
                      .arg(atlas_.codes()->source == engine::AtlasCodes::Prior
                               ? tr("the prior")
                               : QString::fromStdString(atlas_.codes()->data).section(QLatin1Char('/'), -1))
                      .arg(atlas_.codes()->model.step) +
                  (atAnotherStep() ? tr(" · the time is at step %1").arg(stepText(bridge_.model()->info.step))
                                   : QString())
            : QString());
}

/// The numbers to choose from: a search takes half a second and more for each picture.
void MapWorkspace::refreshCounts() {
    const bool searches = codesMeant() == engine::AtlasCodes::Search;
    const bool prior = codesMeant() == engine::AtlasCodes::Prior;
    const QString noun = prior ? tr("%L1 codes") : tr("%L1 pictures");
    const QVector<int> counts = searches ? QVector<int>{100, 500} : QVector<int>{2'000, 10'000};
    const QString first = noun.arg(counts.first());
    if (count_->itemText(0) == first)
        return;
    count_->clear();
    for (const int count : counts)
        count_->addItem(noun.arg(count), count);
    if (!searches && !prior)
        count_->addItem(tr("all pictures"), 0);
    count_->setCurrentIndex(searches ? 0 : 1);
    count_->setToolTip(searches ? tr("The first so many of the model's data: each is searched for")
                       : prior
                           ? tr("So many are drawn, always the same ones")
                           : tr("The first so many of the model's data; of a drawn set “all” are 10,000"));
}

/// The map stays that of the step it was made at: to encode the set anew takes a while, and is the user's to
/// ask for.
bool MapWorkspace::atAnotherStep() const {
    const auto* codes = atlas_.codes();
    return codes && explore_.hasModel() && !bridge_.model()->live &&
           bridge_.model()->info.step != codes->model.step;
}

QString MapWorkspace::loadText() {
    const bool again = atlas_.codes() != nullptr;
    switch (codesMeant()) {
    case engine::AtlasCodes::Encoder:
        load_->setToolTip(tr("Encodes the pictures with the model in Explore and maps their codes"));
        if (atAnotherStep())
            return tr("Encode at step %1").arg(stepText(bridge_.model()->info.step));
        return again ? tr("Encode again") : tr("Encode");
    case engine::AtlasCodes::Search:
        load_->setToolTip(
            tr("Searches for a code of each picture, since this method has no encoder, and maps "
               "them; in the background, some minutes"));
        return tr("Search");
    case engine::AtlasCodes::Prior:
        break;
    }
    load_->setToolTip(tr("Draws codes from the prior, decodes them and maps them"));
    return tr("Draw");
}

QString MapWorkspace::emptyHint() const {
    switch (codesMeant()) {
    case engine::AtlasCodes::Encoder:
        return tr("Press Encode: the data set's codes appear here.");
    case engine::AtlasCodes::Search:
        return tr(
            "This method has no encoder. Press Search to look for the codes of some pictures, or choose "
            "prior codes.");
    case engine::AtlasCodes::Prior:
        break;
    }
    return tr("Press Draw: codes from the prior appear here, as the pictures that the model makes of them.");
}

/// What only a plane of the code space can show.
void MapWorkspace::refreshPlane() {
    const auto* codes = atlas_.codes();
    const bool plane = codes && kind_->currentIndex() == 0;
    const bool prior = codes && codes->source == engine::AtlasCodes::Prior;
    field_->setEnabled(plane && !prior);
    field_->setToolTip(
        prior   ? tr("Codes drawn from the prior cannot be denser or thinner than the prior says")
        : plane ? tr("Where pictures' codes lie denser or thinner than the prior says, in the map's "
                     "plane through their mean: by a fresh critic, whose calibration stands beside")
                : tr("Only the components' map is a plane of the code space"));
    cloudBox_->setEnabled(plane && atlas_.fitsModel());
    cloudBox_->setToolTip(
        !plane
            ? tr("Only the components' map is a plane of the code space, onto which codes can be projected")
            : tr("32 codes of your own picture in Explore, projected onto the map's plane, and the ellipses "
                 "of 1 and 2 standard deviations around their mean: drawn from a stochastic encoder, or "
                 "else its one code perturbed by a radius of 0.25 σ of the prior"));
    // Errors are those of pictures that were to be rebuilt.
    colour_->setItemData(int(Colour::Error), prior ? QVariant(0) : QVariant(), Qt::UserRole - 1);
    if (prior && Colour(colour_->currentIndex()) == Colour::Error)
        colour_->setCurrentIndex(int(Colour::None));
}

// ---- what is shown --------------------------------------------------------------------------------------

void MapWorkspace::showMap() {
    const auto& map = *atlas_.map();
    if (int(map.kind) != kind_->currentIndex() && kind_->currentIndex() != 0)
        return; // the components that come with the codes, while another layout is on its way
    const bool others = map_->count() != int(map.rows->size());
    map_->setPositions(map.positions);
    if (others || map.finished || map.iterations == 0)
        showColours();
    if (!hasPlane(map)) {
        map_->clearField();
        dropPlaces();
    }
    showMarks();
    showCloud();
    if (map.finished)
        askField();
    refresh();
}

void MapWorkspace::showColours() {
    const auto* set = atlas_.codes();
    const auto* map = atlas_.map();
    if (!set || !map)
        return;
    const auto colour = Colour(colour_->currentIndex());
    if (colour == Colour::Label) {
        QVector<int> labels;
        QStringList names;
        int largest = -1;
        for (const std::uint32_t row : *map->rows) {
            labels.append(set->labels[row]);
            largest = std::max(largest, set->labels[row]);
        }
        for (int label = 0; label <= largest; ++label)
            names << (std::size_t(label) < set->labelNames.size()
                          ? QString::fromStdString(set->labelNames[std::size_t(label)])
                          : QString::number(label));
        map_->setCategories(labels, names, tr("label"));
        map_->setColoring(names.isEmpty() ? ScatterColoring::Plain : ScatterColoring::Category);
    } else if (colour == Colour::Error) {
        const auto* errors = atlas_.errors();
        if (!errors) {
            if (!atlas_.busy())
                atlas_.measureErrors();
            return;
        }
        QVector<float> values;
        for (const std::uint32_t row : *map->rows)
            values.append((*errors)[row]);
        map_->setValues(values, tr("L1"), tr("of 2"));
        map_->setColoring(ScatterColoring::Value);
    } else {
        map_->setColoring(colour == Colour::Density ? ScatterColoring::Density : ScatterColoring::Plain);
    }
}

void MapWorkspace::showHover(int index) {
    hovered_ = index;
    if (index < 0 || !atlas_.fitsModel())
        return;
    engine::Codes codes = codesOf(*atlas_.codes(), {rowOf(index)});
    hoverStamp_ = bridge_.request(engine::ExploreLane::Hover, engine::DecodeCodes{std::move(codes)});
}

// ---- selection ------------------------------------------------------------------------------------------

void MapWorkspace::find() {
    const auto* set = atlas_.codes();
    if (!set || !atlas_.map())
        return;
    const std::vector<std::uint32_t> rows = rowsMeant(*set, find_->text());
    if (rows.empty()) {
        showProblem(tr("“%1” is neither a label nor the number of a picture here.").arg(find_->text()), {});
        return;
    }
    panel_->clearMessage();
    selectRows(rows);
}

void MapWorkspace::selectRows(const std::vector<std::uint32_t>& rows) {
    if (!atlas_.map())
        return;
    QVector<int> indices;
    const auto& shown = *atlas_.map()->rows; // ascending
    for (const std::uint32_t row : rows) {
        const auto found = std::lower_bound(shown.begin(), shown.end(), row);
        if (found != shown.end() && *found == row)
            indices.append(int(found - shown.begin()));
    }
    map_->setSelection(indices);
    selection_->setRows(rows);
}

void MapWorkspace::walk() {
    const auto& set = *atlas_.codes();
    if (set.codes.size != explore_.view().code.size())
        return;
    explore_.clearKeyframes();
    for (const std::uint32_t row : walkThrough(set, selection_->rows(), walkLength)) {
        const auto code = set.codes.row(row);
        explore_.insertKeyframe(int(explore_.view().keyframes.size()), {code.begin(), code.end()},
                                tr("#%1").arg(set.numbers[row]));
    }
    Q_EMIT exploreRequested();
}

void MapWorkspace::openRow(std::uint32_t row) {
    const auto& set = *atlas_.codes();
    if (set.codes.size != explore_.view().code.size())
        return;
    const auto code = set.codes.row(row);
    explore_.setCode({code.begin(), code.end()}, tr("#%1").arg(set.numbers[row]));
    Q_EMIT exploreRequested();
}

// ---- the rest -------------------------------------------------------------------------------------------

void MapWorkspace::exportMap() {
    if (!atlas_.map())
        return;
    const QString path = dialogs_.pickToSave(this, tr("Save the map"), QStringLiteral("map.png"),
                                             tr("Pictures (*.png *.jpg *.webp *.bmp *.tiff)"));
    if (path.isEmpty())
        return;
    const QImage picture = map_->renderTo(map_->size(), 2.0);
    bridge_.runJob(Area::Map, [this, path, picture]() -> std::function<void()> {
        if (!picture.save(path))
            throw engine::Error(engine::ErrorKind::InputOutput,
                                tr("The map could not be written to %1.").arg(path).toStdString(),
                                tr("Choose another place.").toStdString());
        return [this, path] {
            panel_->showMessage(MessageKind::Success,
                                tr("Saved %1.").arg(path.section(QLatin1Char('/'), -1)));
        };
    });
}

void MapWorkspace::showProblem(const QString& message, const QString& hint) {
    panel_->showMessage(MessageKind::Error, message, hint);
}

QByteArray MapWorkspace::saveLayout() const {
    return columns_->saveState();
}

void MapWorkspace::restoreLayout(const QByteArray& layout) {
    columns_->restoreState(layout);
}

} // namespace alphascope::ui
