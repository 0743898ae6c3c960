#include "engine/exploring/projections/trustworthiness.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "engine/api/error.h"
#include "engine/codes/philox.h"
#include "engine/exploring/projections/checks.h"
#include "engine/exploring/projections/neighbour_graph.h"
#include "engine/exploring/projections/parallel.h"

namespace alphascope::engine {

namespace {

/// `wanted` of `count` rows in ascending order: the front of a shuffle (Fisher and Yates).
std::vector<std::uint32_t> sampleRows(std::size_t count, std::size_t wanted, std::uint64_t seed) {
    std::vector<std::uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0U);
    if (wanted >= count) {
        return rows;
    }
    for (std::size_t i = 0; i < wanted; ++i) {
        const std::uint64_t word =
            philox4x32({static_cast<std::uint32_t>(i), 0, 0, 0},
                       {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)})[0];
        std::swap(rows[i], rows[i + (word * (count - i) >> 32)]);
    }
    rows.resize(wanted);
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::shared_ptr<const Codes> rowsOf(const float* values, std::size_t size,
                                    const std::vector<std::uint32_t>& rows) {
    auto chosen = std::make_shared<Codes>(rows.size(), size);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::copy_n(values + rows[i] * size, size, chosen->row(i).begin());
    }
    return chosen;
}

/// How far beyond rank k among the codes the k neighbours in the plane are, summed over all rows. Ranks count
/// from 1.
double strangeness(const NeighbourGraph& codes, const NeighbourGraph& plane, std::size_t begin,
                   std::size_t end) {
    double sum = 0.0;
    std::vector<std::uint32_t> ranks(codes.count);
    for (std::size_t row = begin; row < end; ++row) {
        const std::uint32_t* const order = codes.indices.data() + row * codes.neighbours;
        for (std::size_t rank = 0; rank < codes.neighbours; ++rank) {
            ranks[order[rank]] = static_cast<std::uint32_t>(rank + 1);
        }
        for (std::size_t i = 0; i < plane.neighbours; ++i) {
            const std::size_t rank = ranks[plane.indices[row * plane.neighbours + i]];
            sum += rank > plane.neighbours ? static_cast<double>(rank - plane.neighbours) : 0.0;
        }
    }
    return sum;
}

} // namespace

Trustworthiness trustworthiness(const Codes& codes, std::span<const float> positions,
                                const TrustworthinessOptions& options) {
    requireRows(codes, 3);
    requirePoints(positions, codes.count);
    const std::vector<std::uint32_t> rows =
        sampleRows(codes.count, std::max<std::size_t>(options.mostRows, 3), options.seed);
    const std::size_t k = options.neighbours;
    if (k < 1 || 2 * k >= rows.size()) {
        throw Error(ErrorKind::Usage, "Trustworthiness by " + std::to_string(k) +
                                          " neighbours needs more than " + std::to_string(2 * k) +
                                          " rows and at least one neighbour; there are " +
                                          std::to_string(rows.size()) + " rows.");
    }
    const NeighbourGraph all =
        nearestNeighbours(rowsOf(codes.values.data(), codes.size, rows), rows.size() - 1, options.threads);
    const NeighbourGraph plane = nearestNeighbours(rowsOf(positions.data(), 2, rows), k, options.threads);
    constexpr std::size_t blockRows = 64;
    std::vector<double> sums((rows.size() + blockRows - 1) / blockRows);
    inParallelRows(rows.size(), blockRows, options.threads, [&](std::size_t begin, std::size_t end) {
        sums[begin / blockRows] = strangeness(all, plane, begin, end);
    });
    const auto n = static_cast<double>(rows.size());
    const double most = n * double(k) * (2.0 * n - 3.0 * double(k) - 1.0) / 2.0;
    return {1.0 - std::accumulate(sums.begin(), sums.end(), 0.0) / most, rows.size(), k};
}

} // namespace alphascope::engine
