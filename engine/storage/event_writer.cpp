#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <string_view>

#include "engine/storage/event_file.h"
#include "engine/storage/event_records.h"
#include "engine/storage/file_handle.h"
#include "engine/storage/number_text.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view eventFilePrefix = "events.out.tfevents.";
constexpr std::size_t maxWaiting = std::size_t{64} << 20;

double now() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// Seconds for the file's name: readers go by name, so a clock that was set back must not put a new file
/// before the old ones.
std::int64_t nextStamp(const std::string& folder) {
    std::int64_t stamp = static_cast<std::int64_t>(now());
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const std::string name = entry->path().filename().string();
        std::int64_t other = 0;
        if (name.starts_with(eventFilePrefix) && name.size() > eventFilePrefix.size() + 10 &&
            parseNumber(std::string_view(name).substr(eventFilePrefix.size(), 10), &other)) {
            stamp = std::max(stamp, other + 1);
        }
    }
    return stamp;
}

std::string hostName() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    std::string name = host.data();
    std::replace(name.begin(), name.end(), '/', '-');
    return name.empty() ? "localhost" : name;
}

} // namespace

struct EventWriter::Impl {
    std::string path;
    FileHandle file;
    std::string waiting; ///< whole records, but for the front, which may have been cut by a full disk

    void add(const std::string& event) {
        if (waiting.size() + event.size() <= maxWaiting) {
            waiting += frameRecord(event);
        }
    }
    int write() {
        std::size_t written = 0;
        const int error = writeFully(file, waiting, &written);
        waiting.erase(0, written);
        return error;
    }
};

EventWriter::EventWriter(const std::string& folder, std::int64_t startStep)
    : impl_(std::make_unique<Impl>()) {
    do {
        impl_->path = fmt::format("{}/{}{:010}.{}.{}.0", folder, eventFilePrefix, nextStamp(folder),
                                  hostName(), ::getpid());
        impl_->file =
            FileHandle(::open(impl_->path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666));
    } while (!impl_->file.valid() && errno == EEXIST);
    if (!impl_->file.valid()) {
        throwSystemError("write", impl_->path, errno);
    }
    impl_->add(fileVersionEvent(now()));
    // TensorBoard drops from the named step on; the point of the last good step itself is to stay.
    impl_->add(sessionStartEvent(startStep > 0 ? startStep + 1 : 0, now()));
    flush();
}

EventWriter::~EventWriter() {
    impl_->write();
}

void EventWriter::scalars(const MetricPoint& point) {
    if (!point.values.empty()) {
        impl_->add(scalarsEvent(point));
    }
}

void EventWriter::image(const std::string& tag, std::int64_t step, double wallTime, int width, int height,
                        int channels, const std::string& png) {
    impl_->add(imageEvent(tag, step, wallTime, width, height, channels, png));
}

void EventWriter::text(const std::string& tag, std::int64_t step, double wallTime, const std::string& value) {
    impl_->add(textEvent(tag, step, wallTime, value));
}

void EventWriter::flush() {
    if (const int error = impl_->write()) {
        throwSystemError("write", impl_->path, error);
    }
}

const std::string& EventWriter::path() const {
    return impl_->path;
}

} // namespace alphascope::engine
