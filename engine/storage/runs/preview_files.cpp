#include "engine/storage/runs/preview_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "engine/api/error.h"
#include "engine/imaging/images.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/number_text.h"
#include "engine/storage/runs/preview_sheet.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxSheet = std::size_t{64} << 20;
constexpr std::size_t stepDigits = 12;

/// step-000012000-samples.png
bool parseName(std::string_view name, std::int64_t* step, std::string_view* kind) {
    constexpr std::string_view prefix = "step-";
    constexpr std::string_view suffix = ".png";
    if (!name.starts_with(prefix) || !name.ends_with(suffix)) {
        return false;
    }
    name = name.substr(prefix.size(),
                       name.size() - prefix.size() - std::min(suffix.size(), name.size() - prefix.size()));
    const std::size_t dash = name.find('-');
    if (dash == std::string_view::npos || dash < stepDigits) {
        return false;
    }
    *kind = name.substr(dash + 1);
    return parseNumber(name.substr(0, dash), step) && *step >= 0 &&
           (*kind == "samples" || *kind == "reconstructions" || *kind == "points");
}

std::string readSheet(const std::string& path) {
    return path.empty() ? std::string() : readFile(path, maxSheet);
}

Image makeThumbnail(const PreviewFiles& files) {
    const auto preview =
        loadPreview(files.samples.empty() ? files : PreviewFiles{files.step, files.samples, {}, {}, 0});
    if (!preview) {
        return {};
    }
    std::vector<Image> cells = preview->samples.empty() ? preview->reconstructions : preview->samples;
    cells.resize(std::min<std::size_t>(cells.size(), 4));
    return cells.empty() ? Image() : makeGrid(cells, {.columns = cells.size() < 4 ? 1 : 2, .padding = 1});
}

} // namespace

std::vector<PreviewFiles> listPreviews(const std::string& run) {
    std::map<std::int64_t, PreviewFiles> byStep;
    std::error_code failed;
    for (fs::directory_iterator entry(run + "/previews", failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const std::string name = entry->path().filename().string();
        std::int64_t step = 0;
        std::string_view kind;
        struct stat info {};
        if (!parseName(name, &step, &kind) || ::stat(entry->path().c_str(), &info) != 0) {
            continue;
        }
        PreviewFiles& files = byStep[step];
        files.step = step;
        (kind == "samples"  ? files.samples
         : kind == "points" ? files.points
                            : files.reconstructions) = entry->path().string();
        files.changed = std::max<std::int64_t>(
            files.changed, info.st_mtim.tv_sec * std::int64_t{1'000'000'000} + info.st_mtim.tv_nsec);
    }
    std::vector<PreviewFiles> previews;
    previews.reserve(byStep.size());
    for (auto& [step, files] : byStep) {
        previews.push_back(std::move(files));
    }
    return previews;
}

PreviewFiles latestPreview(const std::vector<PreviewFiles>& previews) {
    const auto latest = std::max_element(previews.begin(), previews.end(), [](const auto& a, const auto& b) {
        return a.changed != b.changed ? a.changed < b.changed : a.step < b.step;
    });
    return latest == previews.end() ? PreviewFiles{} : *latest;
}

std::shared_ptr<const Preview> loadPreview(const PreviewFiles& files) {
    try {
        return std::make_shared<const Preview>(parsePreview(
            readSheet(files.reconstructions), readSheet(files.samples),
            files.samples.empty() ? files.reconstructions : files.samples, readSheet(files.points)));
    } catch (const Error&) {
        return nullptr; // a preview is a convenience: the run is as good without
    }
}

Image ThumbnailCache::thumbnail(const std::vector<PreviewFiles>& previews, std::int64_t step) {
    const auto after =
        std::upper_bound(previews.begin(), previews.end(), step,
                         [](std::int64_t value, const PreviewFiles& files) { return value < files.step; });
    if (after == previews.begin()) {
        return {};
    }
    const PreviewFiles& files = *std::prev(after);
    Entry& entry = entries_[files.step];
    if (entry.files != files) {
        entry = {files, makeThumbnail(files)};
    }
    return entry.image;
}

} // namespace alphascope::engine
