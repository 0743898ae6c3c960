#pragma once
// What the controlling thread asks of the session, and what is legal when. Pure; any thread.

#include <cstdint>
#include <string>
#include <variant>

#include "engine/api/run_config.h"
#include "engine/api/session.h"

namespace alphascope::engine {

struct StartCommand {
    RunConfig config;
    bool paused = false;
};
struct PauseCommand {};
struct ResumeCommand {};
struct StepCommand {
    std::string part;
};
struct SaveCommand {};
struct SetParameterCommand {
    std::string name;
    std::string text;
};
struct SetTargetCommand {
    std::int64_t steps = 0;
};

/// A stop is no command: it jumps the queue (CommandQueue::requestStop).
using CommandBody = std::variant<StartCommand, PauseCommand, ResumeCommand, StepCommand, SaveCommand,
                                 SetParameterCommand, SetTargetCommand>;

struct Command {
    CommandId id = 0;
    CommandBody body;
};

/// "start", "pause", ... as in CommandRejected.
std::string commandName(const CommandBody& command);

/// Why the command cannot be carried out in this state, as one sentence; "" when it can. Commands are looked
/// at between steps, so in Preparing they wait and count as legal when they will be in Running or Paused.
std::string whyIllegal(SessionState state, const CommandBody& command);

/// Nothing trains and nothing is held: a start is legal.
constexpr bool isAtRest(SessionState state) {
    return state == SessionState::Idle || state == SessionState::Stopped || state == SessionState::Failed;
}

} // namespace alphascope::engine
