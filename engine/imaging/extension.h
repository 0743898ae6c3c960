#pragma once
// File name endings, as pictures and videos are told apart by them when written.

#include <string>

namespace alphascope::engine {

/// ".png" for "a/B.PNG"; "" when there is none. ASCII lower case whatever the locale.
std::string lowerExtension(const std::string& path);

} // namespace alphascope::engine
