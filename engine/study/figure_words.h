#pragma once
// Words and numbers that the figures of a study share. For this room only. Pure.

#include <string>

#include "engine/api/study.h"

namespace alphascope::engine {

/// "higher is better"
std::string aimText(FigureAim aim);

/// Three digits, short: "0.0512", "1e-4".
std::string shortNumber(double value);

/// "λ encoder 5, rate G 2e-4": what distinguishes a setting, as the form calls it.
std::string settingText(const StudyPlan& plan, const RankedSetting& setting);

/// "0.0512 ± 0.002", or without what one seed cannot tell.
std::string meanText(const RankedSetting& setting);

} // namespace alphascope::engine
