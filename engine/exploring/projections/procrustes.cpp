#include "engine/exploring/projections/procrustes.h"

#include <cmath>
#include <string>
#include <unordered_map>

#include "engine/api/error.h"
#include "engine/exploring/projections/checks.h"

namespace alphascope::engine {

namespace {

struct Centre {
    double x = 0.0, y = 0.0;
};

template <typename RowOf>
Centre centreOf(std::span<const float> positions, std::span<const RowPair> pairs, RowOf rowOf) {
    Centre centre;
    for (const RowPair& pair : pairs) {
        centre.x += positions[2 * std::size_t(rowOf(pair))];
        centre.y += positions[2 * std::size_t(rowOf(pair)) + 1];
    }
    centre.x /= static_cast<double>(pairs.size());
    centre.y /= static_cast<double>(pairs.size());
    return centre;
}

void requirePairs(std::span<const float> positions, std::span<const float> earlier,
                  std::span<const RowPair> pairs) {
    requirePoints(positions, positions.size() / 2);
    requirePoints(earlier, earlier.size() / 2);
    for (const auto& [row, earlierRow] : pairs) {
        if (row >= positions.size() / 2 || earlierRow >= earlier.size() / 2) {
            throw Error(ErrorKind::BadInput, "Rows " + std::to_string(row) + " and " +
                                                 std::to_string(earlierRow) +
                                                 " cannot be aligned: a map has fewer.");
        }
    }
}

} // namespace

void Similarity::apply(std::span<float> positions) const {
    for (std::size_t i = 0; i + 1 < positions.size(); i += 2) {
        const float x = positions[i];
        const float y = positions[i + 1];
        positions[i] = scale * (rotation[0] * x + rotation[1] * y) + shift[0];
        positions[i + 1] = scale * (rotation[2] * x + rotation[3] * y) + shift[1];
    }
}

Similarity alignment(std::span<const float> positions, std::span<const float> earlier,
                     std::span<const RowPair> pairs) {
    requirePairs(positions, earlier, pairs);
    Similarity best;
    if (pairs.empty()) {
        return best;
    }
    const Centre from = centreOf(positions, pairs, [](const RowPair& pair) { return pair.first; });
    const Centre to = centreOf(earlier, pairs, [](const RowPair& pair) { return pair.second; });
    double xx = 0.0, xy = 0.0, yx = 0.0, yy = 0.0, size = 0.0; // moments of earlier by position
    for (const auto& [row, earlierRow] : pairs) {
        const double x = positions[2 * std::size_t(row)] - from.x;
        const double y = positions[2 * std::size_t(row) + 1] - from.y;
        const double u = earlier[2 * std::size_t(earlierRow)] - to.x;
        const double v = earlier[2 * std::size_t(earlierRow) + 1] - to.y;
        xx += u * x;
        xy += u * y;
        yx += v * x;
        yy += v * y;
        size += x * x + y * y;
    }
    // The orthogonal matrix with the largest inner product with the moments. In the plane its two kinds,
    // turns [c -s; s c] and reflections [c s; s -c], have it in closed form: the hypotenuses are the sum and
    // the difference of the singular values.
    const double turn = std::hypot(xx + yy, yx - xy);
    const double mirror = std::hypot(xx - yy, yx + xy);
    const double most = std::max(turn, mirror);
    if (size > 0.0 && most > 0.0) {
        const bool reflects = mirror > turn;
        const double c = (reflects ? xx - yy : xx + yy) / most;
        const double s = (reflects ? yx + xy : yx - xy) / most;
        best.rotation = {static_cast<float>(c), static_cast<float>(reflects ? s : -s), static_cast<float>(s),
                         static_cast<float>(reflects ? -c : c)};
        best.scale = static_cast<float>(most / size);
    }
    std::array<float, 2> centre{static_cast<float>(from.x), static_cast<float>(from.y)};
    best.apply(centre);
    best.shift = {static_cast<float>(to.x - centre[0]), static_cast<float>(to.y - centre[1])};
    return best;
}

std::vector<RowPair> commonRows(std::span<const std::uint64_t> rows,
                                std::span<const std::uint64_t> earlierRows) {
    std::unordered_map<std::uint64_t, std::uint32_t> places;
    for (std::size_t i = 0; i < earlierRows.size(); ++i) {
        places.emplace(earlierRows[i], static_cast<std::uint32_t>(i));
    }
    std::vector<RowPair> pairs;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (const auto found = places.find(rows[i]); found != places.end()) {
            pairs.emplace_back(static_cast<std::uint32_t>(i), found->second);
            places.erase(found);
        }
    }
    return pairs;
}

} // namespace alphascope::engine
