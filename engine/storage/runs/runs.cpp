#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "engine/api/error.h"
#include "engine/storage/checkpoint_files.h"
#include "engine/storage/file_handle.h"
#include "engine/storage/run_lock.h"
#include "engine/storage/run_manifest.h"
#include "engine/storage/runs/run_entry.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

bool isRun(const fs::path& folder) {
    std::error_code failed;
    return fs::is_regular_file(folder / manifestName, failed);
}

std::string nameOf(const std::string& folder) {
    const fs::path path = fs::absolute(folder).lexically_normal();
    return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

} // namespace

RunEntry readRunEntry(const std::string& folder, ThumbnailCache& thumbnails) {
    RunEntry entry;
    entry.folder = folder;
    entry.name = nameOf(folder);
    try {
        const RunManifest manifest = readManifest(folder);
        entry.method = manifest.config.method;
        entry.data = manifest.config.data;
        entry.transform = manifest.config.transform;
    } catch (const Error& error) {
        entry.problem = error.what();
    }
    entry.active = isRunActive(folder);
    const std::vector<PreviewFiles> previews = listPreviews(folder);
    for (const CheckpointFile& file : checkpointsNewestFirst(folder)) {
        if (entry.checkpoints.empty()) {
            entry.lastStep = file.step;
        }
        entry.checkpoints.push_back({file.path, file.step, file.bytes, file.pinned, file.best,
                                     thumbnails.thumbnail(previews, file.step)});
    }
    std::sort(entry.checkpoints.begin(), entry.checkpoints.end(),
              [](const auto& a, const auto& b) { return a.step < b.step; });
    entry.lastStep = std::max(entry.lastStep, latestPreview(previews).step);
    return entry;
}

RunEntry readRun(const std::string& folder) {
    ThumbnailCache thumbnails;
    return readRunEntry(folder, thumbnails);
}

std::vector<RunEntry> listRuns(const std::string& root) {
    std::vector<RunEntry> runs;
    if (isRun(root)) {
        runs.push_back(readRun(root));
    }
    std::vector<std::string> folders;
    std::error_code failed;
    for (fs::directory_iterator entry(root, failed), end; !failed && entry != end; entry.increment(failed)) {
        if (isRun(entry->path())) {
            folders.push_back(entry->path().string());
        }
    }
    std::sort(folders.begin(), folders.end());
    for (const std::string& folder : folders) {
        runs.push_back(readRun(folder));
    }
    return runs;
}

RunConfig readRunConfig(const std::string& folder) {
    return readManifest(folder).config;
}

bool findRunFolder(const std::string& path, std::string* folder) {
    std::error_code failed;
    fs::path candidate = fs::absolute(path, failed).lexically_normal();
    if (path.empty() || failed) {
        return false;
    }
    for (int level = 0; level < 3; ++level) { // run / checkpoints / file
        if (isRun(candidate)) {
            *folder = candidate.has_filename() ? candidate.string() : candidate.parent_path().string();
            return true;
        }
        candidate =
            candidate.has_filename() ? candidate.parent_path() : candidate.parent_path().parent_path();
    }
    return false;
}

void setPinned(const std::string& checkpointPath, bool pinned) {
    std::int64_t step = 0;
    std::error_code failed;
    if (!parseCheckpointName(fs::path(checkpointPath).filename().string(), &step) ||
        !fs::is_regular_file(checkpointPath, failed)) {
        throw Error(ErrorKind::BadInput, fmt::format("'{}' is no checkpoint of a run.", checkpointPath),
                    "Choose a file from a run's checkpoints folder.");
    }
    const std::string pin = pinPath(checkpointPath);
    if (pinned) {
        if (!FileHandle(::open(pin.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)).valid()) {
            throwSystemError("pin", checkpointPath, errno);
        }
    } else if (::unlink(pin.c_str()) != 0 && errno != ENOENT) {
        throwSystemError("unpin", checkpointPath, errno);
    }
}

} // namespace alphascope::engine
