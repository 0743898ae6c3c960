#pragma once
// Batches of training pictures, made ahead by worker threads, in an order that depends on counters alone.
// One consumer thread. No LibTorch.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/data/data_set.h"

namespace alphascope::engine {

struct Batch {
    std::uint64_t index = 0;   ///< which batch of the run
    std::vector<float> pixels; ///< [B,C,H,W] in [-1,1]
    std::vector<int> labels;
    int count = 0;
};

class BatchLoader {
public:
    /// Batch i is the same for the same (set, batchSize, seed, i), whatever the workers do. Every picture is
    /// used once per pass (endless sets: index = position). Bounded memory: a few batches ahead.
    BatchLoader(std::shared_ptr<const DataSet> set, int batchSize, std::uint64_t seed,
                std::uint64_t firstBatch, int workers);
    ~BatchLoader(); ///< joins
    BatchLoader(const BatchLoader&) = delete;
    BatchLoader& operator=(const BatchLoader&) = delete;

    /// Waits only when the workers are behind. A picture that cannot be decoded is replaced by the next good
    /// one, counted, and listed. Throws Error when none can be decoded, or after requestStop().
    Batch next();
    void requestStop();                       ///< any thread
    std::uint64_t skippedCount() const;       ///< any thread
    std::vector<std::string> skipped() const; ///< the first 100: path and why

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
