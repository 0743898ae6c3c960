#include "tests/benchmarks/exported_iteration.h"

#include "models/libtorch.h"

#include "engine/storage/atomic_file.h"
#include "engine/storage/safetensors.h"
#include "models/state.h"
#include "tests/benchmarks/workloads.h"

namespace alphascope::benchmarks {
namespace {

void add(engine::ModelState& state, const std::string& name, const torch::Tensor& tensor) {
    const torch::Tensor flat = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    engine::NamedArray array;
    array.name = name;
    array.shape = flat.sizes().vec();
    const auto* begin = static_cast<const std::byte*>(flat.const_data_ptr());
    array.bytes.assign(begin, begin + flat.nbytes());
    state.arrays.push_back(std::move(array));
}

torch::Tensor pictures(std::int64_t size) {
    models::RandomStreams random(workloadSeed);
    return random.uniform("pictures", {batchSize, 3, size, size}, torch::kCPU) * 2 - 1;
}

class OneBatch final : public models::BatchSource {
public:
    explicit OneBatch(torch::Tensor batch) : batch_(std::move(batch)) {}
    models::Batch next() override { return {batch_, {}}; }

private:
    torch::Tensor batch_;
};

class Collector final : public models::StateVisitor {
public:
    explicit Collector(engine::ModelState& state) : state_(state) {}
    void tensor(const std::string& name, models::StateKind kind, torch::Tensor& tensor) override {
        if (kind == models::StateKind::Parameter) {
            add(state_, name, tensor);
        }
    }
    void counter(const std::string&, std::int64_t&) override {}

private:
    engine::ModelState& state_;
};

/// `draws`: how many batches of codes an update takes from the prior.
void exportIteration(const models::ModelSpec& spec, std::int64_t draws, const std::string& path) {
    auto method = models::makeMethod(spec, workloadSeed, torch::kCPU, models::Purpose::Training);
    engine::ModelState state;
    Collector collector(state);
    method->visitState(collector);

    OneBatch batch(pictures(spec.image.size));
    add(state, "input.pictures", batch.next().pictures);
    models::RandomStreams random(workloadSeed);
    random.beginUpdate(0, 0);
    for (std::int64_t i = 0; i < draws; ++i) {
        add(state, "input.z" + std::to_string(i),
            random.normal("prior", {batchSize, method->latentSize()}, torch::kCPU));
    }
    random.beginUpdate(0, 0);
    for (const auto& [tag, value] : method->update(batch, random).scalars) {
        add(state, "output." + tag, value);
    }
    engine::writeFileAtomically(path, engine::encodeSafetensors(state));
}

} // namespace

void exportAlphaGan(const std::string& preset, const std::string& path) {
    const models::ModelSpec spec = alphaGanSpec(preset);
    exportIteration(spec, spec.parameters.integer("generatorUpdates") + 2, path); // G each time, D, C
}

void exportDcgan(const std::string& path) {
    exportIteration(dcganSpec(), 2, path); // D, G
}

} // namespace alphascope::benchmarks
