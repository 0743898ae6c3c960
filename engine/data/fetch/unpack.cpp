#include "engine/data/fetch/unpack.h"

#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/storage/file_handle.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

class Unpacker {
public:
    Unpacker(const std::string& archive, const std::function<void(std::uint64_t)>& progress,
             const std::atomic<bool>* cancel)
        : archive_(archive), progress_(progress), cancel_(cancel),
          reader_(archive_read_new(), archive_read_free) {
        archive_read_support_filter_gzip(reader_.get());
        archive_read_support_format_tar(reader_.get());
        archive_read_support_format_zip(reader_.get());
        constexpr std::size_t blockBytes = 1 << 18;
        if (archive_read_open_filename(reader_.get(), archive.c_str(), blockBytes) != ARCHIVE_OK) {
            fail();
        }
    }

    void into(const fs::path& folder) {
        archive_entry* entry = nullptr;
        for (;;) {
            const int code = archive_read_next_header(reader_.get(), &entry);
            if (code == ARCHIVE_EOF) {
                return;
            }
            if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
                fail();
            }
            const char* name = archive_entry_pathname(entry);
            if (name == nullptr || archive_entry_filetype(entry) != AE_IFREG ||
                archive_entry_hardlink(entry) != nullptr) {
                continue;
            }
            if (const fs::path file = fs::path(name).filename();
                !file.empty() && !file.string().starts_with('.')) {
                write((folder / file).string());
            }
        }
    }

private:
    void write(const std::string& path) {
        FileHandle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
        if (!file.valid()) {
            throwSystemError("write", path, errno);
        }
        std::string buffer(1 << 18, '\0');
        for (;;) {
            if (cancel_ != nullptr && cancel_->load()) {
                throw Error(ErrorKind::Interrupted, fmt::format("Unpacking '{}' was stopped.", archive_),
                            "It begins anew the next time.");
            }
            const la_ssize_t got = archive_read_data(reader_.get(), buffer.data(), buffer.size());
            if (got < 0) {
                fail();
            }
            if (got == 0) {
                break;
            }
            if (const int error = writeFully(file, {buffer.data(), static_cast<std::size_t>(got)})) {
                throwSystemError("write", path, error);
            }
            written_ += static_cast<std::uint64_t>(got);
            if (progress_) {
                progress_(written_);
            }
        }
        if (const int error = file.close(); error != 0) {
            throwSystemError("write", path, error);
        }
    }

    [[noreturn]] void fail() const {
        const char* why = archive_error_string(reader_.get());
        throw Error(
            ErrorKind::BadInput,
            fmt::format("The archive '{}' is damaged: {}.", archive_, why != nullptr ? why : "unknown"),
            "Get it again.");
    }

    const std::string& archive_;
    const std::function<void(std::uint64_t)>& progress_;
    const std::atomic<bool>* cancel_;
    std::unique_ptr<archive, decltype(&archive_read_free)> reader_;
    std::uint64_t written_ = 0;
};

[[noreturn]] void failFolder(const fs::path& folder, const std::error_code& error) {
    throw Error(ErrorKind::InputOutput,
                fmt::format("The folder '{}' cannot be made: {}.", folder.string(), error.message()));
}

} // namespace

void unpackInto(const std::string& archive, const std::string& folder,
                const std::function<void(std::uint64_t)>& progress, const std::atomic<bool>* cancel) {
    const fs::path temporary = folder + ".unpacking";
    std::error_code error;
    fs::remove_all(temporary, error);
    if (fs::create_directories(temporary, error); error) {
        failFolder(temporary, error);
    }
    try {
        Unpacker(archive, progress, cancel).into(temporary);
    } catch (...) {
        fs::remove_all(temporary, error);
        throw;
    }
    fs::remove_all(folder, error);
    if (fs::rename(temporary, folder, error); error) {
        failFolder(folder, error);
    }
}

} // namespace alphascope::engine
