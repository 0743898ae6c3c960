// The state machine, once turn by turn and once on a thread: what a user does in which order.

#include <QTest>

#include "tests/engine/session/session_runner.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

using States = std::vector<SessionState>;
using enum SessionState;

} // namespace

class TestSessionStates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsToItsTarget_data() { bothWays(); }
    void runsToItsTarget() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.start(SessionRunner::config(25));
        QVERIFY(runner.untilState(Stopped));
        QVERIFY((runner.states == States{Preparing, Running, Stopping, Stopped}));
        QCOMPARE(runner.script->stepsTaken.load(), 25);
        QCOMPARE(runner.script->saves.load(), 1);
        QCOMPARE(runner.script->previewsSaved.load(), 1);
        QCOMPARE(runner.script->finished.load(), 1);
        QCOMPARE(runner.script->alive.load(), 0);
        QCOMPARE(runner.script->state.load(), fakeStateAfter(25));
        const auto saved = runner.all<CheckpointSaved>();
        QCOMPARE(saved.size(), std::size_t(1));
        QCOMPARE(saved[0].step, 25);
        const SessionStatus status = runner.core.outbox().status();
        QCOMPARE(status.step, 25);
        QCOMPARE(status.device, std::string("fake device"));
        QVERIFY(runner.core.outbox().liveModel() != nullptr);
    }

    void pauseHoldsAndResumeGoesOn_data() { bothWays(); }
    void pauseHoldsAndResumeGoesOn() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->onStep = [&](std::int64_t step, const TrainerContext&) {
            if (step == 5) {
                runner.core.post(PauseCommand{});
            }
        };
        runner.start(SessionRunner::config(10));
        QVERIFY(runner.untilState(Paused));
        // Another command passes through the loop; no step does.
        runner.core.post(SetParameterCommand{"learningRate", "0.002"});
        QVERIFY(runner.untilEvents<ParameterChanged>());
        QCOMPARE(runner.script->stepsTaken.load(), 5);
        QCOMPARE(runner.all<ParameterChanged>()[0].step, 5);
        QCOMPARE(runner.all<ParameterChanged>()[0].oldText, std::string("0.001"));
        runner.core.post(ResumeCommand{});
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->stepsTaken.load(), 10);
        QVERIFY((runner.states == States{Preparing, Running, Paused, Running, Stopping, Stopped}));
    }

    void pausesAndSingleStepsChangeNothing_data() { bothWays(); }
    void pausesAndSingleStepsChangeNothing() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->onStep = [&](std::int64_t step, const TrainerContext&) {
            if (step % 7 == 0) {
                runner.core.post(PauseCommand{});
                runner.core.post(StepCommand{});
                runner.core.post(SaveCommand{});
                runner.core.post(ResumeCommand{});
            }
        };
        runner.start(SessionRunner::config(100));
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->stepsTaken.load(), 100);
        QCOMPARE(runner.script->state.load(), fakeStateAfter(100));
    }

    void resumedRunEqualsUninterruptedOne_data() { bothWays(); }
    void resumedRunEqualsUninterruptedOne() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.start(SessionRunner::config(30));
        QVERIFY(runner.untilState(Stopped));
        RunConfig config = SessionRunner::config(50);
        config.resume = true;
        runner.start(config);
        QVERIFY(
            runner.until([&] { return runner.script->finished == 2 && runner.states.back() == Stopped; }));
        QCOMPARE(runner.script->stepsTaken.load(), 50);
        QCOMPARE(runner.script->state.load(), fakeStateAfter(50));
    }

    void startsPausedAndStepsSingly_data() { bothWays(); }
    void startsPausedAndStepsSingly() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.start(SessionRunner::config(0), true);
        QVERIFY(runner.untilState(Paused));
        QVERIFY((runner.states == States{Preparing, Paused}));
        runner.core.post(StepCommand{});
        runner.core.post(StepCommand{"E"});
        runner.core.post(StepCommand{"G"});
        const CommandId wrong = runner.core.post(StepCommand{"X"});
        runner.core.post(StepCommand{});
        QVERIFY(runner.untilEvents<StateChanged>(6)); // each single step says Paused again
        QCOMPARE(runner.script->stepsTaken.load(), 2);
        QVERIFY((runner.script->parts() == std::vector<std::string>{"E", "G"}));
        const auto rejected = runner.all<CommandRejected>();
        QCOMPARE(rejected.size(), std::size_t(1));
        QCOMPARE(rejected[0].id, wrong);
        QVERIFY(rejected[0].reason.find("E and G") != std::string::npos);
    }

    void illegalCommandsAreAnswered_data() {
        QTest::addColumn<bool>("threaded");
        QTest::addColumn<int>("state");
        for (const bool threaded : {false, true}) {
            for (const auto state : {SessionState::Idle, Running, Paused, Stopped, SessionState::Failed}) {
                QTest::addRow("%s, %s", toText(state), threaded ? "thread" : "turns")
                    << threaded << int(state);
            }
        }
    }
    void illegalCommandsAreAnswered() {
        QFETCH(bool, threaded);
        QFETCH(int, state);
        const auto wanted = static_cast<SessionState>(state);
        SessionRunner runner(threaded);
        const std::vector<CommandBody> commands = {
            StartCommand{},     PauseCommand{}, ResumeCommand{},
            StepCommand{},      SaveCommand{},  SetParameterCommand{"learningRate", "1"},
            SetTargetCommand{5}};
        std::vector<CommandId> expected;
        const auto postIllegalOnes = [&] {
            for (const CommandBody& command : commands) {
                if (!whyIllegal(wanted, command).empty()) {
                    expected.push_back(runner.core.post(command));
                }
            }
        };
        if (wanted == SessionState::Failed) {
            runner.script->onStep = [](std::int64_t, const TrainerContext&) { throw 1; };
        } else if (wanted == Running) {
            runner.script->onStep = [&](std::int64_t step, const TrainerContext&) {
                if (step == 1) {
                    postIllegalOnes();
                }
            };
        }
        if (wanted != SessionState::Idle) {
            runner.start(SessionRunner::config(3), wanted == Paused);
            QVERIFY(runner.untilState(wanted == Running ? Stopped : wanted));
        }
        if (wanted != Running) {
            postIllegalOnes();
        }
        QVERIFY(!expected.empty());
        QVERIFY(runner.untilEvents<CommandRejected>(expected.size()));
        const auto rejected = runner.all<CommandRejected>();
        QCOMPARE(rejected.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(rejected[i].id, expected[i]);
            QVERIFY(!rejected[i].command.empty());
            QVERIFY(!rejected[i].reason.empty());
        }
    }

    void badParameterIsRejectedAndTrainingGoesOn_data() { bothWays(); }
    void badParameterIsRejectedAndTrainingGoesOn() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->onStep = [&](std::int64_t step, const TrainerContext&) {
            if (step == 2) {
                runner.core.post(SetParameterCommand{"nonsense", "1"});
            }
        };
        runner.start(SessionRunner::config(5));
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.all<CommandRejected>().size(), std::size_t(1));
        QCOMPARE(runner.script->stepsTaken.load(), 5);
    }

    void targetCanBeMoved_data() { bothWays(); }
    void targetCanBeMoved() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->onStep = [&](std::int64_t step, const TrainerContext&) {
            if (step == 3) {
                runner.core.post(SetTargetCommand{2}); // behind: rejected
                runner.core.post(SetTargetCommand{8});
            }
        };
        runner.start(SessionRunner::config(5));
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->stepsTaken.load(), 8);
        QCOMPARE(runner.all<CommandRejected>().size(), std::size_t(1));
    }

    void commandsPostedDuringPreparingWaitForTheirTurn_data() { bothWays(); }
    void commandsPostedDuringPreparingWaitForTheirTurn() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.script->onPrepare = [&](const RunConfig&, const TrainerContext&) {
            runner.core.post(PauseCommand{});
        };
        runner.start(SessionRunner::config(5));
        QVERIFY(runner.untilState(Paused));
        QCOMPARE(runner.script->stepsTaken.load(), 0);
        QVERIFY(runner.all<CommandRejected>().empty());
    }

    void stopOvertakesWaitingCommands_data() { bothWays(); }
    void stopOvertakesWaitingCommands() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        std::vector<CommandId> overtaken;
        runner.script->onStep = [&](std::int64_t step, const TrainerContext&) {
            if (step == 4) {
                overtaken.push_back(runner.core.post(PauseCommand{}));
                overtaken.push_back(runner.core.post(SaveCommand{}));
                runner.core.requestStop(false);
                runner.start(SessionRunner::config(2)); // after the stop: belongs to the next run
            }
        };
        runner.start(SessionRunner::config(0));
        QVERIFY(runner.until(
            [&] { return std::count(runner.states.begin(), runner.states.end(), Stopped) == 2; }));
        QVERIFY((runner.states ==
                 States{Preparing, Running, Stopping, Stopped, Preparing, Running, Stopping, Stopped}));
        const auto rejected = runner.all<CommandRejected>();
        QCOMPARE(rejected.size(), std::size_t(2));
        QCOMPARE(rejected[0].id, overtaken[0]);
        QCOMPARE(rejected[1].id, overtaken[1]);
        QCOMPARE(runner.script->saves.load(), 1); // the second run's
    }

    void stopWithNothingRunningIsAnswered_data() { bothWays(); }
    void stopWithNothingRunningIsAnswered() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.core.requestStop(true);
        QVERIFY(runner.untilEvents<CommandRejected>());
        QCOMPARE(runner.all<CommandRejected>()[0].command, std::string("requestStop"));
    }

    void stopSavesOnlyWhatChanged_data() { bothWays(); }
    void stopSavesOnlyWhatChanged() {
        QFETCH(bool, threaded);
        SessionRunner runner(threaded);
        runner.start(SessionRunner::config(0), true);
        QVERIFY(runner.untilState(Paused));
        runner.core.requestStop(true);
        QVERIFY(runner.untilState(Stopped));
        QCOMPARE(runner.script->saves.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestSessionStates)
#include "tst_session_states.moc"
