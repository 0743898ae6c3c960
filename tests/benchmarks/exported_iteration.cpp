#include "tests/benchmarks/exported_iteration.h"

#include "models/libtorch.h"

#include "engine/storage/atomic_file.h"
#include "engine/storage/safetensors.h"
#include "models/state.h"
#include "tests/benchmarks/dcgan_update.h"
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

} // namespace

void exportAlphaGan(const std::string& preset, const std::string& path) {
    models::ModelSpec spec{
        "alpha-gan",
        {3, 28},
        models::resolveParameters(models::findMethod("alpha-gan"), preset, peerSettings())};
    auto method = models::makeMethod(spec, workloadSeed, torch::kCPU, models::Purpose::Training);
    engine::ModelState state;
    Collector collector(state);
    method->visitState(collector);

    OneBatch batch(pictures(28));
    add(state, "input.pictures", batch.next().pictures);
    models::RandomStreams random(workloadSeed);
    random.beginUpdate(0, 0);
    const std::int64_t draws = spec.parameters.integer("generatorUpdates") + 2; // G each time, D, C
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

void exportDcgan(const std::string& path) {
    DcganUpdate update(dcganFilters, dcganLatentSize, torch::kCPU, false);
    engine::ModelState state;
    Collector collector(state);
    update.visit(collector);
    models::RandomStreams random(workloadSeed);
    const torch::Tensor x = pictures(32);
    const torch::Tensor first = random.normal("prior", {batchSize, dcganLatentSize}, torch::kCPU);
    const torch::Tensor second = random.normal("prior", {batchSize, dcganLatentSize}, torch::kCPU);
    add(state, "input.pictures", x);
    add(state, "input.z0", first);
    add(state, "input.z1", second);
    const auto losses = update(x, first, second);
    add(state, "output.loss/D", losses.discriminator);
    add(state, "output.loss/G", losses.generator);
    engine::writeFileAtomically(path, engine::encodeSafetensors(state));
}

} // namespace alphascope::benchmarks
