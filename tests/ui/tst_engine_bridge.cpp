#include <QSignalSpy>
#include <QTest>

#include <thread>

#include "fake_engine.h"
#include "ui/session/engine_bridge.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::ExploreLane;
using engine::SessionState;

class TestEngineBridge : public QObject {
    Q_OBJECT

    static engine::ExploreRequest codes(float first) {
        engine::Codes one(1, 8);
        one.values[0] = first;
        return {ExploreLane::Picture, 0, engine::DecodeCodes{one}};
    }

private Q_SLOTS:
    void manyRingsAreOneCall() {
        QObject receiver;
        int answered = 0;
        Doorbell bell(&receiver, [&] { ++answered; });
        const Notify ring = bell.ring();
        std::thread other([&] {
            for (int i = 0; i < 1000; ++i)
                ring();
        });
        other.join();
        QCOMPARE(answered, 0);
        QCoreApplication::processEvents();
        QCOMPARE(answered, 1);
        ring();
        QCoreApplication::processEvents();
        QCOMPARE(answered, 2);
        ring();
        bell.silence();
        QCoreApplication::processEvents();
        QCOMPARE(answered, 2);
    }

    void eventsArriveInOrderAndOnce() {
        auto engine = std::make_shared<FakeEngine>();
        EngineBridge bridge(engine);
        QStringList seen;
        connect(&bridge, &EngineBridge::stateChanged, this, [&](SessionState state, qint64) {
            seen << QString::fromLatin1(std::to_string(int(state)).c_str());
        });
        connect(&bridge, &EngineBridge::commandRejected, this,
                [&](const QString& command, const QString&) { seen << command; });
        bridge.start({});
        QVERIFY(engine->session);
        engine->session->pushState(SessionState::Preparing);
        engine->session->push(engine::CommandRejected{1, "resume", "It is not paused."});
        engine->session->pushState(SessionState::Running);
        QTRY_COMPARE(seen.size(), 3);
        QCOMPARE(seen, QStringList({QStringLiteral("1"), QStringLiteral("resume"), QStringLiteral("2")}));
        QVERIFY(bridge.training());
    }

    void scalarsComeInBatches() {
        auto engine = std::make_shared<FakeEngine>();
        EngineBridge bridge(engine);
        int batches = 0;
        std::size_t points = 0;
        connect(&bridge, &EngineBridge::metricsArrived, this, [&](const auto& batch) {
            ++batches;
            points += batch.size();
        });
        bridge.start({});
        engine->session->pushMetrics({sampleMetrics(1, 1.0)});
        QTRY_COMPARE(batches, 1);
        // A hundred more before the next thirtieth of a second are one batch.
        for (int i = 2; i <= 101; ++i) {
            engine->session->pushMetrics({sampleMetrics(i, 1.0)});
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(points, std::size_t(101));
        QVERIFY2(batches < 50, qPrintable(QString::number(batches)));
    }

    void olderAnswersAreNotShown() {
        auto engine = std::make_shared<FakeEngine>();
        EngineBridge bridge(engine);
        std::vector<std::uint64_t> shown;
        connect(&bridge, &EngineBridge::exploreResult, this,
                [&](const engine::ExploreResult& result) { shown.push_back(result.stamp); });
        bridge.openModel("x");
        FakeExplorer& explorer = *engine->explorer;
        explorer.automatic = false;
        std::vector<engine::ExploreRequest> asked;
        for (int i = 0; i < 4; ++i)
            bridge.request(ExploreLane::Picture, codes(float(i)).what);
        asked = explorer.requests;
        QCOMPARE(asked.size(), std::size_t(4));
        QVERIFY(asked[3].stamp > asked[0].stamp);
        const auto arrive = [&](int index) {
            explorer.push(explorer.answer(asked[std::size_t(index)]));
            QCoreApplication::processEvents();
        };
        // A newer one than the last shown is shown although it is not the newest asked.
        arrive(1);
        arrive(0);
        arrive(2);
        arrive(2);
        arrive(3);
        QCOMPARE(shown, (std::vector<std::uint64_t>{asked[1].stamp, asked[2].stamp, asked[3].stamp}));
    }

    void answersOfAnOlderModelAreDropped() {
        auto engine = std::make_shared<FakeEngine>();
        EngineBridge bridge(engine);
        QSignalSpy opened(&bridge, &EngineBridge::modelOpened);
        int shown = 0;
        connect(&bridge, &EngineBridge::exploreResult, this, [&] { ++shown; });
        bridge.openModel("x");
        FakeExplorer& explorer = *engine->explorer;
        explorer.automatic = false;
        explorer.pushModel(8, 31, 5);
        bridge.request(ExploreLane::Picture, codes(1).what);
        QTRY_COMPARE(opened.size(), 1);
        engine::ExploreResult old = explorer.answer(explorer.requests[0]);
        old.epoch = 4;
        explorer.push(old);
        QCoreApplication::processEvents();
        QCOMPARE(shown, 0);
        old.epoch = 5;
        explorer.push(old);
        QTRY_COMPARE(shown, 1);
    }

    void lanesDoNotHideEachOther() {
        auto engine = std::make_shared<FakeEngine>();
        EngineBridge bridge(engine);
        int shown = 0;
        connect(&bridge, &EngineBridge::exploreResult, this, [&] { ++shown; });
        bridge.openModel("x");
        engine->explorer->automatic = false;
        bridge.request(ExploreLane::Picture, codes(1).what);
        bridge.request(ExploreLane::Strip, codes(1).what);
        for (const auto& request : engine->explorer->requests)
            engine->explorer->push(engine->explorer->answer(request));
        QTRY_COMPARE(shown, 2);
    }

    void aStepWithoutARunStartsOne() {
        auto engine = std::make_shared<FakeEngine>();
        EngineBridge bridge(engine);
        bridge.startWithStep({}, "G");
        FakeSession& session = *engine->session;
        QCOMPARE(session.commands, (std::vector<std::string>{"start paused"}));
        session.pushState(SessionState::Preparing);
        session.pushState(SessionState::Paused);
        QTRY_COMPARE(session.commands.size(), std::size_t(2));
        QCOMPARE(session.commands.back(), std::string("step G"));
        // Once: the step ends Paused again.
        session.pushState(SessionState::Running);
        session.pushState(SessionState::Paused, 1);
        QSignalSpy states(&bridge, &EngineBridge::stateChanged);
        QTRY_COMPARE(states.size(), 2);
        QCOMPARE(session.commands.size(), std::size_t(2));
    }

    void listsAreReadElsewhereAndProblemsComeBack() {
        auto engine = std::make_shared<FakeEngine>();
        engine->setRuns("/runs", {sampleRun("/runs/a", {1})});
        EngineBridge bridge(engine);
        QSignalSpy listed(&bridge, &EngineBridge::runsListed);
        QSignalSpy problems(&bridge, &EngineBridge::problem);
        bridge.listRuns("/runs");
        QCOMPARE(listed.size(), 0);
        QTRY_COMPARE(listed.size(), 1);
        bridge.inspectDataSet("/data/empty");
        QTRY_COMPARE(problems.size(), 1);
        QVERIFY(problems[0][1].toString().contains(QStringLiteral("holds no pictures")));
    }

    void overtakenPreviewsAreNotEvenRead() {
        auto engine = std::make_shared<FakeEngine>();
        EngineBridge bridge(engine);
        QStringList arrived;
        connect(&bridge, &EngineBridge::checkpointPreviewLoaded, this,
                [&](const QString& path, const auto&) { arrived << path; });
        for (int i = 0; i < 20; ++i)
            bridge.loadCheckpointPreview("/c" + std::to_string(i), {});
        QTRY_VERIFY(!arrived.isEmpty());
        QCOMPARE(arrived, QStringList({QStringLiteral("/c19")}));
    }

    void aWatcherIsLeftWithoutWaiting() {
        auto engine = std::make_shared<FakeEngine>();
        EngineBridge bridge(engine);
        int points = 0;
        connect(&bridge, &EngineBridge::watchedMetrics, this,
                [&](const auto& batch) { points += int(batch.size()); });
        bridge.watch("/runs/a");
        FakeWatcher* first = engine->watcher;
        first->metrics = {sampleMetrics(1, 1.0)};
        first->ring();
        QTRY_COMPARE(points, 1);
        first->metrics = {sampleMetrics(2, 1.0)};
        first->ring();
        bridge.watch("/runs/b");
        QVERIFY(engine->watcher != first);
        QCOMPARE(bridge.watchedFolder(), std::string("/runs/b"));
        engine->watcher->metrics = {sampleMetrics(7, 1.0)};
        engine->watcher->ring();
        QTRY_COMPARE(points, 2);
    }
};

QTEST_MAIN(TestEngineBridge)
#include "tst_engine_bridge.moc"
