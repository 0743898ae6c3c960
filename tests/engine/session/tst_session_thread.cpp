// TrainingSession itself: its thread, its destructor in every state, waiting for the end, several threads at
// once.

#include <QTest>

#include <atomic>
#include <thread>

#include "engine/session/session_factory.h"
#include "tests/support/barrier.h"
#include "tests/support/fake_trainer.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

RunConfig configOf(std::int64_t steps) {
    RunConfig config;
    config.steps = steps;
    config.checkpointEvery = 0;
    return config;
}

std::unique_ptr<TrainingSession> sessionOf(const std::shared_ptr<FakeScript>& script,
                                           std::function<void()> notify = {}) {
    return makeSession(fakeTrainers(script), std::move(notify));
}

void waitForStop(const TrainerContext& context) {
    while (!context.stop->requested()) {
        std::this_thread::yield();
    }
}

/// Waits for notifications without sleeping.
class Bell {
public:
    std::function<void()> notify() {
        return [this] {
            {
                const std::lock_guard lock(mutex_);
                ++rings_;
            }
            changed_.notify_all();
        };
    }
    bool until(const std::function<bool()>& done) {
        int seen = 0;
        while (!done()) {
            std::unique_lock lock(mutex_);
            if (!changed_.wait_for(lock, std::chrono::minutes(1), [&] { return rings_ > seen; })) {
                return false;
            }
            seen = rings_;
        }
        return true;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int rings_ = 0;
};

} // namespace

class TestSessionThread : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCommandReachesTheTrainer() {
        auto script = std::make_shared<FakeScript>();
        Bell bell;
        auto session = sessionOf(script, bell.notify());
        std::vector<SessionEvent> events;
        const auto collect = [&] {
            for (SessionEvent& event : session->takeEvents()) {
                events.push_back(std::move(event));
            }
        };
        const auto inState = [&](SessionState state) {
            return bell.until([&] {
                collect();
                return session->status().state == state;
            });
        };
        CommandId last = session->start(configOf(0), true);
        QVERIFY(inState(SessionState::Paused));
        const std::vector<CommandId> ids = {session->stepOnce(),
                                            session->stepOnce("E"),
                                            session->setParameter("learningRate", "0.5"),
                                            session->setTargetSteps(40),
                                            session->saveCheckpoint(),
                                            session->resume()};
        for (const CommandId id : ids) {
            QVERIFY(id > last);
            last = id;
        }
        QVERIFY(session->waitUntilFinished());
        collect();
        QCOMPARE(script->stepsTaken.load(), 40);
        QCOMPARE(script->saves.load(), 2);
        QVERIFY(std::none_of(events.begin(), events.end(), [](const SessionEvent& event) {
            return std::holds_alternative<CommandRejected>(event);
        }));
        QCOMPARE(session->takeMetrics().size(), std::size_t(40));
        QCOMPARE(session->takePreview()->step, 40);
        QVERIFY(session->liveModel());
        const CommandId late = session->pause();
        QVERIFY(session->waitUntilFinished());
        collect();
        QCOMPARE(std::get<CommandRejected>(events.back()).id, late);
    }

    void destructorJoinsInEveryState_data() {
        QTest::addColumn<int>("state");
        for (const auto state :
             {SessionState::Idle, SessionState::Preparing, SessionState::Running, SessionState::Paused,
              SessionState::Stopping, SessionState::Stopped, SessionState::Failed}) {
            QTest::newRow(toText(state)) << int(state);
        }
    }
    void destructorJoinsInEveryState() {
        QFETCH(int, state);
        const auto wanted = static_cast<SessionState>(state);
        auto script = std::make_shared<FakeScript>();
        Bell bell;
        Gate preparing;
        Gate saving;
        if (wanted == SessionState::Preparing) {
            script->onPrepare = [&](const RunConfig&, const TrainerContext& context) {
                preparing.open();
                waitForStop(context);
                throw Error(ErrorKind::Interrupted, "Stopped.");
            };
        } else if (wanted == SessionState::Failed) {
            script->onStep = [](std::int64_t, const TrainerContext&) { throw 1; };
        } else if (wanted == SessionState::Stopping) {
            script->onSave = [&] { saving.open(); };
        }
        auto session = sessionOf(script, bell.notify());
        if (wanted != SessionState::Idle) {
            const bool finite = wanted == SessionState::Stopped || wanted == SessionState::Stopping;
            session->start(configOf(finite ? 3 : 0), wanted == SessionState::Paused);
        }
        switch (wanted) {
        case SessionState::Idle:
            break;
        case SessionState::Preparing:
            QVERIFY(preparing.pass());
            break;
        case SessionState::Stopping:
            QVERIFY(saving.pass());
            break;
        default:
            QVERIFY(bell.until([&] {
                session->takeEvents();
                return session->status().state == wanted;
            }));
        }
        session.reset();
        QCOMPARE(script->alive.load(), 0);
    }

    void nothingIsNotifiedAfterTheDestructor() {
        auto script = std::make_shared<FakeScript>();
        std::atomic<bool> gone{false};
        std::atomic<int> late{0};
        for (int i = 0; i < 50; ++i) {
            gone = false;
            auto session = sessionOf(script, [&] { late += gone ? 1 : 0; });
            session->start(configOf(0));
            session->takeEvents();
            session.reset();
            gone = true;
        }
        QCOMPARE(late.load(), 0);
        QCOMPARE(script->alive.load(), 0);
    }

    void stopWaitsForNoLongerThanTheTrainer() {
        auto script = std::make_shared<FakeScript>();
        Gate inStep;
        script->onStep = [&](std::int64_t, const TrainerContext& context) {
            inStep.open();
            waitForStop(context);
        };
        auto session = sessionOf(script);
        session->start(configOf(0));
        QVERIFY(inStep.pass());
        session->requestStop(true);
        QVERIFY(session->waitUntilFinished(60'000));
        QCOMPARE(session->status().state, SessionState::Stopped);
        QCOMPARE(script->stepsTaken.load(), 1);
        QCOMPARE(script->savedStep.load(), 1);
    }

    void waitingHasALimit() {
        auto script = std::make_shared<FakeScript>();
        auto session = sessionOf(script);
        QVERIFY(session->waitUntilFinished(60'000)); // idle
        session->start(configOf(0));
        QVERIFY(!session->waitUntilFinished(1));
        session->requestStop(false);
        QVERIFY(session->waitUntilFinished(60'000));
    }

    void waitingSeesAStartThatIsStillQueued() {
        auto script = std::make_shared<FakeScript>();
        auto session = sessionOf(script);
        for (int run = 1; run <= 100; ++run) {
            session->start(configOf(2));
            QVERIFY(session->waitUntilFinished(60'000));
            QCOMPARE(script->stepsTaken.load(), 2 * run);
        }
    }

    void aReaderOnAnotherThreadLosesNothing() {
        auto script = std::make_shared<FakeScript>();
        script->onStep = [](std::int64_t step, const TrainerContext& context) {
            context.warn({std::to_string(step), {}});
        };
        Bell bell;
        auto session = sessionOf(script, bell.notify());
        session->start(configOf(3000));
        std::int64_t nextWarning = 1;
        std::int64_t nextPoint = 1;
        std::int64_t lastPreview = -1;
        bool ordered = true;
        QVERIFY(bell.until([&] {
            bool stopped = false;
            for (const SessionEvent& event : session->takeEvents()) {
                if (const auto* warning = std::get_if<SessionWarning>(&event)) {
                    ordered = ordered && warning->message == std::to_string(nextWarning++);
                } else if (const auto* changed = std::get_if<StateChanged>(&event)) {
                    stopped = changed->state == SessionState::Stopped;
                }
            }
            for (const MetricPoint& point : session->takeMetrics()) {
                ordered = ordered && point.step == nextPoint++;
            }
            if (const auto preview = session->takePreview()) {
                ordered = ordered && preview->step > lastPreview;
                lastPreview = preview->step;
            }
            return stopped;
        }));
        QVERIFY(ordered);
        QCOMPARE(nextWarning, 3001);
        QCOMPARE(nextPoint, 3001);
        QCOMPARE(lastPreview, 3000);
    }
};

QTEST_APPLESS_MAIN(TestSessionThread)
#include "tst_session_thread.moc"
