#include "engine/exploring/projections/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace alphascope::engine {

void inParallel(std::size_t pieces, int threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex mutex;
    const auto drain = [&] {
        try {
            for (std::size_t piece = next++; piece < pieces; piece = next++) {
                work(piece);
            }
        } catch (...) {
            next = pieces;
            const std::scoped_lock lock(mutex);
            if (!failure) {
                failure = std::current_exception();
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        const std::size_t wanted = std::min(pieces, static_cast<std::size_t>(std::max(threads, 1)));
        for (std::size_t i = 1; i < wanted; ++i) {
            helpers.emplace_back(drain);
        }
        drain();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

} // namespace alphascope::engine
