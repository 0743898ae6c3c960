#include "engine/exploring/projections/eigen.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/exploring/projections/vectorised.h"

namespace alphascope::engine {

namespace {

constexpr int mostSweeps = 60;
constexpr double cosineTolerance = 1e-14; ///< of the cosine of two rows

ALPHASCOPE_VECTORISED
double dot(const double* a, const double* b, std::size_t n) {
    // Sums side by side: the compiler may not reorder a single one.
    double sums[lanes] = {};
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    for (; i < n; ++i) {
        sums[0] += a[i] * b[i];
    }
    return std::accumulate(sums, sums + lanes, 0.0);
}

ALPHASCOPE_VECTORISED
void turn(double* __restrict a, double* __restrict b, double c, double s, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        const double x = a[i];
        const double y = b[i];
        a[i] = c * x - s * y;
        b[i] = s * x + c * y;
    }
}

/// One rotation for every pair of rows that is not orthogonal yet; whether there was any. `negligible`: of a
/// squared length.
bool sweep(std::vector<double>& matrix, std::vector<double>& vectors, std::size_t n, double negligible) {
    bool turned = false;
    for (std::size_t p = 0; p + 1 < n; ++p) {
        for (std::size_t q = p + 1; q < n; ++q) {
            double* const a = matrix.data() + p * n;
            double* const b = matrix.data() + q * n;
            const double aa = dot(a, a, n);
            const double bb = dot(b, b, n);
            const double ab = dot(a, b, n);
            if (std::abs(ab) <= cosineTolerance * std::sqrt(aa * bb) || std::abs(ab) <= negligible) {
                continue;
            }
            const double zeta = (bb - aa) / (2.0 * ab);
            const double tangent = std::copysign(1.0, zeta) / (std::abs(zeta) + std::hypot(1.0, zeta));
            const double c = 1.0 / std::hypot(1.0, tangent);
            turn(a, b, c, c * tangent, n);
            turn(vectors.data() + p * n, vectors.data() + q * n, c, c * tangent, n);
            turned = true;
        }
    }
    return turned;
}

} // namespace

Eigen eigenOfCovariance(std::vector<double> matrix, std::size_t n) {
    std::vector<double> vectors(n * n, 0.0);
    double square = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        vectors[i * n + i] = 1.0;
        square += dot(matrix.data() + i * n, matrix.data() + i * n, n);
    }
    // Rows as short as the rounding of the longest have no direction to turn to.
    const double negligible = square * 1e-30;
    for (int i = 0; i < mostSweeps && sweep(matrix, vectors, n, negligible); ++i) {
    }
    std::vector<double> values(n);
    for (std::size_t i = 0; i < n; ++i) {
        values[i] = std::max(dot(matrix.data() + i * n, vectors.data() + i * n, n), 0.0);
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
    Eigen result;
    for (const std::size_t i : order) {
        result.values.push_back(values[i]);
        result.vectors.insert(result.vectors.end(), vectors.begin() + std::ptrdiff_t(i * n),
                              vectors.begin() + std::ptrdiff_t((i + 1) * n));
    }
    return result;
}

} // namespace alphascope::engine
