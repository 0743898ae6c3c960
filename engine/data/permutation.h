#pragma once
// A shuffle that is computed per position instead of stored.

#include <cstdint>
#include <vector>

namespace alphascope::engine {

/// Where `position` (below `count`) goes in the shuffle of (seed, pass): a bijection of 0..count-1, made of a
/// four-round Feistel network on the next even power of two, walked until it lands inside (Black, Rogaway
/// 2002).
std::uint64_t permuted(std::uint64_t position, std::uint64_t count, std::uint64_t seed, std::uint64_t pass);

/// `wanted` of `available` pictures (0 = endless), all of them where there are no more: a shuffled choice, so
/// that a folder sorted by class gives all classes.
std::vector<std::uint64_t> chosenRows(std::uint64_t available, std::uint64_t wanted, std::uint64_t seed);

} // namespace alphascope::engine
