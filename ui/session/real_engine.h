#pragma once
// The program's own engine behind the window's interfaces.

#include <memory>

#include "ui/session/engine_interface.h"

namespace alphascope::ui {

std::shared_ptr<IEngine> makeRealEngine();

} // namespace alphascope::ui
