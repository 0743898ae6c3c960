// Times maps of codes that a file gives, for tests/benchmarks/peers/compare_projections.py:
//
//   bench_projections tsne|umap|pca CODES.npy THREADS [POSITIONS.npy]
//
// prints one JSON object: seconds of the preparation and in all, trustworthiness, for t-SNE the divergence.
// Each map starts from principal components, whose time counts.

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "engine/api/error.h"
#include "engine/exploring/projections/pca.h"
#include "engine/exploring/projections/trustworthiness.h"
#include "engine/exploring/projections/tsne.h"
#include "engine/exploring/projections/umap.h"
#include "engine/storage/npy.h"

using namespace alphascope::engine;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Prints the figures of a map that began at `start` and is finished now.
void report(const Codes& codes, const std::vector<float>& positions, double preparation, double all,
            int threads, const std::string& more, const char* output) {
    TrustworthinessOptions options;
    options.threads = threads;
    const Trustworthiness judged = trustworthiness(codes, positions, options);
    std::cout << "{\"preparation\": " << preparation << ", \"seconds\": " << all
              << ", \"trustworthiness\": " << judged.value << ", \"rows\": " << judged.rows << more << "}\n";
    if (output != nullptr) {
        Codes plane(codes.count, 2);
        plane.values = positions;
        writeNpy(output, plane);
    }
}

double prepare(Layout& layout, Clock::time_point start) {
    while (!layout.prepared()) {
        layout.step();
    }
    const double preparation = secondsSince(start);
    while (layout.step()) {
    }
    return preparation;
}

void run(const std::string& what, const std::shared_ptr<const Codes>& codes, int threads,
         const char* output) {
    const Clock::time_point start = Clock::now();
    const PrincipalComponents components = principalComponents(*codes, 2 < codes->size ? 2 : 0, threads);
    const Points2D map = pcaMap(components, *codes, threads);
    if (what == "pca") {
        report(*codes, map.values, 0.0, secondsSince(start), threads, "", output);
    } else if (what == "tsne") {
        TsneOptions options;
        options.threads = threads;
        TsneLayout layout(codes, tsneStart(map), options);
        const double preparation = prepare(layout, start);
        const double all = secondsSince(start);
        report(*codes, layout.positions(), preparation, all, threads,
               ", \"divergence\": " + std::to_string(layout.divergence()), output);
    } else if (what == "umap") {
        UmapOptions options;
        options.threads = threads;
        UmapLayout layout(codes, umapStart(map), options);
        const double preparation = prepare(layout, start);
        report(*codes, layout.positions(), preparation, secondsSince(start), threads, "", output);
    } else {
        throw Error(ErrorKind::Usage, "There is no map '" + what + "'; known are tsne, umap and pca.");
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::cerr << "bench_projections tsne|umap|pca CODES.npy THREADS [POSITIONS.npy]\n";
        return exitCode(ErrorKind::Usage);
    }
    try {
        run(argv[1], std::make_shared<const Codes>(readCodesNpy(argv[2])), std::atoi(argv[3]),
            argc > 4 ? argv[4] : nullptr);
    } catch (const Error& error) {
        std::cerr << error.sentence() << "\n";
        return exitCode(error.kind());
    }
    return 0;
}
