#include "engine/storage/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "engine/storage/file_handle.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view tempPrefix = ".alphascope-";
constexpr std::string_view tempSuffix = ".tmp";

struct Room {
    std::uint64_t bytes = 0;
    bool files = true; ///< another file may be made
};

/// What the user may still write there; nothing where the file system does not say.
std::optional<Room> roomIn(const std::string& folder) {
    struct statvfs info {};
    if (::statvfs(folder.c_str(), &info) != 0 || info.f_blocks == 0) {
        return std::nullopt;
    }
    const auto blocks = ::geteuid() == 0 ? info.f_bfree : info.f_bavail;
    return Room{std::uint64_t(blocks) * info.f_frsize, info.f_files == 0 || info.f_ffree > 0};
}

[[noreturn]] void throwWriteError(const std::string& path, const std::string& folder, std::uint64_t needed,
                                  int error) {
    if (error == ENOENT) {
        throw Error(ErrorKind::InputOutput,
                    fmt::format("Cannot write '{}': the folder '{}' does not exist.", path, folder),
                    "Make the folder, or choose another one.");
    }
    const auto room = roomIn(folder);
    if ((error != ENOSPC && error != EDQUOT) || !room) {
        throwSystemError("write", path, error);
    }
    const std::string left = room->files ? fmt::format("{} free", byteText(room->bytes))
                                         : std::string("no more files can be made on it");
    throw Error(ErrorKind::InputOutput,
                fmt::format("Cannot write '{}': {} (needs {}, {} in '{}').", path, systemReason(error),
                            byteText(needed), left, folder),
                "Free some space, or choose a folder on another disk, and try again.");
}

/// Removes the temp file unless it became the real one.
class TempFile {
public:
    explicit TempFile(const std::string& folder) {
        static std::atomic<unsigned> counter{0};
        do {
            path_ = fmt::format("{}/{}{}-{}{}", folder, tempPrefix, ::getpid(), counter++, tempSuffix);
            handle_ =
                FileHandle(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
        } while (!handle_.valid() && errno == EEXIST);
        error_ = handle_.valid() ? 0 : errno;
    }
    ~TempFile() {
        if (error_ == 0 && !kept_) {
            ::unlink(path_.c_str());
        }
    }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;

    int error() const { return error_; }
    FileHandle& handle() { return handle_; }
    int renameTo(const std::string& target) {
        kept_ = ::rename(path_.c_str(), target.c_str()) == 0;
        return kept_ ? 0 : errno;
    }

private:
    std::string path_;
    FileHandle handle_;
    int error_ = 0;
    bool kept_ = false;
};

int writePieces(const FileHandle& file, std::span<const std::string_view> pieces) {
    for (const std::string_view piece : pieces) {
        if (const int error = writeFully(file, piece)) {
            return error;
        }
    }
    return 0;
}

/// 0 or an errno. File systems that cannot sync a folder are left in peace.
int syncFolder(const std::string& folder) {
    const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return handle.valid() && ::fsync(handle.get()) != 0 && errno == EIO ? EIO : 0;
}

void writeDirectly(const std::string& path, std::span<const std::string_view> pieces) {
    FileHandle file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    int error = file.valid() ? writePieces(file, pieces) : errno;
    if (error == 0) {
        error = file.close();
    }
    if (error != 0) {
        throwSystemError("write", path, error);
    }
}

/// The file that a path stands for once its links are followed, so that renaming does not replace a link.
std::string followLinks(const std::string& path) {
    std::error_code failed;
    const fs::path real = fs::is_symlink(path, failed) ? fs::canonical(path, failed) : fs::path(path);
    return failed ? path : real.string();
}

} // namespace

void writeFileAtomically(const std::string& path, std::string_view bytes) {
    writeFileAtomically(path, std::span(&bytes, 1));
}

void writeFileAtomically(const std::string& path, std::span<const std::string_view> pieces) {
    const std::string target = followLinks(path);
    struct stat old {};
    const bool exists = ::stat(target.c_str(), &old) == 0;
    if (!exists && errno != ENOENT) {
        throwSystemError("write", path, errno);
    }
    if (exists && S_ISDIR(old.st_mode)) {
        throwSystemError("write", path, EISDIR);
    }
    if (exists && !S_ISREG(old.st_mode)) {
        writeDirectly(target, pieces);
        return;
    }

    const fs::path parent = fs::path(target).parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    std::uint64_t size = 0;
    for (const std::string_view piece : pieces) {
        size += piece.size();
    }
    if (const auto room = roomIn(folder); room && room->bytes < size) {
        throwWriteError(path, folder, size, ENOSPC); // before anything is touched
    }
    TempFile temp(folder);
    int error = temp.error();
    if (error == 0) {
        error = writePieces(temp.handle(), pieces);
    }
    if (error == 0 && exists && ::fchmod(temp.handle().get(), old.st_mode & 07777) != 0 && errno != EPERM) {
        error = errno;
    }
    if (error == 0 && ::fsync(temp.handle().get()) != 0 && errno != EINVAL) {
        error = errno;
    }
    if (error == 0) {
        error = temp.handle().close();
    }
    if (error == 0) {
        error = temp.renameTo(target);
    }
    if (error == 0) {
        error = syncFolder(folder);
    }
    if (error != 0) {
        throwWriteError(path, folder, size, error);
    }
}

std::size_t sweepTempFiles(const std::string& folder) noexcept {
    std::size_t removed = 0;
    try {
        std::vector<fs::path> leftovers;
        std::error_code failed;
        for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
             entry.increment(failed)) {
            const std::string name = entry->path().filename().string();
            if (!name.starts_with(tempPrefix) || !name.ends_with(tempSuffix)) {
                continue;
            }
            pid_t owner = 0;
            const char* digits = name.data() + tempPrefix.size();
            const auto parsed = std::from_chars(digits, name.data() + name.size(), owner);
            if (parsed.ec != std::errc{} || *parsed.ptr != '-' || owner <= 0) {
                continue;
            }
            std::error_code unknownAge;
            const auto written = fs::last_write_time(entry->path(), unknownAge);
            const bool old =
                !unknownAge && fs::file_time_type::clock::now() - written > std::chrono::hours(1);
            if (old || (::kill(owner, 0) != 0 && errno == ESRCH)) {
                leftovers.push_back(entry->path());
            }
        }
        for (const fs::path& leftover : leftovers) {
            removed += fs::remove(leftover, failed) ? 1U : 0U;
        }
    } catch (...) {
        // Sweeping is a courtesy: whatever stops it must not stop the run.
    }
    return removed;
}

std::string readFile(const std::string& path, std::size_t limit) {
    const OpenedFile file = openRegularFile(path);
    if (file.size > limit) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("'{}' is too large: {}, and at most {} are read.", path, byteText(file.size),
                                byteText(limit)),
                    "Check that it is the right file.");
    }
    std::string bytes(file.size, '\0');
    readExactly(file.handle, path, 0, bytes.data(), bytes.size());
    return bytes;
}

} // namespace alphascope::engine
