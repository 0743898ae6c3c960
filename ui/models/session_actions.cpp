#include "ui/models/session_actions.h"

#include "ui/models/text.h"

namespace alphascope::ui {

SessionActions enabledActions(engine::SessionState state) {
    using engine::SessionState;
    switch (state) {
    case SessionState::Idle:
    case SessionState::Stopped:
    case SessionState::Failed:
        return {.start = true, .step = true, .editSetup = true, .editLive = true};
    case SessionState::Preparing:
        return {.stop = true};
    case SessionState::Running:
        return {.pause = true, .stop = true, .checkpoint = true, .editLive = true};
    case SessionState::Paused:
        return {.resume = true, .step = true, .stop = true, .checkpoint = true, .editLive = true};
    case SessionState::Stopping:
        break;
    }
    return {};
}

QString stateTitle(engine::SessionState state) {
    using engine::SessionState;
    switch (state) {
    case SessionState::Idle:
        return tr("Ready");
    case SessionState::Preparing:
        return tr("Preparing");
    case SessionState::Running:
        return tr("Running");
    case SessionState::Paused:
        return tr("Paused");
    case SessionState::Stopping:
        return tr("Stopping");
    case SessionState::Stopped:
        return tr("Stopped");
    case SessionState::Failed:
        return tr("Failed");
    }
    return {};
}

QString setupLockReason(engine::SessionState state) {
    if (enabledActions(state).editSetup)
        return {};
    return tr("Fixed while a run lives: press Stop to change it.");
}

} // namespace alphascope::ui
