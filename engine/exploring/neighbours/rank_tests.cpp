#include "engine/exploring/neighbours/rank_tests.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace alphascope::engine {

namespace {

struct Ranked {
    float value;
    bool isFirst;
};

/// P(X <= count) for a Poisson variable: terms fall off fast on either side of their largest, so the sum runs
/// down from `count` until nothing is added any more.
double poissonAtMost(std::uint64_t count, double mean) {
    if (mean <= 0.0) {
        return 1.0;
    }
    const auto n = static_cast<double>(count);
    double term = std::exp(n * std::log(mean) - mean - std::lgamma(n + 1.0));
    double sum = 0.0;
    if (n > mean) { // the other tail is the short one
        for (double k = n + 1.0;; k += 1.0) {
            term *= mean / k;
            sum += term;
            if (term <= sum * 1e-17) {
                return 1.0 - sum;
            }
        }
    }
    for (double k = n; term > sum * 1e-17; k -= 1.0) {
        sum += term;
        term *= k / mean;
    }
    return sum;
}

/// The mean at which P(X <= count) is `chance`; it falls as the mean grows.
double meanFor(std::uint64_t count, double chance) {
    double low = 0.0;
    double high = static_cast<double>(count) + 10.0 * std::sqrt(static_cast<double>(count) + 1.0);
    for (int i = 0; i < 100 && high - low > 1e-12 * high; ++i) {
        const double middle = 0.5 * (low + high);
        (poissonAtMost(count, middle) > chance ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

} // namespace

MannWhitney mannWhitney(std::span<const float> first, std::span<const float> second) {
    MannWhitney result;
    if (first.empty() || second.empty()) {
        return result;
    }
    std::vector<Ranked> all;
    all.reserve(first.size() + second.size());
    for (const float value : first) {
        all.push_back({value, true});
    }
    for (const float value : second) {
        all.push_back({value, false});
    }
    std::sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) { return a.value < b.value; });
    double ranks = 0.0; // of the first, summed
    double ties = 0.0;  // t^3 - t of each group of equal values, summed
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin;
        std::size_t ofFirst = 0;
        for (; end < all.size() && all[end].value == all[begin].value; ++end) {
            ofFirst += all[end].isFirst ? 1 : 0;
        }
        const auto group = static_cast<double>(end - begin);
        ranks += static_cast<double>(ofFirst) * (static_cast<double>(begin + end + 1) * 0.5);
        ties += group * group * group - group;
        begin = end;
    }
    const auto n = static_cast<double>(first.size());
    const auto m = static_cast<double>(second.size());
    const double total = n + m;
    result.u = ranks - n * (n + 1.0) * 0.5;
    result.effect = result.u / (n * m);
    const double variance = n * m / 12.0 * (total + 1.0 - ties / (total * (total - 1.0)));
    if (variance > 0.0) {
        result.z = (result.u - n * m * 0.5) / std::sqrt(variance);
    }
    result.pLess = 0.5 * std::erfc(-result.z / std::numbers::sqrt2);
    return result;
}

double binomialUpperTail(std::uint64_t successes, std::uint64_t trials, double chance) {
    if (successes == 0) {
        return 1.0;
    }
    if (successes > trials || chance <= 0.0) {
        return 0.0;
    }
    if (chance >= 1.0) {
        return 1.0;
    }
    const auto n = static_cast<double>(trials);
    double sum = 0.0;
    for (std::uint64_t k = trials + 1; k-- > successes;) { // small terms first
        const auto x = static_cast<double>(k);
        sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(x + 1.0) - std::lgamma(n - x + 1.0) +
                        x * std::log(chance) + (n - x) * std::log1p(-chance));
    }
    return std::min(sum, 1.0);
}

Bounds poissonBounds(std::uint64_t count) {
    constexpr double tail = 0.025;
    return {count == 0 ? 0.0 : meanFor(count - 1, 1.0 - tail), meanFor(count, tail)};
}

} // namespace alphascope::engine
