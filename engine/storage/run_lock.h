#pragma once
// run.lock: one writer per run folder. The lock is the kernel's (it ends with the process, however it ends);
// the text in the file only says who holds it. Readers never lock.

#include <optional>
#include <string>

#include "engine/storage/file_handle.h"

namespace alphascope::engine {

class RunLock {
public:
    /// Throws Error(InputOutput): names the holder when another process (or this one) writes the run.
    static RunLock take(const std::string& folder);
    ~RunLock();
    RunLock(RunLock&&) noexcept = default;
    RunLock& operator=(RunLock&&) noexcept = default;

private:
    explicit RunLock(FileHandle file) : file_(std::move(file)) {}
    FileHandle file_;
};

/// True while some process holds the writer's lock. Asks without locking; any thread.
bool isRunActive(const std::string& folder);

} // namespace alphascope::engine
