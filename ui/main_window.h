#pragma once
// The window: puts panels, actions and the engine's bridge together. What each part does lies in its own
// file; here are only connections. GUI thread only.
//
//   main_window.cpp           layout and connections
//   main_window_actions.cpp   actions, menus, shortcuts
//   main_window_session.cpp   training: commands, states, messages, closing
//   main_window_open.cpp      files: open, drop, paste, resume
//   main_window_study.cpp     studies: open, run, what becomes of their trials
//   main_window_settings.cpp  what the next start brings back

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QMainWindow>
#include <QSettings>
#include <QTimer>

#include <memory>

#include "ui/dialogs/dialogs.h"
#include "ui/models/run_tree_model.h"
#include "ui/models/session_actions.h"
#include "ui/session/attribute_sets.h"
#include "ui/session/compare_controller.h"
#include "ui/session/data_library.h"
#include "ui/session/direction_controller.h"
#include "ui/session/explore_controller.h"
#include "ui/session/neighbour_controller.h"
#include "ui/session/run_display.h"
#include "ui/session/study_controller.h"
#include "ui/session/study_runner.h"

class QAction;
class QActionGroup;
class QDockWidget;
class QLabel;
class QMenu;
class QStackedWidget;
class QTabBar;

namespace alphascope::ui {

class CompareWorkspace;
class ExploreWorkspace;
class InspectorPanel;
class MapWorkspace;
class MonitorWorkspace;
class RunsPanel;
class SessionBar;
class SetupPanel;
class StatusFigures;
class StudyWorkspace;
class TimeScrubber;
class Panel;

/// What the window stands on; tests put their own here.
struct WindowServices {
    std::shared_ptr<IEngine> engine;
    std::unique_ptr<IDialogs> dialogs;
    std::unique_ptr<QSettings> settings;
    QString runsRoot{}; ///< folder of runs; "" = the one in the settings, or the default
    QString cli{};      ///< program that runs studies; "" = alphascope-cli beside this one
};

enum class Workspace { Monitor, Explore, Map, Compare, Study };

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(WindowServices services, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Brings back the last session: geometry, docks, theme, set-up, and, with `reopen`, run and view. Call
    /// before show().
    void restoreSession(bool reopen);

    /// A checkpoint, a run folder, a folder of runs, a study, a picture, or data to train on.
    void openPath(const QString& path);
    void startTraining();
    void togglePause(); ///< start, pause or resume, whichever means something
    void step(const QString& part = {});
    void stop();
    void saveCheckpoint();
    /// With the run's newest checkpoint (or "") it goes on in its folder; from an earlier one, a fork.
    void resumeFrom(const QString& checkpoint, const QString& folder);
    /// Fills the set-up with the settings of a checkpoint (or a run's newest one): the next start forks.
    /// While a run lives the user is asked to stop it first.
    void forkFrom(const QString& checkpoint);
    /// The same from the checkpoint that the time stands at; live, from the newest.
    void forkFromShown();
    /// Saves a checkpoint when a run lives, then closes without asking: for signals from outside. A second
    /// call leaves at once.
    void leave();

    void setWorkspace(Workspace workspace);
    Workspace workspace() const;
    QAction* action(const QString& name) const; ///< by object name, for tests

    EngineBridge& bridge() { return bridge_; }
    RunDisplay& display() { return display_; }
    ExploreController& explore() { return explore_; }
    CompareController& compare() { return compare_; }
    StudyController& study() { return study_; }
    StudyRunner& studyRunner() { return studyRunner_; }
    AtlasController& atlas() { return atlas_; }
    DirectionController& directions() { return directions_; }
    NeighbourController& neighbours() { return neighbours_; }
    AttributeSets& attributeSets() { return attributeSets_; }
    DataLibrary& library() { return library_; }
    RunTreeModel& runModel() { return runModel_; }
    SetupPanel* setupPanel() const { return setup_; }
    RunsPanel* runsPanel() const { return runs_; }
    InspectorPanel* inspectorPanel() const { return inspector_; }
    MonitorWorkspace* monitor() const { return monitor_; }
    MapWorkspace* mapWorkspace() const { return mapWorkspace_; }
    ExploreWorkspace* exploreWorkspace() const { return exploreWorkspace_; }
    CompareWorkspace* compareWorkspace() const { return compareWorkspace_; }
    StudyWorkspace* studyWorkspace() const { return studyWorkspace_; }
    TimeScrubber* scrubber() const { return scrubber_; }
    SessionBar* sessionBar() const { return bar_; }
    Panel* panelFor(Area area) const;
    const QString& runsRoot() const { return runsRoot_; }
    static QString defaultRunsRoot();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Closing { No, Saving, Discarding };

    // main_window.cpp
    void buildLayout();
    void buildDocks();
    QDockWidget* addPanelDock(QWidget* panel, const QString& title, const QString& name,
                              Qt::DockWidgetArea area);
    void refreshMargins();
    void connectDisplay();
    void connectExplore();
    void connectCompare();
    void connectPanels();
    void addWorkspace(Workspace workspace, QWidget* page, const char* actionName, const QString& meaning);
    void showWorkspace(int index);
    void followScrubber();
    void exploreCode(const QString& checkpoint, const QString& folder, const std::vector<float>& code,
                     const QString& source);
    void refreshScrubber();
    void refreshAlarms();
    void takeRuns(const QString& root, const std::vector<engine::RunEntry>& runs);

    // main_window_actions.cpp
    void buildActions();
    QAction* makeAction(const QString& name, const QString& text, const QString& iconName,
                        const QString& keys, std::function<void()> run);
    void buildMenus();
    QMenu* themeMenu();
    void toggleDocks();
    void toggleFullScreen();
    void showShortcuts();
    bool typedIntoWidget(int key) const;
    bool docksKeyFree() const;
    void refreshActions();

    // main_window_session.cpp
    void connectSession();
    void onState(engine::SessionState state);
    void onFailure(const engine::SessionFailed& failure);
    void onStatus(const engine::SessionStatus& status);
    void onProblem(Area area, const QString& message, const QString& hint);
    QString newRunFolder(const engine::RunConfig& config) const;
    void finishClosing(engine::SessionState state);
    void refreshSaved();

    // main_window_open.cpp
    void openCheckpointOrRun(const QString& path);
    void openPicture(const QString& path);
    void openView(const QString& path);
    /// Goes where a view says; opens its checkpoint for it when it lies where the view, which stands in
    /// `file`, says.
    void restoreView(const engine::ViewDocument& view, const QString& file);
    void warnOfOtherCheckpoint(const engine::ViewDocument& view);
    void openInDialog();
    void paste();
    void pasteView(const std::string& text);
    void setRunsRoot(const QString& root);
    void explorePair(int index);
    void exploreSample(int index);

    // main_window_study.cpp
    void connectStudy();
    void openStudy(const QString& folder);
    void useSettings(const engine::RunConfig& config);
    /// Whether closing has to wait until the study's trials have stopped, or is not wanted.
    bool keepOpenForStudy();
    void saveStudy();
    void restoreStudy(bool reopen);

    // main_window_settings.cpp
    void saveSession();
    void restoreSetup();

    std::shared_ptr<IEngine> engine_;
    std::unique_ptr<IDialogs> dialogs_;
    std::unique_ptr<QSettings> settings_;
    EngineBridge bridge_;
    RunDisplay display_;
    ExploreController explore_;
    AtlasController atlas_;
    DirectionController directions_;
    NeighbourController neighbours_;
    AttributeSets attributeSets_;
    CompareController compare_;
    StudyController study_;
    StudyRunner studyRunner_;
    DataLibrary library_;
    RunTreeModel runModel_;
    FrameMeter frames_;
    QFileSystemWatcher rootWatcher_;
    QTimer listTimer_;
    QTimer savedTimer_;
    QElapsedTimer savedAt_;
    QString runsRoot_;
    qint64 weightsStep_ = -1;
    QString pendingFork_; ///< the checkpoint to fork from once the run that lives has ended
    Closing closing_ = Closing::No;
    bool leaving_ = false;
    bool closingStudy_ = false; ///< the window closes once the study's trials have stopped
    int inspectedPair_ = -1;
    int inspectedSample_ = -1;

    SessionBar* bar_ = nullptr;
    SetupPanel* setup_ = nullptr;
    RunsPanel* runs_ = nullptr;
    InspectorPanel* inspector_ = nullptr;
    MonitorWorkspace* monitor_ = nullptr;
    ExploreWorkspace* exploreWorkspace_ = nullptr;
    MapWorkspace* mapWorkspace_ = nullptr;
    CompareWorkspace* compareWorkspace_ = nullptr;
    StudyWorkspace* studyWorkspace_ = nullptr;
    TimeScrubber* scrubber_ = nullptr;
    StatusFigures* figures_ = nullptr;
    QLabel* saved_ = nullptr;
    QTabBar* tabs_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    QList<QDockWidget*> docks_;
    QList<bool> docksBefore_; ///< which were shown before Tab hid them
    QActionGroup* themes_ = nullptr;
    QAction* run_ = nullptr;
    QAction* step_ = nullptr;
    QAction* stop_ = nullptr;
    QAction* checkpoint_ = nullptr;
};

} // namespace alphascope::ui
