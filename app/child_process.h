#pragma once
// This program once more as a child, with the end of its standard error kept.

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace alphascope::app {

/// The child is asked to stop when this process dies, whatever kills it; the destructor kills and waits.
class ChildProcess {
public:
    /// Throws Error(InputOutput).
    explicit ChildProcess(const std::vector<std::string>& arguments);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    struct Ending {
        int code = 0;   ///< exit code; 0 after a signal
        int signal = 0; ///< that ended it
    };
    /// Nothing while it runs. Takes what it has written meanwhile, so that it never waits for us.
    std::optional<Ending> poll();
    void requestStop(); ///< once: SIGTERM
    /// The sentence that it ended with, without the program's name; "" when there was none.
    std::string sentence() const;

private:
    void takeErrors();

    pid_t process_ = -1;
    int errors_ = -1;  ///< read end
    std::string tail_; ///< of standard error
    bool stopRequested_ = false;
};

} // namespace alphascope::app
