#include "engine/exploring/neighbours/exact_search.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <thread>

#include "engine/api/error.h"
#include "engine/exploring/neighbours/distance.h"

namespace alphascope::engine {

namespace {

std::size_t threadsFor(std::size_t count, int threads) {
    const std::size_t wanted =
        threads > 0 ? static_cast<std::size_t>(threads) : std::max(1U, std::thread::hardware_concurrency());
    return std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(count, 1));
}

/// The work of several threads, taken piece by piece; the first fault ends it for all.
class SharedWork {
public:
    SharedWork(std::size_t count, const std::function<void(std::size_t)>& work,
               const NeighbourListener& listener)
        : count_(count), work_(work), listener_(listener) {}

    void run() noexcept {
        try {
            for (std::size_t i = next_++; i < count_ && !ended_; i = next_++) {
                work_(i);
                report();
            }
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!fault_) {
                fault_ = std::current_exception();
            }
            ended_ = true;
        }
    }

    void conclude() const {
        if (fault_) {
            std::rethrow_exception(fault_);
        }
    }

private:
    void report() {
        const std::size_t done = ++done_;
        if (!listener_ || (done * 100 / count_ == (done - 1) * 100 / count_)) {
            return;
        }
        const std::lock_guard lock(mutex_);
        if (!ended_ && !listener_(static_cast<double>(done) / static_cast<double>(count_))) {
            throw Error(ErrorKind::Interrupted, "The search was cancelled.");
        }
    }

    const std::size_t count_;
    const std::function<void(std::size_t)>& work_;
    const NeighbourListener& listener_;
    std::atomic<std::size_t> next_{0};
    std::atomic<std::size_t> done_{0};
    std::atomic<bool> ended_{false};
    std::mutex mutex_;
    std::exception_ptr fault_;
};

} // namespace

void inParallel(std::size_t count, int threads, const std::function<void(std::size_t)>& work,
                const NeighbourListener& listener) {
    SharedWork shared(count, work, listener);
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < threadsFor(count, threads); ++i) {
            helpers.emplace_back([&shared] { shared.run(); });
        }
        shared.run();
    }
    shared.conclude();
}

std::vector<Neighbour> exactNearest(const Codes& rows, std::span<const float> query, std::size_t k) {
    if (query.size() != rows.size) {
        throw Error(ErrorKind::Internal, "The rows that are searched have another size than the query.");
    }
    const SquaredDistance distance = squaredDistance();
    const auto before = [](const Neighbour& a, const Neighbour& b) {
        return a.distance < b.distance || (a.distance == b.distance && a.index < b.index);
    };
    const std::size_t kept = std::min(k, rows.count);
    std::vector<Neighbour> nearest; // a heap, the farthest on top
    nearest.reserve(kept + 1);
    for (std::size_t i = 0; i < rows.count && kept > 0; ++i) {
        const Neighbour candidate{i, distance(query.data(), rows.row(i).data(), rows.size)};
        if (nearest.size() == kept && !before(candidate, nearest.front())) {
            continue;
        }
        nearest.push_back(candidate);
        std::push_heap(nearest.begin(), nearest.end(), before);
        if (nearest.size() > kept) {
            std::pop_heap(nearest.begin(), nearest.end(), before);
            nearest.pop_back();
        }
    }
    std::sort_heap(nearest.begin(), nearest.end(), before);
    for (Neighbour& neighbour : nearest) {
        neighbour.distance = std::sqrt(neighbour.distance);
    }
    return nearest;
}

std::vector<std::vector<Neighbour>> exactNearest(const Codes& rows, const Codes& queries, std::size_t k,
                                                 int threads, const NeighbourListener& listener) {
    std::vector<std::vector<Neighbour>> found(queries.count);
    inParallel(
        queries.count, threads, [&](std::size_t i) { found[i] = exactNearest(rows, queries.row(i), k); },
        listener);
    return found;
}

} // namespace alphascope::engine
