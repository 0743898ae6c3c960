#pragma once
// What turns pictures into numbers that figures are computed of.

#include "models/libtorch.h"

#include <string>

namespace alphascope::engine {

struct FeatureBatch {
    torch::Tensor features; ///< float32 [B,F]
    torch::Tensor logits;   ///< float32 [B,K]
};

/// One thread at a time.
class FeatureNet {
public:
    virtual ~FeatureNet() = default;
    /// uint8 [B,C,H,W], one or three channels, on the CPU; so are the results. B as large as memory allows:
    /// see batch().
    virtual FeatureBatch run(const torch::Tensor& pictures) = 0;
    virtual std::int64_t batch() const = 0;   ///< pictures of one run()
    virtual std::string title() const = 0;    ///< with its checksum and, of a classifier, its accuracy
    virtual std::string checksum() const = 0; ///< of its weights
    /// Whether its figures may be laid beside published ones.
    virtual bool isPublished() const = 0;
};

} // namespace alphascope::engine
