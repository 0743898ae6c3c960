// Actions, menus and shortcuts of the window.

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTabBar>
#include <QTreeView>

#include <algorithm>

#include "ui/main_window.h"
#include "ui/models/session_actions.h"
#include "ui/panels/compare_workspace.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/session_bar.h"
#include "ui/panels/study_workspace.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/direction_slider.h"
#include "ui/widgets/film_strip.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/latent_pad.h"
#include "ui/widgets/slider_list.h"
#include "ui/widgets/split_view.h"

namespace alphascope::ui {

QAction* MainWindow::makeAction(const QString& name, const QString& text, const QString& iconName,
                                const QString& keys, std::function<void()> run) {
    auto* result = new QAction(text, this);
    result->setObjectName(name);
    if (!iconName.isEmpty())
        result->setIcon(icon(iconName));
    if (!keys.isEmpty())
        result->setShortcut(QKeySequence(keys));
    connect(result, &QAction::triggered, this, [run = std::move(run)] { run(); });
    addAction(result);
    return result;
}

QAction* MainWindow::action(const QString& name) const {
    return findChild<QAction*>(name);
}

void MainWindow::buildActions() {
    const auto key = [](const char* keys) { return QString::fromLatin1(keys); };
    run_ = makeAction(key("run"), tr("Start"), key("start"), key("Space"), [this] { togglePause(); });
    step_ = makeAction(key("step"), tr("One step"), key("step"), key("."), [this] { step(); });
    step_->setIconText(tr("Step"));
    stop_ = makeAction(key("stop"), tr("Stop"), key("stop"), key("Ctrl+."), [this] { stop(); });
    stop_->setToolTip(tr("Save a checkpoint and end the run (Ctrl+.)"));
    checkpoint_ = makeAction(key("checkpoint"), tr("Checkpoint"), key("checkpoint"), key("Ctrl+S"),
                             [this] { saveCheckpoint(); });
    checkpoint_->setToolTip(tr("Save a checkpoint now (Ctrl+S)"));

    makeAction(key("fork"), tr("Fork from the step shown…"), key("fork"), key("Ctrl+Shift+F"),
               [this] { forkFromShown(); });

    makeAction(key("open"), tr("Open…"), key("folder"), key("Ctrl+O"), [this] { openInDialog(); });
    makeAction(key("openRun"), tr("Open run folder…"), key("folder"), key("Ctrl+Shift+O"), [this] {
        const QString folder = dialogs_->pickFolder(this, tr("Run folder"), runsRoot_);
        if (!folder.isEmpty())
            openPath(folder);
    });
    makeAction(key("newStudy"), tr("New study…"), key("study"), QString(), [this] {
        setWorkspace(Workspace::Study);
        studyWorkspace_->newStudy();
    });
    makeAction(key("openStudy"), tr("Open study…"), key("folder"), QString(), [this] {
        setWorkspace(Workspace::Study);
        studyWorkspace_->openStudy();
    });
    makeAction(key("exportFigures"), tr("Export figures…"), key("export"), QString(),
               [this] { studyWorkspace_->exportFigures(); });
    makeAction(key("chooseRoot"), tr("Folder of runs…"), QString(), QString(), [this] {
        const QString folder = dialogs_->pickFolder(this, tr("Folder of runs"), runsRoot_);
        if (!folder.isEmpty())
            setRunsRoot(folder);
    });
    makeAction(key("paste"), tr("Paste picture or view"), key("paste"), key("Ctrl+V"), [this] { paste(); });
    makeAction(key("savePicture"), tr("Save picture…"), key("export"), key("Ctrl+E"),
               [this] { exploreWorkspace_->exportPicture(1); });
    makeAction(key("saveStrip"), tr("Save strip…"), key("film"), QString(),
               [this] { exploreWorkspace_->exportStrip(); });
    makeAction(key("saveVideo"), tr("Save video…"), key("camera"), QString(),
               [this] { exploreWorkspace_->exportVideo(); });
    makeAction(key("quit"), tr("Quit"), QString(), key("Ctrl+Q"), [this] { close(); });

    makeAction(key("undo"), tr("Undo"), key("undo"), key("Ctrl+Z"), [this] { explore_.undoStack().undo(); });
    makeAction(key("redo"), tr("Redo"), key("redo"), key("Ctrl+Shift+Z"),
               [this] { explore_.undoStack().redo(); });
    makeAction(key("copyPicture"), tr("Copy picture"), key("copy"), key("Ctrl+Alt+C"),
               [this] { exploreWorkspace_->copyPicture(); });
    makeAction(key("copyView"), tr("Copy view"), key("copy"), key("Ctrl+Shift+C"),
               [this] { exploreWorkspace_->copyView(); });
    makeAction(key("saveView"), tr("Save view…"), key("save"), QString(),
               [this] { exploreWorkspace_->saveView(engine::ViewKind::Picture); });
    makeAction(key("random"), tr("Random code"), key("random"), key("R"), [this] {
        if (workspace() == Workspace::Compare) {
            compare_.randomize();
            return;
        }
        setWorkspace(Workspace::Explore);
        explore_.randomize();
    });
    makeAction(key("keyframe"), tr("Add keyframe"), key("keyframe"), key("K"),
               [this] { explore_.addKeyframe(); });
    makeAction(key("play"), tr("Play the film"), key("play"), key("P"),
               [this] { explore_.setPlaying(!explore_.playing()); });
    makeAction(key("previous"), tr("Previous checkpoint"), key("previous"), key("["), [this] {
        const int count = int(display_.checkpoints().size());
        display_.showStep(display_.isLive() ? count - 1 : std::max(0, display_.current() - 1));
        followScrubber();
    });
    makeAction(key("next"), tr("Next checkpoint"), key("next"), key("]"), [this] {
        // After the newest comes Live.
        if (!display_.isLive())
            display_.showStep(display_.current() + 1);
        followScrubber();
    });
    // The digits that lead to them come with their tabs.
    makeAction(key("monitor"), tr("Monitor"), key("grid"), QString(),
               [this] { setWorkspace(Workspace::Monitor); });
    makeAction(key("explore"), tr("Explore"), key("pad"), QString(),
               [this] { setWorkspace(Workspace::Explore); });
    makeAction(key("map"), tr("Map"), key("map"), QString(), [this] { setWorkspace(Workspace::Map); });
    makeAction(key("compare"), tr("Compare"), key("compare"), QString(),
               [this] { setWorkspace(Workspace::Compare); });
    makeAction(key("study"), tr("Study"), key("study"), QString(),
               [this] { setWorkspace(Workspace::Study); });
    makeAction(key("swapModels"), tr("Swap models A and B"), key("swap"), key("B"),
               [this] { compare_.swapPair(); });
    makeAction(key("saveComparison"), tr("Save comparison…"), key("export"), QString(),
               [this] { compareWorkspace_->exportSheet(); });
    makeAction(key("hideDocks"), tr("Hide or show the side panels"), QString(), key("Ctrl+B"),
               [this] { toggleDocks(); });
    makeAction(key("fullScreen"), tr("Full screen"), QString(), key("F11"), [this] { toggleFullScreen(); });
    makeAction(key("shortcuts"), tr("Keyboard shortcuts"), key("help"), key("F1"),
               [this] { showShortcuts(); });
    makeAction(key("about"), tr("About Alphascope"), key("info"), QString(),
               [this] { dialogs_->showAbout(this); });
    action(key("undo"))->setEnabled(false);
    action(key("redo"))->setEnabled(false);
}

void MainWindow::buildMenus() {
    const auto add = [this](QMenu* menu, std::initializer_list<const char*> names) {
        for (const char* name : names) {
            if (*name == '\0')
                menu->addSeparator();
            else
                menu->addAction(action(QString::fromLatin1(name)));
        }
    };
    add(menuBar()->addMenu(tr("File")),
        {"open", "openRun", "chooseRoot", "", "newStudy", "openStudy", "", "savePicture", "saveStrip",
         "saveVideo", "saveView", "saveComparison", "exportFigures", "", "quit"});
    add(menuBar()->addMenu(tr("Edit")),
        {"undo", "redo", "", "paste", "copyPicture", "copyView", "", "random", "keyframe", "play"});
    QMenu* train = menuBar()->addMenu(tr("Train"));
    add(train, {"run", "step"});
    bar_->stepMenu()->setTitle(tr("Step one part"));
    train->addMenu(bar_->stepMenu());
    add(train, {"stop", "checkpoint", "", "fork"});
    QMenu* view = menuBar()->addMenu(tr("View"));
    add(view, {"monitor", "explore", "map", "compare", "study", "swapModels", "", "previous", "next", ""});
    for (QDockWidget* dock : docks_)
        view->addAction(dock->toggleViewAction());
    add(view, {"hideDocks", "fullScreen", ""});
    view->addMenu(themeMenu());
    add(menuBar()->addMenu(tr("Help")), {"shortcuts", "about"});
}

QMenu* MainWindow::themeMenu() {
    auto* menu = new QMenu(tr("Theme"), this);
    menu->setIcon(icon(QStringLiteral("theme")));
    themes_ = new QActionGroup(this);
    const std::pair<ThemeKind, QString> kinds[] = {{ThemeKind::System, tr("As the system")},
                                                   {ThemeKind::Light, tr("Light")},
                                                   {ThemeKind::Dark, tr("Dark")}};
    for (const auto& [kind, title] : kinds) {
        QAction* choice = menu->addAction(title, this, [kind = kind] {
            if (Theme* theme = Theme::instance())
                theme->apply(kind);
        });
        choice->setCheckable(true);
        choice->setData(themeName(kind));
        choice->setChecked(kind == (Theme::instance() ? Theme::instance()->kind() : ThemeKind::System));
        themes_->addAction(choice);
    }
    return menu;
}

void MainWindow::refreshActions() {
    const engine::SessionStatus status = bridge_.status();
    const SessionActions can = enabledActions(status.state);
    if (can.pause) {
        run_->setText(tr("Pause"));
        run_->setIcon(icon(QStringLiteral("pause"), IconColor::OnAccent));
        run_->setToolTip(tr("Pause the training; it goes on exactly where it was (Space)"));
    } else {
        run_->setText(can.resume ? tr("Resume") : tr("Start"));
        run_->setIcon(icon(QStringLiteral("start"), IconColor::OnAccent));
        run_->setToolTip(can.resume ? tr("Go on training (Space)")
                                    : tr("Train with the settings on the left (Space)"));
    }
    run_->setEnabled(can.start || can.pause || can.resume);
    step_->setEnabled(can.step);
    step_->setToolTip(can.pause ? tr("Pause first, then step through the training (.)")
                                : tr("One iteration, or one part of it, then wait (.)"));
    stop_->setEnabled(can.stop);
    checkpoint_->setEnabled(can.checkpoint);
    runs_->setCanStart(can.start);
    bar_->stepMenu()->setEnabled(can.step);

    QUndoStack& stack = explore_.undoStack();
    QAction* undo = action(QStringLiteral("undo"));
    QAction* redo = action(QStringLiteral("redo"));
    undo->setEnabled(stack.canUndo());
    redo->setEnabled(stack.canRedo());
    undo->setText(stack.canUndo() ? tr("Undo %1").arg(stack.undoText()) : tr("Undo"));
    redo->setText(stack.canRedo() ? tr("Redo %1").arg(stack.redoText()) : tr("Redo"));
    const bool film = pathSegments(explore_.view()) > 0;
    for (const char* name : {"keyframe", "savePicture", "copyPicture", "copyView", "saveView"})
        action(QString::fromLatin1(name))->setEnabled(explore_.hasModel());
    const bool comparing = workspace() == Workspace::Compare && !compare_.columns().empty();
    action(QStringLiteral("random"))->setEnabled(explore_.hasModel() || comparing);
    action(QStringLiteral("swapModels"))->setEnabled(comparing);
    action(QStringLiteral("saveComparison"))->setEnabled(compare_.columns().size() >= engine::fewestCompared);
    action(QStringLiteral("exportFigures"))
        ->setEnabled(study_.reading() && !study_.reading()->metrics.empty());
    for (const char* name : {"play", "saveStrip", "saveVideo"})
        action(QString::fromLatin1(name))->setEnabled(film);
}

void MainWindow::toggleDocks() {
    const bool anyShown =
        std::any_of(docks_.begin(), docks_.end(), [](QDockWidget* dock) { return dock->isVisible(); });
    if (anyShown) {
        docksBefore_.clear();
        for (QDockWidget* dock : docks_) {
            docksBefore_.append(dock->isVisible());
            dock->hide();
        }
        return;
    }
    for (qsizetype i = 0; i < docks_.size(); ++i)
        docks_[i]->setVisible(docksBefore_.isEmpty() ? i < 2 : docksBefore_.value(i));
}

void MainWindow::toggleFullScreen() {
    isFullScreen() ? showNormal() : showFullScreen();
}

void MainWindow::showShortcuts() {
    QList<std::pair<QString, QString>> list;
    for (const QAction* entry : actions())
        if (!entry->shortcut().isEmpty()) {
            // The names, without what would be undone just now.
            const QString text = entry->objectName() == QStringLiteral("run")    ? tr("Start, pause, resume")
                                 : entry->objectName() == QStringLiteral("undo") ? tr("Undo")
                                 : entry->objectName() == QStringLiteral("redo") ? tr("Redo")
                                                                                 : entry->text();
            QString keys = entry->shortcut().toString(QKeySequence::NativeText);
            if (entry->objectName() == QStringLiteral("hideDocks"))
                keys = tr("Tab or %1").arg(keys);
            list.append({keys, text});
        }
    list.append({tr("Arrows"), tr("Nudge pad, sliders, grid (Shift: ten times)")});
    list.append({tr("Page Up, Page Down"), tr("Previous and next picture of the open folder")});
    list.append({tr("Delete"), tr("Reset a slider, remove a keyframe")});
    dialogs_->showShortcuts(this, list);
}

/// Letters, digits and Space are shortcuts only where the widget in focus has no use for them.
bool MainWindow::typedIntoWidget(int key) const {
    const QWidget* focus = QApplication::focusWidget();
    if (!focus || focus->window() != this)
        return false;
    if (qobject_cast<const QLineEdit*>(focus))
        return true;
    if (key == Qt::Key_Space)
        return qobject_cast<const QAbstractButton*>(focus) || qobject_cast<const QComboBox*>(focus) ||
               qobject_cast<const FilmStrip*>(focus);
    const bool number =
        (key >= Qt::Key_0 && key <= Qt::Key_9) || key == Qt::Key_Period || key == Qt::Key_Minus;
    if (qobject_cast<const SliderList*>(focus) || qobject_cast<const DirectionSlider*>(focus))
        return number;
    // Combo boxes and lists jump to the entry that begins with a typed letter.
    return (qobject_cast<const QComboBox*>(focus) || qobject_cast<const QTreeView*>(focus)) &&
           key != Qt::Key_Period;
}

/// Tab hides the side panels while a picture has the focus; in forms it goes from field to field, as
/// everywhere.
bool MainWindow::docksKeyFree() const {
    const QWidget* focus = QApplication::focusWidget();
    return !focus || focus == this || focus == centralWidget() || focus == tabs_ ||
           qobject_cast<const ImageGrid*>(focus) || qobject_cast<const ImageView*>(focus) ||
           qobject_cast<const LatentPad*>(focus) || qobject_cast<const SplitView*>(focus);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        auto* press = static_cast<QKeyEvent*>(event);
        const bool plain = (press->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
        if (plain && press->key() < Qt::Key_F1 && press->key() != Qt::Key_Escape &&
            typedIntoWidget(press->key())) {
            event->accept();
            return false;
        }
    }
    if (event->type() == QEvent::KeyPress && watched->isWidgetType() &&
        QApplication::activeWindow() == this) {
        auto* press = static_cast<QKeyEvent*>(event);
        if (press->key() == Qt::Key_Tab && press->modifiers() == Qt::NoModifier && docksKeyFree()) {
            toggleDocks();
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace alphascope::ui
