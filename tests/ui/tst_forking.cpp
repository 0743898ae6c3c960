// From a past step to a run with other settings, as a person does it: scrubber, run tree, alarm, set-up,
// start.

#include <QComboBox>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "ui/panels/monitor_workspace.h"
#include "ui/panels/parameter_editor.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/setup_panel.h"
#include "ui/widgets/curve_groups.h"
#include "ui/widgets/curve_panel.h"
#include "ui/widgets/curve_plot.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/time_scrubber.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::SessionState;

class TestForking : public QObject {
    Q_OBJECT

    static QString name(const char* latin) { return QString::fromLatin1(latin); }

    static void oneRun(FakeEngine& engine, const QString& root) {
        const std::string folder = (root + name("/a")).toStdString();
        engine.setRuns(root.toStdString(), {sampleRun(folder, {1000, 2000, 3000})});
        engine.setRuns(folder, {sampleRun(folder, {1000, 2000, 3000})});
    }

    struct Bench : WindowBench {
        explicit Bench(const std::function<void(FakeEngine&, const QString&)>& prepare = oneRun)
            : WindowBench(prepare) {}
        SetupPanel& setup() { return *window->setupPanel(); }
        MessageBar* forkBar() { return window->findChild<MessageBar*>(name("forkBar")); }
        QPushButton* button(MessageBar* bar) { return bar->findChild<QPushButton*>(); }
        QString run() const { return root() + name("/a"); }
        std::vector<std::string> pins() const {
            std::vector<std::string> pins = engine->log();
            std::erase_if(pins, [](const std::string& line) { return !line.starts_with("pin "); });
            return pins;
        }
        void watch() {
            window->display().showFolder(run());
            QTRY_VERIFY(engine->watcher && window->runModel().rowCount() == 1);
            engine->watcher->run = std::make_shared<const engine::RunEntry>(*window->runModel().run(run()));
            engine->watcher->ring();
            QTRY_COMPARE(window->scrubber()->checkpoints().size(), 3);
        }
        void clickFork() {
            QTest::mouseClick(window->scrubber()->findChild<QToolButton*>(name("forkButton")),
                              Qt::LeftButton);
        }
    };

private Q_SLOTS:
    void fromTheScrubberToAForkWithAnotherLambda() {
        Bench bench;
        bench.watch();
        Q_EMIT bench.window->scrubber()->checkpointChosen(1);
        bench.window->scrubber()->setCurrent(1);
        bench.clickFork();
        QTRY_VERIFY(bench.setup().fork());
        QVERIFY(bench.forkBar()->isVisible());
        QCOMPARE(bench.forkBar()->text(), name("The next run is a fork of a from step 2,000."));
        ParameterEditor* lambda = bench.setup().editor(name("lambdaEncoder"));
        QCOMPARE(bench.setup().form().text("lambdaEncoder"), std::string("5")); // as it was then
        QVERIFY(lambda->isEnabled());
        QVERIFY(!bench.setup().editor(name("batchSize"))->isEnabled()); // structural here
        QVERIFY(bench.setup().editor(name("batchSize"))->toolTip().contains(name("step 2,000")));
        QVERIFY(bench.setup().editor(name("loss"))->isEnabled()); // not live, but not structural
        QVERIFY(!bench.window->findChild<QComboBox*>(name("presetBox"))->isEnabled());

        Q_EMIT lambda->edited(name("2.5"));
        bench.trigger("run");
        QTRY_VERIFY(bench.engine->session && !bench.session().started.empty());
        const engine::RunConfig started = bench.session().started[0];
        QVERIFY(started.forkFrom.ends_with("step-2000.safetensors"));
        QCOMPARE(started.overrides.at("lambdaEncoder"), std::string("2.5"));
        QCOMPARE(started.seed, 7U);
        QVERIFY(!started.resume && !started.runFolder.empty() &&
                started.runFolder != bench.run().toStdString());

        bench.session().pushState(SessionState::Preparing);
        bench.session().pushState(SessionState::Running, 2000);
        QTRY_VERIFY(!bench.setup().fork()); // the one after is none again
        QVERIFY(!bench.forkBar()->isVisible());
    }

    void aDefaultCountsAsAChangeToo() {
        Bench bench;
        bench.window->forkFrom(bench.run() + name("/checkpoints/step-1000.safetensors"));
        QTRY_VERIFY(bench.setup().fork());
        Q_EMIT bench.setup().editor(name("lambdaEncoder"))->edited(name("10")); // what the preset has
        QCOMPARE(bench.setup().config().overrides.at("lambdaEncoder"), std::string("10"));
    }

    void aRefusedForkCanBeTriedAgain() {
        Bench bench;
        bench.window->forkFrom(bench.run() + name("/checkpoints/step-1000.safetensors"));
        QTRY_VERIFY(bench.setup().fork());
        bench.trigger("run");
        QTRY_VERIFY(bench.engine->session);
        bench.session().pushState(SessionState::Preparing);
        bench.session().push(engine::SessionFailed{engine::ErrorKind::Usage, "That cannot be.", "", ""});
        bench.session().pushState(SessionState::Failed);
        QTRY_VERIFY(bench.setup().hasMessage());
        QVERIFY(bench.setup().fork() && bench.forkBar()->isVisible());
        bench.button(bench.forkBar())->click(); // begin anew instead
        QVERIFY(!bench.setup().fork());
        QVERIFY(bench.setup().editor(name("batchSize"))->isEnabled());
        QVERIFY(bench.setup().config().forkFrom.empty());
    }

    void unusableCheckpointsAreAMessage() {
        Bench bench;
        bench.window->forkFrom(name("/runs/bad-1.safetensors"));
        QTRY_VERIFY(bench.window->runsPanel()->hasMessage());
        QCOMPARE(bench.window->runsPanel()->messageBar()->text(), name("The file is no checkpoint."));
        QVERIFY(!bench.setup().fork());
    }

    void theRunThatLivesIsStoppedFirst() {
        Bench bench;
        bench.trigger("run");
        bench.session().pushState(SessionState::Preparing);
        bench.session().pushState(SessionState::Running, 10);
        QTRY_VERIFY(bench.window->bridge().training());
        const std::string own = bench.session().started[0].runFolder;
        const QString checkpoint = QString::fromStdString(own) + name("/checkpoints/step-1000.safetensors");
        bench.window->forkFrom(checkpoint);
        QVERIFY(bench.setup().hasMessage());
        QVERIFY(!bench.setup().fork());
        bench.button(bench.setup().messageBar())->click();
        QCOMPARE(bench.session().commands.back(), std::string("stop save"));
        // The last save must not push it out.
        QTRY_COMPARE(bench.pins(), std::vector<std::string>{"pin " + checkpoint.toStdString()});
        bench.session().pushState(SessionState::Stopping, 10);
        bench.session().pushState(SessionState::Stopped, 10);
        QTRY_VERIFY(bench.setup().fork());
        QCOMPARE(bench.setup().fork()->step, 1000);
    }

    void whatAnotherRunKeepsIsNotPinned() {
        Bench bench;
        bench.trigger("run");
        bench.session().pushState(SessionState::Preparing);
        bench.session().pushState(SessionState::Running, 10);
        QTRY_VERIFY(bench.window->bridge().training());
        bench.window->forkFrom(bench.run()); // its newest
        bench.button(bench.setup().messageBar())->click();
        bench.session().pushState(SessionState::Stopped, 10);
        QTRY_VERIFY(bench.setup().fork());
        QVERIFY(bench.pins().empty());
    }

    void anAlarmLeadsBack() {
        Bench bench;
        bench.trigger("run");
        bench.session().pushState(SessionState::Preparing);
        const std::string own = bench.session().started[0].runFolder;
        bench.engine->setRuns(own, {sampleRun(own, {1000, 2000, 3000})});
        bench.session().pushState(SessionState::Running, 3100);
        QTRY_COMPARE(bench.window->scrubber()->checkpoints().size(), 3);
        bench.session().pushMetrics({sampleMetrics(3000, 1.0), sampleMetrics(3100, 1.0)});
        bench.session().push(
            engine::Alarm{"collapse", false, "The samples resemble each other.", "Go back.", 3100, 2400});
        Panel* panel = bench.window->monitor()->messagePanel();
        QTRY_VERIFY(panel->hasMessage());
        QCOMPARE(panel->messageBar()->text(), name("The samples resemble each other. Go back."));
        QCOMPARE(bench.button(panel->messageBar())->text(), QStringLiteral("Fork from step 2,000…"));
        QCOMPARE(bench.window->scrubber()->alarms(), QVector<qint64>{3100});
        panel->clearMessage();
        // The mark on the curve says it again.
        CurvePlot* plot = bench.window->monitor()->losses()->groups()->first();
        QCOMPARE(plot->markCount(), 1);
        Q_EMIT plot->markClicked(3100);
        QTRY_VERIFY(panel->hasMessage());
        bench.button(panel->messageBar())->click();
        QVERIFY(bench.setup().hasMessage()); // the run has to end first
        bench.button(bench.setup().messageBar())->click();
        bench.session().pushState(SessionState::Stopped, 3100);
        QTRY_VERIFY(bench.setup().fork());
        QCOMPARE(bench.setup().fork()->step, 2000);
    }

    void theKeyForksFromWhatIsShown() {
        Bench bench;
        bench.trigger("fork");
        QVERIFY(bench.setup().hasMessage()); // nothing is open
        bench.watch();
        bench.trigger("fork"); // live: the newest
        QTRY_VERIFY(bench.setup().fork());
        QCOMPARE(bench.setup().fork()->step, 3000);
        Q_EMIT bench.window->scrubber()->checkpointChosen(0);
        bench.trigger("fork");
        QTRY_COMPARE(bench.setup().fork()->step, 1000);
    }

    void theMenuOfARunForksFromItsNewest() {
        Bench bench;
        QTRY_COMPARE(bench.window->runModel().rowCount(), 1);
        const std::unique_ptr<QMenu> menu(
            bench.window->runsPanel()->makeMenu(bench.window->runModel().index(0, 0)));
        QSignalSpy asked(bench.window->runsPanel(), &RunsPanel::forkRequested);
        for (QAction* action : menu->actions())
            if (action->text() == QStringLiteral("Fork from step 3,000…"))
                action->trigger();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().first().toString(), bench.run());
    }

    void keyframesAreDecodedAtTheStepShown() {
        Bench bench;
        bench.watch();
        bench.window->setWorkspace(Workspace::Explore);
        bench.engine->explorer->pushModel(8);
        QTRY_VERIFY(bench.window->explore().hasModel());
        bench.trigger("keyframe");
        bench.trigger("random");
        bench.trigger("keyframe");
        QTRY_VERIFY(!bench.engine->explorer->requestsOf(engine::ExploreLane::Strip).empty());
        const auto kept = bench.window->explore().view().keyframes;
        QCOMPARE(kept.size(), std::size_t(2));
        bench.engine->explorer->requests.clear();
        Q_EMIT bench.window->scrubber()->checkpointChosen(0);
        QVERIFY(bench.engine->explorer->opened.back().ends_with("step-1000.safetensors"));
        bench.engine->explorer->pushModel(8, 31, 2); // as that checkpoint is opened
        QTRY_VERIFY(!bench.engine->explorer->requestsOf(engine::ExploreLane::Strip).empty());
        const auto asked = bench.engine->explorer->requestsOf(engine::ExploreLane::Strip).back();
        const auto& codes = std::get<engine::DecodeCodes>(asked.what).codes;
        QVERIFY(codes.count > 2);
        for (std::size_t i = 0; i < kept.size(); ++i)
            QVERIFY(std::equal(kept[i].code.begin(), kept[i].code.end(), codes.row(i).begin()));
    }
};

QTEST_MAIN(TestForking)
#include "tst_forking.moc"
