#pragma once
// Pictures and figures of a model in training, made on a copy of its networks, so that looking changes
// nothing: not the batch-norm statistics, not the mode, not the random streams. Session thread.

#include <cstdint>
#include <memory>
#include <optional>

#include "engine/api/session.h"
#include "engine/data/data_set.h"
#include "engine/training/points_preview.h"
#include "models/methods/method.h"

namespace alphascope::engine {

inline constexpr std::size_t previewOriginals = 32;
inline constexpr std::size_t previewSamples = 64;

class PreviewMaker {
public:
    /// Takes the first held-out pictures of `set` and the fixed codes; both stay the same for the whole run.
    PreviewMaker(const models::ModelSpec& spec, const torch::Device& device, const DataSet& set);

    /// With the averaged weights of `training` as they are now.
    std::shared_ptr<const Preview> make(models::Method& training, std::int64_t step);

    bool canReconstruct() const;
    struct Figures {
        std::optional<double> heldOutL1; ///< of the fixed held-out pictures, in [-1,1]; when reconstructing
        /// Mean Euclidean distance between two of the fixed samples over that between two of the held-out
        /// pictures; when generating, and when those differ at all.
        std::optional<double> sampleSpread;
    };
    Figures measure(models::Method& training);

private:
    torch::Tensor rebuild();

    const models::MethodTraits* traits_;
    std::unique_ptr<models::Method> replica_;
    std::vector<Image> originals_;
    torch::Tensor pictures_; ///< originals_ as the networks see them
    torch::Tensor codes_;
    double dataDistance_ = 0.0;                ///< mean between two of pictures_
    std::optional<PointsPreviewMaker> points_; ///< for models of points
};

} // namespace alphascope::engine
