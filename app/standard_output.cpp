#include "app/standard_output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "engine/api/error.h"

namespace alphascope::app {

void printLine(const std::string& line) {
    const bool written = std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
                         std::fputc('\n', stdout) != EOF && std::fflush(stdout) == 0;
    if (!written) {
        throw engine::Error(engine::ErrorKind::InputOutput,
                            fmt::format("Standard output cannot be written: {}.", std::strerror(errno)));
    }
}

} // namespace alphascope::app
