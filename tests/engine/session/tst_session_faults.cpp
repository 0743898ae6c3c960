// What goes wrong: exceptions wherever the trainer works, a full disk, stops at every place.

#include <QTest>

#include <new>
#include <stdexcept>

#include "tests/engine/session/session_runner.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

using enum SessionState;

[[noreturn]] void throwOne(const QString& what) {
    if (what == QLatin1String("nan")) {
        throw Error(ErrorKind::TrainingFailed, "Loss D of step 7 is not a number.");
    }
    if (what == QLatin1String("memory")) {
        throw std::bad_alloc();
    }
    if (what == QLatin1String("runtime")) {
        throw std::runtime_error("something");
    }
    throw 42;
}

Error noRoom() {
    return {ErrorKind::InputOutput, "The disk is full.", "Make room and resume."};
}

/// Lets `act` happen once, at the given place of a trainer's life.
void once(FakeScript& script, const QString& place, std::function<void()> act) {
    auto once = [act = std::move(act), done = std::make_shared<bool>(false)] {
        if (!std::exchange(*done, true)) {
            act();
        }
    };
    if (place == QLatin1String("prepare")) {
        script.onPrepare = [once](const RunConfig&, const TrainerContext&) { once(); };
    } else if (place == QLatin1String("step")) {
        script.onStep = [once](std::int64_t step, const TrainerContext&) {
            if (step == 7) {
                once();
            }
        };
    } else if (place == QLatin1String("metrics")) {
        script.onMetrics = once;
    } else if (place == QLatin1String("preview")) {
        script.onPreview = [once](bool) { once(); };
    } else {
        script.onSave = once;
    }
}

} // namespace

class TestSessionFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyExceptionAnywhereFailsAndTheNextStartWorks_data() {
        QTest::addColumn<bool>("threaded");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("kind");
        for (const bool threaded : {false, true}) {
            for (const char* place : {"prepare", "step", "metrics", "preview", "save"}) {
                const auto row = [&](const char* what, ErrorKind kind) {
                    QTest::addRow("%s in %s, %s", what, place, threaded ? "thread" : "turns")
                        << threaded << QString::fromLatin1(place) << QString::fromLatin1(what) << int(kind);
                };
                row("nan", ErrorKind::TrainingFailed);
                row("memory", ErrorKind::TrainingFailed);
                row("runtime", ErrorKind::Internal);
                row("int", ErrorKind::Internal);
            }
        }
    }
    void anyExceptionAnywhereFailsAndTheNextStartWorks() {
        QFETCH(bool, threaded);
        QFETCH(QString, place);
        QFETCH(QString, what);
        QFETCH(int, kind);
        SessionRunner runner(threaded);
        once(*runner.script, place, [what] { throwOne(what); });
        runner.start(SessionRunner::config(10));
        QVERIFY(runner.untilState(Failed));
        const auto failed = runner.all<SessionFailed>();
        QCOMPARE(failed.size(), std::size_t(1));
        QCOMPARE(int(failed[0].kind), kind);
        QVERIFY(!failed[0].message.empty());
        QCOMPARE(runner.script->saves.load(), 0);
        QCOMPARE(runner.script->finished.load(), 1);
        QCOMPARE(runner.script->alive.load(), 0);
        const auto taken = runner.script->stepsTaken.load();
        runner.start(SessionRunner::config(10));
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->stepsTaken.load(), taken + 10);
    }

    void refusedConfigurationFails_data() { bothWays(); }
    void refusedConfigurationFails() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->onPrepare = [](const RunConfig&, const TrainerContext&) {
            throw Error(ErrorKind::Usage, "There is no method \"gan\".", "Did you mean dcgan?");
        };
        runner.start(SessionRunner::config(10));
        QVERIFY(runner.untilState(Failed));
        QCOMPARE(int(runner.all<SessionFailed>().at(0).kind), int(ErrorKind::Usage));
        QCOMPARE(runner.all<SessionFailed>().at(0).hint, std::string("Did you mean dcgan?"));
    }

    void nanNamesTheLastGoodCheckpoint_data() { bothWays(); }
    void nanNamesTheLastGoodCheckpoint() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        once(*runner.script, QStringLiteral("step"), [] { throwOne(QStringLiteral("nan")); });
        runner.start(SessionRunner::config(20, 5));
        QVERIFY(runner.untilState(Failed));
        QCOMPARE(runner.all<SessionFailed>().at(0).lastGoodCheckpoint, std::string("step-5"));
        QCOMPARE(runner.script->saves.load(), 1);
        QCOMPARE(runner.metrics.size(), std::size_t(6)); // the curve up to the fault is there
    }

    void nanFoundOnlyWhenReadIsFoundBeforeSaving_data() { bothWays(); }
    void nanFoundOnlyWhenReadIsFoundBeforeSaving() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->stepTime = std::chrono::milliseconds(1);
        runner.script->onMetrics = [script = runner.script.get()] {
            if (script->stepsTaken == 5) {
                throwOne(QStringLiteral("nan"));
            }
        };
        runner.start(SessionRunner::config(20, 5)); // read at steps 1 and 11, were it not for the checkpoint
        QVERIFY(runner.untilState(Failed));
        QCOMPARE(runner.script->stepsTaken.load(), 5);
        QCOMPARE(runner.script->saves.load(), 0);
    }

    void aTrainerThatCannotFinishEndsAllTheSame_data() { bothWays(); }
    void aTrainerThatCannotFinishEndsAllTheSame() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->onFinish = [] { throwOne(QStringLiteral("runtime")); };
        runner.start(SessionRunner::config(2));
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.all<SessionWarning>().size(), std::size_t(1));
        QCOMPARE(runner.script->alive.load(), 0);
    }

    void fullDiskPausesAndTrainingCanGoOn_data() {
        QTest::addColumn<bool>("threaded");
        QTest::addColumn<QString>("place");
        for (const bool threaded : {false, true}) {
            for (const char* place : {"metrics", "preview", "save"}) {
                QTest::addRow("%s, %s", place, threaded ? "thread" : "turns")
                    << threaded << QString::fromLatin1(place);
            }
        }
    }
    void fullDiskPausesAndTrainingCanGoOn() {
        QFETCH(bool, threaded);
        QFETCH(QString, place);
        SessionRunner runner(threaded);
        once(*runner.script, place, [] { throw noRoom(); });
        runner.start(SessionRunner::config(20, 5));
        QVERIFY(runner.untilState(Paused));
        const auto warnings = runner.all<SessionWarning>();
        QCOMPARE(warnings.size(), std::size_t(1));
        QCOMPARE(warnings[0].message, std::string("The disk is full."));
        QCOMPARE(warnings[0].hint, std::string("Make room and resume."));
        runner.core.post(ResumeCommand{});
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->state.load(), fakeStateAfter(20));
        QCOMPARE(runner.metrics.size(), std::size_t(20));
        QCOMPARE(runner.script->savedStep.load(), 20);
    }

    void fullDiskAtTheEndKeepsWhatWasTrained_data() { bothWays(); }
    void fullDiskAtTheEndKeepsWhatWasTrained() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        std::atomic<bool> full{true};
        runner.script->onSave = [&] {
            if (full) {
                throw noRoom();
            }
        };
        runner.start(SessionRunner::config(5));
        QVERIFY(runner.untilState(Paused));
        QCOMPARE(runner.script->finished.load(), 0);
        runner.core.requestStop(true); // still no room
        QVERIFY(runner.untilEvents<SessionWarning>(2));
        QVERIFY(runner.untilState(Paused));
        full = false;
        runner.core.post(ResumeCommand{});
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->savedState.load(), fakeStateAfter(5));
    }

    void fullDiskCanBeLeftWithoutSaving_data() { bothWays(); }
    void fullDiskCanBeLeftWithoutSaving() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->onSave = [] { throw noRoom(); };
        runner.start(SessionRunner::config(5));
        QVERIFY(runner.untilState(Paused));
        runner.core.requestStop(false);
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->saves.load(), 0);
        QCOMPARE(runner.script->finished.load(), 1);
    }

    void stopIsObeyedEverywhere_data() {
        QTest::addColumn<bool>("threaded");
        QTest::addColumn<QString>("place");
        QTest::addColumn<bool>("save");
        QTest::addColumn<bool>("interrupts");
        for (const bool threaded : {false, true}) {
            for (const char* place : {"prepare", "step", "metrics", "preview", "save"}) {
                for (const bool save : {false, true}) {
                    for (const bool interrupts : {false, true}) {
                        QTest::addRow("in %s%s%s, %s", place, save ? " and save" : "",
                                      interrupts ? ", interrupted" : "", threaded ? "thread" : "turns")
                            << threaded << QString::fromLatin1(place) << save << interrupts;
                    }
                }
            }
        }
    }
    void stopIsObeyedEverywhere() {
        QFETCH(bool, threaded);
        QFETCH(QString, place);
        QFETCH(bool, save);
        QFETCH(bool, interrupts);
        SessionRunner runner(threaded);
        once(*runner.script, place, [&] {
            runner.core.requestStop(save);
            if (interrupts) {
                throw Error(ErrorKind::Interrupted, "Stopped.");
            }
        });
        runner.start(SessionRunner::config(0, 9));
        QVERIFY(runner.untilState(Stopped));
        QVERIFY(runner.all<SessionFailed>().empty());
        QCOMPARE(runner.script->finished.load(), 1);
        QCOMPARE(runner.script->alive.load(), 0);
        QVERIFY(runner.script->stepsTaken.load() <= 9);
        QCOMPARE(std::count(runner.states.begin(), runner.states.end(), Stopping), 1);
        const bool brokenOff = place == QLatin1String("step") && interrupts;
        if (save && !brokenOff && runner.script->stepsTaken > 0) {
            QCOMPARE(runner.script->savedState.load(), runner.script->state.load());
            QVERIFY(runner.script->saves > 0);
        }
        QCOMPARE(runner.all<SessionWarning>().size(), std::size_t(save && brokenOff ? 1 : 0));
    }

    void discardingStopBreaksTheIterationOff_data() { bothWays(); }
    void discardingStopBreaksTheIterationOff() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->subSteps = 3;
        runner.script->onStep = [&](std::int64_t step, const TrainerContext&) {
            if (step == 3) {
                runner.core.requestStop(false);
            }
        };
        runner.start(SessionRunner::config(0));
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->stepsTaken.load(), 2);
    }

    void savingStopFinishesTheIteration_data() { bothWays(); }
    void savingStopFinishesTheIteration() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->subSteps = 3;
        runner.script->onStep = [&](std::int64_t step, const TrainerContext&) {
            if (step == 3) {
                runner.core.requestStop(true);
            }
        };
        runner.start(SessionRunner::config(0));
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->stepsTaken.load(), 3);
        QCOMPARE(runner.script->savedStep.load(), 3);
    }

    void stopPostedRightAfterStartCancelsIt_data() { bothWays(); }
    void stopPostedRightAfterStartCancelsIt() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        // On a thread the start may have begun; then it is stopped. Either way nothing runs in the end.
        runner.start(SessionRunner::config(0));
        runner.core.requestStop(true);
        QVERIFY(runner.until([&] {
            return !runner.all<CommandRejected>().empty() ||
                   (!runner.states.empty() && runner.states.back() == Stopped);
        }));
        QCOMPARE(runner.script->alive.load(), 0);
    }

    void aNotifierThatThrowsDoesNoHarm() {
        auto script = std::make_shared<FakeScript>();
        SessionCore core(fakeTrainers(script), [] { throw 1; });
        core.post(StartCommand{SessionRunner::config(5), false});
        while (core.turn()) {
        }
        QCOMPARE(core.outbox().status().state, Stopped);
        QVERIFY(core.outbox().status().state != Running);
    }
};

QTEST_APPLESS_MAIN(TestSessionFaults)
#include "tst_session_faults.moc"
