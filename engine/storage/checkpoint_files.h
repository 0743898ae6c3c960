#pragma once
// The files of a run's checkpoints/ folder: their names, pins, order and rotation. Any thread; the caller of
// what writes holds the run's lock.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace alphascope::engine {

struct CheckpointFile {
    std::string path;
    std::int64_t step = 0;
    std::uint64_t bytes = 0;
    bool pinned = false;
    bool best = false;       ///< see best_checkpoint.h
    bool superseded = false; ///< of a branch that was left when training went on from an earlier step
};

/// `run`/checkpoints
std::string checkpointsFolder(const std::string& run);

/// `run`/checkpoints/step-000012000.safetensors
std::string checkpointPath(const std::string& run, std::int64_t step);

/// Whether a file name is one that checkpointPath makes; gives the step.
bool parseCheckpointName(const std::string& name, std::int64_t* step);

/// Regular files called like ours (links and others are left alone), by step, ascending. Never throws for a
/// folder that is missing or cannot be read: the list is empty.
std::vector<CheckpointFile> listCheckpoints(const std::string& run);

/// The same, the one to go on with first: by step, descending, superseded ones behind the others.
std::vector<CheckpointFile> checkpointsNewestFirst(const std::string& run);

/// A pin is an empty file beside the checkpoint, so that any process may set it while another one trains.
std::string pinPath(const std::string& checkpoint);

/// Sets or takes off the pin. Throws Error: BadInput for what is no checkpoint, InputOutput.
void pinCheckpoint(const std::string& checkpoint, bool pinned);

/// The newest one that is not superseded and not later than `step`; the oldest one when all are later.
/// Nothing when there are none.
std::optional<CheckpointFile> checkpointBefore(const std::string& run, std::int64_t step);

/// To be called before a checkpoint of `step` is written: files of later steps belong to a branch that is
/// being left, and are remembered as such (checkpoints/superseded.txt), so that the next resume does not take
/// them for newer. Throws Error(InputOutput).
void supersedeLaterThan(const std::string& run, std::int64_t step);

/// Which checkpoints stay when one is saved.
struct KeepRules {
    int newest = 5;                       ///< so many of the newest, at least 1
    std::int64_t every = 0;               ///< and every n-th step; 0 = none
    std::string protectedPath{};          ///< and this file; "" = none
    std::optional<std::int64_t> before{}; ///< and checkpointBefore() this step: trouble may have begun there
    std::string best{};                   ///< and the one with the lowest value of this scalar; "" = none
    std::optional<double> value{};        ///< of that scalar now, when it is known
};

/// Deletes what no rule keeps; the best one, pinned ones and `saved` (known to be good) stay as well. Never
/// throws: a file that cannot be deleted stays.
void rotateCheckpoints(const std::string& run, const std::string& saved, const KeepRules& keep) noexcept;

} // namespace alphascope::engine
