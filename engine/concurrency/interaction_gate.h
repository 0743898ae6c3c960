#pragma once
// Right of way: training gives way between two pieces of work while someone waits for a picture.
//
// The explorer (or whoever asks it) holds a Claim from the moment a request waits until it is answered; the
// training loop calls yieldIfWanted() between sub-steps and waits there, at most `maxWait`. With no claim
// this is one atomic read. Training is never held up for longer than the bound at one place, so a steady drag
// slows it but cannot stop it.
//
// Threads: every method from any thread. Claims may be released on another thread than they were made on, and
// may outlive nothing but the gate: hold the gate by shared_ptr.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace alphascope::engine {

class InteractionGate {
public:
    /// A request has come that should be answered before training goes on. Pair each with one finished().
    void announce();
    void finished();
    bool wanted() const { return waiting_.load(std::memory_order_acquire) > 0; }

    /// True when it waited. Returns at once when nothing is wanted, and as soon as nothing is any more.
    bool yieldIfWanted(std::chrono::milliseconds maxWait);

    /// Time that training has spent giving way since construction.
    std::chrono::nanoseconds yielded() const {
        return std::chrono::nanoseconds(yielded_.load(std::memory_order_relaxed));
    }

    /// announce() and finished() as one object; keeps the gate alive.
    class Claim {
    public:
        Claim() = default;
        explicit Claim(std::shared_ptr<InteractionGate> gate) : gate_(std::move(gate)) {
            if (gate_) {
                gate_->announce();
            }
        }
        ~Claim() { release(); }
        Claim(Claim&& other) noexcept : gate_(std::move(other.gate_)) {}
        Claim& operator=(Claim&& other) noexcept {
            if (this != &other) {
                release();
                gate_ = std::move(other.gate_);
            }
            return *this;
        }
        void release() {
            if (const auto gate = std::exchange(gate_, nullptr)) {
                gate->finished();
            }
        }

    private:
        std::shared_ptr<InteractionGate> gate_;
    };

private:
    std::atomic<int> waiting_{0};
    std::atomic<std::int64_t> yielded_{0};
    std::mutex mutex_;
    std::condition_variable clear_;
};

} // namespace alphascope::engine
