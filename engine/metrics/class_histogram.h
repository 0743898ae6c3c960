#pragma once
// What classes samples are of, by a classifier, against what classes the data is of. Pure.

#include <cstdint>
#include <vector>

namespace alphascope::engine {

/// How often each of 0..classes-1 occurs; numbers outside are left out.
std::vector<std::uint64_t> countClasses(const std::vector<std::int64_t>& labels, std::size_t classes);

/// KL(p || q) in nats of the shares of two histograms of one length. Half a count is added to every class of
/// both, so that a class that is missing costs much but not infinitely much.
double histogramDivergence(const std::vector<std::uint64_t>& p, const std::vector<std::uint64_t>& q);

} // namespace alphascope::engine
