// Times one training iteration. Options of Google Benchmark apply; besides:
//   --export-alpha-gan=FILE --export-dcgan=FILE   write one iteration for the peers to check and leave
//   --preset=NAME                                 of alpha-GAN (standard)
//   --threads=N                                   CPU threads (2)
//   --device=cpu|cuda

#include "models/libtorch.h"
#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

#include "tests/benchmarks/exported_iteration.h"
#include "tests/benchmarks/workloads.h"

namespace {

using namespace alphascope;

struct Options {
    std::string preset = "standard";
    torch::Device device = torch::kCPU;
};
Options options;

/// Waits until the device has done all that was asked, so that a GPU's queue is not mistaken for speed.
void synchronise(const torch::Tensor& last) {
    benchmark::DoNotOptimize(last.item<float>());
}

class SameBatch final : public models::BatchSource {
public:
    explicit SameBatch(torch::Tensor batch) : batch_(std::move(batch)) {}
    models::Batch next() override { return {batch_, {}}; }

private:
    torch::Tensor batch_;
};

torch::Tensor pictures(std::int64_t size) {
    models::RandomStreams random(benchmarks::workloadSeed);
    const auto x = random.uniform("pictures", {benchmarks::batchSize, 3, size, size}, options.device);
    return (x * 2 - 1).contiguous(at::MemoryFormat::ChannelsLast);
}

void train(benchmark::State& state, const models::ModelSpec& spec) {
    auto method =
        models::makeMethod(spec, benchmarks::workloadSeed, options.device, models::Purpose::Training);
    SameBatch batch(pictures(spec.image.size));
    models::RandomStreams random(benchmarks::workloadSeed);
    std::int64_t step = 0;
    models::UpdateReport report;
    const auto iterate = [&] {
        random.beginUpdate(step++, 0);
        report = method->update(batch, random);
    };
    iterate();
    synchronise(report.scalars.back().second);
    for ([[maybe_unused]] auto unused : state) {
        iterate();
    }
    synchronise(report.scalars.back().second);
}

/// Takes "--name=value" out of the arguments.
std::string take(std::vector<char*>& arguments, const std::string& name) {
    const std::string prefix = "--" + name + "=";
    for (auto it = arguments.begin(); it != arguments.end(); ++it) {
        const std::string argument = *it;
        if (argument.starts_with(prefix)) {
            arguments.erase(it);
            return argument.substr(prefix.size());
        }
    }
    return {};
}

} // namespace

int main(int argc, char** argv) {
    std::vector<char*> arguments(argv, argv + argc);
    const std::string threads = take(arguments, "threads");
    at::set_num_threads(threads.empty() ? 2 : std::stoi(threads));
    at::globalContext().setFlushDenormal(true);
    if (const std::string preset = take(arguments, "preset"); !preset.empty()) {
        options.preset = preset;
    }
    if (const std::string device = take(arguments, "device"); !device.empty()) {
        options.device = torch::Device(device);
    }
    const std::string alphaGanFile = take(arguments, "export-alpha-gan");
    const std::string dcganFile = take(arguments, "export-dcgan");
    if (!alphaGanFile.empty() || !dcganFile.empty()) {
        if (!alphaGanFile.empty()) {
            benchmarks::exportAlphaGan(options.preset, alphaGanFile);
        }
        if (!dcganFile.empty()) {
            benchmarks::exportDcgan(dcganFile);
        }
        return 0;
    }
    for (const std::string precision : {"float32", "bfloat16"}) {
        const auto add = [&](const std::string& name, const models::ModelSpec& spec) {
            benchmark::RegisterBenchmark((name + "/" + precision).c_str(),
                                         [spec](benchmark::State& state) { train(state, spec); })
                ->Unit(benchmark::kMillisecond)
                ->UseRealTime();
        };
        add("alpha-gan", benchmarks::alphaGanSpec(options.preset, precision));
        add("dcgan", benchmarks::dcganSpec(precision));
    }
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) {
        return 2;
    }
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
