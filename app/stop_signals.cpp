#include "app/stop_signals.h"

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>

#include <unistd.h>

namespace alphascope::app {

namespace {

constexpr std::array stopping{SIGINT, SIGTERM, SIGHUP};
constexpr int interruptedCode = 130;

std::atomic<const WakePipe*> sleeper{nullptr};
std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<const WakePipe*>::is_always_lock_free);

std::array<struct sigaction, stopping.size()> before;

void onSignal(int) {
    if (received.fetch_add(1) > 0) {
        _exit(interruptedCode);
    }
    if (const WakePipe* place = sleeper.load()) {
        place->wake();
    }
}

} // namespace

StopSignals::StopSignals(const WakePipe& wake) {
    received = 0;
    sleeper = &wake;
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < stopping.size(); ++i) {
        sigaction(stopping[i], nullptr, &before[i]);
        // nohup asks to outlive the terminal. (Scripts ignore SIGINT for jobs they start with '&'; someone
        // who sends it all the same means it.)
        if (stopping[i] != SIGHUP || before[i].sa_handler != SIG_IGN) {
            sigaction(stopping[i], &action, nullptr);
        }
    }
}

StopSignals::~StopSignals() {
    for (std::size_t i = 0; i < stopping.size(); ++i) {
        sigaction(stopping[i], &before[i], nullptr);
    }
    sleeper = nullptr;
}

bool StopSignals::requested() const {
    return received.load() > 0;
}

} // namespace alphascope::app
