#include "engine/data/permutation.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "engine/data/counter_random.h"

namespace alphascope::engine {

std::uint64_t permuted(std::uint64_t position, std::uint64_t count, std::uint64_t seed, std::uint64_t pass) {
    if (count < 2) {
        return 0;
    }
    const int half = (std::bit_width(count - 1) + 1) / 2;
    const std::uint64_t mask = (std::uint64_t(1) << half) - 1;
    CounterRandom random(RandomPurpose::Order, {seed, pass});
    std::array<std::uint64_t, 4> keys{};
    for (auto& key : keys) {
        key = random.bits();
    }
    do {
        std::uint64_t left = position >> half;
        std::uint64_t right = position & mask;
        for (const std::uint64_t key : keys) {
            const std::uint64_t next = left ^ (mixBits(right ^ key) & mask);
            left = right;
            right = next;
        }
        position = left << half | right;
    } while (position >= count);
    return position;
}

std::vector<std::uint64_t> chosenRows(std::uint64_t available, std::uint64_t wanted, std::uint64_t seed) {
    std::vector<std::uint64_t> rows(available == 0 ? wanted : std::min(available, wanted));
    std::iota(rows.begin(), rows.end(), 0);
    if (available > wanted) {
        for (std::uint64_t& row : rows) {
            row = permuted(row, available, seed, 0);
        }
    }
    return rows;
}

} // namespace alphascope::engine
