#pragma once
// run.lock: one writer per run folder, and locks of other names that work alike. The lock is the kernel's (it
// ends with the process, however it ends); the text in the file only says who holds it. Readers never lock.

#include <optional>
#include <string>

#include "engine/storage/file_handle.h"

namespace alphascope::engine {

inline constexpr const char* runLockName = "run.lock";

class RunLock {
public:
    /// Throws Error(InputOutput): names the holder when another process (or this one) writes the run.
    static RunLock take(const std::string& folder);
    /// None when another process (or this one) has the lock `file` of the folder. Throws Error(InputOutput).
    static std::optional<RunLock> tryTake(const std::string& folder, const std::string& file);
    ~RunLock();
    RunLock(RunLock&&) noexcept = default;
    RunLock& operator=(RunLock&&) noexcept = default;

private:
    static RunLock openFile(const std::string& path, bool* taken);
    explicit RunLock(FileHandle file) : file_(std::move(file)) {}
    FileHandle file_;
};

/// True while some process holds the lock. Asks without locking; any thread.
bool isLocked(const std::string& folder, const std::string& file);
/// The same of the writer's lock.
bool isRunActive(const std::string& folder);

} // namespace alphascope::engine
