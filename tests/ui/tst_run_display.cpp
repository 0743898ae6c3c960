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
