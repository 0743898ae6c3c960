#pragma once
// `ring` and `grid`: endless points in the plane from narrow Gaussians, for watching a GAN where all of it
// can be seen and the modes that it finds can be counted (Metz et al. 2016, "Unrolled Generative Adversarial
// Networks", uses eight on a circle).

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/data/data_set.h"

namespace alphascope::engine {

inline constexpr float modeDeviation = 0.02F; ///< of every mode, in x and in y
inline constexpr double modeReach = 3.0;      ///< deviations within which a sample belongs to a mode

/// Centres of the modes, x and y; the label of a point is the number of its mode.
std::vector<std::array<float, 2>> ringModes(); ///< 8 on a circle of radius 0.8, from the right, anticlockwise
std::vector<std::array<float, 2>> gridModes(); ///< 25: five rows of five in [-0.8,0.8], from below
std::vector<std::array<float, 2>> modesOf(const DataSetInfo& set); ///< of one of the two

DataSetInfo ringSetInfo();
DataSetInfo gridSetInfo();

/// Points as [2,1,1]: x and y. `size` is 1; throws Error(Usage) for another.
std::shared_ptr<const DataSet> makeRingSet(int size, std::uint64_t seed);
std::shared_ptr<const DataSet> makeGridSet(int size, std::uint64_t seed);

} // namespace alphascope::engine
