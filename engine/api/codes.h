#pragma once
// Latent codes without a model: drawing them from a seed, walking between them. Standard library only, pure,
// safe from any thread; the same seed gives the same code in the window and on the command line.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace alphascope::engine {

/// N codes of Z numbers each, row-major.
struct Codes {
    std::size_t count = 0;
    std::size_t size = 0; ///< Z
    std::vector<float> values;

    Codes() = default;
    Codes(std::size_t n, std::size_t z) : count(n), size(z), values(n * z) {}
    std::span<float> row(std::size_t i) { return {values.data() + i * size, size}; }
    std::span<const float> row(std::size_t i) const { return {values.data() + i * size, size}; }
    bool operator==(const Codes&) const = default;
};

/// `count` standard normal codes; row i depends on (seed, i) alone. `truncation` multiplies them (1 = none).
Codes priorCodes(std::uint64_t seed, std::size_t count, std::size_t size, double truncation = 1.0);

enum class PathKind {
    Lerp,     ///< straight lines
    Slerp,    ///< along the sphere
    Cubic,    ///< one smooth curve through all codes
    Geodesic, ///< where a model's pictures change least; found by search, so until then as Slerp
};

/// The point at t in [0,1] between a and b. Slerp measures the angle between the normalised ends,
/// interpolates their lengths as part of the formula, and falls back to lerp when the ends are
/// (anti)parallel. Cubic and Geodesic need more than two codes (KeyframePath, paths.h): here they are Slerp.
std::vector<float> interpolate(std::span<const float> a, std::span<const float> b, double t, PathKind kind);

/// `steps` codes from a to b, both ends included (steps >= 2).
Codes interpolatePath(std::span<const float> a, std::span<const float> b, std::size_t steps, PathKind kind);

} // namespace alphascope::engine
