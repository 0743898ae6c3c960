#pragma once
// The ROC curve's area, of a sample and of resamples of it. Any thread.

#include <cstddef>
#include <span>
#include <vector>

namespace alphascope::engine {

/// Scores of two classes, sorted once, so that the area of a resample costs one pass. The area is the
/// Mann-Whitney statistic over the number of pairs; ties count half.
class RankedScores {
public:
    RankedScores(std::span<const double> positive, std::span<const double> negative);

    double area() const;
    /// Of the resample in which score i of a class counts so often.
    double area(std::span<const int> positiveCounts, std::span<const int> negativeCounts) const;

private:
    struct Score {
        double value;
        bool positive;
        std::size_t index;
    };
    template <typename Weight>
    double weightedArea(Weight weight) const;

    std::vector<Score> scores_; ///< ascending
};

} // namespace alphascope::engine
