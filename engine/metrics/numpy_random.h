#pragma once
// The random orders of numpy.random.RandomState (Mersenne Twister, MT19937), since published figures draw
// their splits and subsets with it: the same seed then gives the same figure. One thread.

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace alphascope::engine {

class NumpyRandom {
public:
    explicit NumpyRandom(std::uint32_t seed) : engine_(seed) {}

    /// RandomState.permutation(count). Its first n are RandomState.choice(count, n, replace=False).
    std::vector<std::int64_t> permutation(std::size_t count);

private:
    std::uint32_t upTo(std::uint32_t most);

    std::mt19937 engine_;
};

} // namespace alphascope::engine
