#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>

#include "engine/storage/event_file.h"
#include "engine/storage/event_records.h"
#include "engine/storage/file_handle.h"
#include "engine/storage/run_notes.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t readPiece = std::size_t{1} << 20;

} // namespace

struct EventReader::Impl {
    /// How far one file was read.
    struct FileState {
        std::uint64_t position = 0; ///< of the first byte that is not dealt with
        bool ended = false;         ///< damaged: nothing after it can be trusted
    };

    std::string folder;
    std::map<std::string, FileState> files; ///< by name, which begins with the time
    std::vector<std::string> warnings;
    std::vector<MetricPoint> points;
    struct Note {
        std::int64_t step;
        SessionEvent event;
    };
    std::vector<Note> notes;

    void findFiles() {
        std::error_code failed;
        for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
             entry.increment(failed)) {
            const std::string name = entry->path().filename().string();
            if (name.find("tfevents") != std::string::npos) {
                files.try_emplace(name);
            }
        }
    }

    void end(const std::string& name, FileState& state, const std::string& why) {
        state.ended = true;
        warnings.push_back(fmt::format("The curves in '{}/{}' end early: {}.", folder, name, why));
    }

    /// Points are merged only within a file, and never across a start.
    void add(ParsedEvent&& event, bool& mayMerge) {
        MetricPoint& point = event.point;
        if (event.sessionStart) {
            std::erase_if(points, [&](const MetricPoint& old) { return old.step >= point.step; });
            std::erase_if(notes, [&](const Note& old) { return old.step >= point.step; });
            mayMerge = false;
            return;
        }
        for (const auto& [tag, text] : event.texts) {
            if (auto told = eventOf(tag, point.step, text)) {
                notes.push_back({point.step, std::move(*told)});
            }
        }
        if (point.values.empty()) {
            return;
        }
        if (mayMerge && !points.empty() && points.back().step == point.step) {
            std::move(point.values.begin(), point.values.end(), std::back_inserter(points.back().values));
        } else {
            points.push_back(std::move(point));
            mayMerge = true;
        }
    }

    /// Gives the number of bytes dealt with; `*needed` is what the next record takes.
    std::size_t takeRecords(const std::string& name, FileState& state, std::string_view bytes, bool& mayMerge,
                            std::size_t* needed) {
        std::size_t done = 0;
        while (!state.ended) {
            const Frame frame = readFrame(bytes.substr(done));
            if (frame.status == FrameStatus::Unfinished) {
                *needed = frame.length;
                break;
            }
            std::optional<ParsedEvent> event;
            if (frame.status == FrameStatus::Complete) {
                event = parseEvent(frame.data);
            }
            if (!event) {
                end(name, state, fmt::format("the record at byte {} is damaged", state.position + done));
                break;
            }
            add(std::move(*event), mayMerge);
            done += frame.length;
        }
        return done;
    }

    void readOn(const std::string& name, FileState& state) {
        const std::string path = folder + "/" + name;
        const OpenedFile file = openRegularFile(path);
        if (file.size < state.position) {
            end(name, state, "the file became shorter");
            return;
        }
        bool mayMerge = false;
        std::size_t needed = 1;
        std::string bytes;
        while (!state.ended && file.size - state.position >= needed) {
            bytes.resize(std::min<std::uint64_t>(std::max(readPiece, needed), file.size - state.position));
            readExactly(file.handle, path, state.position, bytes.data(), bytes.size());
            state.position += takeRecords(name, state, bytes, mayMerge, &needed);
        }
    }
};

EventReader::EventReader(std::string folder) : impl_(std::make_unique<Impl>()) {
    impl_->folder = std::move(folder);
}

EventReader::~EventReader() = default;

std::vector<MetricPoint> EventReader::poll() {
    impl_->points.clear();
    impl_->findFiles();
    for (auto& [name, state] : impl_->files) {
        if (state.ended) {
            continue;
        }
        try {
            impl_->readOn(name, state);
        } catch (const Error& error) {
            // Gone, replaced by something else, or unreadable: say so once and leave it.
            impl_->end(name, state, error.what());
        }
    }
    return std::exchange(impl_->points, {});
}

std::vector<SessionEvent> EventReader::takeEvents() {
    std::vector<SessionEvent> events;
    for (Impl::Note& note : std::exchange(impl_->notes, {})) {
        events.push_back(std::move(note.event));
    }
    return events;
}

std::vector<std::string> EventReader::takeWarnings() {
    return std::exchange(impl_->warnings, {});
}

} // namespace alphascope::engine
