#pragma once
// Which checkpoint of a run is the best one so far by a scalar (lower is better): remembered beside the
// checkpoints, in checkpoints/best.txt, so that it stays known when training goes on later. The caller of
// what writes holds the run's lock.

#include <optional>
#include <string>

namespace alphascope::engine {

struct BestCheckpoint {
    std::string name;   ///< of the file in checkpoints/
    std::string scalar; ///< "metric/heldout_l1"
    double value = 0.0;
};

/// None when nothing was remembered, or nothing that can be read.
std::optional<BestCheckpoint> readBest(const std::string& run);

/// To be called after a checkpoint was written as `name`. `value`: of `scalar` then; none when it is not
/// known, and the checkpoint cannot be the best. An empty `scalar` forgets what was remembered. Throws
/// Error(InputOutput).
void rememberBest(const std::string& run, const std::string& name, const std::string& scalar,
                  std::optional<double> value);

} // namespace alphascope::engine
