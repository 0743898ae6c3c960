#include "ui/panels/compare_workspace.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDataStream>
#include <QDropEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QIODevice>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QRegularExpressionValidator>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

#include "ui/dialogs/dialogs.h"
#include "ui/models/text.h"
#include "ui/panels/compare_pair_panel.h"
#include "ui/panels/compare_strip.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/progress_row.h"

namespace alphascope::ui {

namespace {

constexpr int mostFirstInput = 1'000'000;
constexpr int progressParts = 1000;
constexpr int sampleCounts[] = {8, 16, 24, 48, 96};
constexpr int inputCounts[] = {4, 8, 16, 32};

QStringList filesOf(const QMimeData* mime) {
    QStringList files;
    for (const QUrl& url : mime->urls())
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

template <std::size_t N>
QComboBox* countBox(const int (&counts)[N], const QString& textOfCount, const QString& name) {
    auto* box = new QComboBox;
    for (const int count : counts)
        box->addItem(textOfCount.arg(count), count);
    box->setAccessibleName(name);
    box->setToolTip(name);
    return box;
}

/// What is not among the choices stands at the nearest below.
void showCount(QComboBox* box, std::size_t count) {
    const QSignalBlocker quiet(box);
    int index = 0;
    while (index + 1 < box->count() && box->itemData(index + 1).toULongLong() <= count)
        ++index;
    box->setCurrentIndex(index);
}

} // namespace

CompareWorkspace::CompareWorkspace(EngineBridge& bridge, CompareController& controller, IDialogs& dialogs,
                                   QWidget* parent)
    : QWidget(parent), bridge_(bridge), controller_(controller), dialogs_(dialogs) {
    setAcceptDrops(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(tokens().gap);
    layout->addWidget(buildBar());
    progress_ = new ProgressRow(this);
    progress_->hide();
    layout->addWidget(progress_);
    layout->addWidget(buildBody(), 1);
    buildAddMenu();

    connect(&controller_, &CompareController::columnsChanged, this, &CompareWorkspace::refresh);
    connect(&controller_, &CompareController::columnUpdated, this, &CompareWorkspace::refresh);
    connect(&controller_, &CompareController::questionChanged, this, &CompareWorkspace::refreshQuestion);
    connect(&controller_, &CompareController::problem, this, &CompareWorkspace::showProblem);
    connect(&controller_, &CompareController::selectionChanged, this, [this] {
        pairWanted_ = pairWanted_ || controller_.selectedRow() >= 0;
        refresh();
    });
    connect(&controller_, &CompareController::searchProgressed, this,
            [this](const QString& what, double fraction, double secondsLeft) {
                progress_->setText(what);
                progress_->setProgress(qint64(fraction * progressParts), progressParts);
                progress_->setSecondsLeft(secondsLeft);
                progress_->show();
            });
    connect(&controller_, &CompareController::searchEnded, progress_, &ProgressRow::finish);
    connect(progress_, &ProgressRow::cancelRequested, &controller_, &CompareController::cancelSearch);
    connect(&controller_, &CompareController::saved, this, [this](const QString& path) {
        messagePanel()->showMessage(
            MessageKind::Success, tr("Saved %1.").arg(QFileInfo(path).fileName()), path, tr("Show"),
            [this, path] { dialogs_.showInFileManager(QFileInfo(path).absolutePath()); });
    });
    setMode(CompareMode::Both);
    refreshQuestion();
}

// ---- what there is ----------------------------------------------------------------------------------------

QWidget* CompareWorkspace::buildBar() {
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    modes_ = new QButtonGroup(this);
    const std::pair<QString, QString> names[] = {
        {tr("Both"), tr("Samples and reconstructions")},
        {tr("Samples"), tr("What each model makes of the same codes")},
        {tr("Rebuilt"), tr("What each model makes of the same pictures")},
        {tr("A | B"), tr("Two models in one view, with a divider")}};
    for (int i = 0; i < int(std::size(names)); ++i) {
        auto* button = new QToolButton(bar);
        button->setText(names[i].first);
        button->setToolTip(names[i].second);
        button->setCheckable(true);
        modes_->addButton(button, i);
        layout->addWidget(button);
    }
    connect(modes_, &QButtonGroup::idClicked, this, [this](int id) { setMode(CompareMode(id)); });
    layout->addStretch(1);
    const auto button = [&](const QString& iconName, const QString& label, const QString& toolTip) {
        auto* result = new QToolButton(bar);
        result->setIcon(icon(iconName));
        result->setText(label);
        result->setToolTip(toolTip);
        result->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        layout->addWidget(result);
        return result;
    };
    add_ = button(QStringLiteral("add"), tr("Add model"), tr("Another model beside these"));
    add_->setPopupMode(QToolButton::InstantPopup);
    export_ = button(QStringLiteral("export"), tr("Export PNG or PDF…"),
                     tr("The comparison as a labelled sheet, as papers print it"));
    connect(export_, &QToolButton::clicked, this, &CompareWorkspace::exportSheet);
    return bar;
}

void CompareWorkspace::buildAddMenu() {
    auto* menu = new QMenu(add_);
    menu->addAction(icon(QStringLiteral("checkpoint")), tr("Checkpoint…"), this,
                    [this] { addFromDisk(false); });
    menu->addAction(icon(QStringLiteral("folder")), tr("Run folder…"), this, [this] { addFromDisk(true); });
    QAction* live =
        menu->addAction(icon(QStringLiteral("live")), tr("Newest checkpoint of the training"), this, [this] {
            const QString folder = text(bridge_.status().runFolder);
            controller_.add(folder, folder);
        });
    connect(menu, &QMenu::aboutToShow, this,
            [this, live] { live->setEnabled(!bridge_.status().runFolder.empty()); });
    add_->setMenu(menu);
}

QWidget* CompareWorkspace::buildBody() {
    samplesPanel_ = new Panel;
    samples_ = new CompareStrip(controller_, CompareRows::Samples);
    samplesPanel_->setContent(samples_);
    seed_ = new QLineEdit;
    seed_->setFixedWidth(76);
    seed_->setAlignment(Qt::AlignRight);
    seed_->setFont(tabularFont(seed_->font()));
    seed_->setAccessibleName(tr("Seed of the codes"));
    seed_->setToolTip(tr("The same seed gives the same codes, here and on the command line."));
    seed_->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,18}")), seed_));
    auto* dice = new QToolButton;
    dice->setProperty("flat", true);
    dice->setIcon(icon(QStringLiteral("random"), IconColor::Muted));
    dice->setToolTip(tr("Other codes (R)"));
    dice->setAccessibleName(tr("Other codes"));
    sampleCount_ = countBox(sampleCounts, tr("%1 codes"), tr("How many codes every model decodes"));
    connect(sampleCount_, &QComboBox::activated, &controller_,
            [this] { controller_.setSamples(sampleCount_->currentData().toULongLong()); });
    auto* seedLabel = new QLabel(tr("seed"));
    seedLabel->setProperty("role", QStringLiteral("caption"));
    samplesPanel_->addHeaderWidget(sampleCount_);
    samplesPanel_->addHeaderWidget(seedLabel);
    samplesPanel_->addHeaderWidget(seed_);
    samplesPanel_->addHeaderWidget(dice);
    connect(seed_, &QLineEdit::editingFinished, this, [this] {
        if (!seed_->text().isEmpty())
            controller_.setSeed(seed_->text().toULongLong());
    });
    connect(dice, &QToolButton::clicked, &controller_, &CompareController::randomize);

    inputsPanel_ = new Panel;
    inputs_ = new CompareStrip(controller_, CompareRows::Inputs);
    inputsPanel_->setContent(inputs_);
    search_ = new QCheckBox(tr("search codes"));
    search_->setToolTip(
        tr("Models without an encoder: find each picture's code by search, which takes a while"));
    first_ = new QSpinBox;
    first_->setRange(0, mostFirstInput);
    first_->setPrefix(tr("from picture "));
    first_->setKeyboardTracking(false);
    first_->setAccessibleName(tr("First held-out picture"));
    first_->setToolTip(tr("Which of the pictures are rebuilt"));
    inputCount_ = countBox(inputCounts, tr("%1 pictures"), tr("How many pictures every model rebuilds"));
    connect(inputCount_, &QComboBox::activated, &controller_,
            [this] { controller_.setInputs(inputCount_->currentData().toULongLong()); });
    inputsPanel_->addHeaderWidget(search_);
    inputsPanel_->addHeaderWidget(buildPicturesMenu());
    inputsPanel_->addHeaderWidget(inputCount_);
    pictures_->setFixedHeight(inputCount_->sizeHint().height());
    inputsPanel_->addHeaderWidget(first_);
    connect(search_, &QCheckBox::toggled, &controller_, &CompareController::setSearch);
    connect(first_, &QSpinBox::valueChanged, &controller_,
            [this](int first) { controller_.setFirstInput(std::size_t(first)); });

    // Columns stand under each other also where they have to be scrolled.
    connect(samples_->horizontalScrollBar(), &QScrollBar::valueChanged, inputs_->horizontalScrollBar(),
            &QScrollBar::setValue);
    connect(inputs_->horizontalScrollBar(), &QScrollBar::valueChanged, samples_->horizontalScrollBar(),
            &QScrollBar::setValue);

    pair_ = new ComparePairPanel(controller_);
    connect(pair_, &ComparePairPanel::closed, this, [this] {
        pairWanted_ = false;
        controller_.select(controller_.selectedRows(), -1);
        refresh();
    });
    strips_ = panelSplitter(Qt::Vertical);
    strips_->addWidget(samplesPanel_);
    strips_->addWidget(inputsPanel_);
    strips_->setSizes({330, 270});
    columns_ = panelSplitter(Qt::Horizontal);
    columns_->addWidget(strips_);
    columns_->addWidget(pair_);
    columns_->setSizes({680, 300});
    columns_->setStretchFactor(0, 1);

    emptyPanel_ = new Panel;
    empty_ = new EmptyState;
    empty_->setIconName(QStringLiteral("compare"));
    empty_->setText(
        tr("Nothing to compare yet"),
        tr("Drop runs or checkpoints here, or choose “Add to the comparison” in the menu of a run. "
           "From 2 to 12 models stand side by side: the same codes, the same pictures."));
    empty_->setAction(tr("Open a checkpoint…"));
    connect(empty_, &EmptyState::actionTriggered, this, [this] { addFromDisk(false); });
    emptyPanel_->setContent(empty_);
    pages_ = new QStackedWidget;
    pages_->addWidget(emptyPanel_);
    pages_->addWidget(columns_);
    return pages_;
}

QToolButton* CompareWorkspace::buildPicturesMenu() {
    pictures_ = new QToolButton;
    pictures_->setPopupMode(QToolButton::InstantPopup);
    pictures_->setToolTip(tr("Which pictures are rebuilt; or drop some here"));
    auto* menu = new QMenu(pictures_);
    heldOut_ = menu->addAction(tr("Held-out pictures of the first model's data"), this,
                               [this] { controller_.setPictures({}); });
    heldOut_->setCheckable(true);
    menu->addSeparator();
    menu->addAction(icon(QStringLiteral("checkpoint")), tr("Picture…"), this,
                    [this] { takePictures(dialogs_.pickToOpen(this, {})); });
    menu->addAction(icon(QStringLiteral("folder")), tr("Folder of pictures…"), this,
                    [this] { takePictures(dialogs_.pickFolder(this, tr("Folder of pictures"), {})); });
    pictures_->setMenu(menu);
    return pictures_;
}

void CompareWorkspace::takePictures(const QString& path) {
    if (!path.isEmpty())
        controller_.setPictures({path});
}

void CompareWorkspace::addFromDisk(bool folder) {
    const QString path =
        folder ? dialogs_.pickFolder(this, tr("Run folder"), {}) : dialogs_.pickToOpen(this, {});
    if (!path.isEmpty())
        controller_.addPath(path);
}

// ---- what is shown ----------------------------------------------------------------------------------------

void CompareWorkspace::setMode(CompareMode mode) {
    mode_ = mode;
    modes_->button(int(mode))->setChecked(true);
    // Whoever asks for two pictures wants to see some.
    if (mode == CompareMode::Pair && controller_.selectedRow() < 0 && !controller_.columns().empty())
        controller_.select(CompareRows::Samples, 0);
    refresh();
}

Panel* CompareWorkspace::messagePanel() const {
    if (controller_.columns().empty())
        return emptyPanel_;
    if (mode_ == CompareMode::Pair)
        return pair_;
    return mode_ == CompareMode::Inputs ? inputsPanel_ : samplesPanel_;
}

void CompareWorkspace::refresh() {
    const bool any = !controller_.columns().empty();
    pages_->setCurrentIndex(any ? 1 : 0);
    strips_->setVisible(mode_ != CompareMode::Pair);
    samplesPanel_->setVisible(mode_ == CompareMode::Both || mode_ == CompareMode::Samples);
    inputsPanel_->setVisible(mode_ == CompareMode::Both || mode_ == CompareMode::Inputs);
    pair_->setVisible(mode_ == CompareMode::Pair || pairWanted_);
    pair_->setClosable(mode_ != CompareMode::Pair);
    const auto read = std::count_if(controller_.columns().begin(), controller_.columns().end(),
                                    [](const CompareColumn& column) { return column.result != nullptr; });
    export_->setEnabled(read >= int(engine::fewestCompared));
    add_->setEnabled(controller_.columns().size() < engine::mostCompared);
    refreshTitles();
}

void CompareWorkspace::refreshTitles() {
    const int count = int(controller_.columns().size());
    samplesPanel_->setTitle(count == 1 ? tr("Samples: add a second model")
                                       : tr("Same codes, %1 models").arg(count));
    inputsPanel_->setTitle(tr("Same pictures, rebuilt"));
    const auto& columns = controller_.columns();
    bool sizes = false;
    for (const CompareColumn& column : columns)
        sizes = sizes || (column.result && columns.front().result &&
                          column.result->info.latentSize != columns.front().result->info.latentSize);
    samplesPanel_->setCaption(sizes ? tr("codes of each model's own size, from one seed") : QString());
    inputsPanel_->setCaption(tr("original | rebuilt"));
}

void CompareWorkspace::refreshQuestion() {
    seed_->setText(QString::number(controller_.seed()));
    showCount(sampleCount_, controller_.samples());
    showCount(inputCount_, controller_.inputs());
    const QStringList& own = controller_.pictures();
    heldOut_->setChecked(own.isEmpty());
    pictures_->setText(own.isEmpty()     ? tr("held out")
                       : own.size() == 1 ? QFileInfo(own.first()).fileName()
                                         : tr("own pictures"));
    const QSignalBlocker quietFirst(first_);
    const QSignalBlocker quietSearch(search_);
    first_->setValue(int(controller_.firstInput()));
    search_->setChecked(controller_.search());
}

void CompareWorkspace::showProblem(const QString& message, const QString& hint) {
    messagePanel()->showMessage(MessageKind::Error, message, hint);
}

void CompareWorkspace::exportSheet() {
    const QString path =
        dialogs_.pickToSave(this, tr("Save the comparison"), QStringLiteral("comparison.pdf"),
                            tr("Documents (*.pdf);;Pictures (*.png *.jpg *.webp *.bmp *.tiff)"));
    if (!path.isEmpty())
        controller_.exportSheet(path);
}

// ---- drops and layout -------------------------------------------------------------------------------------

void CompareWorkspace::dragEnterEvent(QDragEnterEvent* event) {
    if (!filesOf(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void CompareWorkspace::dropEvent(QDropEvent* event) {
    QStringList pictures;
    for (const QString& file : filesOf(event->mimeData())) {
        if (looksLikePicture(file))
            pictures.append(file);
        else
            controller_.addPath(file);
    }
    if (!pictures.isEmpty()) {
        controller_.setPictures(pictures);
        if (mode_ == CompareMode::Samples) // they are to be seen
            setMode(CompareMode::Both);
    }
    event->acceptProposedAction();
}

QByteArray CompareWorkspace::saveLayout() const {
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << strips_->saveState() << columns_->saveState() << int(mode_) << quint64(controller_.samples())
           << quint64(controller_.inputs());
    return bytes;
}

void CompareWorkspace::restoreLayout(const QByteArray& layout) {
    QDataStream stream(layout);
    QByteArray strips;
    QByteArray columns;
    int mode = 0;
    stream >> strips >> columns >> mode;
    if (stream.status() != QDataStream::Ok)
        return;
    strips_->restoreState(strips);
    columns_->restoreState(columns);
    setMode(CompareMode(std::clamp(mode, 0, int(CompareMode::Pair))));
    quint64 samples = 0;
    quint64 inputs = 0;
    stream >> samples >> inputs;
    if (stream.status() != QDataStream::Ok)
        return; // of an earlier version
    controller_.setSamples(
        std::clamp<std::size_t>(samples, sampleCounts[0], *std::prev(std::end(sampleCounts))));
    controller_.setInputs(std::clamp<std::size_t>(inputs, inputCounts[0], *std::prev(std::end(inputCounts))));
}

} // namespace alphascope::ui
