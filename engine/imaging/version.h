#pragma once
// Standard library only; any thread.

#include <string>

namespace alphascope::engine {

/// Of the OpenCV that this program was built with: "4.6.0".
std::string openCvVersion();

} // namespace alphascope::engine
