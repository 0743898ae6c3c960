#include "engine/metrics/class_histogram.h"

#include <cmath>
#include <numeric>

namespace alphascope::engine {

std::vector<std::uint64_t> countClasses(const std::vector<std::int64_t>& labels, std::size_t classes) {
    std::vector<std::uint64_t> counts(classes);
    for (const std::int64_t label : labels) {
        if (label >= 0 && static_cast<std::size_t>(label) < classes) {
            ++counts[static_cast<std::size_t>(label)];
        }
    }
    return counts;
}

double histogramDivergence(const std::vector<std::uint64_t>& p, const std::vector<std::uint64_t>& q) {
    constexpr double added = 0.5;
    const auto total = [](const std::vector<std::uint64_t>& counts) {
        return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0})) +
               added * static_cast<double>(counts.size());
    };
    const double totalP = total(p);
    const double totalQ = total(q);
    double sum = 0.0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double shareP = (static_cast<double>(p[i]) + added) / totalP;
        const double shareQ = (static_cast<double>(q[i]) + added) / totalQ;
        sum += shareP * std::log(shareP / shareQ);
    }
    return sum;
}

} // namespace alphascope::engine
