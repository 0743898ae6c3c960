#pragma once
// Keeps a map oriented: the rotation or reflection, uniform scale and shift that bring positions nearest to
// earlier ones in least squares (Procrustes analysis; Gower 1975). Threads: pure, any.

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace alphascope::engine {

/// A point p goes to scale * rotation * p + shift.
struct Similarity {
    std::array<float, 4> rotation{1.0F, 0.0F, 0.0F, 1.0F}; ///< row-major; reflects when its determinant is -1
    float scale = 1.0F;
    std::array<float, 2> shift{0.0F, 0.0F};

    bool reflects() const { return rotation[0] * rotation[3] - rotation[1] * rotation[2] < 0.0F; }
    void apply(std::span<float> positions) const; ///< [N,2], in place
};

/// A row of the positions to be moved and the same thing's row in the earlier ones.
using RowPair = std::pair<std::uint32_t, std::uint32_t>;

/// The best move of `positions` [N,2] on to `earlier` [M,2], judged by `pairs`. Fewer than two pairs or
/// points all in one place turn and scale nothing. Throws Error(BadInput) for a row that is not there or not
/// finite.
Similarity alignment(std::span<const float> positions, std::span<const float> earlier,
                     std::span<const RowPair> pairs);

/// The pairs of rows that carry the same number (of a picture, say) in both; where a number comes twice, its
/// first row counts.
std::vector<RowPair> commonRows(std::span<const std::uint64_t> rows,
                                std::span<const std::uint64_t> earlierRows);

} // namespace alphascope::engine
