#include "engine/data/gzip.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/stat.h>
#include <zlib.h>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

gzFile handle(void* file) {
    return static_cast<gzFile>(file);
}

} // namespace

GzipFile::GzipFile(const std::string& path) : path_(path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
        const ErrorKind kind = errno == EACCES || errno == EIO ? ErrorKind::InputOutput : ErrorKind::BadInput;
        throw Error(kind, fmt::format("'{}' cannot be read: {}.", path, std::strerror(errno)));
    }
    if (!S_ISREG(status.st_mode)) { // opening a FIFO would wait for ever
        throw Error(ErrorKind::BadInput, fmt::format("'{}' is no regular file.", path));
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
    file_ = gzopen(path.c_str(), "rb");
    if (file_ == nullptr) {
        throw Error(ErrorKind::InputOutput,
                    fmt::format("'{}' cannot be read: {}.", path, std::strerror(errno)));
    }
    gzbuffer(handle(file_), 1 << 17);
}

GzipFile::~GzipFile() {
    gzclose_r(handle(file_));
}

std::size_t GzipFile::read(std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const auto wanted = static_cast<unsigned>(std::min<std::size_t>(out.size() - done, 1 << 24));
        const int got = gzread(handle(file_), out.data() + done, wanted);
        int code = Z_OK;
        const char* why = gzerror(handle(file_), &code);
        if (code == Z_ERRNO) {
            throw Error(ErrorKind::InputOutput,
                        fmt::format("'{}' cannot be read: {}.", path_, std::strerror(errno)));
        }
        if (code == Z_BUF_ERROR) {
            throw Error(ErrorKind::BadInput,
                        fmt::format("'{}' is truncated: its gzip data end early.", path_),
                        "Get the file again.");
        }
        if (got < 0 || code < 0) {
            throw Error(ErrorKind::BadInput, fmt::format("'{}' holds damaged gzip data ({}).", path_, why),
                        "Get the file again.");
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

std::uint64_t GzipFile::largestContent() const {
    constexpr std::uint64_t bestRatio = 1032;
    return gzdirect(handle(file_)) != 0 ? size_ : size_ * bestRatio;
}

} // namespace alphascope::engine
