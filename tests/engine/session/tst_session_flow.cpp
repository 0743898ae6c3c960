// What flows out: scalars without loss, previews and weights at their pace, checkpoints by policy, figures,
// and at most one notification outstanding. Time is moved by the trainer's steps, 10 ms each.

#include <QTest>

#include <atomic>

#include "tests/engine/session/session_runner.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

using enum SessionState;

/// A core without a reader that comes by itself: the test looks when it likes.
struct Unread {
    explicit Unread(SessionOptions options = {})
        : core(
              fakeTrainers(script), [this] { ++notifications; }, withClock(std::move(options))) {}

    SessionOptions withClock(SessionOptions options) const {
        options.clock = script->clock.clock();
        return options;
    }
    void runToRest() {
        while (core.turn()) {
        }
    }
    void start(std::int64_t steps, std::int64_t checkpointEvery = 0) {
        core.post(StartCommand{SessionRunner::config(steps, checkpointEvery), false});
    }

    std::shared_ptr<FakeScript> script = std::make_shared<FakeScript>();
    std::atomic<int> notifications{0};
    SessionCore core;
};

} // namespace

class TestSessionFlow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void metricsCountInEqualsCountOut_data() { bothWays(); }
    void metricsCountInEqualsCountOut() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->stepTime = std::chrono::milliseconds(0);
        runner.start(SessionRunner::config(5003));
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->metricsMade.load(), 5003);
        QCOMPARE(runner.metrics.size(), std::size_t(5003));
        for (std::size_t i = 0; i < runner.metrics.size(); ++i) {
            QCOMPARE(runner.metrics[i].step, std::int64_t(i + 1));
        }
    }

    void metricsAreReadEveryFewStepsNotEachStep() {
        Unread session;
        session.script->stepTime = std::chrono::milliseconds(1);
        int reads = 0;
        session.script->onMetrics = [&] { ++reads; };
        session.start(1000);
        session.runToRest();
        QVERIFY2(reads >= 100 && reads <= 103, qPrintable(QString::number(reads)));
    }

    void metricsOfSlowStepsAreReadByTheClock() {
        Unread session;
        session.script->stepTime = std::chrono::milliseconds(300);
        int reads = 0;
        session.script->onMetrics = [&] { ++reads; };
        session.start(20);
        session.runToRest();
        QVERIFY2(reads >= 20, qPrintable(QString::number(reads)));
    }

    void unreadMetricsAreBounded() {
        SessionOptions options;
        options.metricCapacity = 1000;
        Unread session(options);
        session.start(20'000);
        session.runToRest();
        const auto points = session.core.outbox().takeMetrics();
        QVERIFY(points.size() <= 1000);
        QVERIFY(points.size() > 400);
        QCOMPARE(points.front().step, 1);
        QCOMPARE(points.back().step, 20'000);
    }

    void aReaderWhoNeverComesIsNotifiedOnce() {
        Unread session;
        session.script->onStep = [](std::int64_t, const TrainerContext& context) {
            for (int i = 0; i < 100; ++i) {
                context.warn({"one of many", {}});
            }
        };
        session.start(100);
        session.runToRest();
        QCOMPARE(session.notifications.load(), 1);
        std::size_t warnings = 0;
        for (const SessionEvent& event : session.core.outbox().takeEvents()) {
            warnings += std::holds_alternative<SessionWarning>(event) ? 1 : 0;
        }
        QCOMPARE(warnings, std::size_t(10'000));
        session.start(100);
        session.runToRest();
        QCOMPARE(session.notifications.load(), 2);
    }

    void anUntakenPreviewStopsFurtherOnes() {
        Unread session;
        session.start(1000); // ten seconds
        session.runToRest();
        QCOMPARE(session.script->previewsShown.load(), 1);
        QCOMPARE(session.script->previewsSaved.load(), 1); // with the last checkpoint
        const auto preview = session.core.outbox().takePreview();
        QVERIFY(preview);
        QCOMPARE(preview->step, 1000);
        QVERIFY(!session.core.outbox().takePreview());
    }

    void takenPreviewsComeTwiceASecond() {
        Unread session;
        session.script->onStep = [&](std::int64_t, const TrainerContext&) {
            session.core.outbox().takePreview();
        };
        session.start(1000);
        session.runToRest();
        const int shown = session.script->previewsShown;
        QVERIFY2(shown >= 19 && shown <= 21, qPrintable(QString::number(shown)));
    }

    void dearPreviewsComeMoreRarely() {
        Unread session;
        session.script->onStep = [&](std::int64_t, const TrainerContext&) {
            session.core.outbox().takePreview();
        };
        session.script->onPreview = [&](bool) {
            session.script->clock.advance(std::chrono::milliseconds(50));
        };
        session.start(1000);
        session.runToRest();
        const int shown = session.script->previewsShown;
        QVERIFY2(shown >= 5 && shown <= 6, qPrintable(QString::number(shown)));
    }

    void weightsAreOfferedTenTimesASecond() {
        Unread session;
        session.start(1000);
        session.runToRest();
        const int offered = session.script->weightsOffered;
        QVERIFY2(offered >= 99 && offered <= 103, qPrintable(QString::number(offered)));
        QCOMPARE(session.script->weightsForced.load(), 1); // at the end
    }

    void aPauseBringsEverythingUpToDate() {
        Unread session;
        session.script->onStep = [&](std::int64_t step, const TrainerContext&) {
            if (step == 13) {
                session.core.post(PauseCommand{});
            }
        };
        session.start(0);
        session.runToRest();
        QCOMPARE(session.core.outbox().status().state, Paused);
        QCOMPARE(session.core.outbox().takeMetrics().size(), std::size_t(13));
        QCOMPARE(session.core.outbox().takePreview()->step, 13);
        QCOMPARE(session.script->weightsForced.load(), 1);
        // Nothing new: nothing is made again.
        const int previews = session.script->previewsShown;
        session.core.post(SetTargetCommand{100});
        session.runToRest();
        QCOMPARE(session.script->previewsShown.load(), previews);
        QCOMPARE(session.script->weightsForced.load(), 1);
    }

    void manySingleStepsMakeOnePreview() {
        Unread session;
        session.core.post(StartCommand{SessionRunner::config(0), true});
        session.runToRest();
        QCOMPARE(session.script->previewsShown.load(), 1); // of the untrained model
        for (int i = 0; i < 50; ++i) {
            session.core.post(StepCommand{});
        }
        session.runToRest();
        QCOMPARE(session.script->previewsShown.load(), 2);
        QCOMPARE(session.core.outbox().takePreview()->step, 50);
        QCOMPARE(session.core.outbox().status().step, 50);
    }

    void checkpointsComeByPolicyAndAtTheEnd_data() {
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("every");
        QTest::addColumn<int>("saves");
        QTest::newRow("only at the end") << 20 << 0 << 1;
        QTest::newRow("every 6 and at the end") << 20 << 6 << 4;
        QTest::newRow("the end is one of them") << 20 << 5 << 4;
        QTest::newRow("every step") << 7 << 1 << 7;
    }
    void checkpointsComeByPolicyAndAtTheEnd() {
        QFETCH(int, steps);
        QFETCH(int, every);
        QFETCH(int, saves);
        Unread session;
        session.start(steps, every);
        session.runToRest();
        QCOMPARE(session.script->saves.load(), saves);
        QCOMPARE(session.script->previewsSaved.load(), saves);
        QCOMPARE(session.script->savedStep.load(), steps);
    }

    void aPartOfAStepIsNoReasonForACheckpoint() {
        Unread session;
        session.core.post(StartCommand{SessionRunner::config(0, 2), true});
        for (int i = 0; i < 2; ++i) {
            session.core.post(StepCommand{});
        }
        session.core.post(StepCommand{"E"});
        session.core.post(StepCommand{"G"});
        session.runToRest();
        QCOMPARE(session.script->saves.load(), 1);
    }

    void figuresOfTheStatus() {
        Unread session;
        SessionStatus seen;
        session.script->onStep = [&](std::int64_t step, const TrainerContext&) {
            if (step == 201) {
                seen = session.core.outbox().status();
            }
        };
        session.start(300);
        session.runToRest();
        QCOMPARE(seen.step, 200);
        QCOMPARE(seen.targetSteps, 300);
        QVERIFY(std::abs(seen.stepsPerSecond - 100.0) < 1.0);
        QVERIFY(std::abs(seen.secondsLeft - 1.0) < 0.02);
        QCOMPARE(session.core.outbox().status().secondsLeft, -1.0);
    }

    void tooManyCommandsAreAnswered_data() { bothWays(); }
    void tooManyCommandsAreAnswered() {
        QFETCH(bool, threaded);
        SessionOptions options;
        options.commandCapacity = 4;
        SessionRunner runner(threaded, options);
        runner.script->onPrepare = [&](const RunConfig&, const TrainerContext&) {
            for (int i = 0; i < 10; ++i) {
                runner.core.post(SaveCommand{});
            }
        };
        runner.start(SessionRunner::config(1));
        QVERIFY(runner.untilState(Stopped));
        const auto rejected = runner.all<CommandRejected>();
        QCOMPARE(rejected.size(), std::size_t(6));
        QCOMPARE(rejected[0].command, std::string("saveCheckpoint"));
        QCOMPARE(runner.all<CheckpointSaved>().size(), std::size_t(4 + 1));
    }

    void trainingGivesWayAndGoesOn_data() { bothWays(); }
    void trainingGivesWayAndGoesOn() {
        QFETCH(bool, threaded);
        SessionOptions options;
        options.yieldAtMost = std::chrono::milliseconds(1);
        SessionRunner runner(threaded, options);
        runner.script->subSteps = 3;
        std::shared_ptr<InteractionGate> gate;
        InteractionGate::Claim claim; // never released: the bound must let training pass
        runner.script->onPrepare = [&](const RunConfig&, const TrainerContext& context) {
            gate = context.gate;
            claim = InteractionGate::Claim(gate);
        };
        runner.start(SessionRunner::config(5));
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->stepsTaken.load(), 5);
        QVERIFY(gate->yielded().count() > 0);
    }
};

QTEST_APPLESS_MAIN(TestSessionFlow)
#include "tst_session_flow.moc"
