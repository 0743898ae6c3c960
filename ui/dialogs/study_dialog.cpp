#include "ui/dialogs/study_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QStyle>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

#include "engine/api/error.h"
#include "engine/api/output.h"
#include "ui/dialogs/study_editors.h"
#include "ui/models/text.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/panel.h"

namespace alphascope::ui {

namespace {

constexpr int checkDelay = 150; // ms after the last key
constexpr std::size_t largestFile = std::size_t{16} << 20;
constexpr const char* ownSource = "";
constexpr const char* fileSource = "file";

QSpinBox* wholeNumber(QWidget* parent, const char* name, int least, int most, const QString& toolTip) {
    auto* box = new QSpinBox(parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setRange(least, most);
    box->setGroupSeparatorShown(true);
    box->setToolTip(toolTip);
    return box;
}

/// "my-study" as a folder's name.
QString folderName(const QString& name) {
    return text(engine::fileWord(name.toStdString()));
}

} // namespace

StudyDialog::StudyDialog(const StudyQuestion& question, QWidget* parent)
    : QDialog(parent), question_(question), source_(new QComboBox(this)), name_(new QLineEdit(this)),
      folder_(new QLineEdit(this)), methods_(new StudyMethodsEditor(question_.methods, this)),
      sets_(new StudyDataEditor(question_.data, this)), metrics_(new QListWidget(this)),
      search_(new QComboBox(this)), device_(new QComboBox(this)), outcome_(new QLabel(this)) {
    setWindowTitle(tr("New study"));
    checkTimer_.setSingleShot(true);
    checkTimer_.setInterval(checkDelay);
    connect(&checkTimer_, &QTimer::timeout, this, &StudyDialog::check);
    auto* left = new QWidget(this);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->addWidget(methods_, 3);
    leftLayout->addWidget(sets_, 1);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(18);
    columns->addWidget(left, 1);
    columns->addWidget(buildNumbers());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(buildHead());
    layout->addLayout(columns, 1);
    layout->addWidget(buildFoot());
    connect(methods_, &StudyMethodsEditor::changed, this, &StudyDialog::scheduleCheck);
    connect(sets_, &StudyDataEditor::changed, this, &StudyDialog::scheduleCheck);
    resize(1080, 700);
    startFrom(source_->currentData().toString());
}

QWidget* StudyDialog::buildHead() {
    source_->setObjectName(QStringLiteral("studySource"));
    for (const std::string& preset : engine::studyPresetNames())
        source_->addItem(tr("preset %1").arg(text(preset)), text(preset));
    source_->addItem(tr("an empty plan"), QString::fromLatin1(ownSource));
    source_->addItem(tr("a file…"), QString::fromLatin1(fileSource));
    source_->setCurrentIndex(std::max(0, source_->findData(QStringLiteral("paper-mini"))));
    connect(source_, &QComboBox::activated, this, [this](int index) {
        const QString chosen = source_->itemData(index).toString();
        chosen == QString::fromLatin1(fileSource) ? chooseFile() : startFrom(chosen);
    });
    name_->setObjectName(QStringLiteral("studyName"));
    folder_->setObjectName(QStringLiteral("studyFolder"));
    folder_->setToolTip(tr("It is made; each trial gets a run folder in it"));
    connect(name_, &QLineEdit::textChanged, this, [this] {
        if (!folderTyped_)
            folder_->setText(QDir(question_.parentFolder).filePath(folderName(name_->text())));
        scheduleCheck();
    });
    connect(folder_, &QLineEdit::textEdited, this, [this] { folderTyped_ = true; });
    connect(folder_, &QLineEdit::textChanged, this, &StudyDialog::scheduleCheck);
    auto* browse = new QPushButton(tr("Choose…"), this);
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString parentFolder = QFileDialog::getExistingDirectory(
            this, tr("Where the study's folder is made"), question_.parentFolder);
        if (parentFolder.isEmpty())
            return;
        question_.parentFolder = parentFolder;
        folder_->setText(QDir(parentFolder).filePath(folderName(name_->text())));
    });
    auto* place = new QHBoxLayout;
    place->addWidget(folder_, 1);
    place->addWidget(browse);
    auto* head = new QWidget(this);
    auto* form = new QFormLayout(head);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Start from"), source_);
    form->addRow(tr("Name"), name_);
    form->addRow(tr("Folder"), place);
    return head;
}

QWidget* StudyDialog::buildNumbers() {
    settings_ = wholeNumber(this, "studySettings", 1, 10'000, tr("Per method, for random and Sobol search"));
    seeds_ = wholeNumber(this, "studySeeds", 1, 1000, tr("Trainings of each setting"));
    steps_ = wholeNumber(this, "studySteps", 1, 1'000'000'000, tr("Iterations of each training"));
    checkpointEvery_ =
        wholeNumber(this, "studyCheckpoints", 1, 1'000'000'000, tr("Steps between checkpoints"));
    threads_ = wholeNumber(this, "studyThreads", 0, 1024, tr("CPU threads of each training"));
    threads_->setSpecialValueText(tr("a fair share"));
    count_ = wholeNumber(this, "studyCount", 1, 10'000'000,
                         tr("Samples, and pictures of the data, that judges see"));
    search_->setObjectName(QStringLiteral("studySearch"));
    search_->addItem(tr("grid: every combination"), int(engine::StudySearch::Grid));
    search_->addItem(tr("random"), int(engine::StudySearch::Random));
    search_->addItem(tr("Sobol: even cover"), int(engine::StudySearch::Sobol));
    for (const char* device : {"auto", "cpu", "cuda"})
        device_->addItem(QString::fromLatin1(device));
    metrics_->setObjectName(QStringLiteral("studyMetrics"));
    metrics_->setAccessibleName(tr("Judges"));
    for (const engine::MetricInfo& metric : question_.metrics) {
        auto* item = new QListWidgetItem(text(metric.title), metrics_);
        item->setData(Qt::UserRole, text(metric.name));
        item->setToolTip(text(metric.meaning));
        item->setCheckState(Qt::Unchecked);
    }
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Search"), search_);
    form->addRow(tr("Settings"), settings_);
    form->addRow(tr("Seeds"), seeds_);
    form->addRow(tr("Steps"), steps_);
    form->addRow(tr("Checkpoint every"), checkpointEvery_);
    form->addRow(tr("Threads"), threads_);
    form->addRow(tr("Device"), device_);
    form->addRow(tr("Judged pictures"), count_);
    auto* title = new QLabel(tr("Judges"), this);
    title->setProperty("role", QStringLiteral("caption"));
    auto* box = new QWidget(this);
    box->setFixedWidth(300);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(form);
    layout->addWidget(title);
    layout->addWidget(metrics_, 1);
    for (QSpinBox* number : {settings_, seeds_, steps_, checkpointEvery_, threads_, count_})
        connect(number, &QSpinBox::valueChanged, this, &StudyDialog::scheduleCheck);
    for (QComboBox* choice : {search_, device_})
        connect(choice, &QComboBox::currentIndexChanged, this, &StudyDialog::scheduleCheck);
    connect(metrics_, &QListWidget::itemChanged, this, &StudyDialog::scheduleCheck);
    return box;
}

QWidget* StudyDialog::buildFoot() {
    outcome_->setObjectName(QStringLiteral("studyOutcome"));
    outcome_->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    make_ = buttons->addButton(tr("Make study"), QDialogButtonBox::AcceptRole);
    make_->setObjectName(QStringLiteral("makeStudy"));
    make_->setProperty("primary", true);
    make_->setEnabled(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* foot = new QWidget(this);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(outcome_, 1);
    layout->addWidget(buttons);
    return foot;
}

// ---- form and study ---------------------------------------------------------------------------------------

void StudyDialog::chooseFile() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Plan of a study"), question_.parentFolder,
                                                      tr("Studies (*.json)"));
    if (!path.isEmpty())
        startFrom(path);
}

void StudyDialog::startFrom(const QString& source) {
    try {
        if (source == QString::fromLatin1(ownSource))
            show(emptyStudy(question_.data.value(0, QStringLiteral("color-glyphs")).toStdString()));
        else if (source.endsWith(QStringLiteral(".json")))
            readPlan(source);
        else
            show(engine::studyPreset(source.toStdString()));
    } catch (const engine::Error& error) {
        showProblem(text(error.sentence()), {});
    }
}

void StudyDialog::readPlan(const QString& path) {
    checkTimer_.stop();
    make_->setEnabled(false);
    QThreadPool::globalInstance()->start(
        [self = QPointer(this), path = path.toStdString(), number = ++checked_] {
            std::shared_ptr<const engine::Study> study;
            QString problem;
            try {
                study = std::make_shared<const engine::Study>(
                    engine::studyFromJson(engine::readFile(path, largestFile), path));
            } catch (const engine::Error& error) {
                problem = text(error.sentence());
            }
            QMetaObject::invokeMethod(
                qApp,
                [self, study, problem, number] {
                    if (!self || number != self->checked_)
                        return;
                    if (study)
                        self->show(*study);
                    else
                        self->showProblem(problem, {});
                },
                Qt::QueuedConnection);
        });
}

void StudyDialog::show(const engine::Study& study) {
    base_ = study;
    name_->setText(text(study.name));
    methods_->setStudy(study);
    sets_->setStudy(study);
    search_->setCurrentIndex(search_->findData(int(study.search)));
    device_->setCurrentText(text(study.device));
    settings_->setValue(std::max(1, study.settings));
    seeds_->setValue(study.seeds);
    steps_->setValue(int(study.steps));
    checkpointEvery_->setValue(int(study.checkpointEvery));
    threads_->setValue(study.threads);
    count_->setValue(int(study.judging.count));
    for (int i = 0; i < metrics_->count(); ++i) {
        const std::string name = metrics_->item(i)->data(Qt::UserRole).toString().toStdString();
        const auto& asked = study.judging.metrics;
        metrics_->item(i)->setCheckState(
            std::find(asked.begin(), asked.end(), name) != asked.end() ? Qt::Checked : Qt::Unchecked);
    }
    scheduleCheck();
}

engine::Study StudyDialog::study() const {
    engine::Study study = base_;
    study.name = name_->text().trimmed().toStdString();
    study.methods = methods_->methods();
    study.data = sets_->data();
    study.search = engine::StudySearch(search_->currentData().toInt());
    study.device = device_->currentText().toStdString();
    study.settings = settings_->value();
    study.seeds = seeds_->value();
    study.steps = steps_->value();
    study.checkpointEvery = checkpointEvery_->value();
    study.threads = threads_->value();
    study.judging.count = std::size_t(count_->value());
    std::vector<std::string>& asked = study.judging.metrics; // in its order; what is not listed here stays
    for (int i = 0; i < metrics_->count(); ++i) {
        const std::string name = metrics_->item(i)->data(Qt::UserRole).toString().toStdString();
        const bool known = std::find(asked.begin(), asked.end(), name) != asked.end();
        if (metrics_->item(i)->checkState() != Qt::Checked)
            std::erase(asked, name);
        else if (!known)
            asked.push_back(name);
    }
    return study;
}

StudyOrder StudyDialog::order() const {
    return {study(), QDir(folder_->text().trimmed()).absolutePath()};
}

// ---- what is wrong with it --------------------------------------------------------------------------------

void StudyDialog::scheduleCheck() {
    settings_->setEnabled(engine::StudySearch(search_->currentData().toInt()) != engine::StudySearch::Grid);
    make_->setEnabled(false);
    checkTimer_.start();
}

void StudyDialog::check() {
    const QString typed = methods_->problem();
    const QString folder = folder_->text().trimmed();
    if (!typed.isEmpty()) {
        showProblem(typed, {});
        return;
    }
    if (folder.isEmpty() || name_->text().trimmed().isEmpty()) {
        showProblem(tr("A study needs a name and a folder."), {});
        return;
    }
    QThreadPool::globalInstance()->start(
        [self = QPointer(this), study = study(), folder, number = ++checked_] {
            StudyCheck found = checkStudy(study);
            if (found.problem.isEmpty() && QFile::exists(QDir(folder).filePath(QStringLiteral("study.json"))))
                found.problem = tr("There is a study in that folder already: choose another.");
            QMetaObject::invokeMethod(
                qApp,
                [self, found, number] {
                    if (self && number == self->checked_)
                        self->showProblem(found.problem, found.summary);
                },
                Qt::QueuedConnection);
        });
}

void StudyDialog::showProblem(const QString& problem, const QString& summary) {
    outcome_->setText(problem.isEmpty() ? summary : problem);
    QPalette palette = outcome_->palette();
    palette.setColor(QPalette::WindowText, problem.isEmpty() ? tokens().text : tokens().red);
    outcome_->setPalette(palette);
    make_->setEnabled(problem.isEmpty());
}

} // namespace alphascope::ui
