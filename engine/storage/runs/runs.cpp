#include <algorithm>
#include <filesystem>
#include <iterator>

#include "engine/api/error.h"
#include "engine/storage/checkpoint_files.h"
#include "engine/storage/event_file.h"
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

/// Of a run that cannot be read, none.
std::optional<RunParent> parentOf(const std::string& folder) {
    try {
        return readManifest(folder).facts.parent;
    } catch (const Error&) {
        return {};
    }
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
        entry.parent = manifest.facts.parent;
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

std::vector<Image> readLastSamples(const std::string& folder) {
    PreviewFiles files = latestPreview(listPreviews(folder));
    if (files.samples.empty()) {
        return {};
    }
    files.reconstructions.clear();
    files.points.clear();
    const std::shared_ptr<const Preview> preview = loadPreview(files);
    return preview ? preview->samples : std::vector<Image>();
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
    pinCheckpoint(checkpointPath, pinned);
}

std::vector<MetricPoint> readAncestorMetrics(const std::string& folder) {
    constexpr int mostAncestors = 64; // more are a circle that somebody wrote by hand
    std::vector<std::vector<MetricPoint>> youngestFirst;
    std::string child = folder;
    for (int i = 0; i < mostAncestors; ++i) {
        const std::optional<RunParent> parent = parentOf(child);
        if (!parent || parent->folder.empty() || !isRun(parent->folder)) {
            break;
        }
        std::vector<MetricPoint> points = EventReader(parent->folder).poll();
        // What it did after the fork is another story.
        std::erase_if(points, [&](const MetricPoint& point) { return point.step > parent->step; });
        youngestFirst.push_back(std::move(points));
        child = parent->folder;
    }
    std::vector<MetricPoint> all;
    for (auto part = youngestFirst.rbegin(); part != youngestFirst.rend(); ++part) {
        std::move(part->begin(), part->end(), std::back_inserter(all));
    }
    return all;
}

} // namespace alphascope::engine
