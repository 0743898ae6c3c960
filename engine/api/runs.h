#pragma once
// Runs on disk, as lists and as live views. Standard library only.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/image.h"
#include "engine/api/run_config.h"
#include "engine/api/session.h"

namespace alphascope::engine {

struct CheckpointEntry {
    std::string path;
    std::int64_t step = 0;
    std::uint64_t bytes = 0;
    bool pinned = false;
    bool best = false; ///< by the scalar that RunConfig::keepBest names
    Image thumbnail;   ///< a few samples of that step, from previews/; may be empty
};

/// What a forked run began as.
struct RunParent {
    std::string run;      ///< name of its folder then
    std::string folder;   ///< where that lies, seen from where the fork lies now; it may be gone
    std::string checksum; ///< of the checkpoint
    std::int64_t step = 0;
    bool operator==(const RunParent&) const = default;
};

struct RunEntry {
    std::string folder;
    std::string name;                ///< folder name
    std::string method;              ///< from run.json
    std::optional<RunParent> parent; ///< of a fork
    std::string data;
    std::string transform;
    std::int64_t lastStep = 0;
    bool active = false;                      ///< another process (or this one) holds the writer's lock
    std::string problem;                      ///< one sentence when run.json cannot be read
    std::vector<CheckpointEntry> checkpoints; ///< by step, ascending
};

/// Reads all run folders directly below `root` (and `root` itself when it is one). Never throws for a bad
/// run: it is listed with its problem. Reads files; do not call it on a GUI thread.
std::vector<RunEntry> listRuns(const std::string& root);
RunEntry readRun(const std::string& folder);

/// The configuration a run was started with. Throws Error (BadInput, InputOutput).
RunConfig readRunConfig(const std::string& folder);

/// The scalars that the runs before a fork wrote up to the steps that were forked from, oldest first; empty
/// for a run that is no fork, and as far as ancestors are gone. Never throws for what it finds on the disk.
std::vector<MetricPoint> readAncestorMetrics(const std::string& folder);

/// The samples of the preview that the run wrote last; empty without one. Never throws for what it finds on
/// the disk.
std::vector<Image> readLastSamples(const std::string& folder);

/// True when `path` is a run folder (holds run.json) or lies in one; gives the run folder.
bool findRunFolder(const std::string& path, std::string* folder);

/// Keeps a checkpoint from rotation (or lets it go again). Throws Error.
void setPinned(const std::string& checkpointPath, bool pinned);

/// Follows a run folder that any process writes: reads only, never locks. Its own thread looks twice a
/// second.
class RunWatcher {
public:
    /// `notify`: as TrainingSession's, on the watcher's thread.
    RunWatcher(std::string folder, std::function<void()> notify);
    ~RunWatcher();
    RunWatcher(const RunWatcher&) = delete;
    RunWatcher& operator=(const RunWatcher&) = delete;

    std::vector<MetricPoint> takeMetrics();       ///< all that is in the event files, then what is added
    std::vector<SessionEvent> takeEvents();       ///< Alarm and ParameterChanged, likewise
    std::shared_ptr<const Preview> takePreview(); ///< newest
    std::shared_ptr<const RunEntry> takeRun();    ///< when checkpoints or state changed

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
