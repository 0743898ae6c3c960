#pragma once
// Runs a SessionCore either turn by turn on the test's thread or on a thread of its own, so that one suite
// proves both. Collects what comes out.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <QTest>

#include "engine/session/session_core.h"
#include "tests/support/fake_trainer.h"

namespace alphascope::tests {

/// The rows of a test that runs both ways; QFETCH(bool, threaded).
inline void bothWays() {
    QTest::addColumn<bool>("threaded");
    QTest::newRow("turn by turn") << false;
    QTest::newRow("on a thread") << true;
}

class SessionRunner {
public:
    explicit SessionRunner(bool threaded, engine::SessionOptions options = {})
        : script(std::make_shared<FakeScript>()),
          core(
              fakeTrainers(script), [this] { heard(); }, withClock(std::move(options))),
          threaded_(threaded) {
        if (threaded_) {
            thread_ = std::thread([this] { core.run(); });
        }
    }
    ~SessionRunner() {
        core.shutDown();
        if (threaded_) {
            thread_.join();
        } else {
            core.run();
        }
    }

    /// Lets the session work until `done`; false when it came to rest (or a minute passed) without.
    bool until(const std::function<bool()>& done) {
        if (!threaded_) {
            do {
                collect();
                if (done()) {
                    return true;
                }
            } while (core.turn());
            collect();
            return done();
        }
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        for (;;) {
            collect();
            if (done()) {
                return true;
            }
            std::unique_lock lock(mutex_);
            if (!changed_.wait_until(lock, deadline, [this] { return heard_; })) {
                return false;
            }
            heard_ = false;
        }
    }
    bool untilState(engine::SessionState state) {
        return until([&] { return !states.empty() && states.back() == state; });
    }
    /// Until `count` events of kind E have come.
    template <typename E>
    bool untilEvents(std::size_t count = 1) {
        return until([&] { return all<E>().size() >= count; });
    }

    template <typename E>
    std::vector<E> all() const {
        std::vector<E> found;
        for (const engine::SessionEvent& event : events) {
            if (const E* one = std::get_if<E>(&event)) {
                found.push_back(*one);
            }
        }
        return found;
    }

    static engine::RunConfig config(std::int64_t steps, std::int64_t checkpointEvery = 0) {
        engine::RunConfig config;
        config.steps = steps;
        config.checkpointEvery = checkpointEvery;
        return config;
    }
    engine::CommandId start(const engine::RunConfig& config, bool paused = false) {
        return core.post(engine::StartCommand{config, paused});
    }

    std::shared_ptr<FakeScript> script;
    engine::SessionCore core;
    std::vector<engine::SessionEvent> events;
    std::vector<engine::SessionState> states;
    std::vector<engine::MetricPoint> metrics;

private:
    engine::SessionOptions withClock(engine::SessionOptions options) {
        options.clock = script->clock.clock();
        return options;
    }
    void heard() {
        {
            const std::lock_guard lock(mutex_);
            heard_ = true;
        }
        changed_.notify_all();
    }
    void collect() {
        for (engine::SessionEvent& event : core.outbox().takeEvents()) {
            if (const auto* changed = std::get_if<engine::StateChanged>(&event)) {
                states.push_back(changed->state);
            }
            events.push_back(std::move(event));
        }
        for (engine::MetricPoint& point : core.outbox().takeMetrics()) {
            metrics.push_back(std::move(point));
        }
    }

    bool threaded_;
    std::thread thread_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool heard_ = false;
};

} // namespace alphascope::tests
