#include "app/training_run.h"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>
#include <optional>
#include <type_traits>
#include <variant>

#include <fmt/format.h>

#include "app/curve_picture.h"
#include "app/describe.h"
#include "app/progress_line.h"
#include "app/run_verb.h"
#include "app/standard_output.h"
#include "app/stop_signals.h"
#include "app/wake_pipe.h"
#include "engine/api/error.h"
#include "engine/api/output.h"
#include "engine/api/run_history.h"
#include "engine/api/session.h"

namespace alphascope::app {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using engine::Error;
using engine::ErrorKind;
using engine::SessionState;
using nlohmann::ordered_json;

constexpr int wakeAtLeastEvery = 100; // milliseconds
constexpr auto retrySavingEvery = 10s;
constexpr auto longestWaitForRoom = 10min;

constexpr std::string_view lossPrefix = "loss/";
constexpr std::string_view metricPrefix = "metric/";

ordered_json pointJson(const engine::MetricPoint& point, double stepsPerSecond) {
    ordered_json losses = ordered_json::object();
    ordered_json metrics = ordered_json::object();
    for (const auto& [tag, value] : point.values) {
        if (tag.starts_with(lossPrefix)) {
            losses[tag.substr(lossPrefix.size())] = value;
        } else {
            metrics[tag.starts_with(metricPrefix) ? tag.substr(metricPrefix.size()) : tag] = value;
        }
    }
    ordered_json line{{"step", point.step}};
    if (!losses.empty()) { // a look at the samples has none
        line["losses"] = losses;
    }
    line["metrics"] = metrics;
    line["it_per_s"] = stepsPerSecond;
    return line;
}

/// The curves of everything the run has written, also before it was resumed. A picture is no reason to fail.
std::string writeCurves(const engine::RunConfig& config, const std::string& folder) {
    try {
        const std::string heading =
            fmt::format("{}   {}{}", config.method, fs::path(config.data).filename().string(),
                        config.transform.empty() ? "" : " + " + config.transform);
        const engine::Image picture = drawCurves(heading, trainingPanels(engine::EventReader(folder).poll()));
        if (picture.empty()) {
            return {};
        }
        std::string path = (fs::path(folder) / "curves.png").string();
        engine::writeImage(path, picture);
        return path;
    } catch (const Error& error) {
        fmt::print(stderr, "The curves could not be drawn: {}\n", oneSentence(error.what(), error.hint()));
        return {};
    }
}

class TrainingRun {
public:
    explicit TrainingRun(const TrainingOrder& order)
        : order_(order), progress_(ProgressLine::isQuiet(order.json)), signals_(pipe_),
          session_([this] { pipe_.wake(); }) {}

    void run() {
        session_.start(order_.config, !order_.liveChanges.empty());
        for (const auto& [name, text] : order_.liveChanges) {
            session_.setParameter(name, text);
        }
        if (!order_.liveChanges.empty()) {
            session_.resume();
        }
        while (!finished_) {
            pipe_.wait(wakeAtLeastEvery);
            takeNews();
            obeySignals();
            waitForRoom();
            showProgress(false);
        }
        takeNews();
        if (lastState_ == SessionState::Stopped) {
            showProgress(true);
        }
        progress_.close();
    }

    /// Reports and throws what the run ended with. The session is over by now.
    void conclude() {
        const std::string folder = session_.status().runFolder;
        const std::string curves = began_ ? writeCurves(order_.config, folder) : std::string();
        if (failure_) {
            throw Error(*failure_);
        }
        const bool interrupted = signals_.requested();
        if (order_.json && !outputFailure_) {
            printLine(toLine({{"done",
                               {{"step", step_},
                                {"reason", interrupted ? "interrupted" : "finished"},
                                {"run", folder},
                                {"checkpoint", savedPath_},
                                {"curves", curves},
                                {"seconds", secondsSoFar()}}}}));
        }
        if (outputFailure_) {
            throw Error(*outputFailure_);
        }
        if (began_) {
            fmt::print(stderr, "{} at step {} after {}\n", interrupted ? "Stopped" : "Finished", step_,
                       durationText(secondsSoFar()));
            fmt::print(stderr, "  checkpoints  {}\n  sheets       {}\n  curves       {}\n",
                       (fs::path(folder) / "checkpoints").string(), (fs::path(folder) / "previews").string(),
                       curves.empty() ? "none yet" : curves);
        }
        if (interrupted) {
            throw interruption(folder);
        }
    }

private:
    Error interruption(const std::string& folder) const {
        if (savedPath_.empty()) {
            return {ErrorKind::Interrupted,
                    fmt::format("Interrupted at step {}, before there was anything to save.", step_)};
        }
        return {ErrorKind::Interrupted, fmt::format("Interrupted at step {}; saved '{}'.", step_, savedPath_),
                fmt::format("Go on with: alphascope-cli train --resume --run '{}'", folder)};
    }

    double secondsSoFar() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

    void takeNews() {
        for (const engine::SessionEvent& event : session_.takeEvents()) {
            std::visit([this](const auto& news) { handle(news); }, event);
        }
        for (const engine::MetricPoint& point : session_.takeMetrics()) {
            handle(point);
        }
        // Taken so that the session knows that we listen; the trainer writes previews into the run folder
        // itself.
        session_.takePreview();
    }

    void handle(const engine::StateChanged& news) {
        lastState_ = news.state;
        step_ = news.step;
        pausedSince_.reset();
        if (news.state == SessionState::Running) {
            announce();
        } else if (news.state == SessionState::Paused) {
            pausedSince_ = Clock::now();
            // Asked to stop, the session pauses only when it could not save.
            nextTry_ = *pausedSince_ + (stopAsked_ ? 0s : retrySavingEvery);
        }
        finished_ = news.state == SessionState::Stopped || news.state == SessionState::Failed;
    }

    void handle(const engine::CommandRejected& news) {
        // Saving and going on again may come too late; a refused start or setting is the user's to know.
        const bool start = news.command == "start";
        if (stopAsked_) { // an early Ctrl+C overtakes commands that still wait; that is no fault of theirs
            finished_ = finished_ || start;
            return;
        }
        if (failure_ || (!start && news.command != "setParameter")) {
            return;
        }
        failure_ = Error(ErrorKind::Usage, news.reason);
        finished_ = finished_ || start;
        session_.requestStop(false);
    }

    void handle(const engine::SessionFailed& news) {
        std::string hint = news.hint;
        if (!news.lastGoodCheckpoint.empty() && hint.find(news.lastGoodCheckpoint) == std::string::npos) {
            hint += fmt::format("{}The last good checkpoint is '{}'", hint.empty() ? "" : " ",
                                news.lastGoodCheckpoint);
        }
        failure_ = Error(news.kind, news.message, hint);
    }

    void handle(const engine::CheckpointSaved& news) {
        savedPath_ = news.path;
        if (pausedSince_) {
            progress_.note("There is room again; training goes on.");
            session_.resume();
        }
    }

    void handle(const engine::SessionWarning& news) {
        lastWarning_ = news;
        progress_.note(oneSentence(news.message, news.hint));
    }

    void handle(const engine::ParameterChanged& news) {
        progress_.note(fmt::format("{}: {} instead of {}", news.name, news.newText, news.oldText));
    }

    void handle(const engine::Alarm& news) {
        progress_.note(fmt::format("Step {}: {}", news.step, oneSentence(news.message, news.hint)));
        printJson({{"event", "alarm"},
                   {"kind", news.kind},
                   {"over", news.over},
                   {"step", news.step},
                   {"message", news.message},
                   {"hint", news.hint}});
    }

    void handle(const engine::MetricPoint& point) {
        for (const auto& [tag, value] : point.values) {
            if (tag.starts_with(lossPrefix)) {
                rememberLoss(tag.substr(lossPrefix.size()), value);
            }
        }
        printJson(pointJson(point, session_.status().stepsPerSecond));
    }

    void printJson(const ordered_json& line) {
        if (!order_.json || outputFailure_) {
            return;
        }
        try {
            printLine(toLine(line));
        } catch (const Error& error) {
            outputFailure_ = error;
            stop();
        }
    }

    void rememberLoss(const std::string& name, double value) {
        for (auto& [known, latest] : losses_) {
            if (known == name) {
                latest = value;
                return;
            }
        }
        losses_.emplace_back(name, value);
    }

    void announce() {
        if (began_) {
            return;
        }
        began_ = true;
        start_ = Clock::now();
        const engine::SessionStatus status = session_.status();
        progress_.note(fmt::format("{} on {}, {}, in {} (Ctrl+C saves and stops)", status.method, status.data,
                                   status.device, status.runFolder));
    }

    void stop() {
        stopAsked_ = true;
        session_.requestStop(true);
    }

    void obeySignals() {
        if (signals_.requested() && !stopAsked_) {
            stop();
            progress_.note("Saving a checkpoint and stopping; once more leaves at once.");
        }
    }

    /// A full disk pauses the session. Without a person at a window, look again now and then, but not for
    /// ever.
    void waitForRoom() {
        if (!pausedSince_ || Clock::now() < nextTry_) {
            return;
        }
        if (stopAsked_ || Clock::now() - *pausedSince_ > longestWaitForRoom) {
            failure_ = Error(ErrorKind::InputOutput, lastWarning_.message, lastWarning_.hint);
            pausedSince_.reset();
            session_.requestStop(false);
            return;
        }
        nextTry_ = Clock::now() + retrySavingEvery;
        session_.saveCheckpoint();
    }

    void showProgress(bool now) {
        const engine::SessionStatus status = session_.status();
        if (!began_ || finished_ != now) {
            return;
        }
        Progress shown{.step = status.step,
                       .target = status.targetSteps,
                       .stepsPerSecond = status.stepsPerSecond,
                       .secondsLeft = status.secondsLeft,
                       .state = {},
                       .losses = losses_};
        if (lastState_ == SessionState::Paused) {
            shown.state = "waiting for room";
        } else if (lastState_ == SessionState::Stopping) {
            shown.state = "saving";
        }
        progress_.show(shown, now);
    }

    const TrainingOrder& order_;
    ProgressLine progress_;
    WakePipe pipe_;
    StopSignals signals_;
    engine::TrainingSession session_;

    SessionState lastState_ = SessionState::Idle;
    std::int64_t step_ = 0;
    bool began_ = false;
    bool finished_ = false;
    bool stopAsked_ = false;
    Clock::time_point start_ = Clock::now();
    std::optional<Clock::time_point> pausedSince_;
    Clock::time_point nextTry_;
    std::vector<std::pair<std::string, double>> losses_;
    std::string savedPath_;
    engine::SessionWarning lastWarning_;
    std::optional<Error> failure_;
    std::optional<Error> outputFailure_;
};

} // namespace

void runTraining(const TrainingOrder& order) {
    TrainingRun training(order);
    training.run();
    training.conclude();
}

} // namespace alphascope::app
