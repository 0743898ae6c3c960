#pragma once
// The one error type that crosses the engine's border. Standard library only.

#include <stdexcept>
#include <string>
#include <utility>

namespace alphascope::engine {

enum class ErrorKind {
    Usage,          ///< unknown name, value out of range: exit code 2
    BadInput,       ///< a file or its content is wrong: 3
    InputOutput,    ///< cannot read, write or lock; disk full: 4
    TrainingFailed, ///< NaN, out of memory, device lost: 5
    Interrupted,    ///< stopped by a signal after saving: 130
    Internal,       ///< a fault of this program: 5
};

/// `what()` is one sentence: what happened, which file or option. `hint()` is what to do about it; may be "".
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& message, std::string hint = {})
        : std::runtime_error(message), kind_(kind), hint_(std::move(hint)) {}
    ErrorKind kind() const { return kind_; }
    const std::string& hint() const { return hint_; }
    /// Message and hint as one line for a terminal.
    std::string sentence() const { return hint_.empty() ? what() : std::string(what()) + " " + hint_; }

private:
    ErrorKind kind_;
    std::string hint_;
};

constexpr int exitCode(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::Usage:
        return 2;
    case ErrorKind::BadInput:
        return 3;
    case ErrorKind::InputOutput:
        return 4;
    case ErrorKind::Interrupted:
        return 130;
    case ErrorKind::TrainingFailed:
    case ErrorKind::Internal:
        break;
    }
    return 5;
}

} // namespace alphascope::engine
