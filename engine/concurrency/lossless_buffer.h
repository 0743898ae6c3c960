#pragma once
// Values in order for a reader who empties the buffer now and then: count in == count out.
//
// A reader who never comes must not eat the memory: when `capacity` values wait unread, every second one of
// the older half is dropped (and counted in thinned()), so that the whole course stays visible, the past
// coarser. Threads: every method from any thread.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace alphascope::engine {

template <typename T>
class LosslessBuffer {
public:
    explicit LosslessBuffer(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 4)) {}

    void push(T value) {
        const std::lock_guard lock(mutex_);
        append(std::move(value));
    }

    void push(std::vector<T> values) {
        const std::lock_guard lock(mutex_);
        for (T& value : values) {
            append(std::move(value));
        }
    }

    std::vector<T> takeAll() {
        std::vector<T> all;
        const std::lock_guard lock(mutex_);
        all.swap(values_);
        return all;
    }

    /// How many were dropped since construction; 0 for any reader who comes at all.
    std::uint64_t thinned() const {
        const std::lock_guard lock(mutex_);
        return thinned_;
    }

private:
    void append(T value) {
        if (values_.size() >= capacity_) {
            thinOlderHalf();
        }
        values_.push_back(std::move(value));
    }

    void thinOlderHalf() {
        const std::size_t half = values_.size() / 2;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (i < half && i % 2 == 1) {
                ++thinned_;
            } else {
                if (kept != i) {
                    values_[kept] = std::move(values_[i]);
                }
                ++kept;
            }
        }
        values_.erase(std::next(values_.begin(), static_cast<std::ptrdiff_t>(kept)), values_.end());
    }

    mutable std::mutex mutex_;
    std::vector<T> values_;
    std::size_t capacity_;
    std::uint64_t thinned_ = 0;
};

} // namespace alphascope::engine
