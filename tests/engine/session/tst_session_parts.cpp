// The small parts of the session: which command is legal when, the rate of steps, the pacing of dear work,
// errors.

#include <QTest>

#include <new>
#include <stdexcept>

#include "engine/session/command.h"
#include "engine/session/failure.h"
#include "engine/session/pacer.h"
#include "engine/session/rate_meter.h"

using namespace alphascope::engine;
using namespace std::chrono_literals;

namespace {

CommandBody commandCalled(const QString& name) {
    const std::vector<CommandBody> all = {StartCommand{},    PauseCommand{}, ResumeCommand{},
                                          StepCommand{},     SaveCommand{},  SetParameterCommand{},
                                          SetTargetCommand{}};
    for (const CommandBody& command : all) {
        if (commandName(command) == name.toStdString()) {
            return command;
        }
    }
    throw std::invalid_argument("no such command");
}

TimePoint at(std::chrono::milliseconds time) {
    return TimePoint(time);
}

} // namespace

class TestSessionParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void legalInExactlyTheseStates_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>(
            "legal"); // first letters of: Idle Preparing Running pAused stopping(S) stopped(T) Failed
        QTest::newRow("start") << "start"
                               << "ITF";
        QTest::newRow("pause") << "pause"
                               << "PR";
        QTest::newRow("resume") << "resume"
                                << "PA";
        QTest::newRow("stepOnce") << "stepOnce"
                                  << "PA";
        QTest::newRow("saveCheckpoint") << "saveCheckpoint"
                                        << "PRA";
        QTest::newRow("setParameter") << "setParameter"
                                      << "PRA";
        QTest::newRow("setTargetSteps") << "setTargetSteps"
                                        << "PRA";
    }
    void legalInExactlyTheseStates() {
        QFETCH(QString, command);
        QFETCH(QString, legal);
        const std::vector<std::pair<char, SessionState>> states = {
            {'I', SessionState::Idle},   {'P', SessionState::Preparing}, {'R', SessionState::Running},
            {'A', SessionState::Paused}, {'S', SessionState::Stopping},  {'T', SessionState::Stopped},
            {'F', SessionState::Failed},
        };
        for (const auto& [letter, state] : states) {
            const std::string reason = whyIllegal(state, commandCalled(command));
            QVERIFY2(reason.empty() == legal.contains(QLatin1Char(letter)), toText(state));
            QVERIFY2(reason.empty() || reason.back() == '.', reason.c_str());
        }
    }

    void badNumbersAreRefused() {
        RunConfig config;
        config.steps = -1;
        QVERIFY(!whyIllegal(SessionState::Idle, StartCommand{config, false}).empty());
        config.steps = 1;
        config.checkpointEvery = -1;
        QVERIFY(!whyIllegal(SessionState::Idle, StartCommand{config, false}).empty());
        config.checkpointEvery = 1;
        config.metricsEvery = -1;
        QVERIFY(!whyIllegal(SessionState::Idle, StartCommand{config, false}).empty());
        QVERIFY(!whyIllegal(SessionState::Running, SetTargetCommand{-1}).empty());
    }

    void rateIsUnknownAtFirst() {
        RateMeter rate;
        QCOMPARE(rate.stepsPerSecond(), 0.0);
        rate.resume(at(0ms), 100);
        QCOMPARE(rate.stepsPerSecond(), 0.0);
    }

    void rateFollowsTheLastSecond() {
        RateMeter rate;
        rate.resume(at(0ms), 0);
        std::int64_t step = 0;
        auto now = 0ms;
        for (int i = 0; i < 50; ++i) {
            rate.tick(at(now += 100ms), ++step);
        }
        QVERIFY(std::abs(rate.stepsPerSecond() - 10.0) < 0.01);
        for (int i = 0; i < 300; ++i) {
            rate.tick(at(now += 10ms), ++step);
        }
        QVERIFY(std::abs(rate.stepsPerSecond() - 100.0) < 0.01);
    }

    void rateOfStepsLongerThanTheWindow() {
        RateMeter rate;
        rate.resume(at(0ms), 0);
        rate.tick(at(4000ms), 1);
        QCOMPARE(rate.stepsPerSecond(), 0.25);
        rate.tick(at(8000ms), 2);
        QCOMPARE(rate.stepsPerSecond(), 0.25);
    }

    void pausesDoNotCountIntoTheRate() {
        RateMeter rate;
        rate.resume(at(0ms), 0);
        for (int i = 1; i <= 10; ++i) {
            rate.tick(at(i * 20ms), i);
        }
        rate.pause(at(200ms));
        QVERIFY(std::abs(rate.stepsPerSecond() - 50.0) < 1e-9);
        rate.resume(at(60'000ms), 25); // 15 single steps were taken meanwhile
        QVERIFY(std::abs(rate.stepsPerSecond() - 50.0) < 1e-9);
        for (int i = 1; i <= 10; ++i) {
            rate.tick(at(60'000ms + i * 20ms), 25 + i);
        }
        QVERIFY(std::abs(rate.stepsPerSecond() - 50.0) < 1e-9);
    }

    void pacerKeepsTheInterval() {
        Pacer pacer(500ms, 40);
        QVERIFY(pacer.due(at(0ms)));
        pacer.done(at(0ms), at(1ms));
        QVERIFY(!pacer.due(at(499ms)));
        QVERIFY(pacer.due(at(500ms)));
        pacer.reset();
        QVERIFY(pacer.due(at(1ms)));
    }

    void pacerSparesDearWork() {
        Pacer pacer(500ms, 40);
        pacer.done(at(0ms), at(100ms));
        QVERIFY(!pacer.due(at(3999ms)));
        QVERIFY(pacer.due(at(4000ms)));
    }

    void everyExceptionBecomesAnError_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<int>("kind");
        QTest::newRow("Error") << 0 << int(ErrorKind::BadInput);
        QTest::newRow("out of memory") << 1 << int(ErrorKind::TrainingFailed);
        QTest::newRow("std::exception") << 2 << int(ErrorKind::Internal);
        QTest::newRow("anything else") << 3 << int(ErrorKind::Internal);
    }
    void everyExceptionBecomesAnError() {
        QFETCH(int, which);
        QFETCH(int, kind);
        try {
            switch (which) {
            case 0:
                throw Error(ErrorKind::BadInput, "bad", "hint");
            case 1:
                throw std::bad_alloc();
            case 2:
                throw std::runtime_error("first line\nback trace");
            default:
                throw 42;
            }
        } catch (...) {
            const Error error = currentError();
            QCOMPARE(int(error.kind()), kind);
            QVERIFY(std::string(error.what()).find("back trace") == std::string::npos);
            QVERIFY(!error.hint().empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestSessionParts)
#include "tst_session_parts.moc"
