#pragma once
// Work in numbered pieces on a few threads. Results do not depend on the number of threads as long as a piece
// depends on its number alone.

#include <cstddef>
#include <functional>

namespace alphascope::engine {

/// Calls work(0) to work(pieces - 1), each once, in any order, on `threads` threads of which the caller is
/// one. Returns when all are done; rethrows the first exception, after which pieces not yet begun are left
/// out.
void inParallel(std::size_t pieces, int threads, const std::function<void(std::size_t)>& work);

/// Calls work(begin, end) for ranges of at most `size` rows that together make up 0 to rows - 1.
template <typename Work>
void inParallelRows(std::size_t rows, std::size_t size, int threads, Work work) {
    inParallel((rows + size - 1) / size, threads, [&](std::size_t piece) {
        const std::size_t begin = piece * size;
        work(begin, begin + size < rows ? begin + size : rows);
    });
}

} // namespace alphascope::engine
