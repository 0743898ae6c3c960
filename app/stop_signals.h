#pragma once
// Ctrl+C, SIGTERM and a closed terminal as a polite request: the first is counted and wakes the waiting loop,
// the second ends the process at once.

#include "app/wake_pipe.h"

namespace alphascope::app {

/// One object at a time; installs the handlers while it lives. `wake` must outlive it.
class StopSignals {
public:
    explicit StopSignals(const WakePipe& wake);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    bool requested() const;
};

} // namespace alphascope::app
