#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include "drop_files.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/monitor_workspace.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/setup_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/time_scrubber.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::ExploreLane;

class TestMainWindowFiles : public QObject {
    Q_OBJECT

    static QString touch(const QString& path) {
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        return file.open(QIODevice::WriteOnly) ? path : QString();
    }

    /// A window over one run with two checkpoints on disk.
    static void oneRun(FakeEngine& engine, const QString& root) {
        const std::string folder = (root + QStringLiteral("/a")).toStdString();
        const engine::RunEntry run = sampleRun(folder, {1000, 2000});
        for (const auto& checkpoint : run.checkpoints)
            touch(QString::fromStdString(checkpoint.path));
        engine.setRuns(root.toStdString(), {run});
        engine.setRuns(folder, {run});
    }

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void runsAreListed() {
        WindowBench bench(oneRun);
        QTRY_COMPARE(bench.window->runModel().rowCount(), 1);
        QCOMPARE(bench.window->runModel().rowCount(bench.window->runModel().index(0, 0)), 2);
    }

    void aDroppedCheckpointIsExplored() {
        WindowBench bench(oneRun);
        QTRY_COMPARE(bench.window->runModel().rowCount(), 1);
        const std::string path =
            bench.window->runModel().run(bench.root() + QStringLiteral("/a"))->checkpoints[0].path;
        QVERIFY(dropFiles(bench.window.get(), {QString::fromStdString(path)}));
        QTRY_VERIFY(bench.engine->explorer && !bench.engine->explorer->opened.empty());
        QCOMPARE(bench.engine->explorer->opened.back(), path);
        QVERIFY(bench.window->display().source() == RunSource::Folder);
    }

    void aDroppedRunFolderIsWatched() {
        WindowBench bench(oneRun);
        QVERIFY(dropFiles(bench.window.get(), {bench.root() + QStringLiteral("/a")}));
        QTRY_VERIFY(bench.engine->watcher);
        QCOMPARE(QString::fromStdString(bench.engine->watcher->folder), bench.root() + QStringLiteral("/a"));
    }

    void aDroppedFolderOfRunsBecomesTheRoot() {
        WindowBench bench(oneRun);
        const QString other = bench.path("others");
        QDir().mkpath(other);
        bench.engine->setRuns(other.toStdString(),
                              {sampleRun((other + QStringLiteral("/x")).toStdString(), {1})});
        QVERIFY(dropFiles(bench.window.get(), {other}));
        QTRY_COMPARE(bench.window->runsRoot(), other);
        QTRY_VERIFY(bench.window->runModel().indexOfPath(other + QStringLiteral("/x")).isValid());
    }

    void aDroppedFolderOfPicturesBecomesTheData() {
        WindowBench bench;
        const QString pictures = bench.path("pictures");
        QDir().mkpath(pictures);
        QVERIFY(dropFiles(bench.window.get(), {pictures}));
        QTRY_COMPARE(QString::fromStdString(bench.window->setupPanel()->config().data), pictures);
        QTRY_VERIFY(bench.window->setupPanel()->toolTip().isEmpty());
    }

    void anEmptyFolderSaysSoInSetup() {
        WindowBench bench;
        const QString empty = bench.path("empty");
        QDir().mkpath(empty);
        QVERIFY(dropFiles(bench.window.get(), {empty}));
        QTRY_VERIFY(bench.window->setupPanel()->hasMessage());
        QVERIFY(
            bench.window->setupPanel()->messageBar()->text().contains(QStringLiteral("holds no pictures")));
    }

    void aDroppedPictureIsEncoded() {
        WindowBench bench;
        bench.window->bridge().openModel("m");
        bench.engine->explorer->pushModel(8);
        QTRY_VERIFY(bench.window->explore().hasModel());
        const QString picture = touch(bench.path("seven.jpg"));
        QVERIFY(dropFiles(bench.window.get(), {picture}));
        QVERIFY(bench.window->workspace() == Workspace::Explore);
        QTRY_COMPARE(bench.window->explore().view().source, QStringLiteral("seven.jpg"));
        const auto request = bench.engine->explorer->requestsOf(ExploreLane::Encode).back();
        QCOMPARE(QString::fromStdString(std::get<engine::EncodeFile>(request.what).path), picture);
    }

    void aPictureWithoutAModelSaysWhatToDo() {
        WindowBench bench;
        QVERIFY(dropFiles(bench.window.get(), {touch(bench.path("seven.png"))}));
        QTRY_VERIFY(bench.window->panelFor(Area::Explore)->hasMessage());
    }

    void otherFilesAreRefusedInOneSentence() {
        WindowBench bench;
        QVERIFY(dropFiles(bench.window.get(), {touch(bench.path("notes.txt"))}));
        QTRY_VERIFY(bench.window->runsPanel()->hasMessage());
        QVERIFY(bench.window->runsPanel()->messageBar()->text().contains(QStringLiteral("notes.txt")));
        bench.window->openPath(bench.path("nothing-here"));
        QVERIFY(bench.window->runsPanel()->messageBar()->text().contains(QStringLiteral("does not exist")));
    }

    void aModelThatCannotBeReadShowsABar() {
        WindowBench bench;
        bench.window->bridge().openModel("m");
        bench.engine->explorer->push(
            engine::ModelFailed{"m", engine::ErrorKind::BadInput, "m is truncated.", "Copy it again."});
        QTRY_VERIFY(bench.window->runsPanel()->hasMessage());
        QCOMPARE(bench.window->runsPanel()->messageBar()->text(), QStringLiteral("m is truncated."));
    }

    void pastedPicturesAreEncoded() {
        WindowBench bench;
        bench.window->bridge().openModel("m");
        bench.engine->explorer->pushModel(8);
        QTRY_VERIFY(bench.window->explore().hasModel());
        QImage picture(10, 10, QImage::Format_RGB888);
        picture.fill(Qt::red);
        QApplication::clipboard()->setImage(picture);
        bench.trigger("paste");
        QTRY_COMPARE(bench.window->explore().view().source, QStringLiteral("pasted picture"));
        QApplication::clipboard()->clear();
        bench.trigger("paste");
        QVERIFY(bench.window->panelFor(Area::Explore)->hasMessage());
    }

    void doubleClickExploresACheckpoint() {
        WindowBench bench(oneRun);
        QTRY_COMPARE(bench.window->runModel().rowCount(), 1);
        const QModelIndex newest = bench.window->runModel().index(0, 0, bench.window->runModel().index(0, 0));
        Q_EMIT bench.window->runsPanel()->view()->activated(newest);
        QVERIFY(bench.window->workspace() == Workspace::Explore);
        QVERIFY(bench.engine->explorer->opened.back().find("step-2000") != std::string::npos);
    }

    void theContextMenuActs() {
        WindowBench bench(oneRun);
        QTRY_COMPARE(bench.window->runModel().rowCount(), 1);
        const QModelIndex run = bench.window->runModel().index(0, 0);
        const QModelIndex oldest = bench.window->runModel().index(1, 0, run);
        const std::unique_ptr<QMenu> menu(bench.window->runsPanel()->makeMenu(oldest));
        const auto actions = menu->actions();
        const auto find = [&](const char* word) {
            for (QAction* action : actions)
                if (action->text().contains(QString::fromLatin1(word)))
                    return action;
            return static_cast<QAction*>(nullptr);
        };
        find("Pin")->trigger();
        QTRY_VERIFY(oldest.data(RunTreeModel::PinnedRole).toBool());
        find("folder")->trigger();
        QCOMPARE(bench.dialogs->shown, bench.root() + QStringLiteral("/a"));
        // From the middle of a run a new one branches off.
        QVERIFY(!find("Resume")->isEnabled());
        QCOMPARE(find("Fork")->text(), QStringLiteral("Fork from step 1,000…"));
        find("Fork")->trigger();
        QTRY_VERIFY(bench.window->setupPanel()->fork());
        QVERIFY(bench.window->setupPanel()->config().forkFrom.find("step-1000") != std::string::npos);
    }

    void theNewestCheckpointGoesOnInItsRun() {
        WindowBench bench(oneRun);
        QTRY_COMPARE(bench.window->runModel().rowCount(), 1);
        bench.window->resumeFrom(QString(), bench.root() + QStringLiteral("/a"));
        QTRY_VERIFY(bench.engine->session && !bench.session().started.empty());
        QVERIFY(bench.session().started[0].resume);
        QCOMPARE(QString::fromStdString(bench.session().started[0].runFolder),
                 bench.root() + QStringLiteral("/a"));
    }

    void theScrubberDrivesTheViews() {
        WindowBench bench(oneRun);
        bench.window->openPath(bench.root() + QStringLiteral("/a"));
        QTRY_VERIFY(bench.engine->watcher && bench.window->runModel().rowCount() == 1);
        bench.engine->watcher->run = std::make_shared<const engine::RunEntry>(
            *bench.window->runModel().run(bench.root() + QStringLiteral("/a")));
        bench.engine->watcher->ring();
        TimeScrubber* scrubber = bench.window->scrubber();
        QTRY_COMPARE(scrubber->checkpoints(), QVector<qint64>({1000, 2000}));
        Q_EMIT scrubber->checkpointChosen(0);
        QCOMPARE(bench.window->display().current(), 0);
        QVERIFY(bench.engine->explorer->opened.back().find("step-1000") != std::string::npos);
        QTRY_COMPARE(bench.window->monitor()->samples()->count(), 4);
        bench.trigger("next");
        QCOMPARE(scrubber->current(), 1);
        bench.trigger("next");
        QVERIFY(scrubber->isLive());
        bench.trigger("previous");
        QCOMPARE(scrubber->current(), 1);
        Q_EMIT scrubber->liveChosen();
        QVERIFY(bench.window->display().isLive());
    }

    void cellsAreInspectedAndExplored() {
        WindowBench bench;
        bench.trigger("run");
        bench.session().pushState(engine::SessionState::Preparing);
        bench.session().pushState(engine::SessionState::Running);
        QTRY_VERIFY(bench.engine->explorer);
        bench.engine->explorer->pushModel(8);
        bench.session().pushPreview(samplePreview(100));
        MonitorWorkspace* monitor = bench.window->monitor();
        QTRY_COMPARE(monitor->reconstructions()->count(), 4);
        Q_EMIT monitor->reconstructions()->cellClicked(2);
        const Inspection& shown = bench.window->inspectorPanel()->inspection();
        QVERIFY(!shown.error.isNull());
        QVERIFY(std::abs(shown.l1 - 0.1) < 1e-6);
        QTRY_COMPARE(bench.window->inspectorPanel()->inspection().code.size(), std::size_t(8));
        Q_EMIT monitor->samples()->cellActivated(1);
        QVERIFY(bench.window->workspace() == Workspace::Explore);
        const auto row = engine::priorCodes(engine::previewSeed, 4, 8).row(1);
        QCOMPARE(bench.window->explore().view().code, std::vector<float>(row.begin(), row.end()));
        Q_EMIT monitor->reconstructions()->cellActivated(0);
        QTRY_COMPARE(bench.window->explore().view().source, QStringLiteral("held-out picture 1"));
    }

    void theLastRunComesBack() {
        WindowBench bench(oneRun);
        bench.window->openPath(bench.root() + QStringLiteral("/a"));
        QTRY_VERIFY(bench.engine->watcher);
        bench.window->close();
        bench.engine->watcher = nullptr;
        bench.open();
        QTRY_VERIFY(bench.engine->watcher);
        QCOMPARE(QString::fromStdString(bench.engine->watcher->folder), bench.root() + QStringLiteral("/a"));
    }
};

QTEST_MAIN(TestMainWindowFiles)
#include "tst_main_window_files.moc"
