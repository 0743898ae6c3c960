#include "engine/session/command.h"

namespace alphascope::engine {

namespace {

struct Rules {
    SessionState state;

    std::string operator()(const StartCommand& start) const {
        if (state == SessionState::Stopping) {
            return "The last run is still stopping; start again when it has stopped.";
        }
        if (!isAtRest(state)) {
            return "A run is under way; stop it before starting another.";
        }
        if (start.config.steps < 0) {
            return "The number of steps must be 0 (until stopped) or more.";
        }
        if (start.config.checkpointEvery < 0) {
            return "The steps between checkpoints must be 0 (only on demand and at the end) or more.";
        }
        if (start.config.metricsEvery < 0) {
            return "The steps between looks at the samples must be 0 (never) or more.";
        }
        return {};
    }
    std::string operator()(const PauseCommand&) const {
        return state == SessionState::Paused ? "Training is paused already." : needsRun();
    }
    std::string operator()(const ResumeCommand&) const {
        return state == SessionState::Running ? "Training is running already." : needsRun();
    }
    std::string operator()(const StepCommand&) const {
        return state == SessionState::Running ? "Pause training before taking single steps." : needsRun();
    }
    std::string operator()(const SaveCommand&) const { return needsRun(); }
    std::string operator()(const SetParameterCommand&) const { return needsRun(); }
    std::string operator()(const SetTargetCommand& target) const {
        return target.steps < 0 ? "The number of steps must be 0 (until stopped) or more." : needsRun();
    }

    std::string needsRun() const {
        switch (state) {
        case SessionState::Preparing:
        case SessionState::Running:
        case SessionState::Paused:
            return {};
        case SessionState::Stopping:
            return "Training is stopping.";
        case SessionState::Idle:
        case SessionState::Stopped:
        case SessionState::Failed:
            break;
        }
        return "Nothing is training; start or resume a run first.";
    }
};

struct Names {
    std::string operator()(const StartCommand&) const { return "start"; }
    std::string operator()(const PauseCommand&) const { return "pause"; }
    std::string operator()(const ResumeCommand&) const { return "resume"; }
    std::string operator()(const StepCommand&) const { return "stepOnce"; }
    std::string operator()(const SaveCommand&) const { return "saveCheckpoint"; }
    std::string operator()(const SetParameterCommand&) const { return "setParameter"; }
    std::string operator()(const SetTargetCommand&) const { return "setTargetSteps"; }
};

} // namespace

std::string commandName(const CommandBody& command) {
    return std::visit(Names{}, command);
}

std::string whyIllegal(SessionState state, const CommandBody& command) {
    return std::visit(Rules{state}, command);
}

const char* toText(SessionState state) {
    switch (state) {
    case SessionState::Idle:
        return "Idle";
    case SessionState::Preparing:
        return "Preparing";
    case SessionState::Running:
        return "Running";
    case SessionState::Paused:
        return "Paused";
    case SessionState::Stopping:
        return "Stopping";
    case SessionState::Stopped:
        return "Stopped";
    case SessionState::Failed:
        break;
    }
    return "Failed";
}

} // namespace alphascope::engine
