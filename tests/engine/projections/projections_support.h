#pragma once
// What the tests of projections share: the numbers of tests/reference/make_projections.py, and small
// clusters.

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/api/codes.h"
#include "engine/exploring/projections/layout.h"
#include "engine/exploring/projections/pca.h"
#include "engine/storage/safetensors.h"

namespace alphascope::tests {

struct Reference {
    std::vector<std::int64_t> shape;
    std::vector<double> values;
};

template <typename Number>
std::vector<double> numbersOf(const std::vector<std::byte>& bytes) {
    std::vector<Number> numbers(bytes.size() / sizeof(Number));
    std::memcpy(numbers.data(), bytes.data(), bytes.size());
    return {numbers.begin(), numbers.end()};
}

inline const Reference& reference(const std::string& name) {
    static const std::map<std::string, Reference> all = [] {
        const char* const root = std::getenv("ALPHASCOPE_SOURCE_DIR");
        if (root == nullptr) {
            throw std::runtime_error("ALPHASCOPE_SOURCE_DIR is not set");
        }
        std::map<std::string, Reference> found;
        const auto state =
            engine::readSafetensors(std::string(root) + "/tests/reference/projections.safetensors");
        for (const auto& array : state.arrays) {
            found[array.name] = {array.shape, array.dtype == "F32"   ? numbersOf<float>(array.bytes)
                                              : array.dtype == "F64" ? numbersOf<double>(array.bytes)
                                                                     : numbersOf<std::int64_t>(array.bytes)};
        }
        return found;
    }();
    return all.at(name);
}

inline std::vector<float> referenceFloats(const std::string& name) {
    const Reference& found = reference(name);
    return {found.values.begin(), found.values.end()};
}

inline std::shared_ptr<const engine::Codes> referenceCodes(const std::string& name) {
    const Reference& found = reference(name);
    auto codes = std::make_shared<engine::Codes>(found.shape[0], found.shape[1]);
    codes->values = referenceFloats(name);
    return codes;
}

template <typename Values>
double largestOf(const Values& values) {
    double largest = 0.0;
    for (const auto value : values) {
        largest = std::max(largest, std::abs(double(value)));
    }
    return largest;
}

/// The largest difference, as a share of the largest expected number.
template <typename Values>
double relativeError(const Values& actual, const std::vector<double>& expected) {
    if (actual.size() != expected.size()) {
        return std::numeric_limits<double>::infinity();
    }
    double largest = 0.0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        largest = std::max(largest, std::abs(double(actual[i]) - expected[i]));
    }
    return largest / largestOf(expected);
}

/// All entries of a graph.
inline std::vector<double> dense(const engine::SparseGraph& graph) {
    std::vector<double> all(graph.rows() * graph.rows(), 0.0);
    for (std::size_t row = 0; row < graph.rows(); ++row) {
        for (std::size_t at = graph.rowStarts[row]; at < graph.rowStarts[row + 1]; ++at) {
            all[row * graph.rows() + graph.columns[at]] = graph.weights[at];
        }
    }
    return all;
}

/// Row i belongs to cluster i % clusters; centres lie several standard deviations apart.
inline std::shared_ptr<const engine::Codes> clusteredCodes(std::size_t rows, std::size_t size,
                                                           std::size_t clusters) {
    auto codes = std::make_shared<engine::Codes>(engine::priorCodes(5, rows, size));
    const engine::Codes centres = engine::priorCodes(6, clusters, size, 5.0);
    for (std::size_t i = 0; i < codes->values.size(); ++i) {
        codes->values[i] += centres.row(i / size % clusters)[i % size];
    }
    return codes;
}

inline engine::Points2D pcaStart(const engine::Codes& codes) {
    return engine::pcaMap(engine::principalComponents(codes, 2, 1), codes, 1);
}

/// The share of points whose nearest point is of their own cluster.
inline double clusterPurity(const std::vector<float>& positions, std::size_t clusters) {
    const std::size_t count = positions.size() / 2;
    auto plane = std::make_shared<engine::Codes>(count, 2);
    plane->values = positions;
    const engine::NeighbourGraph graph = engine::nearestNeighbours(plane, 1, 1);
    std::size_t own = 0;
    for (std::size_t i = 0; i < count; ++i) {
        own += graph.indices[i] % clusters == i % clusters ? 1 : 0;
    }
    return double(own) / double(count);
}

/// What the preparation of a layout must do: many small pieces whose progress never falls, positions at the
/// start.
inline void checkPreparation(engine::Layout& layout, const std::vector<float>& start) {
    double before = layout.preparation();
    QCOMPARE(before, 0.0);
    int pieces = 0;
    while (!layout.prepared()) {
        QVERIFY(layout.step());
        QVERIFY(layout.preparation() >= before);
        QCOMPARE(layout.iteration(), 0);
        QVERIFY(layout.positions() == start);
        before = layout.preparation();
        ++pieces;
    }
    QCOMPARE(before, 1.0);
    QVERIFY(pieces >= 3);
}

inline std::vector<float> finishedPositions(engine::Layout& layout) {
    while (layout.step()) {
    }
    return layout.positions();
}

} // namespace alphascope::tests
