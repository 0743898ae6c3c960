#include "ui/main_window.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTabBar>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/figures.h"
#include "ui/panels/compare_workspace.h"
#include "ui/panels/decoded_panel.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/map_workspace.h"
#include "ui/panels/monitor_workspace.h"
#include "ui/panels/panel_dock.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/session_bar.h"
#include "ui/panels/setup_panel.h"
#include "ui/panels/status_figures.h"
#include "ui/panels/study_workspace.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/time_scrubber.h"

namespace alphascope::ui {

namespace {

constexpr int sideWidth = 276;
constexpr int listDelay = 300; // ms: a folder that changes twice is read once

/// A bar over the whole width that cannot be moved or hidden.
QToolBar* fixedBar(QMainWindow* window, Qt::ToolBarArea area, const QString& name, QWidget* content) {
    auto* bar = new QToolBar(name, window);
    bar->setObjectName(name);
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->toggleViewAction()->setVisible(false);
    bar->addWidget(content);
    window->addToolBar(area, bar);
    return bar;
}

} // namespace

QString MainWindow::defaultRunsRoot() {
    QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (documents.isEmpty() || documents == QDir::homePath() || !QDir(documents).exists())
        return QDir::home().filePath(QStringLiteral("Alphascope/runs"));
    return QDir(documents).filePath(QStringLiteral("Alphascope/runs"));
}

MainWindow::MainWindow(WindowServices services, QWidget* parent)
    : QMainWindow(parent), engine_(std::move(services.engine)), dialogs_(std::move(services.dialogs)),
      settings_(std::move(services.settings)), bridge_(engine_), display_(bridge_), explore_(bridge_),
      atlas_(bridge_), directions_(bridge_, explore_, atlas_), neighbours_(bridge_, explore_),
      attributeSets_(bridge_), compare_(bridge_), study_(bridge_), studyRunner_(services.cli),
      library_(bridge_) {
    setWindowTitle(tr("Alphascope"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks |
                   QMainWindow::AllowTabbedDocks);
    buildActions();
    buildLayout();
    buildDocks();
    buildMenus();
    connectSession();
    connectDisplay();
    connectExplore();
    connectCompare();
    connectStudy();
    connectPanels();

    listTimer_.setSingleShot(true);
    listTimer_.setInterval(listDelay);
    connect(&listTimer_, &QTimer::timeout, this, [this] {
        if (!rootWatcher_.directories().contains(runsRoot_) && QDir(runsRoot_).exists())
            rootWatcher_.addPath(runsRoot_);
        bridge_.listRuns(runsRoot_.toStdString());
    });
    connect(&rootWatcher_, &QFileSystemWatcher::directoryChanged, &listTimer_, qOverload<>(&QTimer::start));
    QString root = services.runsRoot;
    if (root.isEmpty())
        root = settings_->value(QStringLiteral("runs/root")).toString();
    setRunsRoot(root.isEmpty() ? defaultRunsRoot() : root);

    qApp->installEventFilter(this);
    resize(1280, 800);
    showWorkspace(0);
    refreshActions();
}

MainWindow::~MainWindow() {
    qApp->removeEventFilter(this);
    // The bridge waits for its pool, which must not write a whole film first.
    exploreWorkspace_->cancelExport();
    // The members go before the child widgets: nothing may call back from here on.
    bridge_.disconnect();
    display_.disconnect();
    explore_.undoStack().disconnect();
    explore_.disconnect();
    compare_.disconnect();
    study_.disconnect();
    studyRunner_.disconnect();
    atlas_.disconnect();
    directions_.disconnect();
    neighbours_.disconnect();
    attributeSets_.disconnect();
    library_.disconnect();
    runModel_.disconnect();
    for (QDockWidget* dock : docks_)
        dock->disconnect(this);
}

void MainWindow::buildLayout() {
    bar_ = new SessionBar({run_, step_, stop_, checkpoint_}, this);
    fixedBar(this, Qt::TopToolBarArea, QStringLiteral("sessionBar"), bar_);

    monitor_ = new MonitorWorkspace(display_, *dialogs_, this);
    mapWorkspace_ = new MapWorkspace(bridge_, atlas_, explore_, attributeSets_, *dialogs_, this);
    compareWorkspace_ = new CompareWorkspace(bridge_, compare_, *dialogs_, this);
    exploreWorkspace_ =
        new ExploreWorkspace(bridge_, explore_, directions_, neighbours_, attributeSets_, *dialogs_, this);
    studyWorkspace_ = new StudyWorkspace(bridge_, study_, studyRunner_, *dialogs_, this);
    auto* center = new QWidget(this);
    auto* layout = new QVBoxLayout(center);
    layout->setSpacing(0);
    tabs_ = new QTabBar(center);
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setFocusPolicy(Qt::StrongFocus);
    tabs_->setAccessibleName(tr("Workspaces"));
    pages_ = new QStackedWidget(center);
    addWorkspace(Workspace::Monitor, monitor_, "monitor", tr("Watch the training"));
    addWorkspace(Workspace::Explore, exploreWorkspace_, "explore", tr("Walk through the latent space"));
    addWorkspace(Workspace::Map, mapWorkspace_, "map", tr("See the codes of a whole data set"));
    addWorkspace(Workspace::Compare, compareWorkspace_, "compare", tr("Put models side by side"));
    addWorkspace(Workspace::Study, studyWorkspace_, "study", tr("Train, judge and rank many settings"));
    layout->addWidget(tabs_);
    layout->addWidget(pages_, 1);
    setCentralWidget(center);
    connect(tabs_, &QTabBar::currentChanged, this, &MainWindow::showWorkspace);

    auto* line = new QWidget(this);
    auto* lineLayout = new QVBoxLayout(line);
    lineLayout->setContentsMargins(tokens().gap, 2, tokens().gap, 2);
    scrubber_ = new TimeScrubber(line);
    scrubber_->setAccessibleName(tr("Step shown in all views"));
    lineLayout->addWidget(scrubber_);
    fixedBar(this, Qt::BottomToolBarArea, QStringLiteral("timeBar"), line);

    figures_ = new StatusFigures(bridge_, explore_, frames_, this);
    saved_ = new QLabel(this);
    saved_->setProperty("role", QStringLiteral("caption"));
    saved_->setContentsMargins(0, 0, 12, 0);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(figures_, 1);
    statusBar()->addPermanentWidget(saved_);
}

/// A tab, its page, and the digit that leads to it.
void MainWindow::addWorkspace(Workspace workspace, QWidget* page, const char* actionName,
                              const QString& meaning) {
    QAction* choose = action(QString::fromLatin1(actionName));
    const int index = tabs_->addTab(choose->text());
    const QString digit = QString::number(index + 1);
    choose->setShortcut(QKeySequence(digit));
    tabs_->setTabData(index, int(workspace));
    tabs_->setTabToolTip(index, QStringLiteral("%1 (%2)").arg(meaning, digit));
    pages_->addWidget(page);
}

QDockWidget* MainWindow::addPanelDock(QWidget* panel, const QString& title, const QString& name,
                                      Qt::DockWidgetArea area) {
    auto* dock = new PanelDock(title, panel, this);
    dock->setObjectName(name);
    addDockWidget(area, dock);
    docks_.append(dock);
    connect(dock, &PanelDock::placed, this, &MainWindow::refreshMargins);
    return dock;
}

void MainWindow::buildDocks() {
    setup_ = new SetupPanel(bridge_, library_, *dialogs_, this);
    runs_ = new RunsPanel(runModel_, this);
    inspector_ = new InspectorPanel(this);
    QDockWidget* setup =
        addPanelDock(setup_, tr("Setup"), QStringLiteral("setupDock"), Qt::LeftDockWidgetArea);
    QDockWidget* runs = addPanelDock(runs_, tr("Runs"), QStringLiteral("runsDock"), Qt::LeftDockWidgetArea);
    QDockWidget* inspector =
        addPanelDock(inspector_, tr("Inspector"), QStringLiteral("inspectorDock"), Qt::RightDockWidgetArea);
    resizeDocks({setup, runs}, {460, 230}, Qt::Vertical);
    resizeDocks({setup, inspector}, {sideWidth, sideWidth - 40}, Qt::Horizontal);
    // Opened by the first click on a picture: until then the room belongs to the pictures.
    inspector->hide();
    refreshMargins();
}

void MainWindow::refreshMargins() {
    const auto beside = [this](Qt::DockWidgetArea area) {
        return std::any_of(docks_.begin(), docks_.end(), [&](QDockWidget* dock) {
            return !dock->isHidden() && !dock->isFloating() && dockWidgetArea(dock) == area;
        });
    };
    const int gap = tokens().gap;
    centralWidget()->layout()->setContentsMargins(beside(Qt::LeftDockWidgetArea) ? 0 : gap, gap,
                                                  beside(Qt::RightDockWidgetArea) ? 0 : gap, 0);
}

void MainWindow::connectDisplay() {
    connect(&display_, &RunDisplay::checkpointsChanged, this, &MainWindow::refreshScrubber);
    connect(&display_, &RunDisplay::currentChanged, scrubber_, &TimeScrubber::setCurrent);
    connect(&display_, &RunDisplay::latestStepChanged, scrubber_, &TimeScrubber::setLatestStep);
    connect(&display_, &RunDisplay::sourceChanged, this, [this] {
        scrubber_->setLiveAvailable(display_.source() != RunSource::File);
        scrubber_->setRunning(display_.source() == RunSource::Session && bridge_.training());
        for (Area area : {Area::Monitor, Area::Explore})
            panelFor(area)->clearMessage();
        const auto& config = bridge_.startedConfig();
        if (display_.source() == RunSource::Session && config)
            monitor_->setMethod(bridge_.findMethod(config->method));
    });
    connect(&display_, &RunDisplay::runUpdated, this, [this](const engine::RunEntry& run) {
        runModel_.updateRun(run);
        monitor_->setMethod(bridge_.findMethod(run.method));
        scrubber_->setRunning(run.active);
    });
    connect(scrubber_, &TimeScrubber::checkpointChosen, &display_, &RunDisplay::showStep);
    connect(scrubber_, &TimeScrubber::checkpointPreviewed, &display_, &RunDisplay::showStep);
    connect(scrubber_, &TimeScrubber::liveChosen, this, [this] { display_.showStep(-1); });
    connect(scrubber_, &TimeScrubber::forkRequested, this, [this](int index) {
        const auto& checkpoints = display_.checkpoints();
        if (index >= 0 && std::size_t(index) < checkpoints.size())
            forkFrom(QString::fromStdString(checkpoints[std::size_t(index)].path));
    });
    connect(monitor_, &MonitorWorkspace::forkRequested, this, &MainWindow::forkFrom);
    for (auto changed : {&RunDisplay::metricsReset, &RunDisplay::sourceChanged})
        connect(&display_, changed, this, &MainWindow::refreshAlarms);
    connect(&display_, &RunDisplay::markAdded, this, &MainWindow::refreshAlarms);
    for (auto moved : {&TimeScrubber::checkpointChosen, &TimeScrubber::checkpointPreviewed})
        connect(scrubber_, moved, this, [this] { followScrubber(); });
    connect(scrubber_, &TimeScrubber::liveChosen, this, &MainWindow::followScrubber);
}

void MainWindow::refreshScrubber() {
    QVector<qint64> steps;
    for (const engine::CheckpointEntry& checkpoint : display_.checkpoints())
        steps.append(checkpoint.step);
    scrubber_->setCheckpoints(steps);
    scrubber_->setCurrent(display_.current());
}

void MainWindow::refreshAlarms() {
    QVector<qint64> steps;
    for (const RunMark& mark : display_.marks())
        if (mark.alarm)
            steps.append(qint64(mark.step));
    scrubber_->setAlarms(steps);
}

void MainWindow::connectExplore() {
    connect(exploreWorkspace_, &ExploreWorkspace::viewWanted, this, &MainWindow::restoreView);
    connect(&bridge_, &EngineBridge::weightsUpdated, this, [this](qint64 step) { weightsStep_ = step; });
    connect(&bridge_, &EngineBridge::modelOpened, this, [this](const engine::ModelOpened& opened) {
        weightsStep_ = opened.info.step;
        monitor_->setLatentSize(opened.info.latentSize);
        monitor_->setMethodCanEncode((opened.info.capabilities & unsigned(models::Capability::Encode)) != 0,
                                     QString::fromStdString(opened.info.methodTitle));
        if (display_.source() != RunSource::Session) {
            monitor_->setMethod(bridge_.findMethod(opened.info.method));
            bar_->setMethod(QString::fromStdString(opened.info.methodTitle));
            bar_->setData(dataTitle(opened.info.data, opened.info.transform));
        }
        runs_->clearMessage();
    });
    connect(&bridge_, &EngineBridge::modelFailed, this, [this](const engine::ModelFailed& failed) {
        onProblem(Area::Runs, QString::fromStdString(failed.message), QString::fromStdString(failed.hint));
    });
    connect(&explore_, &ExploreController::pictureDecoded, this,
            [this] { bar_->setLatency(explore_.latency().last()); });
    connect(&explore_.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::refreshActions);
    connect(&explore_, &ExploreController::modelChanged, this, &MainWindow::refreshActions);
    connect(mapWorkspace_, &MapWorkspace::exploreRequested, this,
            [this] { setWorkspace(Workspace::Explore); });
}

void MainWindow::connectCompare() {
    connect(&compare_, &CompareController::exploreRequested, this, &MainWindow::exploreCode);
    connect(runs_, &RunsPanel::compareRequested, this, [this](const QString& path, const QString& folder) {
        compare_.add(path, folder);
        setWorkspace(Workspace::Compare);
    });
    connect(&compare_, &CompareController::columnsChanged, this, &MainWindow::refreshActions);
}

/// What the user moves the time to is shown by the comparison as well.
void MainWindow::followScrubber() {
    const bool live = display_.isLive();
    compare_.follow(display_.folder(), display_.checkpoint(),
                    live ? std::nullopt : std::optional(scrubber_->shownStep()));
}

void MainWindow::connectPanels() {
    connect(&bridge_, &EngineBridge::runsListed, this, &MainWindow::takeRuns);
    connect(&bridge_, &EngineBridge::pinChanged, &runModel_, &RunTreeModel::setPinned);
    connect(&bridge_, &EngineBridge::problem, this, &MainWindow::onProblem);
    connect(setup_, &SetupPanel::configChanged, this, [this] {
        if (bridge_.training())
            return;
        const engine::RunConfig config = setup_->config();
        const models::MethodTraits* traits = bridge_.findMethod(config.method);
        // A single step would start this method, whatever run is shown.
        bar_->setParts(traits ? traits->parts : std::vector<models::MethodPart>());
        if (display_.source() != RunSource::None)
            return;
        bar_->setMethod(traits ? QString::fromStdString(traits->title) : QString());
        bar_->setData(dataTitle(config.data, config.transform));
    });
    Q_EMIT setup_->configChanged();

    connect(runs_, &RunsPanel::checkpointActivated, this, [this](const QString& path, const QString& folder) {
        display_.showCheckpoint(path, folder);
        setWorkspace(Workspace::Explore);
    });
    connect(runs_, &RunsPanel::runActivated, &display_, &RunDisplay::showFolder);
    connect(runs_, &RunsPanel::resumeRequested, this, &MainWindow::resumeFrom);
    connect(runs_, &RunsPanel::forkRequested, this, &MainWindow::forkFrom);
    connect(runs_, &RunsPanel::pinRequested, this,
            [this](const QString& path, bool pinned) { bridge_.setPinned(path.toStdString(), pinned); });
    connect(runs_, &RunsPanel::showFolderRequested, this,
            [this](const QString& folder) { dialogs_->showInFileManager(folder); });
    connect(runs_, &RunsPanel::openRequested, this, &MainWindow::openInDialog);
    connect(runs_, &RunsPanel::refreshRequested, &listTimer_, qOverload<>(&QTimer::start));

    connect(monitor_, &MonitorWorkspace::pairClicked, this, [this](int index) {
        inspectedPair_ = index;
        inspectedSample_ = -1;
        inspector_->show(monitor_->inspectPair(index));
        docks_.last()->show();
        if (const engine::Image* picture = monitor_->originalPicture(index))
            explore_.inspectPicture(*picture, [this, index](const engine::ExploreResult& result) {
                if (inspectedPair_ == index)
                    inspector_->setCode(result.codes.values);
            });
    });
    connect(monitor_, &MonitorWorkspace::sampleClicked, this, [this](int index) {
        inspectedPair_ = -1;
        inspectedSample_ = index;
        inspector_->show(monitor_->inspectSample(index));
        docks_.last()->show();
    });
    connect(monitor_, &MonitorWorkspace::pairActivated, this, &MainWindow::explorePair);
    connect(monitor_, &MonitorWorkspace::sampleActivated, this, &MainWindow::exploreSample);
    connect(inspector_, &InspectorPanel::exploreRequested, this,
            [this] { inspectedPair_ >= 0 ? explorePair(inspectedPair_) : exploreSample(inspectedSample_); });
    // What is inspected follows the training.
    connect(&display_, &RunDisplay::previewChanged, this, [this](const auto& preview) {
        if (!preview || inspector_->inspection().original.isNull())
            return;
        Inspection fresh = inspectedPair_ >= 0 ? monitor_->inspectPair(inspectedPair_)
                                               : monitor_->inspectSample(inspectedSample_);
        if (fresh.original.isNull())
            return;
        if (fresh.code.empty())
            fresh.code = inspector_->inspection().code;
        inspector_->show(fresh);
    });
    connect(exploreWorkspace_->decoded(), &DecodedPanel::openPictureRequested, this,
            &MainWindow::openInDialog);
    connect(monitor_, &MonitorWorkspace::healthChanged, figures_, &StatusFigures::setHealth);
    connect(bar_, &SessionBar::stepRequested, this, &MainWindow::step);
}

void MainWindow::takeRuns(const QString& root, const std::vector<engine::RunEntry>& runs) {
    if (root == runsRoot_)
        runModel_.setRuns(runs);
    else
        for (const engine::RunEntry& run : runs)
            runModel_.updateRun(run);
    display_.takeRuns(runs);
}

void MainWindow::setWorkspace(Workspace workspace) {
    for (int i = 0; i < tabs_->count(); ++i)
        if (tabs_->tabData(i).toInt() == int(workspace))
            tabs_->setCurrentIndex(i);
}

Workspace MainWindow::workspace() const {
    return Workspace(tabs_->tabData(tabs_->currentIndex()).toInt());
}

void MainWindow::showWorkspace(int index) {
    // Focus on the tab: the keys of the window work there, and no picture is ringed by accident.
    tabs_->setFocus();
    pages_->setCurrentIndex(index);
    explore_.setActive(workspace() == Workspace::Explore);
    mapWorkspace_->setActive(workspace() == Workspace::Map);
    compare_.setActive(workspace() == Workspace::Compare);
    study_.setActive(workspace() == Workspace::Study);
    frames_.setRunning(bridge_.training() || workspace() == Workspace::Explore);
    refreshActions();
}

Panel* MainWindow::panelFor(Area area) const {
    switch (area) {
    case Area::Setup:
        return setup_;
    case Area::Runs:
        return runs_;
    case Area::Monitor:
        return monitor_->messagePanel();
    case Area::Explore:
        return exploreWorkspace_->decoded();
    case Area::Map:
        return mapWorkspace_->messagePanel();
    case Area::Compare:
        return compareWorkspace_->messagePanel();
    case Area::Study:
        return studyWorkspace_->messagePanel();
    case Area::Inspector:
        break;
    }
    return inspector_;
}

} // namespace alphascope::ui
