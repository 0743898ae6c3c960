#pragma once
// The k nearest rows of every row, exactly, in pieces. Standard library and threads only.
//
// All pairs are looked at, in tiles that stay in the cache: latent codes have as many dimensions as they have
// directions of their own, and there trees visit nearly every row as well.

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/api/codes.h"

namespace alphascope::engine {

/// Row i's neighbours without itself, nearest first, rows that are equally far in the order of their number.
struct NeighbourGraph {
    std::size_t count = 0;              ///< N
    std::size_t neighbours = 0;         ///< k
    std::vector<std::uint32_t> indices; ///< [N,k]
    std::vector<float> distances;       ///< [N,k], Euclidean
};

/// One thread drives it; every step uses `threads`. The result is the same for any number of them.
class NeighbourSearch {
public:
    /// Throws Error(BadInput) for rows that are not finite or fewer than k + 1.
    NeighbourSearch(std::shared_ptr<const Codes> codes, std::size_t neighbours, int threads);

    /// Some rows more, a fraction of a second. False when nothing was left to do.
    bool step();
    bool finished() const { return done_ == graph_.count; }
    double progress() const { return static_cast<double>(done_) / static_cast<double>(graph_.count); }
    /// Once, when finished.
    NeighbourGraph take() { return std::move(graph_); }

private:
    void layTiles();
    void findRows(std::size_t begin, std::size_t end);

    std::shared_ptr<const Codes> codes_;
    int threads_;
    std::vector<float> tiles_; ///< rows in groups, each transposed: [groups, D, rows of a group]
    NeighbourGraph graph_;
    std::size_t done_ = 0; ///< rows
};

/// All at once.
NeighbourGraph nearestNeighbours(std::shared_ptr<const Codes> codes, std::size_t neighbours, int threads);

} // namespace alphascope::engine
