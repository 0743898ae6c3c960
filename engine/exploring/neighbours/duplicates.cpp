#include "engine/exploring/neighbours/duplicates.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/neighbours/distance.h"
#include "engine/exploring/neighbours/exact_search.h"

namespace alphascope::engine {

namespace {

std::uint64_t pairsOf(std::uint64_t count) {
    return count * (count - 1) / 2;
}

/// "8,850".
std::string groupedText(double whole) {
    std::string digits = fmt::format("{:.0f}", whole);
    for (auto i = std::ptrdiff_t(digits.size()) - 3; i > 0; i -= 3) {
        digits.insert(std::size_t(i), 1, ',');
    }
    return digits;
}

/// Of an estimate: three significant digits.
std::string countText(double count) {
    constexpr double largest = 1e15;
    return count < largest ? groupedText(std::stod(fmt::format("{:.2e}", count)))
                           : fmt::format("{:.3g}", count);
}

bool nearer(const DuplicatePair& a, const DuplicatePair& b) {
    return a.distance < b.distance ||
           (a.distance == b.distance && (a.first < b.first || (a.first == b.first && a.second < b.second)));
}

struct PairScan {
    std::vector<DuplicatePair> nearest; ///< sorted
    std::uint64_t within = 0;           ///< pairs at the threshold or nearer
};

/// All pairs: the `kept` nearest, and how many are at `threshold` or nearer.
PairScan scanPairs(const Codes& rows, std::size_t kept, float threshold, int threads) {
    const SquaredDistance distance = squaredDistance();
    std::vector<PairScan> scans(rows.count); // each row against those after it
    inParallel(rows.count, threads, [&](std::size_t i) {
        PairScan& scan = scans[i];
        for (std::size_t j = i + 1; j < rows.count; ++j) {
            const float d = std::sqrt(distance(rows.row(i).data(), rows.row(j).data(), rows.size));
            scan.within += d <= threshold ? 1 : 0;
            scan.nearest.push_back({i, j, d});
        }
        const auto end =
            scan.nearest.begin() + static_cast<std::ptrdiff_t>(std::min(kept, scan.nearest.size()));
        std::partial_sort(scan.nearest.begin(), end, scan.nearest.end(), nearer);
        scan.nearest.erase(end, scan.nearest.end());
        scan.nearest.shrink_to_fit();
    });
    PairScan all;
    for (const PairScan& scan : scans) {
        all.within += scan.within;
        all.nearest.insert(all.nearest.end(), scan.nearest.begin(), scan.nearest.end());
    }
    const auto end = all.nearest.begin() + static_cast<std::ptrdiff_t>(std::min(kept, all.nearest.size()));
    std::partial_sort(all.nearest.begin(), end, all.nearest.end(), nearer);
    all.nearest.erase(end, all.nearest.end());
    return all;
}

} // namespace

DuplicateEstimate estimateSupport(const Codes& samples, const Codes& heldOut, double dataChance,
                                  std::size_t shown, int threads) {
    if (samples.count < 2 || heldOut.count < 3) {
        throw Error(ErrorKind::Usage,
                    "Near-duplicates need two samples and three held-out pictures at least.", "Take more.");
    }
    if (samples.size != heldOut.size) {
        throw Error(ErrorKind::Internal, "The samples have another size than the held-out pictures.");
    }
    DuplicateEstimate result;
    result.heldOut = heldOut.count;
    result.heldOutPairs = pairsOf(heldOut.count);
    const auto wanted = static_cast<std::size_t>(
        std::max(1.0, std::round(dataChance * static_cast<double>(result.heldOutPairs))));
    const PairScan data = scanPairs(heldOut, wanted, 0.0F, threads);
    result.threshold = data.nearest.back().distance;
    result.heldOutDuplicates = data.nearest.size();
    result.heldOutSupport =
        static_cast<double>(result.heldOutPairs) / static_cast<double>(result.heldOutDuplicates);

    PairScan made = scanPairs(samples, shown, result.threshold, threads);
    result.samples = samples.count;
    result.pairs = pairsOf(samples.count);
    result.duplicates = made.within;
    result.nearest = std::move(made.nearest);
    const auto pairs = static_cast<double>(result.pairs);
    result.chance = static_cast<double>(result.duplicates) / pairs;
    const Bounds seen = poissonBounds(result.duplicates);
    result.chanceBounds = {seen.lower / pairs, std::min(1.0, seen.upper / pairs)};
    result.supportBounds = {1.0 / result.chanceBounds.upper,
                            result.chanceBounds.lower > 0.0 ? 1.0 / result.chanceBounds.lower : 0.0};
    if (result.duplicates > 0) {
        result.support = 1.0 / result.chance;
        result.batchForHalf = std::sqrt(2.0 * std::numbers::ln2 / result.chance);
    }
    return result;
}

std::string describe(const DuplicateEstimate& found) {
    const std::string data =
        fmt::format("the data's own figure at that distance is {}", countText(found.heldOutSupport));
    if (found.duplicates == 0) {
        return fmt::format("No near-duplicate in {} pairs, so more than {} different pictures; {}.",
                           groupedText(double(found.pairs)), countText(found.supportBounds.lower), data);
    }
    return fmt::format(
        "{} near-duplicates in {} pairs, as from about {} equally likely pictures ({} to {}); {}.",
        found.duplicates, groupedText(double(found.pairs)), countText(found.support),
        countText(found.supportBounds.lower), countText(found.supportBounds.upper), data);
}

} // namespace alphascope::engine
