#pragma once
// Draws for the bootstrap and for what is held out: a pure function of (seed, purpose, draw), so that the
// same codes give the same intervals on every machine. Any thread.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/codes/philox.h"

namespace alphascope::engine {

/// The words of one stream of Philox4x32-10, in order.
class PhiloxWords {
public:
    PhiloxWords(std::uint64_t seed, std::uint32_t purpose, std::uint32_t draw)
        : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}, counter_{0, draw,
                                                                                                   purpose,
                                                                                                   0} {}

    std::size_t below(std::size_t count) {
        if (used_ == words_.size()) {
            words_ = philox4x32(counter_, key_);
            ++counter_[0];
            used_ = 0;
        }
        return static_cast<std::size_t>((std::uint64_t{words_[used_++]} * count) >> 32);
    }

private:
    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 4> counter_;
    std::array<std::uint32_t, 4> words_{};
    std::size_t used_ = 4;
};

/// How often each of `count` things is drawn in `count` draws with replacement.
inline std::vector<int> bootstrapCounts(PhiloxWords words, std::size_t count) {
    std::vector<int> counts(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        ++counts[words.below(count)];
    }
    return counts;
}

/// 0 .. count-1 in random order (Fisher, Yates).
inline std::vector<std::size_t> shuffled(PhiloxWords words, std::size_t count) {
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i) {
        order[i] = i;
    }
    for (std::size_t i = count; i > 1; --i) {
        std::swap(order[i - 1], order[words.below(i)]);
    }
    return order;
}

} // namespace alphascope::engine
