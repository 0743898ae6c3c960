#include "engine/exploring/projections/sparse_graph.h"

#include <algorithm>
#include <numeric>

#include "engine/exploring/projections/parallel.h"

namespace alphascope::engine {

namespace {

struct Edge {
    std::uint32_t column;
    float given;    ///< by the row to the column
    float received; ///< by the row from the column
};

constexpr std::size_t mergeBlock = 1024;

/// For every row its own edges and those of the others to it, not yet merged.
std::vector<Edge> bothWays(const NeighbourGraph& graph, const std::vector<float>& weights,
                           std::vector<std::size_t>& starts) {
    starts.assign(graph.count + 1, 0);
    for (std::size_t row = 0; row < graph.count; ++row) {
        starts[row + 1] += graph.neighbours;
    }
    for (const std::uint32_t column : graph.indices) {
        ++starts[column + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<Edge> edges(starts.back());
    std::vector<std::size_t> next(starts.begin(), starts.end() - 1);
    for (std::size_t at = 0; at < graph.indices.size(); ++at) {
        const auto row = static_cast<std::uint32_t>(at / graph.neighbours);
        const std::uint32_t column = graph.indices[at];
        edges[next[row]++] = {column, weights[at], 0.0F};
        edges[next[column]++] = {row, 0.0F, weights[at]};
    }
    return edges;
}

/// Sorts a row's edges and joins the two of one column; returns how many remain in front.
std::size_t merge(Edge* edges, std::size_t count) {
    std::sort(edges, edges + count, [](const Edge& a, const Edge& b) { return a.column < b.column; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (kept > 0 && edges[kept - 1].column == edges[i].column) {
            edges[kept - 1].given += edges[i].given;
            edges[kept - 1].received += edges[i].received;
        } else {
            edges[kept++] = edges[i];
        }
    }
    const auto weightless = [](const Edge& e) { return e.given == 0.0F && e.received == 0.0F; };
    return static_cast<std::size_t>(std::remove_if(edges, edges + kept, weightless) - edges);
}

} // namespace

SparseGraph symmetrised(const NeighbourGraph& graph, const std::vector<float>& weights, Union combine,
                        int threads) {
    std::vector<std::size_t> starts;
    std::vector<Edge> edges = bothWays(graph, weights, starts);
    SparseGraph result;
    result.rowStarts.assign(graph.count + 1, 0);
    inParallelRows(graph.count, mergeBlock, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            result.rowStarts[row + 1] = merge(edges.data() + starts[row], starts[row + 1] - starts[row]);
        }
    });
    std::partial_sum(result.rowStarts.begin(), result.rowStarts.end(), result.rowStarts.begin());
    result.columns.resize(result.rowStarts.back());
    result.weights.resize(result.rowStarts.back());
    inParallelRows(graph.count, mergeBlock, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            const Edge* edge = edges.data() + starts[row];
            for (std::size_t at = result.rowStarts[row]; at < result.rowStarts[row + 1]; ++at, ++edge) {
                const float sum = edge->given + edge->received;
                result.columns[at] = edge->column;
                result.weights[at] = combine == Union::Sum ? sum : sum - edge->given * edge->received;
            }
        }
    });
    return result;
}

} // namespace alphascope::engine
