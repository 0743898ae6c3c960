#pragma once
// The few tests of statistics that the judgements of this room rest on. Pure, any thread.

#include <cstdint>
#include <span>

namespace alphascope::engine {

/// Whether `first` tends to be smaller than `second` (Mann, Whitney 1947), by the normal approximation with
/// the correction for ties and none for continuity: fit for ten and more on either side.
struct MannWhitney {
    double u = 0.0;      ///< pairs in which the first is larger; ties count half
    double z = 0.0;      ///< negative when the first tends to be smaller; 0 when all are equal
    double pLess = 1.0;  ///< of such a z or a smaller one if both were drawn alike
    double effect = 0.5; ///< u over the number of pairs: the chance that one of the first is the larger
};
MannWhitney mannWhitney(std::span<const float> first, std::span<const float> second);

/// P(X >= successes) for X ~ Binomial(trials, chance), exact.
double binomialUpperTail(std::uint64_t successes, std::uint64_t trials, double chance);

/// Bounds on the mean of a Poisson variable that was seen to be `count`, 2.5 % to either side (Garwood 1936).
struct Bounds {
    double lower = 0.0;
    double upper = 0.0;
};
Bounds poissonBounds(std::uint64_t count);

} // namespace alphascope::engine
