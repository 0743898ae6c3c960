#pragma once
// A run on disk: run.json, event files, checkpoints/, previews/, run.lock. No LibTorch.
// Threads: a RunFolder belongs to one thread at a time; the static readers may be called from any.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/run_config.h"
#include "engine/api/runs.h"
#include "engine/storage/model_state.h"

namespace alphascope::engine {

/// Facts that are recorded beside the configuration.
struct RunFacts {
    std::string dataFingerprint;
    std::string libtorch;
    std::string device;
    int threads = 0;
    std::map<std::string, std::string> parameters; ///< resolved, every one
    int channels = 1;
    int size = 28;
};

class RunFolder {
public:
    /// Makes the folder and takes the writer's lock. Throws Error: Usage when a run is there already (says how
    /// to resume), InputOutput when it cannot be written or another process writes it (names that process).
    static RunFolder create(const std::string& folder, const RunConfig& config, const RunFacts& facts);
    /// Takes the lock of an existing run to go on with it.
    static RunFolder openForWriting(const std::string& folder);
    ~RunFolder(); ///< releases the lock
    RunFolder(RunFolder&&) noexcept;
    RunFolder& operator=(RunFolder&&) noexcept;

    const std::string& path() const;

    /// Saves checkpoints/step-%012d.safetensors atomically, then rotates: keeps the newest `keepNewest`, every
    /// `keepEvery`-th step, pinned ones, `protectedPath`, never the only good one, never a file that is not
    /// called like ours. Gives the path. Throws Error(InputOutput) and loses nothing.
    std::string saveCheckpoint(const ModelState& state, std::int64_t step, int keepNewest, std::int64_t keepEvery,
                               const std::string& protectedPath);

    /// previews/step-%012d.png: rows of originals | reconstructions and samples. `png` are encoded bytes.
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

/// `path`: a checkpoint file, or a run folder (newest good one). Throws Error with one sentence.
ResolvedCheckpoint resolveCheckpoint(const std::string& path);

} // namespace alphascope::engine
