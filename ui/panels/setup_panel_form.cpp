// The set-up form's widgets.

#include <QComboBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/dialogs/dialogs.h"
#include "ui/models/session_actions.h"
#include "ui/models/text.h"
#include "ui/panels/data_box.h"
#include "ui/panels/form.h"
#include "ui/panels/method_box.h"
#include "ui/panels/method_card.h"
#include "ui/panels/parameter_editor.h"
#include "ui/panels/setup_panel.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/progress_row.h"

namespace alphascope::ui {

namespace {

constexpr int wideControl = 136;  // names of data sets
constexpr int narrowControl = 92; // numbers beside long labels

QLineEdit* numberLine(QWidget* parent, const QString& placeholder = {}) {
    auto* line = new QLineEdit(parent);
    line->setAlignment(Qt::AlignRight);
    line->setFont(tabularFont(line->font()));
    line->setPlaceholderText(placeholder);
    line->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{0,18}")), line));
    return line;
}

} // namespace

SetupPanel::SetupPanel(EngineBridge& bridge, DataLibrary& library, IDialogs& dialogs, QWidget* parent)
    : Panel(tr("Setup"), parent), bridge_(bridge), library_(library), dialogs_(dialogs),
      scroll_(new QScrollArea(this)) {
    setObjectName(QStringLiteral("setupPanel"));
    setMinimumWidth(272); // the longest labels of live parameters are read in full
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget(scroll_);
    content->setProperty("ground", QStringLiteral("panel"));
    column_ = new QVBoxLayout(content);
    column_->setContentsMargins(0, 0, 6, 0);
    column_->setSpacing(8);
    scroll_->setWidget(content);
    setContent(scroll_);
    // Above what scrolls: it is seen from wherever Start is pressed.
    forkBar_ = new MessageBar(this);
    forkBar_->setObjectName(QStringLiteral("forkBar"));
    forkBar_->hide();
    connect(forkBar_, &MessageBar::dismissed, this, &SetupPanel::endFork);
    contentLayout()->insertWidget(0, forkBar_);

    buildBasics();
    buildAdvanced();
    connectFetching();
    column_->addStretch(1);

    connect(&bridge_, &EngineBridge::dataSetInspected, this, &SetupPanel::takeDataInfo);
    chooseMethod(method_->currentData().toString().toStdString());
    setData(QStringLiteral("color-glyphs"));
    applyLocks();
}

void SetupPanel::buildBasics() {
    auto* grid = new FormGrid(wideControl, this);
    const auto add = [&](const QString& label, QWidget* control, const QString& toolTip) {
        rows_.push_back({grid->addRow(label, control, toolTip), control, toolTip});
    };

    method_ = new MethodBox(bridge_.methods(), grid);
    add(tr("Method"), method_, tr("The training algorithm."));
    connect(method_, &QComboBox::activated, this,
            [this] { switchMethod(method_->currentData().toString().toStdString()); });
    card_ = new MethodCard(false, grid);
    about_ = new FoldingSection(tr("About this method"), card_, false, grid);
    about_->setObjectName(QStringLiteral("aboutMethod"));
    grid->addWide(about_);

    dataBox_ = new DataBox(library_, bridge_.engine().builtInDataSets(), grid);
    add(tr("Data"), dataBox_,
        tr("What to learn from: a set that the program draws, a public set, or your own pictures."));
    rows_.back().forkable = true; // the same pictures may lie elsewhere by now
    connect(dataBox_, &DataBox::chosen, this, &SetupPanel::chooseData);
    connect(dataBox_, &DataBox::folderWanted, this, &SetupPanel::pickDataFolder);
    fetch_ = new ProgressRow(grid);
    fetch_->setObjectName(QStringLiteral("fetchProgress"));
    grid->addWide(fetch_);
    fetch_->finish();

    transform_ = new FormCombo(grid);
    transform_->setObjectName(QStringLiteral("transformBox"));
    transform_->addItem(tr("as it is"), QString());
    transform_->addItem(tr("ColorMNIST"), QStringLiteral("color"));
    transform_->addItem(tr("stacked"), QStringLiteral("stacked"));
    add(tr("Colour"), transform_,
        tr("Paint grey pictures in random colours, as ColorMNIST does; or stack three of them in the three "
           "channels, which gives a thousand modes of ten digits."));
    connect(transform_, &QComboBox::activated, this, &SetupPanel::configChanged);

    crop_ = new FormCombo(grid);
    crop_->setObjectName(QStringLiteral("cropBox"));
    crop_->addItem(tr("largest"), QString());
    for (const char* side : {"108", "140", "148", "160", "178"})
        crop_->addItem(tr("%1 px, centred").arg(QLatin1String(side)), QString::fromLatin1(side));
    crop_->addItem(tr("as in ALI"), QStringLiteral("ali"));
    add(tr("Crop"), crop_, tr("How CelebA's pictures are cut; publications differ, and figures with them."));
    connect(crop_, &QComboBox::activated, this, &SetupPanel::configChanged);

    size_ = new FormCombo(grid);
    size_->addItem(tr("28 px"), 28);
    add(tr("Picture"), size_, tr("Side of the square pictures that the networks see."));
    connect(size_, &QComboBox::activated, this, [this] {
        takeImageShape();
        Q_EMIT configChanged();
    });

    preset_ = new FormCombo(grid);
    preset_->setObjectName(QStringLiteral("presetBox"));
    add(tr("Size"), preset_,
        tr("How large the networks are: quick ones show something within seconds, those of the paper take "
           "hours."));
    connect(preset_, &QComboBox::activated, this,
            [this] { choosePreset(preset_->currentData().toString()); });
    column_->addWidget(grid);
    parameters_ = new QWidget(this);
    column_->addWidget(parameters_);
}

void SetupPanel::buildAdvanced() {
    auto* grid = new FormGrid(narrowControl, this);
    const auto add = [&](const QString& label, QWidget* control, const QString& toolTip, bool always = false,
                         bool forkable = true) {
        rows_.push_back({grid->addRow(label, control, toolTip, always), control, toolTip, always, forkable});
    };
    steps_ = numberLine(grid, tr("endless"));
    steps_->setObjectName(QStringLiteral("stepsLine"));
    add(tr("Steps"), steps_, tr("Stop after so many iterations; empty: train until Stop is pressed."), true);
    connect(steps_, &QLineEdit::editingFinished, this, [this] {
        if (!steps_->isModified())
            return;
        steps_->setModified(false);
        if (bridge_.training())
            bridge_.setTargetSteps(steps_->text().toLongLong());
        Q_EMIT configChanged();
    });
    seed_ = numberLine(grid);
    seed_->setText(QStringLiteral("1"));
    add(tr("Seed"), seed_, tr("The same seed, settings and thread count give the same run."), false, false);
    checkpointEvery_ = numberLine(grid, tr("at the end"));
    checkpointEvery_->setText(QStringLiteral("1000"));
    add(tr("Save every"), checkpointEvery_,
        tr("Steps between checkpoints; empty: only on demand and at the end."));
    metricsEvery_ = numberLine(grid, tr("never"));
    metricsEvery_->setObjectName(QStringLiteral("metricsEveryLine"));
    metricsEvery_->setText(QStringLiteral("100"));
    add(tr("Judge every"), metricsEvery_,
        tr("Steps between looks at how far a small sample is from held-out data, as curves; they take at "
           "most "
           "5 % of the time. Empty: never."));
    threads_ = numberLine(grid, tr("all cores"));
    threads_->setValidator(new QIntValidator(0, 1024, threads_));
    add(tr("Threads"), threads_, tr("CPU threads of the training; empty: all cores."));
    device_ = new FormCombo(grid);
    device_->addItem(tr("automatic"), QStringLiteral("auto"));
    device_->addItem(tr("CPU"), QStringLiteral("cpu"));
    device_->addItem(tr("CUDA"), QStringLiteral("cuda"));
    add(tr("Device"), device_, tr("Where to train: a GPU where there is one, else the CPU."));
    for (QLineEdit* line : {seed_, checkpointEvery_, metricsEvery_, threads_})
        connect(line, &QLineEdit::editingFinished, this, &SetupPanel::configChanged);
    connect(device_, &QComboBox::activated, this, &SetupPanel::configChanged);

    auto* folderRow = new QWidget(grid);
    auto* layout = new QHBoxLayout(folderRow);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    runFolder_ = new QLineEdit(folderRow);
    runFolder_->setPlaceholderText(tr("new run folder: automatic"));
    runFolder_->setAccessibleName(tr("Run folder"));
    pickFolder_ = new QToolButton(folderRow);
    pickFolder_->setIcon(icon(QStringLiteral("folder"), IconColor::Muted));
    pickFolder_->setAccessibleName(tr("Choose the run folder"));
    layout->addWidget(runFolder_, 1);
    layout->addWidget(pickFolder_);
    grid->addWide(folderRow);
    rows_.push_back({nullptr, runFolder_,
                     tr("Where the run is written. Empty: a new folder named by method, data "
                        "and time, under the folder of runs."),
                     false, true});
    connect(runFolder_, &QLineEdit::editingFinished, this, &SetupPanel::configChanged);
    connect(pickFolder_, &QToolButton::clicked, this, [this] {
        const QString picked = dialogs_.pickFolder(this, tr("Run folder"), runFolder_->text());
        if (!picked.isEmpty())
            runFolder_->setText(picked);
    });
    advanced_ = new FoldingSection(tr("Advanced"), grid, false, this);
    column_->addWidget(advanced_);
}

void SetupPanel::rebuildParameters() {
    editors_.clear();
    auto* fresh = new QWidget(parameters_->parentWidget());
    auto* layout = new QVBoxLayout(fresh);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (const auto& [group, specs] : form_.groups()) {
        auto* grid = new FormGrid(narrowControl, fresh);
        for (const models::ParameterSpec* spec : specs)
            addParameter(grid, *spec);
        layout->addWidget(new FoldingSection(text(group), grid, true, fresh));
    }
    delete column_->replaceWidget(parameters_, fresh);
    parameters_->deleteLater();
    parameters_ = fresh;
    showValues();
    applyLocks();
}

void SetupPanel::addParameter(FormGrid* grid, const models::ParameterSpec& spec) {
    auto* control = new ParameterEditor(spec, grid);
    control->setObjectName(text("parameter:" + spec.name));
    FormLabel* label = grid->addRow(text(spec.title), control, form_.tooltip(spec), spec.live);
    control->focusProxy()->setAccessibleName(text(spec.title));
    editors_[spec.name] = {label, control};
    connect(control, &ParameterEditor::edited, this,
            [this, control](const QString& value) { editParameter(control->spec(), value); });
}

} // namespace alphascope::ui
