// Times one training iteration of each method: "METHOD/float32", and "alpha-gan/bfloat16" and
// "dcgan/bfloat16". Options of Google Benchmark apply, --benchmark_filter above all; besides:
//   --export=METHOD:FILE   write iterations for the peers to check, and leave; may be given several times
//   --preset=NAME          of every method but dcgan (standard)
//   --threads=N            CPU threads (2)
//   --device=cpu|cuda

#include "models/libtorch.h"
#include <benchmark/benchmark.h>

#include <exception>
#include <iostream>
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

void train(benchmark::State& state, const models::ModelSpec& spec) {
    auto method =
        models::makeMethod(spec, benchmarks::workloadSeed, options.device, models::Purpose::Training);
    benchmarks::SameBatch batches(spec, options.device);
    models::RandomStreams random(benchmarks::workloadSeed);
    std::int64_t step = 0;
    models::UpdateReport report;
    const auto iterate = [&] {
        random.beginUpdate(step++, 0);
        report = method->update(batches, random);
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

void exportAll(std::vector<char*>& arguments, std::string request) {
    for (; !request.empty(); request = take(arguments, "export")) {
        const std::size_t colon = request.find(':');
        if (colon == std::string::npos) {
            throw models::SchemaError("--export=" + request + " names no file: give --export=METHOD:FILE");
        }
        benchmarks::exportIterations(benchmarks::workload(request.substr(0, colon), options.preset),
                                     request.substr(colon + 1));
    }
}

void addBenchmark(const std::string& method, const std::string& precision) {
    // Resolved when it runs: not every method has every preset.
    const auto timed = [=](benchmark::State& state) {
        train(state, benchmarks::workload(method, options.preset, precision));
    };
    benchmark::RegisterBenchmark((method + "/" + precision).c_str(), timed)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
}

int run(std::vector<char*> arguments) {
    const std::string threads = take(arguments, "threads");
    at::set_num_threads(threads.empty() ? 2 : std::stoi(threads));
    at::globalContext().setFlushDenormal(true);
    if (const std::string preset = take(arguments, "preset"); !preset.empty()) {
        options.preset = preset;
    }
    if (const std::string device = take(arguments, "device"); !device.empty()) {
        options.device = torch::Device(device);
    }
    if (const std::string first = take(arguments, "export"); !first.empty()) {
        exportAll(arguments, first);
        return 0;
    }
    for (const models::MethodTraits& method : models::methodCatalog()) {
        addBenchmark(method.name, "float32");
    }
    addBenchmark("alpha-gan", "bfloat16");
    addBenchmark("dcgan", "bfloat16");
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) {
        return 2;
    }
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run({argv, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "bench_training: " << error.what() << '\n';
        return 2;
    }
}
