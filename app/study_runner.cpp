#include "app/study_runner.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <deque>
#include <memory>

#include <fmt/format.h>

#include "app/child_process.h"
#include "app/describe.h"
#include "app/run_verb.h"
#include "app/standard_output.h"
#include "app/stop_signals.h"
#include "app/study_words.h"
#include "app/wake_pipe.h"
#include "engine/api/doctor.h"
#include "engine/api/error.h"

namespace alphascope::app {

namespace {

using engine::Error;
using engine::ErrorKind;
using engine::TrialRow;
using engine::TrialState;

constexpr int lookEvery = 100; // milliseconds

/// The kind whose exit code it is.
ErrorKind kindOf(int code) {
    for (const ErrorKind kind :
         {ErrorKind::Usage, ErrorKind::BadInput, ErrorKind::InputOutput, ErrorKind::Interrupted}) {
        if (engine::exitCode(kind) == code) {
            return kind;
        }
    }
    return ErrorKind::TrainingFailed;
}

class StudyRunner {
public:
    StudyRunner(const engine::StudyPlan& plan, const RunnerOrder& order)
        : plan_(plan), order_(order), cores_(engine::usableCores()), signals_(pipe_) {
        const int threads = order.threads > 0 ? order.threads : plan.study().threads;
        const int fitting = threads > 0 ? std::max(1, cores_ / threads) : 1;
        places_.resize(static_cast<std::size_t>(order.jobs > 0 ? order.jobs : fitting));
    }

    void run() {
        for (std::size_t i = 0; i < plan_.size(); ++i) {
            if (isLeft(engine::readTrial(order_.study, plan_, i))) {
                waiting_.push_back(i);
            }
        }
        over_ = plan_.size() - waiting_.size();
        fmt::print(stderr, "{}: {} of {} trials are over; {} at once (Ctrl+C saves and stops)\n",
                   plan_.study().name, over_, plan_.size(), places_.size());
        while (!isIdle() || (!waiting_.empty() && !isStopping())) {
            startTrials();
            pipe_.wait(lookEvery);
            obeySignals();
            for (Place& place : places_) {
                if (place.child) {
                    look(place);
                }
            }
        }
        conclude();
    }

private:
    struct Place {
        std::unique_ptr<ChildProcess> child;
        std::size_t trial = 0;
    };

    bool isStopping() const { return signals_.requested() || failure_; }
    bool isIdle() const {
        return std::all_of(places_.begin(), places_.end(), [](const Place& place) { return !place.child; });
    }

    bool isLeft(const TrialRow& row) const {
        return row.state < TrialState::Done || (order_.retry && row.state != TrialState::Done);
    }

    void startTrials() {
        for (std::size_t slot = 0; slot < places_.size(); ++slot) {
            while (!places_[slot].child && !waiting_.empty() && !isStopping()) {
                const std::size_t trial = waiting_.front();
                waiting_.pop_front();
                const TrialRow row = engine::readTrial(order_.study, plan_, trial);
                if (row.state == TrialState::Running) {
                    ++elsewhere_;
                } else if (isLeft(row)) { // else another process was faster
                    start(slot, trial);
                }
            }
        }
    }

    void start(std::size_t slot, std::size_t trial) {
        int threads = order_.threads > 0 ? order_.threads : plan_.study().threads;
        if (threads == 0) {
            threads = threadShare(cores_, static_cast<int>(places_.size()), static_cast<int>(slot));
        }
        std::vector<std::string> words{"study",
                                       "run",
                                       order_.study,
                                       "--trial",
                                       fmt::to_string(trial),
                                       "--threads",
                                       fmt::to_string(threads)};
        if (order_.retry) {
            words.emplace_back("--retry");
        }
        places_[slot].trial = trial;
        try {
            places_[slot].child = std::make_unique<ChildProcess>(words);
        } catch (const Error& error) {
            stopFor(error);
        }
    }

    void obeySignals() {
        if (signals_.requested() && !told_) {
            told_ = true;
            fmt::print(stderr, "Saving and stopping; once more leaves at once.\n");
        }
        if (isStopping()) {
            for (Place& place : places_) {
                if (place.child) {
                    place.child->requestStop();
                }
            }
        }
    }

    void stopFor(const Error& error) {
        if (!failure_) {
            failure_ = std::make_unique<Error>(error);
        }
    }

    void look(Place& place) {
        const std::optional<ChildProcess::Ending> ending = place.child->poll();
        if (!ending) {
            return;
        }
        const std::string sentence = place.child->sentence();
        place.child.reset();
        const TrialRow row = engine::readTrial(order_.study, plan_, place.trial);
        if (row.state >= TrialState::Done && (ending->code == 0 || !row.result.reason.empty())) {
            ++over_;
            report(row);
        } else if (ending->signal != 0) {
            ++ended_;
            fmt::print(stderr, "Trial {} was ended by signal {} ({}); it goes on when the study runs again\n",
                       place.trial, ending->signal, ::strsignal(ending->signal));
        } else if (row.state == TrialState::Running) {
            ++elsewhere_; // another runner took it in between
        } else if (kindOf(ending->code) == ErrorKind::Interrupted) {
            ++ended_;
        } else {
            stopFor(Error(kindOf(ending->code),
                          fmt::format("Trial {} could not go on: {}", place.trial,
                                      sentence.empty() ? "it gave no reason." : sentence),
                          "Nothing is lost; run the study again after that."));
        }
    }

    void report(const TrialRow& row) {
        fmt::print(stderr, "[{}/{}] {}\n", over_, plan_.size(), trialLine(plan_, row));
        if (order_.json) {
            try {
                printLine(toLine(trialJson(plan_, row)));
            } catch (const Error& error) {
                stopFor(error);
            }
        }
    }

    void conclude() {
        if (signals_.requested()) {
            throw Error(ErrorKind::Interrupted,
                        fmt::format("Interrupted with {} of {} trials over.", over_, plan_.size()),
                        fmt::format("Go on with 'study run {}'.", order_.study));
        }
        if (failure_) {
            throw Error(*failure_);
        }
        if (ended_ > 0) {
            throw Error(ErrorKind::TrainingFailed, fmt::format("{} trials were ended from outside.", ended_),
                        "Run the study again to go on with them.");
        }
        fmt::print(stderr, "{} of {} trials are over{}\n", over_, plan_.size(),
                   elsewhere_ > 0 ? fmt::format(", {} left to other processes", elsewhere_) : "");
    }

    const engine::StudyPlan& plan_;
    const RunnerOrder& order_;
    int cores_;
    WakePipe pipe_;
    StopSignals signals_;
    std::vector<Place> places_;
    std::deque<std::size_t> waiting_;
    std::size_t over_ = 0;
    std::size_t elsewhere_ = 0;
    std::size_t ended_ = 0; ///< killed, or interrupted by somebody else
    bool told_ = false;
    std::unique_ptr<Error> failure_;
};

} // namespace

int threadShare(int cores, int jobs, int slot) {
    return std::max(1, cores / jobs + (slot < cores % jobs ? 1 : 0));
}

void runStudy(const engine::StudyPlan& plan, const RunnerOrder& order) {
    StudyRunner(plan, order).run();
}

} // namespace alphascope::app
