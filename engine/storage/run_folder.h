#pragma once
// A run on disk: run.json, event files, checkpoints/, previews/, run.lock. No LibTorch.
// Threads: a RunFolder belongs to one thread at a time; the static readers may be called from any.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/run_config.h"
#include "engine/storage/checkpoint_files.h"
#include "engine/storage/model_state.h"
#include "engine/storage/run_manifest.h"

namespace alphascope::engine {

class RunFolder {
public:
    /// Makes the folder and takes the writer's lock. A folder with other files in it may be used; they are
    /// left alone. Throws Error: Usage when a run is there already (says how to resume), InputOutput when it
    /// cannot be written or another process writes it (names that process).
    static RunFolder create(const std::string& folder, const RunConfig& config, const RunFacts& facts);
    /// Takes the lock of an existing run to go on with it, and removes what a killed writer left
    /// half-written. Throws Error: BadInput when no run is there, InputOutput as above.
    static RunFolder openForWriting(const std::string& folder);
    ~RunFolder(); ///< releases the lock
    RunFolder(RunFolder&&) noexcept;
    RunFolder& operator=(RunFolder&&) noexcept;

    const std::string& path() const;

    /// Saves checkpoints/step-%012d.safetensors atomically, then rotates: deletes what `keep` does not name,
    /// but never a pinned one, the only good one, or a file that is not called like ours. Checkpoints of
    /// later steps (training went on from an earlier one) count as older than this one from then on. Gives
    /// the path. Throws Error(InputOutput) and loses nothing.
    std::string saveCheckpoint(const ModelState& state, std::int64_t step, const KeepRules& keep);

    /// Pins checkpointBefore(`step`), so that there is something to go back to. Gives its step; nothing when
    /// there is none or it cannot be pinned.
    std::optional<std::int64_t> keepBefore(std::int64_t step);

    /// previews/step-%012d-NAME.png. `name`: "samples" or "reconstructions" (any of a-z, 0-9, '-', '_').
    /// `png`: encoded bytes, best those of composePreview (engine/storage/runs/preview_sheet.h), which
    /// RunWatcher reads.
    void savePreview(std::int64_t step, const std::string& name, const std::string& png);

private:
    struct Impl;
    explicit RunFolder(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// A checkpoint that passed all checks, and what was passed over on the way to it.
struct ResolvedCheckpoint {
    std::string path;
    ModelState state;
    std::vector<std::string> passedOver; ///< "path: why", newer but damaged ones
};

/// `path`: a checkpoint file, or a run folder (newest good one). Good means: every check of readSafetensors,
/// our metadata (parseMetadata), and no NaN or infinity in any tensor. Throws Error with one sentence.
ResolvedCheckpoint resolveCheckpoint(const std::string& path);

} // namespace alphascope::engine
