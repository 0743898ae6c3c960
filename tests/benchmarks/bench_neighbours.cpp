// The nearest of 60,000 MNIST pictures, by pixels and by codes of 50 numbers: time to build the graph, time
// of a query, and how many of the ten nearest it finds.
//
//   bench_neighbours [Google Benchmark's options]     ALPHASCOPE_MNIST=FOLDER
//
// The codes are projections of the pictures on 50 random directions, which keep distances about as they are:
// no model is needed, and their neighbours are as hard to find as those of pictures.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>

#include "engine/data/data_set.h"
#include "engine/exploring/neighbours/neighbour_index.h"

namespace {

using namespace alphascope::engine;

constexpr std::size_t pixels = 784;
constexpr std::size_t codeSize = 50;
constexpr std::size_t queryCount = 500;
constexpr std::size_t wanted = 10;

Codes picturesOf(Split split, std::size_t count) {
    const char* const folder = std::getenv("ALPHASCOPE_MNIST");
    if (folder == nullptr) {
        throw std::runtime_error("ALPHASCOPE_MNIST must name the folder of MNIST");
    }
    static const auto set = openDataSet(folder, {}, 28, 1);
    Codes rows(count, pixels);
    for (std::size_t i = 0; i < count; ++i) {
        set->get(split, i, 0, rows.row(i));
    }
    return rows;
}

Codes projected(const Codes& rows) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0.0F, 1.0F / std::sqrt(float(pixels)));
    std::vector<float> directions(codeSize * pixels);
    for (float& value : directions) {
        value = normal(random);
    }
    Codes codes(rows.count, codeSize);
    for (std::size_t i = 0; i < rows.count; ++i) {
        for (std::size_t d = 0; d < codeSize; ++d) {
            float sum = 0.0F;
            for (std::size_t p = 0; p < pixels; ++p) {
                sum += rows.row(i)[p] * directions[d * pixels + p];
            }
            codes.row(i)[d] = sum;
        }
    }
    return codes;
}

struct Sets {
    std::shared_ptr<const Codes> rows;
    Codes queries;
};

const Sets& sets(bool ofCodes) {
    const auto make = [](bool codes) {
        Codes rows = picturesOf(Split::Train, 60'000);
        Codes queries = picturesOf(Split::Test, queryCount);
        return codes ? Sets{std::make_shared<const Codes>(projected(rows)), projected(queries)}
                     : Sets{std::make_shared<const Codes>(std::move(rows)), std::move(queries)};
    };
    static const Sets pictures = make(false);
    static const Sets codes = make(true);
    return ofCodes ? codes : pictures;
}

void build(NeighbourIndex& index) {
    while (!index.finished()) {
        index.addSome(1000);
    }
}

double recall(const NeighbourIndex& index, const Codes& queries) {
    const auto exact = exactNearest(index.rows(), queries, wanted);
    std::size_t hits = 0;
    for (std::size_t i = 0; i < queries.count; ++i) {
        for (const Neighbour& found : index.nearest(queries.row(i), wanted)) {
            hits += found.distance <= exact[i].back().distance ? 1 : 0;
        }
    }
    return double(hits) / double(queries.count * wanted);
}

/// Arguments: codes or pixels, links, buildBreadth, searchBreadth.
void graph(benchmark::State& state) {
    const Sets& data = sets(state.range(0) != 0);
    NeighbourIndex index(data.rows, {.links = std::size_t(state.range(1)),
                                     .buildBreadth = std::size_t(state.range(2)),
                                     .searchBreadth = std::size_t(state.range(3))});
    const auto begin = std::chrono::steady_clock::now();
    build(index);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(index.nearest(data.queries.row(i++ % queryCount), wanted));
    }
    state.counters["build_s"] = took.count();
    state.counters["recall"] = recall(index, data.queries);
}

void exact(benchmark::State& state) {
    const Sets& data = sets(state.range(0) != 0);
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(exactNearest(*data.rows, data.queries.row(i++ % queryCount), wanted));
    }
}

} // namespace

BENCHMARK(exact)->ArgNames({"codes"})->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(graph)
    ->ArgNames({"codes", "links", "build", "search"})
    ->Args({0, 16, 100, 50})
    ->Args({0, 16, 100, 100})
    ->Args({0, 16, 200, 100})
    ->Args({1, 16, 100, 50})
    ->Args({1, 16, 100, 100})
    ->Args({1, 16, 100, 200})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(2000);

BENCHMARK_MAIN();
