#include "engine/storage/run_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "engine/api/error.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/best_checkpoint.h"
#include "engine/storage/checkpoint_files.h"
#include "engine/storage/file_handle.h"
#include "engine/storage/run_lock.h"
#include "engine/storage/safetensors.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

void makeFolder(const std::string& path) {
    std::error_code failed;
    fs::create_directories(path, failed);
    if (!failed && !fs::is_directory(path, failed)) {
        failed = std::make_error_code(std::errc::not_a_directory);
    }
    if (failed) {
        throwSystemError("make the folder", path, failed.value());
    }
}

void makeSubfolders(const std::string& run) {
    makeFolder(run + "/checkpoints");
    makeFolder(run + "/previews");
}

void sweep(const std::string& run) {
    for (const char* folder : {"", "/checkpoints", "/previews"}) {
        sweepTempFiles(run + folder);
    }
}

bool holdsRun(const std::string& folder) {
    std::error_code failed;
    return fs::exists(folder + "/" + manifestName, failed);
}

void refuseExistingRun(const std::string& folder) {
    if (holdsRun(folder)) {
        throw Error(ErrorKind::Usage, fmt::format("The folder '{}' holds a run already.", folder),
                    "Add --resume to go on with it, or choose another folder.");
    }
    if (!listCheckpoints(folder).empty()) {
        throw Error(ErrorKind::Usage,
                    fmt::format("The folder '{}' holds checkpoints but no run.json.", folder),
                    "Choose another folder.");
    }
}

} // namespace

struct RunFolder::Impl {
    std::string path;
    RunLock lock;
};

RunFolder::RunFolder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RunFolder::~RunFolder() = default;
RunFolder::RunFolder(RunFolder&&) noexcept = default;
RunFolder& RunFolder::operator=(RunFolder&&) noexcept = default;

RunFolder RunFolder::create(const std::string& folder, const RunConfig& config, const RunFacts& facts) {
    if (folder.empty()) {
        throw Error(ErrorKind::Usage, "A run needs a folder.", "Name one with --run.");
    }
    refuseExistingRun(folder);
    makeFolder(folder);
    auto impl = std::make_unique<Impl>(Impl{folder, RunLock::take(folder)});
    refuseExistingRun(folder); // another process may have been faster
    sweep(folder);
    makeSubfolders(folder);
    writeFileAtomically(folder + "/" + manifestName, toJson(makeManifest(config, facts)));
    return RunFolder(std::move(impl));
}

RunFolder RunFolder::openForWriting(const std::string& folder) {
    if (!holdsRun(folder)) {
        throw Error(ErrorKind::BadInput, fmt::format("The folder '{}' holds no run to go on with.", folder),
                    "Check the path, or start a new run there without --resume.");
    }
    auto impl = std::make_unique<Impl>(Impl{folder, RunLock::take(folder)});
    sweep(folder);
    makeSubfolders(folder);
    return RunFolder(std::move(impl));
}

const std::string& RunFolder::path() const {
    return impl_->path;
}

std::string RunFolder::saveCheckpoint(const ModelState& state, std::int64_t step, const KeepRules& keep) {
    const std::string& run = impl_->path;
    if (holdsRun(run)) {
        makeSubfolders(run); // somebody may have tidied up; a run folder that is gone stays gone
    }
    supersedeLaterThan(run, step);
    std::string path = checkpointPath(run, step);
    writeSafetensors(path, state);
    rememberBest(run, fs::path(path).filename().string(), keep.best, keep.value);
    rotateCheckpoints(run, path, keep);
    return path;
}

std::optional<std::int64_t> RunFolder::keepBefore(std::int64_t step) {
    const std::optional<CheckpointFile> file = checkpointBefore(impl_->path, step);
    if (!file) {
        return {};
    }
    try {
        pinCheckpoint(file->path, true);
    } catch (const Error&) {
        return {}; // a full disk: it stays as long as rotation lets it
    }
    return file->step;
}

void RunFolder::savePreview(std::int64_t step, const std::string& name, const std::string& png) {
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (!plain) {
        throw Error(ErrorKind::Internal, fmt::format("'{}' is no name for a preview.", name));
    }
    writeFileAtomically(fmt::format("{}/previews/step-{:012}-{}.png", impl_->path, step, name), png);
}

} // namespace alphascope::engine
