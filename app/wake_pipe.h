#pragma once
// A waiting place that other threads and signal handlers can wake.

namespace alphascope::app {

class WakePipe {
public:
    WakePipe(); ///< throws Error(InputOutput)
    ~WakePipe();
    WakePipe(const WakePipe&) = delete;
    WakePipe& operator=(const WakePipe&) = delete;

    void wake() const;                 ///< any thread, also inside a signal handler
    void wait(int milliseconds) const; ///< until woken, or so long; forgets all wakes so far

private:
    int readEnd_ = -1;
    int writeEnd_ = -1;
};

} // namespace alphascope::app
