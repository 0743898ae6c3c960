#include "engine/storage/checkpoint_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <sstream>
#include <string_view>

#include "engine/api/error.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/best_checkpoint.h"
#include "engine/storage/file_handle.h"
#include "engine/storage/number_text.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view namePrefix = "step-";
constexpr std::string_view nameSuffix = ".safetensors";
constexpr std::size_t maxSupersededText = std::size_t{16} << 20;

std::string checkpointName(std::int64_t step) {
    return fmt::format("{}{:012}{}", namePrefix, step, nameSuffix);
}

std::string supersededPath(const std::string& run) {
    return checkpointsFolder(run) + "/superseded.txt";
}

/// A list that is missing or unreadable is no reason to hide checkpoints: they count as not superseded.
std::set<std::string> readSuperseded(const std::string& run) {
    std::set<std::string> names;
    try {
        std::istringstream lines(readFile(supersededPath(run), maxSupersededText));
        for (std::string line; std::getline(lines, line);) {
            std::int64_t step = 0;
            if (parseCheckpointName(line, &step)) {
                names.insert(line);
            }
        }
    } catch (const Error&) {
    }
    return names;
}

void writeSuperseded(const std::string& run, const std::set<std::string>& names) {
    std::string text = "# Checkpoints of a branch that was left: training went on from an earlier step.\n";
    for (const std::string& name : names) {
        text += name + "\n";
    }
    writeFileAtomically(supersededPath(run), text);
}

bool isSameFile(const std::string& a, const std::string& b) {
    std::error_code failed;
    return !b.empty() && (a == b || fs::equivalent(a, b, failed));
}

} // namespace

std::string checkpointsFolder(const std::string& run) {
    return run + "/checkpoints";
}

std::string checkpointPath(const std::string& run, std::int64_t step) {
    return checkpointsFolder(run) + "/" + checkpointName(step);
}

bool parseCheckpointName(const std::string& name, std::int64_t* step) {
    if (!name.starts_with(namePrefix) || !name.ends_with(nameSuffix) ||
        name.size() < namePrefix.size() + nameSuffix.size()) {
        return false;
    }
    const auto digits =
        std::string_view(name).substr(namePrefix.size(), name.size() - namePrefix.size() - nameSuffix.size());
    return parseNumber(digits, step) && *step >= 0 && name == checkpointName(*step);
}

std::string pinPath(const std::string& checkpoint) {
    return checkpoint + ".pinned";
}

void pinCheckpoint(const std::string& checkpoint, bool pinned) {
    std::int64_t step = 0;
    std::error_code failed;
    if (!parseCheckpointName(fs::path(checkpoint).filename().string(), &step) ||
        !fs::is_regular_file(checkpoint, failed)) {
        throw Error(ErrorKind::BadInput, fmt::format("'{}' is no checkpoint of a run.", checkpoint),
                    "Choose a file from a run's checkpoints folder.");
    }
    const std::string pin = pinPath(checkpoint);
    if (pinned) {
        if (!FileHandle(::open(pin.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)).valid()) {
            throwSystemError("pin", checkpoint, errno);
        }
    } else if (::unlink(pin.c_str()) != 0 && errno != ENOENT) {
        throwSystemError("unpin", checkpoint, errno);
    }
}

std::vector<CheckpointFile> listCheckpoints(const std::string& run) {
    const std::set<std::string> superseded = readSuperseded(run);
    const std::optional<BestCheckpoint> best = readBest(run);
    std::vector<CheckpointFile> files;
    std::error_code failed;
    for (fs::directory_iterator entry(checkpointsFolder(run), failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const std::string name = entry->path().filename().string();
        CheckpointFile file;
        struct stat info {};
        if (!parseCheckpointName(name, &file.step) || ::lstat(entry->path().c_str(), &info) != 0 ||
            !S_ISREG(info.st_mode)) {
            continue;
        }
        std::error_code absent;
        file.path = entry->path().string();
        file.bytes = static_cast<std::uint64_t>(info.st_size);
        file.pinned = fs::exists(pinPath(file.path), absent);
        file.best = best && best->name == name;
        file.superseded = superseded.contains(name);
        files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
    return files;
}

std::vector<CheckpointFile> checkpointsNewestFirst(const std::string& run) {
    std::vector<CheckpointFile> files = listCheckpoints(run);
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
        return a.superseded != b.superseded ? b.superseded : a.step > b.step;
    });
    return files;
}

std::optional<CheckpointFile> checkpointBefore(const std::string& run, std::int64_t step) {
    std::optional<CheckpointFile> found;
    for (const CheckpointFile& file : listCheckpoints(run)) {
        if (!file.superseded && (!found || file.step <= step)) {
            found = file;
        }
    }
    return found;
}

void supersedeLaterThan(const std::string& run, std::int64_t step) {
    std::set<std::string> names;
    for (const CheckpointFile& file : listCheckpoints(run)) {
        if (file.step > step || (file.superseded && file.step != step)) {
            names.insert(checkpointName(file.step));
        }
    }
    if (names != readSuperseded(run)) {
        writeSuperseded(run, names);
    }
}

void rotateCheckpoints(const std::string& run, const std::string& saved, const KeepRules& keep) noexcept {
    try {
        const auto wayBack = keep.before ? checkpointBefore(run, *keep.before) : std::nullopt;
        int rank = 0;
        for (const CheckpointFile& file : checkpointsNewestFirst(run)) {
            const bool recent = rank++ < std::max(keep.newest, 1);
            const bool milestone = keep.every > 0 && file.step % keep.every == 0;
            if (recent || milestone || file.best || (wayBack && file.path == wayBack->path) ||
                isSameFile(file.path, saved) || isSameFile(file.path, keep.protectedPath)) {
                continue;
            }
            std::error_code failed;
            if (!fs::exists(pinPath(file.path), failed) &&
                !failed) { // as late as possible: pins come from anywhere
                fs::remove(file.path, failed);
            }
        }
    } catch (...) {
        // The checkpoint is saved; what is left over costs only room, and the next rotation tries again.
    }
}

} // namespace alphascope::engine
