#pragma once
// A POSIX file descriptor that closes itself, and system errors as sentences. Not for ui and app. Any thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "engine/api/error.h"

namespace alphascope::engine {

class FileHandle {
public:
    FileHandle() = default;
    explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
    ~FileHandle() { close(); }
    FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileHandle& operator=(FileHandle&& other) noexcept {
        if (this != &other) {
            close();
            descriptor_ = std::exchange(other.descriptor_, -1);
        }
        return *this;
    }
    int get() const { return descriptor_; }
    bool valid() const { return descriptor_ >= 0; }
    /// 0, or the errno of close(2), which reports late write errors on some network file systems.
    int close();

private:
    int descriptor_ = -1;
};

/// A regular file that is open for reading, and its size when it was opened.
struct OpenedFile {
    FileHandle handle;
    std::uint64_t size = 0;
};

/// Never waits: a FIFO, device, socket or folder is refused. Throws Error: BadInput for a wrong path or kind
/// of file, InputOutput for what the system refuses.
OpenedFile openRegularFile(const std::string& path);

/// Throws Error(BadInput) when `bytes` are more than the machine's memory: a file with holes in it can claim
/// any size, and the system would kill the program rather than refuse.
void checkFitsMemory(const std::string& path, std::uint64_t bytes);

/// Exactly `size` bytes at `offset`. Throws Error(BadInput) when the file ends before, InputOutput when the
/// system fails.
void readExactly(const FileHandle& file, const std::string& path, std::uint64_t offset, void* out,
                 std::size_t size);

/// Writes everything, in pieces of at most 1 MiB, each checked. Gives 0 or an errno; `*written` is what
/// arrived.
int writeFully(const FileHandle& file, std::string_view bytes, std::size_t* written = nullptr);

/// "the disk is full", "permission denied", ... for an errno.
std::string systemReason(int error);

/// "cannot <action> '<path>': <reason>." of the kind that fits the errno, with a hint.
[[noreturn]] void throwSystemError(const std::string& action, const std::string& path, int error,
                                   ErrorKind kind = ErrorKind::InputOutput);

/// "12.3 MB"
std::string byteText(std::uint64_t bytes);

} // namespace alphascope::engine
