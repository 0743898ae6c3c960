#include "engine/metrics/numpy_random.h"

#include <bit>
#include <numeric>
#include <utility>

namespace alphascope::engine {

std::vector<std::int64_t> NumpyRandom::permutation(std::size_t count) {
    std::vector<std::int64_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t i = count; i-- > 1;) {
        std::swap(order[i], order[upTo(static_cast<std::uint32_t>(i))]);
    }
    return order;
}

/// 0 to `most`: draws of as many bits as `most` has, until one fits.
std::uint32_t NumpyRandom::upTo(std::uint32_t most) {
    const std::uint32_t mask =
        most == 0 ? 0 : static_cast<std::uint32_t>(~std::uint32_t{0} >> std::countl_zero(most));
    std::uint32_t value = 0;
    do {
        value = static_cast<std::uint32_t>(engine_()) & mask;
    } while (value > most);
    return value;
}

} // namespace alphascope::engine
