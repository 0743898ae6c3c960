#pragma once
// Time as a value that is handed in, so that tests move it by hand. Callable from any thread.

#include <chrono>
#include <functional>

namespace alphascope::engine {

using TimePoint = std::chrono::steady_clock::time_point;
using Clock = std::function<TimePoint()>;

inline Clock steadyClock() {
    return [] { return std::chrono::steady_clock::now(); };
}

} // namespace alphascope::engine
