#include "engine/exploring/projections/pca.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "engine/api/error.h"
#include "engine/exploring/projections/checks.h"
#include "engine/exploring/projections/eigen.h"
#include "engine/exploring/projections/parallel.h"
#include "engine/exploring/projections/vectorised.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t centredRows = 64; ///< centred together
constexpr std::size_t stripeRows = 16;  ///< of the covariance, the work of one thread
constexpr std::size_t projectedRows = 1024;
constexpr std::size_t mostDimensions = 4096;

std::vector<double> meanOf(const Codes& codes) {
    std::vector<double> mean(codes.size, 0.0);
    for (std::size_t row = 0; row < codes.count; ++row) {
        const std::span<const float> values = codes.row(row);
        for (std::size_t d = 0; d < codes.size; ++d) {
            mean[d] += values[d];
        }
    }
    for (double& m : mean) {
        m /= static_cast<double>(codes.count);
    }
    return mean;
}

/// Adds the products of column `a` of four centred rows with columns from to size - 1 to a row of the
/// covariance.
ALPHASCOPE_VECTORISED
void addProducts(const double* __restrict rows, std::size_t a, std::size_t from, std::size_t size,
                 double* __restrict sums) {
    const double* const r0 = rows;
    const double* const r1 = r0 + size;
    const double* const r2 = r1 + size;
    const double* const r3 = r2 + size;
    const double x0 = r0[a], x1 = r1[a], x2 = r2[a], x3 = r3[a];
    for (std::size_t b = from; b < size; ++b) {
        sums[b] += x0 * r0[b] + x1 * r1[b] + x2 * r2[b] + x3 * r3[b];
    }
}

/// Rows begin to end - 1 of the covariance, right of the diagonal.
void covarianceStripe(const Codes& codes, const std::vector<double>& mean, std::size_t begin, std::size_t end,
                      std::vector<double>& covariance) {
    const std::size_t size = codes.size;
    std::vector<double> block(centredRows * size);
    for (std::size_t first = 0; first < codes.count; first += centredRows) {
        const std::size_t rows = std::min(centredRows, codes.count - first);
        std::fill(block.begin(), block.end(), 0.0); // rows beyond the last add nothing
        for (std::size_t row = 0; row < rows; ++row) {
            const std::span<const float> values = codes.row(first + row);
            for (std::size_t d = begin; d < size; ++d) {
                block[row * size + d] = values[d] - mean[d];
            }
        }
        for (std::size_t a = begin; a < end; ++a) {
            for (std::size_t row = 0; row < rows; row += 4) {
                addProducts(block.data() + row * size, a, a, size, covariance.data() + a * size);
            }
        }
    }
}

std::vector<double> covarianceOf(const Codes& codes, const std::vector<double>& mean, int threads) {
    const std::size_t size = codes.size;
    std::vector<double> covariance(size * size, 0.0);
    inParallelRows(size, stripeRows, threads, [&](std::size_t begin, std::size_t end) {
        covarianceStripe(codes, mean, begin, end, covariance);
    });
    for (std::size_t a = 0; a < size; ++a) {
        for (std::size_t b = a; b < size; ++b) {
            covariance[a * size + b] /= static_cast<double>(codes.count - 1);
            covariance[b * size + a] = covariance[a * size + b];
        }
    }
    return covariance;
}

Points2D scaledBy(Points2D map, double factor) {
    for (float& value : map.values) {
        value = static_cast<float>(value * factor);
    }
    return map;
}

} // namespace

PrincipalComponents principalComponents(const Codes& codes, std::size_t count, int threads) {
    requireRows(codes, 2);
    requireWithin(static_cast<double>(codes.size), 1, mostDimensions, "dimensions");
    requireWithin(static_cast<double>(count), 0, static_cast<double>(codes.size), "components");
    const std::vector<double> mean = meanOf(codes);
    const Eigen eigen = eigenOfCovariance(covarianceOf(codes, mean, threads), codes.size);
    const double all = std::accumulate(eigen.values.begin(), eigen.values.end(), 0.0);

    PrincipalComponents result;
    result.mean.assign(mean.begin(), mean.end());
    result.components = Codes(count == 0 ? codes.size : count, codes.size);
    for (std::size_t i = 0; i < result.components.count; ++i) {
        const auto vector = eigen.vectors.begin() + std::ptrdiff_t(i * codes.size);
        const auto largest = std::max_element(vector, vector + std::ptrdiff_t(codes.size),
                                              [](double a, double b) { return std::abs(a) < std::abs(b); });
        const double sign = *largest < 0.0 ? -1.0 : 1.0;
        std::transform(vector, vector + std::ptrdiff_t(codes.size), result.components.row(i).begin(),
                       [sign](double v) { return static_cast<float>(sign * v); });
        result.variance.push_back(eigen.values[i]);
        result.ratio.push_back(all > 0.0 ? eigen.values[i] / all : 0.0);
    }
    return result;
}

Codes projected(const PrincipalComponents& components, const Codes& codes, std::size_t count, int threads) {
    requireRows(codes, 1);
    if (codes.size != components.components.size) {
        throw Error(ErrorKind::BadInput, "Components of " + std::to_string(components.components.size) +
                                             " numbers cannot project codes of " +
                                             std::to_string(codes.size) + ".");
    }
    requireWithin(static_cast<double>(count), 1, static_cast<double>(components.components.count),
                  "components");
    Codes result(codes.count, count);
    inParallelRows(codes.count, projectedRows, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            const std::span<const float> values = codes.row(row);
            for (std::size_t c = 0; c < count; ++c) {
                const std::span<const float> component = components.components.row(c);
                double sum = 0.0;
                for (std::size_t d = 0; d < codes.size; ++d) {
                    sum += (double(values[d]) - components.mean[d]) * component[d];
                }
                result.row(row)[c] = static_cast<float>(sum);
            }
        }
    });
    return result;
}

Points2D pcaMap(const PrincipalComponents& components, const Codes& codes, int threads) {
    const Codes plane =
        projected(components, codes, std::min<std::size_t>(2, components.components.count), threads);
    Points2D map;
    map.values.resize(2 * codes.count);
    for (std::size_t row = 0; row < codes.count; ++row) {
        std::copy(plane.row(row).begin(), plane.row(row).end(), map.values.begin() + std::ptrdiff_t(2 * row));
    }
    return map;
}

Points2D tsneStart(Points2D map) {
    double sum = 0.0;
    double square = 0.0;
    for (std::size_t i = 0; i < map.values.size(); i += 2) {
        sum += map.values[i];
        square += double(map.values[i]) * map.values[i];
    }
    const auto count = static_cast<double>(std::max<std::size_t>(map.count(), 1));
    const double deviation = std::sqrt(std::max(square / count - (sum / count) * (sum / count), 0.0));
    return scaledBy(std::move(map), deviation > 0.0 ? 1e-4 / deviation : 1.0);
}

Points2D umapStart(Points2D map) {
    double largest = 0.0;
    for (const float value : map.values) {
        largest = std::max(largest, std::abs(double(value)));
    }
    return scaledBy(std::move(map), largest > 0.0 ? 10.0 / largest : 1.0);
}

} // namespace alphascope::engine
