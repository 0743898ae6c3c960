#include <algorithm>
#include <cmath>
#include <string>

#include "engine/api/error.h"
#include "engine/api/paths.h"
#include "engine/codes/vectors.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t corners4 = 4;
constexpr std::size_t widestGrid = 1024;

} // namespace

Codes cornerGrid(const Codes& corners, std::size_t side, PathKind kind) {
    if (corners.count != corners4) {
        throw Error(ErrorKind::Usage,
                    "A grid lies between 4 codes, not " + std::to_string(corners.count) + ".");
    }
    if (side < 2 || side > widestGrid) {
        throw Error(ErrorKind::Usage, "A grid cannot have " + std::to_string(side) + " codes a side.",
                    "Give 2 to " + std::to_string(widestGrid) + ".");
    }
    const Codes left = interpolatePath(corners.row(0), corners.row(2), side, kind);
    const Codes right = interpolatePath(corners.row(1), corners.row(3), side, kind);
    Codes grid(side * side, corners.size);
    for (std::size_t y = 0; y < side; ++y) {
        const Codes across = interpolatePath(left.row(y), right.row(y), side, kind);
        std::copy(across.values.begin(), across.values.end(), grid.row(y * side).begin());
    }
    return grid;
}

std::vector<float> codeAnalogy(std::span<const float> a, std::span<const float> b, std::span<const float> c,
                               bool keepLength) {
    if (a.size() != b.size() || b.size() != c.size()) {
        throw Error(ErrorKind::Usage,
                    "Codes of " + std::to_string(a.size()) + ", " + std::to_string(b.size()) + " and " +
                        std::to_string(c.size()) + " numbers cannot be added.",
                    "Take all from the same model.");
    }
    std::vector<float> sum(a.size());
    for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] = static_cast<float>(double(a[i]) - b[i] + c[i]);
    }
    const double wanted = vectorLength(a) - vectorLength(b) + vectorLength(c);
    const double found = vectorLength(sum);
    if (keepLength && wanted > 0.0 && found > 0.0) {
        for (float& value : sum) {
            value = static_cast<float>(value * (wanted / found));
        }
    }
    return sum;
}

} // namespace alphascope::engine
