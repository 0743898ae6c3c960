#include <fmt/format.h>

#include <filesystem>

#include "engine/api/error.h"
#include "engine/storage/checkpoint_files.h"
#include "engine/storage/checkpoint_meta.h"
#include "engine/storage/run_folder.h"
#include "engine/storage/safetensors.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

ModelState readGoodCheckpoint(const std::string& path) {
    ModelState state = readSafetensors(path);
    parseMetadata(state.metadata, path);
    if (const auto broken = findNonFinite(state)) {
        throw Error(
            ErrorKind::BadInput,
            fmt::format("'{}' holds a broken model: {} of {} numbers of tensor '{}' are NaN or infinite.",
                        path, broken->count, broken->total, broken->name),
            "Use an earlier checkpoint.");
    }
    return state;
}

/// The run that a folder stands for: itself, or the one whose checkpoints folder it is.
std::string runOf(const std::string& folder) {
    std::error_code failed;
    const fs::path path = fs::path(folder) / "";
    if (path.parent_path().filename() == "checkpoints" && !fs::exists(path / "checkpoints", failed)) {
        return path.parent_path().parent_path().empty() ? "." : path.parent_path().parent_path().string();
    }
    return folder;
}

} // namespace

ResolvedCheckpoint resolveCheckpoint(const std::string& path) {
    std::error_code failed;
    std::string folder = path;
    if (!fs::is_directory(path, failed)) {
        if (fs::path(path).filename() != manifestName) {
            return {path, readGoodCheckpoint(path), {}};
        }
        folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path().string() : ".";
    }
    ResolvedCheckpoint resolved;
    const std::string run = runOf(folder);
    for (const CheckpointFile& file : checkpointsNewestFirst(run)) {
        try {
            resolved.state = readGoodCheckpoint(file.path);
            resolved.path = file.path;
            return resolved;
        } catch (const Error& error) {
            resolved.passedOver.push_back(fmt::format("{}: {}", file.path, error.what()));
        }
    }
    if (!resolved.passedOver.empty()) {
        throw Error(
            ErrorKind::BadInput,
            fmt::format("The run '{}' holds no good checkpoint; of its {}, the newest cannot be used: {}",
                        run, resolved.passedOver.size(), resolved.passedOver.front()),
            "Start again, or go on from a checkpoint of another run.");
    }
    if (!fs::exists(run + "/" + manifestName, failed)) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("The folder '{}' is no run: it has no {}.", run, manifestName),
                    "Choose a run folder or a checkpoint file.");
    }
    throw Error(ErrorKind::BadInput, fmt::format("The run '{}' holds no checkpoint yet.", run),
                "Wait until it has saved one, or start it again.");
}

} // namespace alphascope::engine
