#pragma once
// Decoded pictures of one size, kept in a bounded block of memory. Any thread, without waiting.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

namespace alphascope::engine {

class PictureCache {
public:
    /// Room for the first pictures of `count`, `bytes` each, within `limit` bytes. Memory is taken as it
    /// fills.
    PictureCache(std::size_t count, std::size_t bytes, std::size_t limit)
        : bytes_(bytes), slots_(std::min(count, limit / bytes)),
          states_(std::make_unique<std::atomic<State>[]>(slots_)),
          memory_(std::make_unique_for_overwrite<std::uint8_t[]>(slots_ * bytes)) {}

    /// The bytes of picture `index`, or an empty span when it is not there. Valid for the cache's life.
    std::span<const std::uint8_t> find(std::size_t index) const {
        if (index >= slots_ || states_[index].load(std::memory_order_acquire) != State::Ready) {
            return {};
        }
        return {memory_.get() + index * bytes_, bytes_};
    }

    /// Keeps a copy where there is room; when two threads come at once, one of them does.
    void store(std::size_t index, std::span<const std::uint8_t> picture) {
        State expected = State::Empty;
        if (index < slots_ && states_[index].compare_exchange_strong(expected, State::Filling)) {
            std::copy_n(picture.begin(), bytes_, memory_.get() + index * bytes_);
            states_[index].store(State::Ready, std::memory_order_release);
        }
    }

private:
    enum class State : std::uint8_t { Empty, Filling, Ready };
    std::size_t bytes_;
    std::size_t slots_;
    std::unique_ptr<std::atomic<State>[]> states_;
    std::unique_ptr<std::uint8_t[]> memory_;
};

} // namespace alphascope::engine
