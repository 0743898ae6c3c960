// Queue, mailbox, buffer, notifier, gate and loop: each alone, and between two threads.

#include <QTest>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "engine/concurrency/command_queue.h"
#include "engine/concurrency/core_thread.h"
#include "engine/concurrency/interaction_gate.h"
#include "engine/concurrency/lossless_buffer.h"
#include "engine/concurrency/mailbox.h"
#include "engine/concurrency/notifier.h"
#include "engine/concurrency/work_loop.h"

using namespace alphascope::engine;
using namespace std::chrono_literals;

namespace {

/// Doubles numbers.
class Doubler : public WorkLoop {
public:
    using WorkLoop::WorkLoop;
    void ask(int number) {
        submit([&] { orders_.push_back(number); });
    }
    std::vector<int> takeAnswers() { return taken(answers_); }
    bool turn() override {
        {
            const std::lock_guard lock(mutex_);
            if (orders_.empty()) {
                return false;
            }
            answers_.push_back(2 * orders_.front());
            orders_.erase(orders_.begin());
        }
        notifier_.announce();
        return true;
    }

protected:
    bool somethingWaits() const override { return !orders_.empty(); }

private:
    std::vector<int> orders_;
    std::vector<int> answers_;
};

} // namespace

class TestConcurrency : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void queueKeepsOrderAndBound() {
        CommandQueue<int> queue(3);
        QVERIFY(queue.post(1) && queue.post(2) && queue.post(3));
        QVERIFY(!queue.post(4));
        QCOMPARE(queue.take().value(), 1);
        QVERIFY(queue.post(5));
        QCOMPARE(queue.take().value(), 2);
        QCOMPARE(queue.take().value(), 3);
        QCOMPARE(queue.take().value(), 5);
        QVERIFY(!queue.take());
    }

    void stopJumpsTheQueue() {
        CommandQueue<int> queue(10);
        queue.post(1);
        queue.post(2);
        queue.requestStop(true);
        queue.post(3);
        QVERIFY(queue.stopFlag().requested());
        QVERIFY(!queue.discardRequested());
        const auto stop = queue.takeStop();
        QVERIFY(stop && stop->save);
        QVERIFY((stop->overtaken == std::vector<int>{1, 2}));
        QVERIFY(!queue.stopFlag().requested());
        QCOMPARE(queue.take().value(), 3);
        QVERIFY(!queue.takeStop());
    }

    void theLaterStopDecides() {
        CommandQueue<int> queue(10);
        queue.requestStop(true);
        queue.requestStop(false);
        QVERIFY(queue.discardRequested());
        QVERIFY(!queue.takeStop()->save);
        QVERIFY(!queue.discardRequested());
    }

    void closedQueueEndsTheWorker() {
        CommandQueue<int> queue(10);
        queue.post(1);
        queue.close();
        QVERIFY(!queue.post(2));
        QVERIFY(queue.wait()); // one is left
        QCOMPARE(queue.take().value(), 1);
        QVERIFY(!queue.wait());
        QVERIFY(queue.waitUntilIdle(-1ms, [] { return false; }));
    }

    void queueBetweenThreads() {
        constexpr int count = 20'000;
        CommandQueue<int> queue(64);
        std::vector<int> got;
        std::thread worker([&] {
            for (;;) {
                while (const auto command = queue.take()) {
                    got.push_back(*command);
                }
                if (!queue.wait()) {
                    return;
                }
            }
        });
        for (int i = 0; i < count; ++i) {
            while (!queue.post(i)) {
                std::this_thread::yield();
            }
        }
        QVERIFY(queue.waitUntilIdle(-1ms, [] { return true; }));
        queue.close();
        worker.join();
        QCOMPARE(got.size(), std::size_t(count));
        QVERIFY(std::is_sorted(got.begin(), got.end()));
    }

    void mailboxHoldsTheLatest() {
        Mailbox<int> box;
        QVERIFY(box.empty());
        QVERIFY(box.put(1));
        QVERIFY(!box.put(2));
        QCOMPARE(box.take().value(), 2);
        QVERIFY(!box.take());
        QVERIFY(box.empty());
        QVERIFY(box.put(3));
    }

    void mailboxLetsReplacedValuesGo() {
        Mailbox<std::shared_ptr<int>> box;
        auto first = std::make_shared<int>(1);
        const std::weak_ptr<int> watched = first;
        box.put(std::move(first));
        box.put(std::make_shared<int>(2));
        QVERIFY(watched.expired());
    }

    void bufferLosesNothingForAReaderWhoComes() {
        LosslessBuffer<int> buffer(100);
        std::vector<int> got;
        for (int i = 0; i < 1000; ++i) {
            buffer.push(i);
            if (i % 99 == 0) {
                const auto some = buffer.takeAll();
                got.insert(got.end(), some.begin(), some.end());
            }
        }
        const auto rest = buffer.takeAll();
        got.insert(got.end(), rest.begin(), rest.end());
        QCOMPARE(got.size(), std::size_t(1000));
        QVERIFY(std::is_sorted(got.begin(), got.end()));
        QCOMPARE(buffer.thinned(), std::uint64_t(0));
    }

    void unreadBufferIsThinnedFromTheOldEnd() {
        LosslessBuffer<int> buffer(100);
        constexpr int count = 100'000;
        for (int i = 0; i < count; ++i) {
            buffer.push(i);
        }
        const std::uint64_t thinned = buffer.thinned();
        const auto left = buffer.takeAll();
        QVERIFY(left.size() <= 100);
        QCOMPARE(std::uint64_t(left.size()) + thinned, std::uint64_t(count));
        QVERIFY(std::is_sorted(left.begin(), left.end()));
        QCOMPARE(left.front(), 0); // the beginning of the course stays
        QCOMPARE(left.back(), count - 1);
        QCOMPARE(left[left.size() - 10], count - 10); // the newest are complete
    }

    void bufferBetweenThreads() {
        constexpr int count = 50'000;
        LosslessBuffer<int> buffer(std::size_t(count) + 1);
        std::thread writer([&] {
            for (int i = 0; i < count; ++i) {
                buffer.push(i);
            }
        });
        std::vector<int> got;
        while (got.size() < std::size_t(count)) {
            const auto some = buffer.takeAll();
            got.insert(got.end(), some.begin(), some.end());
        }
        writer.join();
        QVERIFY(std::is_sorted(got.begin(), got.end()));
    }

    void notifierRingsOnceUntilAcknowledged() {
        int rings = 0;
        Notifier notifier([&] { ++rings; });
        for (int i = 0; i < 10'000; ++i) {
            notifier.announce();
        }
        QCOMPARE(rings, 1);
        notifier.acknowledge();
        notifier.announce();
        QCOMPARE(rings, 2);
        notifier.silence();
        notifier.acknowledge();
        notifier.announce();
        QCOMPARE(rings, 2);
    }

    void notifierLosesNoWakeUp() {
        // The reader comes only when it was rung for; every value must reach it all the same.
        constexpr int count = 20'000;
        std::mutex mutex;
        std::condition_variable changed;
        int rings = 0;
        Notifier notifier([&] {
            {
                const std::lock_guard lock(mutex);
                ++rings;
            }
            changed.notify_one();
        });
        LosslessBuffer<int> buffer(std::size_t(count) + 1);
        std::thread writer([&] {
            for (int i = 0; i < count; ++i) {
                buffer.push(i);
                notifier.announce();
            }
        });
        std::size_t got = 0;
        int seen = 0;
        bool heard = true;
        while (heard && got < std::size_t(count)) {
            {
                std::unique_lock lock(mutex);
                heard = changed.wait_for(lock, std::chrono::minutes(1), [&] { return rings > seen; });
                seen = rings;
            }
            notifier.acknowledge();
            got += buffer.takeAll().size();
        }
        writer.join();
        QVERIFY(heard);
        QCOMPARE(got, std::size_t(count));
    }

    void gateIsOpenWhenNobodyWaits() {
        InteractionGate gate;
        QVERIFY(!gate.wanted());
        QVERIFY(!gate.yieldIfWanted(std::chrono::hours(1)));
        QCOMPARE(gate.yielded().count(), 0);
    }

    void gateBoundsTheWait() {
        InteractionGate gate;
        gate.announce();
        QVERIFY(gate.yieldIfWanted(1ms));
        QVERIFY(gate.wanted());
        QVERIFY(gate.yielded().count() > 0);
        gate.finished();
        QVERIFY(!gate.yieldIfWanted(std::chrono::hours(1)));
    }

    void gateOpensWhenTheLastRequestIsAnswered() {
        auto gate = std::make_shared<InteractionGate>();
        for (int round = 0; round < 200; ++round) {
            InteractionGate::Claim first(gate);
            InteractionGate::Claim second(gate);
            std::atomic<bool> answered{false};
            std::thread explorer([&] {
                first.release();
                answered = true;
                second.release();
            });
            const bool waited = gate->yieldIfWanted(std::chrono::hours(1));
            QVERIFY(!waited || answered);
            QVERIFY(!gate->wanted() || !waited);
            explorer.join();
            QVERIFY(!gate->wanted());
        }
    }

    void claimsMoveAndReleaseOnce() {
        auto gate = std::make_shared<InteractionGate>();
        {
            InteractionGate::Claim claim(gate);
            InteractionGate::Claim other(std::move(claim));
            InteractionGate::Claim empty;
            empty = std::move(other);
            QVERIFY(gate->wanted());
            empty = InteractionGate::Claim(gate);
            QVERIFY(gate->wanted());
            empty.release();
            QVERIFY(!gate->wanted());
        }
        QVERIFY(!gate->wanted());
    }

    void aLoopDoesAllThatIsOrderedAndEnds() {
        std::atomic<int> rings{0};
        Doubler doubler([&] { ++rings; });
        std::thread worker([&] { doubler.run(); });
        std::vector<int> answers;
        for (int i = 0; i < 1000; ++i) {
            doubler.ask(i);
            if (i % 100 == 99) { // it has gone to sleep meanwhile, now and then
                while (answers.size() < std::size_t(i + 1)) {
                    const std::vector<int> some = doubler.takeAnswers();
                    answers.insert(answers.end(), some.begin(), some.end());
                    std::this_thread::yield();
                }
            }
        }
        for (int i = 0; i < 1000; ++i) {
            QCOMPARE(answers[std::size_t(i)], 2 * i);
        }
        QVERIFY(rings > 0);
        doubler.shutDown();
        worker.join(); // it returns
        const int before = rings;
        doubler.ask(1);
        QVERIFY(doubler.turn());
        QCOMPARE(rings.load(), before); // and nobody is told any more
    }

    void aCoreRunsAsLongAsItsThreadStands() {
        std::vector<int> answers;
        {
            CoreThread<Doubler> doubler(std::function<void()>{});
            doubler.core.ask(21);
            while (answers.empty()) {
                answers = doubler.core.takeAnswers();
                std::this_thread::yield();
            }
        } // joins: were the loop not told to end, this would hang
        QCOMPARE(answers, std::vector<int>{42});
    }
};

QTEST_APPLESS_MAIN(TestConcurrency)
#include "tst_concurrency.moc"
