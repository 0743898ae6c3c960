#include "ui/panels/study_workspace.h"

#include <QDataStream>
#include <QDir>
#include <QFileInfo>
#include <QIODevice>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/dialogs/dialogs.h"
#include "ui/models/text.h"
#include "ui/panels/study_axes_panel.h"
#include "ui/panels/study_bar.h"
#include "ui/panels/study_plot_panel.h"
#include "ui/panels/study_sensitivity_panel.h"
#include "ui/panels/study_sheets_panel.h"
#include "ui/panels/study_trials_panel.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/panel.h"

namespace alphascope::ui {

namespace {

constexpr int mostRecentShown = 4;

} // namespace

StudyWorkspace::StudyWorkspace(EngineBridge& bridge, StudyController& controller, StudyRunner& runner,
                               IDialogs& dialogs, QWidget* parent)
    : QWidget(parent), bridge_(bridge), controller_(controller), runner_(runner), dialogs_(dialogs),
      pictures_(bridge, controller), actions_(controller, pictures_), pages_(new QStackedWidget(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    pages_->addWidget(buildEmpty());
    pages_->addWidget(buildBody());
    layout->addWidget(pages_);

    connect(&controller_, &StudyController::opened, this, &StudyWorkspace::refreshPages);
    connect(&controller_, &StudyController::closed, this, &StudyWorkspace::refreshPages);
    connect(&controller_, &StudyController::problemChanged, this, &StudyWorkspace::showProblem);
    connect(&controller_, &StudyController::openFailed, this, &StudyWorkspace::showFault);
    connect(&controller_, &StudyController::createFailed, this, &StudyWorkspace::showFault);
    connect(&controller_, &StudyController::exportFailed, this, &StudyWorkspace::showFault);
    connect(&controller_, &StudyController::exported, this,
            [this](const QString& target, const QStringList& files) {
                messagePanel()->showMessage(MessageKind::Success,
                                            tr("%1 files in %2.").arg(files.size()).arg(target),
                                            files.join(QLatin1Char('\n')), tr("Show"),
                                            [this, target] { dialogs_.showInFileManager(target); });
            });
    connect(&runner_, &StudyRunner::stateChanged, this, [this] { controller_.setRunning(runner_.busy()); });
    connect(&runner_, &StudyRunner::trialEnded, &controller_, &StudyController::refresh);
    connect(&runner_, &StudyRunner::ended, this, [this](const QString& problem, const QString& hint) {
        controller_.refresh();
        if (!problem.isEmpty())
            showFault(problem, hint);
    });
    connect(&actions_, &StudyActions::exploreRequested, this, &StudyWorkspace::exploreRequested);
    connect(&actions_, &StudyActions::useRequested, this, &StudyWorkspace::useRequested);
    connect(&actions_, &StudyActions::folderRequested, this,
            [this](const QString& folder) { dialogs_.showInFileManager(folder); });
    refreshPages();
}

// ---- what there is ----------------------------------------------------------------------------------------

QWidget* StudyWorkspace::buildEmpty() {
    emptyPanel_ = new Panel;
    auto* empty = new EmptyState;
    empty->setIconName(QStringLiteral("study"));
    empty->setText(
        tr("No study is open"),
        tr("A study trains many settings of several methods alike, judges them, and draws how each "
           "method does: best value, spread, what each parameter is worth. It runs in the background, "
           "can be paused, and goes on after anything."));
    empty->setAction(tr("New study…"));
    connect(empty, &EmptyState::actionTriggered, this, &StudyWorkspace::newStudy);
    auto* open = new QPushButton(tr("Open study…"));
    open->setObjectName(QStringLiteral("openStudyButton"));
    connect(open, &QPushButton::clicked, this, &StudyWorkspace::openStudy);
    auto* recent = new QWidget;
    recent_ = new QVBoxLayout(recent);
    recent_->setSpacing(2);
    empty->addBelow(open);
    empty->addBelow(recent);
    emptyPanel_->setContent(empty);
    return emptyPanel_;
}

QWidget* StudyWorkspace::buildBody() {
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(tokens().gap);
    bar_ = new StudyBar(controller_, runner_);
    connect(bar_, &StudyBar::exportRequested, this, &StudyWorkspace::exportFigures);
    connect(bar_->menu(), &QMenu::aboutToShow, this, &StudyWorkspace::fillMenu);
    upper_ = panelSplitter(Qt::Horizontal);
    for (const StudySlot slot : {FirstSlot, SecondSlot}) {
        figures_[slot] = new StudyPlotPanel(controller_, actions_, slot);
        upper_->addWidget(figures_[slot]);
    }
    trials_ = new StudyTrialsPanel(controller_, actions_);
    sheets_ = new StudySheetsPanel(controller_, actions_, pictures_);
    axes_ = new StudyAxesPanel(controller_, actions_);
    sensitivity_ = new StudySensitivityPanel(controller_, actions_, SensitivityOver::Parameters);
    cost_ = new StudySensitivityPanel(controller_, actions_, SensitivityOver::Time);
    lower_ = panelSplitter(Qt::Horizontal);
    lower_->addWidget(addSwitch({{tr("Trials"), trials_}, {tr("Sheets"), sheets_}}));
    lower_->addWidget(
        addSwitch({{tr("Axes"), axes_}, {tr("Sensitivity"), sensitivity_}, {tr("Cost"), cost_}}));
    lower_->setSizes({500, 530});
    rows_ = panelSplitter(Qt::Vertical);
    rows_->addWidget(upper_);
    rows_->addWidget(lower_);
    rows_->setSizes({270, 330});
    layout->addWidget(bar_);
    layout->addWidget(rows_, 1);
    return body;
}

/// One place for several panels: each carries the switch in its header.
QStackedWidget* StudyWorkspace::addSwitch(const QList<std::pair<QString, Panel*>>& panels) {
    auto* stack = new QStackedWidget;
    for (int shown = 0; shown < int(panels.size()); ++shown) {
        Panel* panel = panels[shown].second;
        for (int i = 0; i < int(panels.size()); ++i) {
            if (i == shown)
                continue;
            auto* button = new QToolButton(panel);
            button->setProperty("link", true);
            button->setText(panels[i].first);
            button->setToolTip(tr("Show %1 here").arg(panels[i].second->title().toLower()));
            connect(button, &QToolButton::clicked, stack, [stack, i] { stack->setCurrentIndex(i); });
            panel->addHeaderWidget(button);
        }
        stack->addWidget(panel);
    }
    return stack;
}

void StudyWorkspace::showPanel(const QString& name) {
    const std::pair<QString, QWidget*> panels[] = {{QStringLiteral("trials"), trials_},
                                                   {QStringLiteral("sheets"), sheets_},
                                                   {QStringLiteral("axes"), axes_},
                                                   {QStringLiteral("sensitivity"), sensitivity_},
                                                   {QStringLiteral("cost"), cost_}};
    for (const auto& [known, panel] : panels)
        if (known == name)
            qobject_cast<QStackedWidget*>(panel->parentWidget())->setCurrentWidget(panel);
}

void StudyWorkspace::fillMenu() {
    QMenu* menu = bar_->menu();
    menu->clear();
    menu->addAction(icon(QStringLiteral("add")), tr("New study…"), this, &StudyWorkspace::newStudy);
    menu->addAction(icon(QStringLiteral("folder")), tr("Open study…"), this, &StudyWorkspace::openStudy);
    menu->addSeparator();
    for (const QString& folder : controller_.recent())
        if (folder != controller_.folder())
            menu->addAction(QDir(folder).dirName(), this, [this, folder] { controller_.open(folder); })
                ->setToolTip(folder);
    menu->addSeparator();
    menu->addAction(tr("Show the folder"), this,
                    [this] { dialogs_.showInFileManager(controller_.folder()); });
    menu->addAction(icon(QStringLiteral("close")), tr("Close the study"), this,
                    [this] { controller_.close(); });
}

// ---- what is shown ----------------------------------------------------------------------------------------

Panel* StudyWorkspace::messagePanel() const {
    return controller_.reading() ? static_cast<Panel*>(figures_[FirstSlot]) : emptyPanel_;
}

void StudyWorkspace::refreshPages() {
    pages_->setCurrentIndex(controller_.reading() ? 1 : 0);
    messagePanel()->clearMessage();
    refreshRecent();
}

void StudyWorkspace::refreshRecent() {
    while (QLayoutItem* item = recent_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString& folder : controller_.recent().mid(0, mostRecentShown)) {
        auto* button = new QPushButton(QDir(folder).dirName());
        button->setProperty("link", true);
        button->setToolTip(folder);
        connect(button, &QPushButton::clicked, &controller_, [this, folder] { controller_.open(folder); });
        recent_->addWidget(button, 0, Qt::AlignHCenter);
    }
}

void StudyWorkspace::showProblem() {
    if (controller_.problem().isEmpty())
        messagePanel()->clearMessage();
    else
        showFault(controller_.problem(), controller_.problemHint());
}

void StudyWorkspace::showFault(const QString& message, const QString& hint) {
    messagePanel()->showMessage(MessageKind::Error, message, hint);
}

// ---- what can be done -------------------------------------------------------------------------------------

void StudyWorkspace::newStudy() {
    StudyQuestion question;
    question.methods = bridge_.methods();
    question.metrics = bridge_.engine().judges();
    for (const engine::DataSetInfo& set : bridge_.engine().builtInDataSets())
        question.data << text(set.name);
    question.parentFolder =
        controller_.folder().isEmpty() ? QDir::homePath() : QFileInfo(controller_.folder()).absolutePath();
    if (const std::optional<StudyOrder> order = dialogs_.askStudy(this, question))
        controller_.create(order->study, order->folder);
}

void StudyWorkspace::openStudy() {
    const QString folder = dialogs_.pickFolder(this, tr("Folder of a study"), controller_.folder());
    if (!folder.isEmpty())
        controller_.open(folder);
}

void StudyWorkspace::exportFigures() {
    const QString folder = dialogs_.pickFolder(this, tr("Folder for the figures"), controller_.folder());
    if (!folder.isEmpty())
        controller_.exportFigures(folder);
}

QByteArray StudyWorkspace::saveLayout() const {
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream << rows_->saveState() << upper_->saveState() << lower_->saveState();
    return layout;
}

void StudyWorkspace::restoreLayout(const QByteArray& layout) {
    QDataStream stream(layout);
    QByteArray rows;
    QByteArray upper;
    QByteArray lower;
    stream >> rows >> upper >> lower;
    rows_->restoreState(rows);
    upper_->restoreState(upper);
    lower_->restoreState(lower);
}

} // namespace alphascope::ui
