#include <QSignalSpy>
#include <QTest>

#include "fake_engine.h"
#include "ui/session/run_display.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::SessionState;

class TestRunDisplay : public QObject {
    Q_OBJECT

    struct Bench {
        std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
        EngineBridge bridge{engine};
        RunDisplay display{bridge};

        void startRun(const std::string& folder) {
            engine::RunConfig config;
            config.runFolder = folder;
            bridge.start(config);
            engine->session->pushState(SessionState::Preparing);
            engine->session->pushState(SessionState::Running);
            QTRY_COMPARE(display.source(), RunSource::Session);
        }
    };

private Q_SLOTS:
    void aStartedRunIsShownAndFollowed() {
        Bench bench;
        bench.startRun("/runs/a");
        QTRY_VERIFY(bench.engine->explorer);
        QTRY_COMPARE(bench.engine->explorer->followed, 1);
        std::shared_ptr<const engine::Preview> shown;
        connect(&bench.display, &RunDisplay::previewChanged, this,
                [&](const auto& preview) { shown = preview; });
        bench.engine->session->pushPreview(samplePreview(50));
        QTRY_VERIFY(shown);
        QCOMPARE(shown->step, 50);
    }

    void aWatchedRunTellsWhatRang() {
        Bench bench;
        bench.display.showFolder(QStringLiteral("/runs/a"));
        QTRY_VERIFY(bench.engine->watcher);
        QSignalSpy marks(&bench.display, &RunDisplay::markAdded);
        auto& watcher = *bench.engine->watcher;
        watcher.metrics = {sampleMetrics(900, 1.0)};
        watcher.events = {
            engine::Alarm{"collapse", false, "The samples resemble each other.", "Go back.", 900, 400},
            engine::ParameterChanged{"rateGenerator", "0.001", "0.0005", 950}};
        watcher.run = std::make_shared<const engine::RunEntry>(sampleRun("/runs/a", {300, 500, 900}));
        watcher.ring();
        QTRY_COMPARE(marks.count(), 2);
        const RunMark alarm = bench.display.marks()[0];
        QVERIFY(alarm.alarm && alarm.sentence == QStringLiteral("The samples resemble each other. Go back."));
        QCOMPARE(alarm.step, 900.0);
        QTRY_COMPARE(bench.display.checkpoints().size(), std::size_t(3));
        QCOMPARE(bench.display.checkpointBefore(*alarm.goBackTo)->step, 300);
        QCOMPARE(bench.display.checkpointBefore(5)->step, 300); // nothing is that old
        QVERIFY(!bench.display.marks()[1].alarm && !bench.display.marks()[1].goBackTo);
        // The run went back: what rang after that is no longer true.
        watcher.metrics = {sampleMetrics(910, 1.0)};
        watcher.metrics[0].step = 920;
        watcher.ring();
        QTRY_COMPARE(bench.display.latestStep(), 920);
        watcher.metrics = {sampleMetrics(910, 1.0)};
        watcher.ring();
        QTRY_COMPARE(bench.display.marks().size(), std::size_t(1));
    }

    void aForkBeginsWithItsParentsCurves() {
        Bench bench;
        bench.display.showFolder(QStringLiteral("/runs/fork"));
        QTRY_VERIFY(bench.engine->watcher);
        auto& watcher = *bench.engine->watcher;
        watcher.metrics = {sampleMetrics(1001, 1.0)};
        auto run = sampleRun("/runs/fork", {2000});
        run.parent = engine::RunParent{"trunk", "/runs/trunk", "", 1000};
        watcher.run = std::make_shared<const engine::RunEntry>(run);
        watcher.ring();
        QTRY_VERIFY(bench.display.history().series().contains("loss/E") &&
                    bench.display.history().series().at("loss/E").steps.size() == 11);
        const MetricSeries& series = bench.display.history().series().at("loss/E");
        QCOMPARE(series.steps.first(), 100.0);
        QCOMPARE(series.steps.last(), 1001.0);
        QCOMPARE(series.values.first(), 3.0);
        QCOMPARE(bench.display.parent()->step, 1000);
        QCOMPARE(bench.display.marks().size(), std::size_t(1));
        QCOMPARE(bench.display.marks()[0].sentence, QStringLiteral("Forked from trunk at step 1,000."));
        watcher.run = std::make_shared<const engine::RunEntry>(run); // asked only once
        watcher.ring();
        watcher.metrics = {sampleMetrics(1002, 1.0)};
        watcher.ring();
        QTRY_COMPARE(bench.display.history().lastStep(), 1002);
        QCOMPARE(bench.display.marks().size(), std::size_t(1));
    }

    void numbersThatAreNoneRingOnce() {
        Bench bench;
        bench.startRun("/runs/a");
        bench.engine->session->push(
            engine::Alarm{"not_finite", false, "Loss G became NaN at step 7.", "", 7, 7});
        bench.engine->session->push(
            engine::SessionFailed{engine::ErrorKind::TrainingFailed, "Loss G became NaN at step 7.", "", ""});
        bench.engine->session->pushState(SessionState::Failed);
        QTRY_COMPARE(bench.bridge.status().state, SessionState::Failed);
        QTRY_COMPARE(bench.display.marks().size(), std::size_t(1));
        QCOMPARE(bench.display.marks()[0].shortText, QStringLiteral("no number"));
    }

    void aCheckpointHoldsTheViewsUntilLive() {
        Bench bench;
        const auto run = sampleRun("/runs/a", {1000, 2000});
        bench.engine->setRuns("/runs/a", {run});
        bench.startRun("/runs/a");
        bench.display.takeRuns({run});
        QCOMPARE(bench.display.checkpoints().size(), std::size_t(2));
        bench.engine->session->pushPreview(samplePreview(2100));
        QTRY_VERIFY(bench.display.preview());

        bench.display.showStep(0);
        QCOMPARE(bench.engine->explorer->opened.back(), run.checkpoints[0].path);
        QTRY_COMPARE(bench.display.preview()->step, 4711);
        // Live previews do not push the chosen one away.
        bench.engine->session->pushPreview(samplePreview(2200));
        bench.engine->session->pushMetrics({sampleMetrics(2200, 1.0)});
        QSignalSpy metrics(&bench.display, &RunDisplay::metricsAdded);
        QTRY_COMPARE(metrics.size(), 1);
        QCOMPARE(bench.display.preview()->step, 4711);

        bench.display.showStep(-1);
        QCOMPARE(bench.display.preview()->step, 2200);
        QCOMPARE(bench.engine->explorer->followed, 2);
    }

    void rotationMovesTheIndexNotTheView() {
        Bench bench;
        bench.startRun("/runs/a");
        bench.display.takeRuns({sampleRun("/runs/a", {1000, 2000, 3000})});
        bench.display.showStep(2);
        bench.display.takeRuns({sampleRun("/runs/a", {2000, 3000, 4000})});
        QCOMPARE(bench.display.current(), 1);
        QVERIFY(bench.display.checkpoint().contains(QStringLiteral("3000")));
        // Gone altogether: back to live.
        bench.display.takeRuns({sampleRun("/runs/a", {4000})});
        QVERIFY(bench.display.isLive());
    }

    void aForeignRunIsWatched() {
        Bench bench;
        bench.display.showFolder(QStringLiteral("/runs/b"));
        QVERIFY(bench.engine->watcher);
        FakeWatcher& watcher = *bench.engine->watcher;
        watcher.metrics = {sampleMetrics(10, 1.0)};
        watcher.preview = std::make_shared<const engine::Preview>(samplePreview(10));
        watcher.run = std::make_shared<const engine::RunEntry>(sampleRun("/runs/b", {5}));
        watcher.ring();
        QTRY_COMPARE(bench.display.checkpoints().size(), std::size_t(1));
        QCOMPARE(bench.display.history().lastStep(), 10);
        QCOMPARE(bench.display.preview()->step, 10);
        QCOMPARE(bench.engine->explorer->opened, (std::vector<std::string>{"/runs/b"}));
        // A new checkpoint of a watched run moves the explorer along.
        watcher.run = std::make_shared<const engine::RunEntry>(sampleRun("/runs/b", {5, 15}));
        watcher.ring();
        QTRY_COMPARE(bench.engine->explorer->opened.size(), std::size_t(2));
        QCOMPARE(bench.display.latestStep(), 15);
    }

    void comingBackToTheTrainingBringsItsCurves() {
        Bench bench;
        bench.startRun("/runs/a");
        bench.engine->session->pushMetrics({sampleMetrics(1, 1.0), sampleMetrics(2, 0.9)});
        QTRY_COMPARE(bench.display.history().lastStep(), 2);
        bench.display.showFolder(QStringLiteral("/runs/b"));
        QVERIFY(bench.display.history().empty());
        QSignalSpy arrived(&bench.bridge, &EngineBridge::metricsArrived);
        bench.engine->session->pushMetrics({sampleMetrics(3, 0.8)});
        QTRY_COMPARE(arrived.size(), 1);
        QSignalSpy reset(&bench.display, &RunDisplay::metricsReset);
        bench.display.showFolder(QStringLiteral("/runs/a"));
        QCOMPARE(bench.display.source(), RunSource::Session);
        QCOMPARE(reset.size(), 1);
        QTRY_COMPARE(bench.display.history().lastStep(), 3);
    }

    void aCheckpointOfAnUnlistedRunWaitsForItsList() {
        Bench bench;
        const auto run = sampleRun("/runs/b", {5, 15});
        bench.display.showCheckpoint(QString::fromStdString(run.checkpoints[0].path),
                                     QStringLiteral("/runs/b"));
        QCOMPARE(bench.engine->explorer->opened.back(), run.checkpoints[0].path);
        bench.engine->watcher->run = std::make_shared<const engine::RunEntry>(run);
        bench.engine->watcher->ring();
        QTRY_COMPARE(bench.display.current(), 0);
    }

    void aLoneFileNeedsNoRun() {
        Bench bench;
        bench.display.showCheckpoint(QStringLiteral("/tmp/x.safetensors"), QString());
        QCOMPARE(bench.display.source(), RunSource::File);
        QCOMPARE(bench.engine->explorer->opened, (std::vector<std::string>{"/tmp/x.safetensors"}));
        QTRY_VERIFY(bench.display.preview());
    }

    void liveChangesAreMarks() {
        Bench bench;
        bench.startRun("/runs/a");
        bench.engine->session->push(engine::ParameterChanged{"lambdaEncoder", "5", "10", 7500});
        QTRY_COMPARE(bench.display.marks().size(), std::size_t(1));
        QCOMPARE(bench.display.marks()[0].step, 7500.0);
        QVERIFY(bench.display.marks()[0].shortText.contains(QStringLiteral("5 → 10")));
    }

    void alarmsAreMarks() {
        Bench bench;
        bench.startRun("/runs/a");
        bench.engine->session->push(
            engine::Alarm{"collapse", false, "The samples resemble each other.", "Go back.", 900});
        bench.engine->session->push(engine::Alarm{"collapse", true, "The samples differ again.", "", 1200});
        QTRY_COMPARE(bench.display.marks().size(), std::size_t(2));
        QVERIFY(bench.display.marks()[0].alarm);
        QCOMPARE(bench.display.marks()[0].step, 900.0);
        QCOMPARE(bench.display.marks()[0].sentence,
                 QStringLiteral("The samples resemble each other. Go back."));
        QVERIFY(!bench.display.marks()[1].alarm);
    }
};

QTEST_MAIN(TestRunDisplay)
#include "tst_run_display.moc"
