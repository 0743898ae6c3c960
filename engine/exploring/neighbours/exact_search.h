#pragma once
// Nearest rows by looking at all of them. Several threads of its own; callable from any thread.

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "engine/api/codes.h"

namespace alphascope::engine {

/// A row of a set, and how far it is: the Euclidean distance.
struct Neighbour {
    std::size_t index = 0;
    float distance = 0.0F;
    bool operator==(const Neighbour&) const = default;
};

/// Hears what share of the work is done, 0 to 1, from one thread at a time; false ends it.
using NeighbourListener = std::function<bool(double)>;

/// The k nearest rows, nearest first, of equal ones the lower index first; all when there are fewer. Throws
/// Error(Internal) when the query has another size than the rows.
std::vector<Neighbour> exactNearest(const Codes& rows, std::span<const float> query, std::size_t k);

/// The same for every row of `queries`, on `threads` threads (0 = all). Throws Error(Interrupted) when the
/// listener says so.
std::vector<std::vector<Neighbour>> exactNearest(const Codes& rows, const Codes& queries, std::size_t k,
                                                 int threads = 0, const NeighbourListener& listener = {});

/// `work(i)` for every i below `count`, on `threads` threads (0 = all); what it throws is thrown here.
void inParallel(std::size_t count, int threads, const std::function<void(std::size_t)>& work,
                const NeighbourListener& listener = {});

} // namespace alphascope::engine
