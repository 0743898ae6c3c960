#pragma once
// Which buttons mean something in which state of the training: one pure table that toolbar, menus and the
// parameter form read.

#include <QString>

#include "engine/api/session.h"

namespace alphascope::ui {

struct SessionActions {
    bool start = false; ///< a new run
    bool pause = false;
    bool resume = false;
    bool step = false; ///< one iteration or part; without a run it starts one that waits paused
    bool stop = false;
    bool checkpoint = false;
    bool editSetup = false; ///< method, data, and parameters that are fixed while a run lives
    bool editLive = false;  ///< parameters marked "live"
    bool operator==(const SessionActions&) const = default;
};

SessionActions enabledActions(engine::SessionState state);

/// "Running", translated.
QString stateTitle(engine::SessionState state);

/// Why something that needs a stopped run cannot be changed now; "" when it can.
QString setupLockReason(engine::SessionState state);

} // namespace alphascope::ui
