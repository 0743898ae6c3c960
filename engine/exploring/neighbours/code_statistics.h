#pragma once
// How the codes of many pictures fill the prior, number by number. Pure, any thread.

#include <cstddef>
#include <vector>

#include "engine/api/codes.h"

namespace alphascope::engine {

struct CodeDimension {
    double mean = 0.0;
    double deviation = 0.0; ///< of the population: divided by N
    /// KL(N(mean, deviation^2) || N(0, 1)) = (deviation^2 + mean^2 - 1) / 2 - log deviation, in nats;
    /// infinite where the deviation is 0.
    double kl = 0.0;
    /// The codes' means hardly depend on the picture (deviation below deadDeviation): the decoder learns
    /// nothing from this number. For an encoder with noise that is the posterior fallen onto the prior.
    bool dead = false;
};
inline constexpr double deadDeviation = 0.05;

struct CodeStatistics {
    std::size_t codes = 0;
    std::vector<CodeDimension> dimensions;
    std::size_t dead = 0;
    double klPerDimension = 0.0; ///< mean over all of them; infinite where one is
};

/// `codes`: the means of the encoder. Throws Error(BadInput) for fewer than two, or for NaN and infinity.
CodeStatistics codeStatistics(const Codes& codes);

} // namespace alphascope::engine
