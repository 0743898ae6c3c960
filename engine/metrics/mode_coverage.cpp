#include "engine/metrics/mode_coverage.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/random_streams.h"

namespace alphascope::engine {

namespace {

constexpr int lloydIterations = 20;
constexpr std::int64_t rowsOfABinPiece = 4096;

torch::Tensor nearestCentres(const torch::Tensor& rows, const torch::Tensor& centres) {
    std::vector<torch::Tensor> nearest;
    const torch::Tensor halfSquares = 0.5 * centres.square().sum(1);
    for (const torch::Tensor& piece : rows.split(rowsOfABinPiece)) {
        nearest.push_back((piece.mm(centres.t()) - halfSquares).argmax(1));
    }
    return torch::cat(nearest);
}

/// Each next centre is a row, drawn with a chance by its squared distance to the nearest one so far.
torch::Tensor apartRows(const torch::Tensor& rows, std::int64_t bins, std::uint64_t seed) {
    models::RandomStreams random(seed);
    random.beginUpdate(0, 0);
    const torch::Tensor draws = random.uniform("bins", {bins}, torch::kCPU).to(torch::kDouble);
    std::vector<torch::Tensor> centres;
    torch::Tensor distances;
    for (std::int64_t i = 0; i < bins; ++i) {
        const double draw = draws[i].item<double>();
        std::int64_t row = static_cast<std::int64_t>(draw * static_cast<double>(rows.size(0)));
        if (i > 0) {
            const torch::Tensor sums = distances.to(torch::kDouble).cumsum(0);
            const torch::Tensor goal = sums[-1] * draw;
            row =
                std::min(torch::searchsorted(sums, goal, false, true).item<std::int64_t>(), rows.size(0) - 1);
        }
        centres.push_back(rows[row]);
        const torch::Tensor toNew = (rows - rows[row]).square().sum(1);
        distances = i == 0 ? toNew : at::minimum(distances, toNew);
    }
    return torch::stack(centres);
}

/// P(|Z| > |z|) of a standard normal Z.
double twoSidedTail(double z) {
    return std::erfc(std::abs(z) / std::sqrt(2.0));
}

double proportionTest(double a, double totalA, double b, double totalB) {
    const double pooled = (a + b) / (totalA + totalB);
    const double variance = pooled * (1.0 - pooled) * (1.0 / totalA + 1.0 / totalB);
    return variance > 0.0 ? twoSidedTail((a / totalA - b / totalB) / std::sqrt(variance)) : 1.0;
}

} // namespace

ModeCoverage coverageOf(const std::vector<std::uint64_t>& counts, std::uint64_t outside) {
    ModeCoverage coverage;
    coverage.modes = counts.size();
    const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
    coverage.nearShare = total / std::max(1.0, total + static_cast<double>(outside));
    for (const std::uint64_t count : counts) {
        if (count > 0) {
            ++coverage.hit;
            const double share = static_cast<double>(count) / total;
            coverage.klToUniform += share * std::log(share * static_cast<double>(counts.size()));
        }
    }
    return coverage;
}

ModeCoverage pointCoverage(const torch::Tensor& points, const std::vector<std::array<float, 2>>& centres,
                           double reach) {
    const torch::Tensor host = points.to(torch::kCPU, torch::kFloat).contiguous();
    const float* values = host.const_data_ptr<float>();
    std::vector<std::uint64_t> counts(centres.size());
    std::uint64_t outside = 0;
    for (std::int64_t i = 0; i < host.size(0); ++i) {
        const auto distance = [&](const std::array<float, 2>& centre) {
            return std::hypot(values[2 * i] - centre[0], values[2 * i + 1] - centre[1]);
        };
        const auto nearest =
            std::min_element(centres.begin(), centres.end(),
                             [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
        if (distance(*nearest) <= reach) {
            ++counts[static_cast<std::size_t>(nearest - centres.begin())];
        } else {
            ++outside;
        }
    }
    return coverageOf(counts, outside);
}

torch::Tensor meansOfBins(const torch::Tensor& rows, std::int64_t bins, std::uint64_t seed) {
    const c10::InferenceMode guard;
    torch::Tensor centres = apartRows(rows, bins, seed);
    for (int iteration = 0; iteration < lloydIterations; ++iteration) {
        const torch::Tensor nearest = nearestCentres(rows, centres);
        const torch::Tensor sums = torch::zeros_like(centres).index_add_(0, nearest, rows);
        const torch::Tensor counts = at::bincount(nearest, {}, bins).to(rows.dtype()).unsqueeze(1);
        centres = at::where(counts > 0, sums / counts.clamp_min(1), centres);
    }
    return centres;
}

std::vector<std::uint64_t> binCounts(const torch::Tensor& rows, const torch::Tensor& centres) {
    const c10::InferenceMode guard;
    const torch::Tensor counts = at::bincount(nearestCentres(rows, centres), {}, centres.size(0));
    const auto* values = counts.const_data_ptr<std::int64_t>();
    return {values, values + counts.size(0)};
}

BinComparison compareBins(const std::vector<std::uint64_t>& samples, const std::vector<std::uint64_t>& data,
                          double rate) {
    const auto total = [](const std::vector<std::uint64_t>& counts) {
        return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
    };
    const double totalSamples = total(samples);
    const double totalData = total(data);
    std::vector<std::pair<double, bool>> tests; // p, fewer
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto made = static_cast<double>(samples[i]);
        const auto real = static_cast<double>(data[i]);
        tests.emplace_back(proportionTest(made, totalSamples, real, totalData),
                           made / totalSamples < real / totalData);
    }
    std::sort(tests.begin(), tests.end());
    // Benjamini and Hochberg: the largest rank whose p is below rate * rank / bins, and all before it.
    std::size_t rejected = 0;
    for (std::size_t rank = 1; rank <= tests.size(); ++rank) {
        if (tests[rank - 1].first <= rate * static_cast<double>(rank) / static_cast<double>(tests.size())) {
            rejected = rank;
        }
    }
    BinComparison comparison{.bins = samples.size(), .different = rejected, .fewer = 0};
    comparison.fewer = static_cast<std::size_t>(
        std::count_if(tests.begin(), tests.begin() + static_cast<std::ptrdiff_t>(rejected),
                      [](const auto& test) { return test.second; }));
    return comparison;
}

} // namespace alphascope::engine
