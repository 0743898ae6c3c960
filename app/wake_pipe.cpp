#include "app/wake_pipe.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "engine/api/error.h"

namespace alphascope::app {

WakePipe::WakePipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) != 0) {
        throw engine::Error(engine::ErrorKind::InputOutput,
                            std::string("No pipe can be made: ") + std::strerror(errno) + ".");
    }
    readEnd_ = ends[0];
    writeEnd_ = ends[1];
}

WakePipe::~WakePipe() {
    close(readEnd_);
    close(writeEnd_);
}

void WakePipe::wake() const {
    // A full pipe is as good as one more byte: the reader wakes either way.
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(writeEnd_, &byte, 1);
}

void WakePipe::wait(int milliseconds) const {
    pollfd place{readEnd_, POLLIN, 0};
    poll(&place, 1, milliseconds);
    std::array<char, 256> bytes{};
    while (read(readEnd_, bytes.data(), bytes.size()) > 0) {
    }
}

} // namespace alphascope::app
