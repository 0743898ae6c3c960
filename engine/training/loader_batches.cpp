#include "engine/training/loader_batches.h"

#include <memory>
#include <utility>

namespace alphascope::engine {

LoaderBatches::LoaderBatches(std::shared_ptr<const DataSet> set, int batchSize, std::uint64_t seed,
                             std::uint64_t firstBatch, int workers, torch::Device device)
    : channels_(set->channels()), size_(set->size()), device_(device), drawn_(firstBatch),
      loader_(std::move(set), batchSize, seed, firstBatch, workers) {}

models::Batch LoaderBatches::next() {
    // The tensor takes over the loader's memory: no copy on the CPU.
    auto batch = std::make_shared<Batch>(loader_.next());
    ++drawn_;
    const torch::Tensor labels =
        torch::tensor(torch::ArrayRef<int>(batch->labels), torch::dtype(torch::kInt64));
    const torch::Tensor host = torch::from_blob(batch->pixels.data(), {batch->count, channels_, size_, size_},
                                                [batch](void*) mutable { batch.reset(); });
    return {host.to(device_), labels.to(device_)};
}

} // namespace alphascope::engine
