#pragma once
// The one place where a failure becomes a sentence on standard error and an exit code.

#include <functional>
#include <string>

namespace alphascope::app {

/// Message and hint as one sentence on one line; control characters (a hostile file name's, for instance) are
/// shown as '?'.
std::string oneSentence(const std::string& message, const std::string& hint);

/// Prints "alphascope-cli: <sentence>" on standard error.
void reportError(const std::string& sentence);

/// Runs `work`; gives 0, or the exit code of what it threw after reporting it.
int runGuarded(const std::function<void()>& work);

} // namespace alphascope::app
