#pragma once
// Which cameras the system knows, by its own files: nothing is opened. Any thread.

#include <string>
#include <vector>

#include "engine/api/camera.h"

namespace alphascope::engine {

/// `folder`: Linux's /sys/class/video4linux, with one folder for each device. A camera often has devices
/// beside it that carry no pictures; they have an index above 0. In rising order; empty where there is none.
std::vector<CameraInfo> camerasIn(const std::string& folder);

} // namespace alphascope::engine
