#include "engine/exploring/projections/neighbour_graph.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/exploring/projections/checks.h"
#include "engine/exploring/projections/parallel.h"
#include "engine/exploring/projections/vectorised.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t tileRows = 4 * lanes;
constexpr std::size_t searchBlock = 32; ///< rows that go through all tiles together: the work of one thread
constexpr double numbersPerStep = 4e8;  ///< differences in one step: a tenth of a second on one thread

/// Squared distances from two rows to all of a tile. Differences and not |a|^2 + |b|^2 - 2ab, which loses the
/// near ones; lane by lane, so that no sum changes its order with the width of vectors.
ALPHASCOPE_VECTORISED
void tileDistances(const float* a, const float* b, const float* tile, std::size_t size, float* toA,
                   float* toB) {
    Lanes a0{}, a1{}, a2{}, a3{}, b0{}, b1{}, b2{}, b3{};
    for (std::size_t d = 0; d < size; ++d, tile += tileRows) {
        const Lanes* const column = reinterpret_cast<const Lanes*>(tile);
        const Lanes c0 = column[0], c1 = column[1], c2 = column[2], c3 = column[3];
        a0 += (c0 - a[d]) * (c0 - a[d]);
        a1 += (c1 - a[d]) * (c1 - a[d]);
        a2 += (c2 - a[d]) * (c2 - a[d]);
        a3 += (c3 - a[d]) * (c3 - a[d]);
        b0 += (c0 - b[d]) * (c0 - b[d]);
        b1 += (c1 - b[d]) * (c1 - b[d]);
        b2 += (c2 - b[d]) * (c2 - b[d]);
        b3 += (c3 - b[d]) * (c3 - b[d]);
    }
    Lanes* const outA = reinterpret_cast<Lanes*>(toA);
    Lanes* const outB = reinterpret_cast<Lanes*>(toB);
    outA[0] = a0, outA[1] = a1, outA[2] = a2, outA[3] = a3;
    outB[0] = b0, outB[1] = b1, outB[2] = b2, outB[3] = b3;
}

/// The k smallest so far: a heap with the largest on top.
class Nearest {
public:
    explicit Nearest(std::size_t k) : k_(k) { heap_.reserve(k); }

    /// Rows must come in the order of their number: of two that are equally far the first stays.
    void offer(const float* distances, std::size_t first, std::size_t rows, std::size_t self) {
        for (std::size_t i = 0; i < rows; ++i) {
            if (distances[i] < bound_ && first + i != self) {
                insert({distances[i], static_cast<std::uint32_t>(first + i)});
            }
        }
    }
    void write(std::uint32_t* indices, float* distances) {
        std::sort_heap(heap_.begin(), heap_.end());
        for (std::size_t i = 0; i < heap_.size(); ++i) {
            indices[i] = heap_[i].second;
            distances[i] = std::sqrt(heap_[i].first);
        }
    }

private:
    void insert(std::pair<float, std::uint32_t> row) {
        if (heap_.size() == k_) {
            std::pop_heap(heap_.begin(), heap_.end());
            heap_.pop_back();
        }
        heap_.push_back(row);
        std::push_heap(heap_.begin(), heap_.end());
        if (heap_.size() == k_) {
            bound_ = heap_.front().first;
        }
    }

    std::size_t k_;
    float bound_ = std::numeric_limits<float>::infinity();
    std::vector<std::pair<float, std::uint32_t>> heap_;
};

} // namespace

NeighbourSearch::NeighbourSearch(std::shared_ptr<const Codes> codes, std::size_t neighbours, int threads)
    : codes_(std::move(codes)), threads_(threads) {
    requireRows(*codes_, neighbours + 1);
    requireWithin(static_cast<double>(neighbours), 1, static_cast<double>(codes_->count - 1), "neighbours");
    requireWithin(threads, 1, 1024, "threads");
    graph_.count = codes_->count;
    graph_.neighbours = neighbours;
    graph_.indices.resize(graph_.count * neighbours);
    graph_.distances.resize(graph_.count * neighbours);
}

void NeighbourSearch::layTiles() {
    const std::size_t size = codes_->size;
    const std::size_t tiles = (codes_->count + tileRows - 1) / tileRows;
    tiles_.assign(tiles * size * tileRows, 0.0F);
    for (std::size_t row = 0; row < codes_->count; ++row) {
        float* const tile = tiles_.data() + row / tileRows * size * tileRows + row % tileRows;
        const std::span<const float> values = codes_->row(row);
        for (std::size_t d = 0; d < size; ++d) {
            tile[d * tileRows] = values[d];
        }
    }
}

void NeighbourSearch::findRows(std::size_t begin, std::size_t end) {
    const std::size_t size = codes_->size;
    std::vector<Nearest> nearest(end - begin, Nearest(graph_.neighbours));
    std::array<float, tileRows> toA, toB;
    for (std::size_t first = 0; first < codes_->count; first += tileRows) {
        const float* const tile = tiles_.data() + first * size;
        const std::size_t rows = std::min(tileRows, codes_->count - first);
        for (std::size_t a = begin; a < end; a += 2) {
            const std::size_t b = std::min(a + 1, end - 1);
            tileDistances(codes_->row(a).data(), codes_->row(b).data(), tile, size, toA.data(), toB.data());
            nearest[a - begin].offer(toA.data(), first, rows, a);
            if (b != a) {
                nearest[b - begin].offer(toB.data(), first, rows, b);
            }
        }
    }
    for (std::size_t row = begin; row < end; ++row) {
        const std::size_t at = row * graph_.neighbours;
        nearest[row - begin].write(graph_.indices.data() + at, graph_.distances.data() + at);
    }
}

bool NeighbourSearch::step() {
    if (finished()) {
        return false;
    }
    if (tiles_.empty()) {
        layTiles();
    }
    const double blocks =
        numbersPerStep * threads_ / (double(codes_->count) * double(codes_->size) * searchBlock);
    const std::size_t wanted = std::max(static_cast<std::size_t>(blocks), static_cast<std::size_t>(threads_));
    const std::size_t begin = done_;
    done_ = std::min(begin + wanted * searchBlock, graph_.count);
    inParallelRows(done_ - begin, searchBlock, threads_,
                   [&](std::size_t from, std::size_t to) { findRows(begin + from, begin + to); });
    if (finished()) {
        tiles_ = {};
        codes_.reset();
    }
    return true;
}

NeighbourGraph nearestNeighbours(std::shared_ptr<const Codes> codes, std::size_t neighbours, int threads) {
    NeighbourSearch search(std::move(codes), neighbours, threads);
    while (search.step()) {
    }
    return search.take();
}

} // namespace alphascope::engine
