#pragma once
// Whatever was thrown, as one Error. Any thread, inside a catch block only.

#include "engine/api/error.h"

namespace alphascope::engine {

/// The exception being handled. Long texts of foreign libraries (back traces) are cut to their first line.
Error currentError();

} // namespace alphascope::engine
