#include "tests/benchmarks/exported_iteration.h"

#include "models/libtorch.h"

#include <map>

#include "engine/storage/safetensors.h"
#include "models/state.h"
#include "tests/benchmarks/workloads.h"

namespace alphascope::benchmarks {
namespace {

using torch::Tensor;

void add(engine::ModelState& state, const std::string& name, const Tensor& tensor) {
    const bool whole = tensor.scalar_type() == torch::kInt64;
    const Tensor flat = tensor.detach().to(whole ? torch::kInt64 : torch::kFloat32).contiguous();
    const auto* begin = static_cast<const std::byte*>(flat.const_data_ptr());
    state.arrays.push_back(
        {name, whole ? "I64" : "F32", flat.sizes().vec(), std::vector(begin, begin + flat.nbytes())});
}

/// Keeps what a method draws, so that nobody has to know how often it does.
class Recorder final : public models::RandomStreams {
public:
    using RandomStreams::RandomStreams;

    Tensor normal(const std::string& stream, torch::IntArrayRef sizes, const torch::Device& device) override {
        return kept(stream, RandomStreams::normal(stream, sizes, device));
    }
    Tensor uniform(const std::string& stream, torch::IntArrayRef sizes,
                   const torch::Device& device) override {
        return kept(stream, RandomStreams::uniform(stream, sizes, device));
    }

    const std::map<std::string, std::vector<Tensor>>& draws() const { return draws_; }

private:
    Tensor kept(const std::string& stream, const Tensor& draw) {
        draws_[stream].push_back(draw.clone());
        return draw;
    }

    std::map<std::string, std::vector<Tensor>> draws_;
};

} // namespace

void exportIterations(const models::ModelSpec& spec, const std::string& path) {
    const auto method = models::makeMethod(spec, workloadSeed, torch::kCPU, models::Purpose::Training);
    SameBatch batches(spec, torch::kCPU);
    engine::ModelState state;
    state.metadata = spec.parameters.toTexts();
    for (const models::NamedTensor& item : models::collectState(*method)) {
        if (item.kind == models::StateKind::Parameter) {
            add(state, item.name, item.tensor);
        }
    }
    const models::Batch batch = batches.next();
    add(state, "input.pictures", batch.pictures);
    add(state, "input.labels", batch.labels);
    for (int iteration = 0; iteration < 2; ++iteration) {
        Recorder random(workloadSeed);
        random.beginUpdate(0, 0);
        for (const auto& [tag, value] : method->update(batches, random).scalars) {
            add(state, "output." + std::to_string(iteration) + "." + tag, value);
        }
        if (iteration > 0) {
            continue; // the same draws again
        }
        for (const auto& [stream, draws] : random.draws()) {
            for (std::size_t i = 0; i < draws.size(); ++i) {
                add(state, "draw." + stream + "." + std::to_string(i), draws[i]);
            }
        }
    }
    engine::writeSafetensors(path, state);
}

} // namespace alphascope::benchmarks
