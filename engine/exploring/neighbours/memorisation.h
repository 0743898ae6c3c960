#pragma once
// Whether a generator repeats its training pictures, from distances to the nearest ones. Pure, any thread.
//
// Three figures, since each alone misleads:
// - Data copying (Meehan, Chaudhuri, Dasgupta 2020, "A Non-Parametric Test to Detect Data-Copying in
// Generative
//   Models", section 3): are samples nearer to the training set than held-out pictures are? Both are measured
//   against the same training set, so its size does not matter. But blurred samples are near to everything.
// - Nearest kind: of how many samples is the very nearest real picture one of training? Training pictures are
//   mostly more than held-out ones, and the nearest of 60,000 is nearer than that of 10,000 by number alone.
//   Were all real pictures alike to the generator, each would be the nearest with the same chance, hence that
//   of n training pictures beside m held-out ones n / (n + m), which the count is tested against. Blur does
//   not matter, but samples near each other share their nearest pictures, so the count is less certain than
//   its p-value says.
// - Ratio of the distances to the nearest of m training pictures, spread evenly over all, and of the m
// held-out
//   ones: 1 when it is all the same. Copies of training pictures outside those m do not show in it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/exploring/neighbours/rank_tests.h"

namespace alphascope::engine {

/// Distances to the nearest picture of a set. The first three: one a sample.
struct NearestDistances {
    std::vector<float> toTraining;        ///< to all training pictures
    std::vector<float> toTrainingPart;    ///< to as many of them as there are held-out pictures
    std::vector<float> toHeldOut;         ///< to the held-out pictures
    std::vector<float> heldOutToTraining; ///< one a held-out picture, to all training pictures
    std::uint64_t trainingCount = 0;      ///< n
    std::uint64_t heldOutCount = 0;       ///< m
};

struct SampleMemory {
    double ratio = 1.0; ///< toTrainingPart / toHeldOut; 1 when both are 0
    /// How many held-out pictures are as near to their nearest training picture as this sample is, or nearer:
    /// (1 + how many) / (1 + m), so never below 1 / (1 + m).
    double pValue = 1.0;
};

/// Of one sample. `heldOutToTraining` rises.
SampleMemory memoryOf(float toTraining, float toTrainingPart, float toHeldOut,
                      std::span<const float> heldOutToTraining);

enum class MemoryVerdict {
    TooFew, ///< fewer than ten samples or held-out pictures
    NoSign,
    Blurred, ///< near to the training pictures, but to held-out ones just as much
    Copies,
};
const char* toText(MemoryVerdict verdict); ///< "copies"

struct Memorisation {
    std::vector<SampleMemory> samples;
    double medianRatio = 1.0;
    MannWhitney copying;                 ///< samples against held-out pictures, to the training pictures
    std::uint64_t nearestInTraining = 0; ///< samples; a tie is none
    double expectedShare = 0.0;          ///< n / (n + m)
    double pNearest = 1.0;               ///< of so many or more
    MemoryVerdict verdict = MemoryVerdict::TooFew;
};

/// Below this a p-value counts: Copies needs both tests, Blurred the first alone.
inline constexpr double memorySignificance = 0.01;
inline constexpr std::size_t fewestForMemory = 10;

/// Throws Error(Internal) when the vectors do not fit together.
Memorisation judgeMemorisation(const NearestDistances& distances);

/// What the figures say, in one sentence.
std::string describe(const Memorisation& memory);

} // namespace alphascope::engine
