#pragma once
// The nearest of very many rows in a few milliseconds: a graph of near rows that is walked towards the query
// (Malkov, Yashunin 2018, "Efficient and robust approximate nearest neighbor search using Hierarchical
// Navigable Small World graphs"; by hnswlib). Small sets are searched exactly.
//
// Threads: addSome() and save() from one thread at a time, the builder's; nearest() from any thread at any
// time, also while rows are added: until the graph holds all of them it searches exactly.

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/api/codes.h"
#include "engine/exploring/neighbours/exact_search.h"

namespace alphascope::engine {

/// The defaults find 99 of the 100 nearest of 60,000 rows; see tests/benchmarks/RESULTS.md.
struct NeighbourOptions {
    std::size_t links = 16;          ///< edges of a row and level (M); twice as many on the lowest
    std::size_t buildBreadth = 100;  ///< candidates looked at for a new row's edges (efConstruction)
    std::size_t searchBreadth = 100; ///< candidates kept during a search (ef)
    std::size_t exactBelow = 4096;   ///< fewer rows than this need no graph
};

class NeighbourIndex {
public:
    /// Takes no time; the rows are shared, not copied. Throws Error(BadInput) when there is no row or one
    /// that holds NaN or infinity.
    explicit NeighbourIndex(std::shared_ptr<const Codes> rows, const NeighbourOptions& options = {});
    ~NeighbourIndex();
    NeighbourIndex(NeighbourIndex&&) noexcept;
    NeighbourIndex& operator=(NeighbourIndex&&) noexcept;

    /// Adds the next rows, at most `count`, on `threads` threads (0 = all), and gives how many are in. A
    /// thousand take a fraction of a second: whoever wants to cancel stops calling.
    std::size_t addSome(std::size_t count, int threads = 0);
    std::size_t added() const;
    bool finished() const; ///< at once where no graph is needed

    /// The k nearest, nearest first. Throws Error(Internal) for a query of another size.
    std::vector<Neighbour> nearest(std::span<const float> query, std::size_t k) const;

    const Codes& rows() const;
    bool isExact() const; ///< no graph is needed

    /// The finished graph, without the rows, atomically. Throws Error(InputOutput); Error(Internal) when it
    /// is not finished.
    void save(const std::string& path) const;
    /// A graph that save() wrote for the very same rows. Everything is checked before use. Throws
    /// Error(BadInput | InputOutput), one sentence: truncated, damaged, of other rows or options, no such
    /// file.
    static NeighbourIndex load(const std::string& path, std::shared_ptr<const Codes> rows,
                               const NeighbourOptions& options = {});

private:
    struct Impl;
    explicit NeighbourIndex(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
