#include "engine/data/batch_loader.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/concurrency/stop_flag.h"
#include "engine/data/permutation.h"

namespace alphascope::engine {

struct BatchLoader::Impl {
    Impl(std::shared_ptr<const DataSet> dataSet, int size, std::uint64_t orderSeed, std::uint64_t first,
         int workers)
        : set(std::move(dataSet)), batchSize(size), seed(orderSeed), total(set->count(Split::Train)),
          ahead(static_cast<std::uint64_t>(workers) + 2), nextToMake(first), nextToGive(first) {
        for (int i = 0; i < workers; ++i) {
            threads.emplace_back([this] { work(); });
        }
    }

    ~Impl() {
        requestStop();
        for (std::thread& thread : threads) {
            thread.join();
        }
    }

    void requestStop() {
        stop.request();
        const std::lock_guard lock(mutex); // so that no waiter misses the flag between its look and its wait
        changed.notify_all();
    }

    void work() {
        for (;;) {
            std::unique_lock lock(mutex);
            changed.wait(lock, [this] { return stop.requested() || nextToMake < nextToGive + ahead; });
            if (stop.requested()) {
                return;
            }
            const std::uint64_t index = nextToMake++;
            lock.unlock();
            Made made = make(index);
            lock.lock();
            ready.emplace(index, std::move(made));
            changed.notify_all();
        }
    }

    struct Made {
        Batch batch;
        std::exception_ptr failure;
    };

    Made make(std::uint64_t index) {
        Made made;
        try {
            made.batch.index = index;
            made.batch.count = batchSize;
            made.batch.labels.resize(batchSize);
            const std::size_t length = std::size_t(set->channels()) * set->size() * set->size();
            made.batch.pixels.resize(length * batchSize);
            for (int i = 0; i < batchSize && !stop.requested(); ++i) {
                made.batch.labels[i] =
                    fetch(index * batchSize + i, {made.batch.pixels.data() + i * length, length});
            }
        } catch (...) {
            made.failure = std::current_exception();
        }
        return made;
    }

    /// The picture at `position` of the whole training run; a damaged one gives way to the next in the set's
    /// order.
    int fetch(std::uint64_t position, std::span<float> out) {
        if (total == 0) {
            return set->get(Split::Train, position, 0, out);
        }
        const std::uint64_t pass = position / total;
        std::uint64_t index = permuted(position % total, total, seed, pass);
        for (std::uint64_t tried = 0; tried < total && !stop.requested(); ++tried) {
            try {
                return set->get(Split::Train, index, pass, out);
            } catch (const Error& e) {
                noteSkipped(index, e.what());
            }
            index = (index + 1) % total;
        }
        throw Error(ErrorKind::BadInput,
                    fmt::format("No picture of '{}' can be decoded any more.", set->info().name),
                    "Check that the folder is still there.");
    }

    void noteSkipped(std::uint64_t index, const char* why) {
        constexpr std::size_t listed = 100;
        const std::lock_guard lock(skippedMutex);
        if (skippedIndices.insert(index).second && skippedLines.size() < listed) {
            skippedLines.emplace_back(why);
        }
    }

    Batch next() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return stop.requested() || ready.contains(nextToGive); });
        if (stop.requested()) {
            throw Error(ErrorKind::Interrupted, "Loading was stopped.");
        }
        auto node = ready.extract(nextToGive);
        ++nextToGive;
        changed.notify_all();
        lock.unlock();
        if (node.mapped().failure) {
            std::rethrow_exception(node.mapped().failure);
        }
        return std::move(node.mapped().batch);
    }

    const std::shared_ptr<const DataSet> set;
    const int batchSize;
    const std::uint64_t seed;
    const std::uint64_t total; ///< 0 = endless
    const std::uint64_t ahead; ///< batches that may wait or be under way

    StopFlag stop;
    std::mutex mutex; ///< guards the next four
    std::condition_variable changed;
    std::uint64_t nextToMake;
    std::uint64_t nextToGive;
    std::map<std::uint64_t, Made> ready;

    mutable std::mutex skippedMutex; ///< guards the next two
    std::set<std::uint64_t> skippedIndices;
    std::vector<std::string> skippedLines;

    std::vector<std::thread> threads; ///< last: they use all of the above
};

BatchLoader::BatchLoader(std::shared_ptr<const DataSet> set, int batchSize, std::uint64_t seed,
                         std::uint64_t firstBatch, int workers) {
    if (batchSize < 1) {
        throw Error(ErrorKind::Usage,
                    fmt::format("A batch of {} pictures is not possible; take 1 or more.", batchSize));
    }
    impl_ = std::make_unique<Impl>(std::move(set), batchSize, seed, firstBatch, std::max(workers, 1));
}

BatchLoader::~BatchLoader() = default;

Batch BatchLoader::next() {
    return impl_->next();
}

void BatchLoader::requestStop() {
    impl_->requestStop();
}

std::uint64_t BatchLoader::skippedCount() const {
    const std::lock_guard lock(impl_->skippedMutex);
    return impl_->skippedIndices.size();
}

std::vector<std::string> BatchLoader::skipped() const {
    const std::lock_guard lock(impl_->skippedMutex);
    return impl_->skippedLines;
}

} // namespace alphascope::engine
