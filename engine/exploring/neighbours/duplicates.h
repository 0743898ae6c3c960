#pragma once
// How many different pictures a generator can make, by how often two of its samples are nearly the same: the
// birthday paradox (Arora, Risteski, Zhang 2018, "Do GANs learn the distribution? Some Theory and Empirics",
// section 4). Any thread.
//
// Known: when two random samples are near-duplicates with chance p, no more than 1 / p pictures can be
// equally likely; a batch of about s = sqrt(2 ln 2 / p) samples holds a near-duplicate every other time. Not
// known: how many rare pictures there are beside the common ones, since 1 / p (like the paper's s^2) is
// dominated by those. Without any near-duplicate there is only a lower bound. "Nearly the same" is a
// distance, and which one is calibrated on the data: where held-out pictures are near-duplicates of each
// other with a small, given chance. The estimate is therefore to be read beside the data's own, which that
// chance fixes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/codes.h"
#include "engine/exploring/neighbours/rank_tests.h"

namespace alphascope::engine {

struct DuplicatePair {
    std::size_t first = 0;
    std::size_t second = 0;
    float distance = 0.0F;
};

struct DuplicateEstimate {
    float threshold = 0.0F; ///< pairs at this distance or nearer are near-duplicates
    std::size_t samples = 0;
    std::uint64_t pairs = 0;            ///< of samples
    std::uint64_t duplicates = 0;       ///< of those, near-duplicates
    std::vector<DuplicatePair> nearest; ///< of all pairs of samples, nearest first; a few
    double chance = 0.0;                ///< p: duplicates / pairs
    Bounds chanceBounds;                ///< 95 %, as if the pairs were independent, which they are not quite
    double support = 0.0;      ///< 1 / p; 0 without a near-duplicate, where the lower bound is all there is
    Bounds supportBounds;      ///< upper is 0 where there is none
    double batchForHalf = 0.0; ///< s; 0 where support is
    std::size_t heldOut = 0;
    std::uint64_t heldOutPairs = 0;
    std::uint64_t heldOutDuplicates = 0; ///< at the same threshold
    double heldOutSupport = 0.0;         ///< the data's own 1 / p
};

/// `dataChance`: how often two held-out pictures shall count as near-duplicates; at least one pair does. At
/// most `shown` pairs are listed. Throws Error(Usage) for fewer than two samples or three held-out pictures.
DuplicateEstimate estimateSupport(const Codes& samples, const Codes& heldOut, double dataChance = 1e-4,
                                  std::size_t shown = 10, int threads = 0);

/// What the figures say, beside the data's own, in one sentence.
std::string describe(const DuplicateEstimate& found);

} // namespace alphascope::engine
