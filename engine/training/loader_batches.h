#pragma once
// The loader's batches as a method takes them: tensors on the training device, counted. One thread.

#include <cstdint>

#include "engine/data/batch_loader.h"
#include "models/methods/method.h"

namespace alphascope::engine {

class LoaderBatches final : public models::BatchSource {
public:
    LoaderBatches(std::shared_ptr<const DataSet> set, int batchSize, std::uint64_t seed,
                  std::uint64_t firstBatch, int workers, torch::Device device);

    models::Batch next() override;

    std::uint64_t drawn() const {
        return drawn_;
    } ///< batches taken since the run began: the next one's index
    BatchLoader& loader() { return loader_; }

private:
    std::int64_t channels_;
    std::int64_t size_;
    torch::Device device_;
    std::uint64_t drawn_;
    BatchLoader loader_;
};

} // namespace alphascope::engine
