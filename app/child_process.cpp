#include "app/child_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/api/error.h"

namespace alphascope::app {

namespace {

constexpr std::size_t keptErrors = std::size_t{16} * 1024;
constexpr int couldNotStart = 127;
constexpr const char* programPrefix = "alphascope-cli: ";

[[noreturn]] void throwNoChild(int error) {
    throw engine::Error(engine::ErrorKind::InputOutput,
                        fmt::format("No further process could be started: {}.", std::strerror(error)),
                        "Use fewer --jobs, or end other programs.");
}

/// Only what is safe between fork and exec.
[[noreturn]] void becomeProgram(char** arguments, int errors, pid_t parent) {
    // Its own group: Ctrl+C is for the parent, which then asks its children.
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) { // it died before it could be tied to us
        ::_exit(couldNotStart);
    }
    const int nothing = ::open("/dev/null", O_RDWR);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(nothing, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    ::execv("/proc/self/exe", arguments);
    ::_exit(couldNotStart);
}

} // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{"alphascope-cli"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throwNoChild(errno);
    }
    const pid_t parent = ::getpid();
    process_ = ::fork();
    if (process_ == 0) {
        becomeProgram(pointers.data(), ends[1], parent);
    }
    const int error = errno;
    ::close(ends[1]);
    errors_ = ends[0];
    if (process_ < 0) {
        ::close(errors_);
        throwNoChild(error);
    }
    ::fcntl(errors_, F_SETFL, O_NONBLOCK);
}

ChildProcess::~ChildProcess() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    ::close(errors_);
}

void ChildProcess::takeErrors() {
    std::array<char, 4096> bytes{};
    for (ssize_t got = 0; (got = ::read(errors_, bytes.data(), bytes.size())) > 0;) {
        tail_.append(bytes.data(), static_cast<std::size_t>(got));
        if (tail_.size() > keptErrors) {
            tail_.erase(0, tail_.size() - keptErrors / 2);
        }
    }
}

std::optional<ChildProcess::Ending> ChildProcess::poll() {
    takeErrors();
    int status = 0;
    if (process_ <= 0 || ::waitpid(process_, &status, WNOHANG) != process_) {
        return std::nullopt;
    }
    process_ = -1;
    takeErrors();
    return WIFSIGNALED(status) ? Ending{0, WTERMSIG(status)} : Ending{WEXITSTATUS(status), 0};
}

void ChildProcess::requestStop() {
    if (process_ > 0 && !stopRequested_) {
        ::kill(process_, SIGTERM);
        stopRequested_ = true; // a second signal would end it without saving
    }
}

std::string ChildProcess::sentence() const {
    const std::size_t start = tail_.rfind(programPrefix);
    if (start == std::string::npos) {
        return {};
    }
    std::string line = tail_.substr(start + std::strlen(programPrefix));
    return line.substr(0, line.find('\n'));
}

} // namespace alphascope::app
