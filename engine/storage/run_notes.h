#pragma once
// What a run writes down beside its scalars, as texts that TensorBoard shows and EventReader reads back:
// alarms and changed parameters. For this room and the trainer. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/api/session.h"

namespace alphascope::engine {

struct RunNote {
    std::string tag;  ///< "alarm/collapse", "alarm/collapse/over", "parameter/lambdaEncoder"
    std::string text; ///< of an alarm: message, hint and "Since step N." on a line each; "10 -> 5"
};

RunNote noteOf(const Alarm& alarm);
RunNote noteOf(const ParameterChanged& change);

/// Alarm or ParameterChanged; nothing for a text of another kind.
std::optional<SessionEvent> eventOf(std::string_view tag, std::int64_t step, std::string_view text);

} // namespace alphascope::engine
