#pragma once
// Lines on standard output, checked: a full disk or a closed pipe is an error, not a silent loss.

#include <string>

namespace alphascope::app {

/// Writes `line` and a line break and flushes. Throws Error(InputOutput).
void printLine(const std::string& line);

} // namespace alphascope::app
