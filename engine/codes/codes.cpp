#include "engine/api/codes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/api/error.h"
#include "engine/codes/philox.h"

namespace alphascope::engine {

namespace {

// 2^28 numbers are 1 GB: more is a slip of the keyboard, not a wish.
constexpr std::size_t largestSheet = std::size_t(1) << 28;

/// Four standard normal numbers of block `block` of row `row`, by the Box-Muller transform.
std::array<float, 4> normals(std::uint64_t seed, std::uint64_t row, std::uint64_t block) {
    const auto low = [](std::uint64_t n) { return static_cast<std::uint32_t>(n); };
    const auto high = [](std::uint64_t n) { return static_cast<std::uint32_t>(n >> 32); };
    const auto bits = philox4x32({low(block), high(block), low(row), high(row)}, {low(seed), high(seed)});
    // The middle of each of 2^32 cells: never 0, whose logarithm is infinite.
    const auto uniform = [](std::uint32_t n) { return (static_cast<double>(n) + 0.5) * 0x1p-32; };
    std::array<float, 4> out{};
    for (std::size_t pair = 0; pair < 2; ++pair) {
        const double radius = std::sqrt(-2.0 * std::log(uniform(bits[2 * pair])));
        const double angle = 2.0 * std::numbers::pi * uniform(bits[2 * pair + 1]);
        out[2 * pair] = static_cast<float>(radius * std::cos(angle));
        out[2 * pair + 1] = static_cast<float>(radius * std::sin(angle));
    }
    return out;
}

void requireSameSize(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size()) {
        throw Error(ErrorKind::Usage,
                    "Codes of " + std::to_string(a.size()) + " and " + std::to_string(b.size()) +
                        " numbers cannot be joined by a path.",
                    "Take both from the same model.");
    }
}

struct Weights {
    double a = 0.0;
    double b = 0.0;
};

Weights slerpWeights(std::span<const float> a, std::span<const float> b, double t) {
    double dot = 0.0;
    double squareA = 0.0;
    double squareB = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        dot += double(a[i]) * b[i];
        squareA += double(a[i]) * a[i];
        squareB += double(b[i]) * b[i];
    }
    const Weights lerp{1.0 - t, t};
    const double lengths = std::sqrt(squareA) * std::sqrt(squareB);
    if (!(lengths > 0.0)) {
        return lerp; // a code at the origin has no direction
    }
    const double angle = std::acos(std::clamp(dot / lengths, -1.0, 1.0));
    const double sine = std::sin(angle);
    constexpr double nearlyParallel = 1e-6;
    if (!(sine > nearlyParallel)) {
        return lerp; // the plane of the turn is not defined
    }
    return {std::sin((1.0 - t) * angle) / sine, std::sin(t * angle) / sine};
}

} // namespace

Codes priorCodes(std::uint64_t seed, std::size_t count, std::size_t size, double truncation) {
    if (!std::isfinite(truncation) || truncation < 0.0) {
        throw Error(ErrorKind::Usage, "The truncation must be a number of at least 0.",
                    "1 leaves the codes as drawn.");
    }
    if (size != 0 && count > largestSheet / size) {
        throw Error(ErrorKind::Usage,
                    std::to_string(count) + " codes of " + std::to_string(size) + " numbers are too many.",
                    "Ask for at most " + std::to_string(largestSheet / size) + ".");
    }
    Codes codes(count, size);
    const auto factor = static_cast<float>(truncation);
    for (std::size_t i = 0; i < count; ++i) {
        const auto row = codes.row(i);
        for (std::size_t at = 0; at < size; at += 4) {
            const auto block = normals(seed, i, at / 4);
            for (std::size_t k = 0; k < 4 && at + k < size; ++k) {
                row[at + k] = block[k] * factor;
            }
        }
    }
    return codes;
}

std::vector<float> interpolate(std::span<const float> a, std::span<const float> b, double t, PathKind kind) {
    requireSameSize(a, b);
    // The ends themselves, not the ends after rounding. Written so that a NaN gives `a`.
    if (!(t > 0.0)) {
        return {a.begin(), a.end()};
    }
    if (t >= 1.0) {
        return {b.begin(), b.end()};
    }
    const Weights weights = kind == PathKind::Lerp ? Weights{1.0 - t, t} : slerpWeights(a, b, t);
    std::vector<float> out(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        out[i] = static_cast<float>(weights.a * a[i] + weights.b * b[i]);
    }
    return out;
}

Codes interpolatePath(std::span<const float> a, std::span<const float> b, std::size_t steps, PathKind kind) {
    requireSameSize(a, b);
    if (steps < 2) {
        throw Error(ErrorKind::Usage, "A path needs at least 2 steps: its two ends.");
    }
    if (!a.empty() && steps > largestSheet / a.size()) {
        throw Error(ErrorKind::Usage, "A path of " + std::to_string(steps) + " steps is too long.",
                    "Ask for at most " + std::to_string(largestSheet / a.size()) + ".");
    }
    Codes path(steps, a.size());
    for (std::size_t i = 0; i < steps; ++i) {
        const double t = double(i) / double(steps - 1);
        const auto point = interpolate(a, b, t, kind);
        std::copy(point.begin(), point.end(), path.row(i).begin());
    }
    return path;
}

} // namespace alphascope::engine
