#pragma once
// The pictures of a set one by one, and where pictures lie in the space that neighbours are looked for in.
// The calling thread's.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/neighbours.h"
#include "engine/data/data_set.h"

namespace alphascope::engine {

/// A model as far as placing needs it.
struct PlacingModel {
    ModelInfo info;
    std::function<Codes(const std::vector<Image>&)> encode;   ///< not called without an encoder
    std::function<Codes(const std::vector<Image>&)> features; ///< not called without a discriminator
};

/// Numbers of a row. Runs the network once where only that tells.
std::size_t rowSize(const PlacingModel& model, NeighbourSpace space);

/// A row each. Throws Error as the networks do, and Error(Internal) for a picture not prepared for the model.
Codes placed(const PlacingModel& model, NeighbourSpace space, const std::vector<Image>& pictures);

/// So many pictures go through the networks between two looks at who waits: whole batches, so that it does
/// not depend on who asks how a picture is placed.
inline constexpr std::size_t placingPiece = 64;

/// A split of a set, made ready for a model; pictures are read when they are wanted.
class SplitPictures {
public:
    /// Throws Error as openDataSet().
    SplitPictures(const ModelInfo& model, const std::string& data, const std::string& split);

    const std::string& split() const { return split_; }
    std::uint64_t available() const { return set_->count(which_); } ///< 0 = endless
    std::string fingerprint() const { return set_->fingerprint(); }

    /// With distance 0; nothing for one that cannot be read.
    std::optional<NearPicture> read(std::uint64_t number) const;

private:
    std::shared_ptr<const DataSet> set_;
    std::string split_;
    Split which_;
    int size_;
    int channels_;
    mutable std::vector<float> pixels_;
};

} // namespace alphascope::engine
