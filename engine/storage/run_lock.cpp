#include "engine/storage/run_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace alphascope::engine {
namespace {

constexpr std::size_t maxHolderText = 512;

/// Bound to the open file and not to the process, so that a second RunLock in one process is refused as well
/// and closing some other descriptor does not let the lock go.
struct flock wholeFile(short type) {
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

std::string programName() {
    std::error_code failed;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
    return failed ? "alphascope" : program.filename().string();
}

std::string selfText() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    return fmt::format("{} (process {} on {})", programName(), ::getpid(), host.data());
}

std::string holderText(const FileHandle& file) {
    std::array<char, maxHolderText> text{};
    const ssize_t got = ::pread(file.get(), text.data(), text.size(), 0);
    std::string holder(text.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    holder.resize(std::min(holder.find('\n'), holder.size()));
    const bool printable =
        std::all_of(holder.begin(), holder.end(), [](unsigned char c) { return c >= ' ' && c != 0x7f; });
    return holder.empty() || !printable ? "another process" : holder;
}

std::string lockPath(const std::string& folder, const std::string& file) {
    return folder + "/" + file;
}

} // namespace

RunLock RunLock::openFile(const std::string& path, bool* taken) {
    FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, 0666));
    if (!file.valid()) {
        throwSystemError("write", path, errno);
    }
    struct flock lock = wholeFile(F_WRLCK);
    *taken = ::fcntl(file.get(), F_OFD_SETLK, &lock) == 0;
    if (!*taken && errno != EAGAIN && errno != EACCES) {
        throwSystemError("lock", path, errno);
    }
    // Only for messages: a full disk must not keep an existing run from being opened.
    if (*taken && ::ftruncate(file.get(), 0) == 0) {
        writeFully(file, selfText() + "\n");
    }
    return RunLock(std::move(file));
}

RunLock RunLock::take(const std::string& folder) {
    bool taken = false;
    RunLock lock = openFile(lockPath(folder, runLockName), &taken);
    if (!taken) {
        const std::string holder = holderText(lock.file_);
        lock.file_.close(); // it is the other's to empty
        throw Error(
            ErrorKind::InputOutput, fmt::format("The run '{}' is being written by {}.", folder, holder),
            "Stop that program first, or choose another run folder; watching the run is possible meanwhile.");
    }
    return lock;
}

std::optional<RunLock> RunLock::tryTake(const std::string& folder, const std::string& file) {
    bool taken = false;
    RunLock lock = openFile(lockPath(folder, file), &taken);
    if (!taken) {
        lock.file_.close(); // it is the other's to empty
        return std::nullopt;
    }
    return lock;
}

RunLock::~RunLock() {
    // The file stays: removing it would let two writers lock two different files of the same name.
    if (file_.valid() && ::ftruncate(file_.get(), 0) != 0) {
        file_.close();
    }
}

bool isLocked(const std::string& folder, const std::string& file) {
    const FileHandle handle(::open(lockPath(folder, file).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!handle.valid()) {
        return false;
    }
    struct flock lock = wholeFile(F_RDLCK);
    return ::fcntl(handle.get(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

bool isRunActive(const std::string& folder) {
    return isLocked(folder, runLockName);
}

} // namespace alphascope::engine
