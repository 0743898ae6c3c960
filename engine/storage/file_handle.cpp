#include "engine/storage/file_handle.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace alphascope::engine {
namespace {

constexpr std::size_t writePiece = std::size_t{1} << 20;

const char* kindOfFile(mode_t mode) {
    if (S_ISDIR(mode)) {
        return "a folder";
    }
    if (S_ISFIFO(mode)) {
        return "a named pipe";
    }
    if (S_ISSOCK(mode)) {
        return "a socket";
    }
    return "a device";
}

const char* hintFor(int error) {
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return "Free some space, or choose a folder on another disk, and try again.";
    case EROFS:
    case EACCES:
    case EPERM:
        return "Choose another folder, or change its permissions.";
    case ENAMETOOLONG:
        return "Choose a shorter name.";
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
        return "Check the path.";
    case EFBIG:
        return "Raise the limit (ulimit -f), or choose another disk.";
    case EMFILE:
    case ENFILE:
        return "Close some files, or raise the limit (ulimit -n).";
    default:
        return "";
    }
}

} // namespace

int FileHandle::close() {
    const int descriptor = std::exchange(descriptor_, -1);
    return descriptor >= 0 && ::close(descriptor) != 0 && errno != EINTR ? errno : 0;
}

std::string systemReason(int error) {
    switch (error) {
    case ENOSPC:
        return "the disk is full";
    case EDQUOT:
        return "your disk quota is used up";
    case EROFS:
        return "the file system is read-only";
    case EACCES:
    case EPERM:
        return "permission denied";
    case ENOENT:
        return "there is no such file or folder";
    case ENOTDIR:
        return "a part of the path is a file and not a folder";
    case EISDIR:
        return "it is a folder";
    case ELOOP:
        return "its symbolic links run in a circle";
    case ENAMETOOLONG:
        return "the name is too long";
    case EFBIG:
        return "the file would become larger than the system allows";
    case EIO:
        return "the disk reported an error";
    case EMFILE:
    case ENFILE:
        return "too many files are open";
    default:
        return std::generic_category().message(error);
    }
}

void throwSystemError(const std::string& action, const std::string& path, int error, ErrorKind kind) {
    throw Error(kind, fmt::format("Cannot {} '{}': {}.", action, path, systemReason(error)), hintFor(error));
}

OpenedFile openRegularFile(const std::string& path) {
    // O_NONBLOCK: opening a FIFO without a writer would wait for ever.
    FileHandle handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!handle.valid()) {
        const int error = errno;
        const bool wrongPath =
            error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG || error == ENXIO;
        throwSystemError("open", path, error, wrongPath ? ErrorKind::BadInput : ErrorKind::InputOutput);
    }
    struct stat info {};
    if (::fstat(handle.get(), &info) != 0) {
        throwSystemError("read", path, errno);
    }
    if (!S_ISREG(info.st_mode)) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("'{}' is {}, not a file.", path, kindOfFile(info.st_mode)),
                    "Name a regular file.");
    }
    return {std::move(handle), static_cast<std::uint64_t>(info.st_size)};
}

void checkFitsMemory(const std::string& path, std::uint64_t bytes) {
    const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
    const std::uint64_t memory = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    if (bytes > memory) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("'{}' is too large: it needs {} of memory, and this machine has {}.", path,
                                byteText(bytes), byteText(memory)),
                    "Check that it is the right file.");
    }
}

void readExactly(const FileHandle& file, const std::string& path, std::uint64_t offset, void* out,
                 std::size_t size) {
    auto* target = static_cast<char*>(out);
    while (size > 0) {
        const ssize_t got = ::pread(file.get(), target, size, static_cast<off_t>(offset));
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            throwSystemError("read", path, errno);
        }
        if (got == 0) {
            throw Error(ErrorKind::BadInput, fmt::format("'{}' became shorter while it was read.", path),
                        "Wait until the program that writes it is done, and try again.");
        }
        target += got;
        offset += static_cast<std::uint64_t>(got);
        size -= static_cast<std::size_t>(got);
    }
}

int writeFully(const FileHandle& file, std::string_view bytes, std::size_t* written) {
    std::size_t done = 0;
    int error = 0;
    while (done < bytes.size() && error == 0) {
        const ssize_t got =
            ::write(file.get(), bytes.data() + done, std::min(bytes.size() - done, writePiece));
        if (got > 0) {
            done += static_cast<std::size_t>(got);
        } else if (got == 0) {
            error = ENOSPC; // no progress and no reason: nothing else is left to believe
        } else if (errno != EINTR) {
            error = errno;
        }
    }
    if (written) {
        *written = done;
    }
    return error;
}

std::string byteText(std::uint64_t bytes) {
    if (bytes < 1000) {
        return fmt::format("{} bytes", bytes);
    }
    double value = static_cast<double>(bytes);
    const char* unit = "";
    for (const char* next : {"kB", "MB", "GB", "TB", "PB", "EB"}) {
        if (value < 999.95 && *unit) {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    return fmt::format("{:.1f} {}", value, unit);
}

} // namespace alphascope::engine
