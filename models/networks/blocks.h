#pragma once
// The pieces that the picture networks are made of (Radford, Metz, Chintala 2015, DCGAN): halving and
// doubling convolutions with kernel 4, stride 2, padding 1, each with batch norm and an activation.
//
// Weights lie in channels-last layout, and so do all activations between the blocks: oneDNN's own layout is
// close to it, so nothing is re-ordered on the way. Threads: an object belongs to one thread at a time.

#include "models/libtorch.h"

#include <cstdint>
#include <memory>
#include <vector>

#include "models/schema/image_shape.h"

namespace alphascope::models {

/// What batch norm does in one forward pass.
enum class NormMode {
    MoveStatistics,    ///< normalise by the batch, and move the running statistics: the network in training
    BatchStatistics,   ///< normalise by the batch, leave the running statistics alone: a frozen helper
    RunningStatistics, ///< normalise by the running statistics: a trained network in use
};

/// How a picture of `size` pixels is reached by doubling: 28 = 7*2*2, 32 = 4*2*2*2, 64 = 4*2*2*2*2.
struct PyramidShape {
    std::int64_t baseSize; ///< side at the narrow end
    int levels;            ///< how often it doubles
};

/// Throws SchemaError for another size than 28, 32 or 64.
PyramidShape pyramidShape(std::int64_t size);

/// Ioffe and Szegedy 2015 over [B,C,H,W] or [B,C]; momentum 0.1, epsilon 1e-5. Without `affine` it only
/// standardises: no scale and no shift are learned.
class BatchNorm : public torch::nn::Module {
public:
    explicit BatchNorm(std::int64_t channels, bool affine = true);
    torch::Tensor forward(const torch::Tensor& x, NormMode mode);
    /// Together with the leaky ReLU that follows, which costs next to nothing then; slope 0 is ReLU.
    torch::Tensor forward(const torch::Tensor& x, NormMode mode, double slope);

private:
    torch::Tensor weight_, bias_; ///< undefined when it only standardises
    torch::Tensor runningMean_, runningVariance_;
};

/// y = x W' + b over [B,inputs]; `biased` = false leaves b out, which a norm right after would cancel.
class Linear : public torch::nn::Module {
public:
    Linear(std::int64_t inputs, std::int64_t outputs, bool biased = true);
    torch::Tensor forward(const torch::Tensor& x);

private:
    torch::Tensor weight_, bias_;
};

/// Width of the hidden layers that take the place of convolutions for points, for the width that `filters`
/// gives to those of pictures.
std::int64_t pointWidth(std::int64_t filters);

/// Whether a network has batch norm. Critics of the Wasserstein distance must not: it couples the pictures of
/// a batch, and their gradient penalty is defined for each picture alone.
enum class Normalisation { Batch, None };

/// Picture to features: [B,C,S,S] -> [B,features()], halving the side at every level; batch norm from the
/// second level on, LeakyReLU 0.2. Points go through two fully connected layers of 4 * filters without norm.
class Downward : public torch::nn::Module {
public:
    Downward(const ImageShape& image, std::int64_t filters,
             Normalisation normalisation = Normalisation::Batch);
    torch::Tensor forward(const torch::Tensor& x, NormMode mode);
    std::int64_t features() const { return features_; }

private:
    void buildLevels(const ImageShape& image, std::int64_t filters, Normalisation normalisation);

    struct Level {
        torch::Tensor weight, bias; ///< without norm a level has a bias
        std::shared_ptr<BatchNorm> norm;
    };
    /// `y` after its activation, in its own memory or not.
    torch::Tensor activated(torch::Tensor y) const;

    bool critic_; ///< without norm: its slope may be differentiated again
    std::vector<Level> levels_;
    std::shared_ptr<Linear> pointFirst_, pointSecond_; ///< of points, instead of levels
    std::int64_t features_ = 0;
};

/// Features to picture: [B,Z] -> [B,C,S,S] in [-1,1]; batch norm and ReLU everywhere but at the end, tanh
/// there. Points come out of two hidden layers of 4 * filters, and without tanh.
class Upward : public torch::nn::Module {
public:
    Upward(const ImageShape& image, std::int64_t filters, std::int64_t inputs);
    torch::Tensor forward(const torch::Tensor& z, NormMode mode);

private:
    void buildLevels(const ImageShape& image, std::int64_t filters, std::int64_t inputs);

    std::shared_ptr<Linear> pointFirst_, pointSecond_, pointHead_; ///< of points, instead of the rest
    std::shared_ptr<Linear> base_;
    std::shared_ptr<BatchNorm> baseNorm_;
    struct Level {
        torch::Tensor weight, bias; ///< the last level has a bias, the others have norm
        std::shared_ptr<BatchNorm> norm;
    };
    std::vector<Level> levels_;
    std::int64_t baseChannels_ = 0;
    std::int64_t baseSize_ = 0;
};

} // namespace alphascope::models
