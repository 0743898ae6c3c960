#include "engine/directions/roc.h"

#include <algorithm>

#include "engine/api/directions.h"

namespace alphascope::engine {

RankedScores::RankedScores(std::span<const double> positive, std::span<const double> negative) {
    scores_.reserve(positive.size() + negative.size());
    for (std::size_t i = 0; i < positive.size(); ++i) {
        scores_.push_back({positive[i], true, i});
    }
    for (std::size_t i = 0; i < negative.size(); ++i) {
        scores_.push_back({negative[i], false, i});
    }
    std::sort(scores_.begin(), scores_.end(),
              [](const Score& a, const Score& b) { return a.value < b.value; });
}

template <typename Weight>
double RankedScores::weightedArea(Weight weight) const {
    double positives = 0.0;
    double below = 0.0; // negatives with a smaller score
    double won = 0.0;
    for (std::size_t i = 0; i < scores_.size();) {
        double tiedPositives = 0.0;
        double tiedNegatives = 0.0;
        const double value = scores_[i].value;
        for (; i < scores_.size() && scores_[i].value == value; ++i) {
            (scores_[i].positive ? tiedPositives : tiedNegatives) += weight(scores_[i]);
        }
        won += tiedPositives * (below + 0.5 * tiedNegatives);
        positives += tiedPositives;
        below += tiedNegatives;
    }
    return won / (positives * below);
}

double RankedScores::area() const {
    return weightedArea([](const Score&) { return 1.0; });
}

double RankedScores::area(std::span<const int> positiveCounts, std::span<const int> negativeCounts) const {
    return weightedArea([&](const Score& score) {
        return static_cast<double>((score.positive ? positiveCounts : negativeCounts)[score.index]);
    });
}

double areaUnderCurve(std::span<const double> positive, std::span<const double> negative) {
    return RankedScores(positive, negative).area();
}

} // namespace alphascope::engine
