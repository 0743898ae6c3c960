#include "engine/exploring/neighbours/code_statistics.h"

#include <algorithm>
#include <cmath>

#include "engine/api/error.h"

namespace alphascope::engine {

CodeStatistics codeStatistics(const Codes& codes) {
    if (codes.count < 2 || codes.size == 0) {
        throw Error(ErrorKind::BadInput, "The spread of codes needs two of them at least.",
                    "Take more pictures.");
    }
    if (!std::all_of(codes.values.begin(), codes.values.end(), [](float x) { return std::isfinite(x); })) {
        throw Error(ErrorKind::BadInput, "Some of the codes are NaN or infinite.",
                    "Use a checkpoint from before the training broke.");
    }
    CodeStatistics result;
    result.codes = codes.count;
    result.dimensions.resize(codes.size);
    const auto n = static_cast<double>(codes.count);
    for (std::size_t i = 0; i < codes.count; ++i) {
        for (std::size_t d = 0; d < codes.size; ++d) {
            result.dimensions[d].mean += static_cast<double>(codes.row(i)[d]) / n;
        }
    }
    for (std::size_t i = 0; i < codes.count; ++i) { // a second pass: means may be large beside the spread
        for (std::size_t d = 0; d < codes.size; ++d) {
            const double off = static_cast<double>(codes.row(i)[d]) - result.dimensions[d].mean;
            result.dimensions[d].deviation += off * off / n;
        }
    }
    for (CodeDimension& dimension : result.dimensions) {
        const double variance = dimension.deviation;
        dimension.deviation = std::sqrt(variance);
        dimension.kl =
            0.5 * (variance + dimension.mean * dimension.mean - 1.0) - std::log(dimension.deviation);
        dimension.dead = dimension.deviation < deadDeviation;
        result.dead += dimension.dead ? 1 : 0;
        result.klPerDimension += dimension.kl / static_cast<double>(codes.size);
    }
    return result;
}

} // namespace alphascope::engine
