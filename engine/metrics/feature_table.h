#pragma once
// The features of many pictures, as far as figures need them, computed once and kept for the next evaluation.

#include "models/libtorch.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "engine/metrics/feature_net.h"
#include "engine/metrics/frechet_distance.h"
#include "engine/metrics/judged_pictures.h"

namespace alphascope::engine {

struct FeatureTable {
    FeatureStatistics statistics;
    torch::Tensor logits;             ///< float32 [N,K]
    torch::Tensor features;           ///< float32 [N,F]; undefined unless they were asked to be kept
    std::vector<std::int64_t> labels; ///< of the pictures, -1 where there is none
    std::size_t count() const { return static_cast<std::size_t>(logits.size(0)); }
};

/// What share is done; throws to cancel.
using TableListener = std::function<void(double share)>;

/// Batch by batch over the pictures `rows`. `folder`: where the table is kept; "" keeps nothing. Throws
/// Error.
FeatureTable featureTable(JudgedPictures& source, std::span<const std::uint64_t> rows, FeatureNet& net,
                          bool keepFeatures, const std::string& folder, const TableListener& listener);

} // namespace alphascope::engine
