#include "models/networks/blocks.h"

#include <string>

#include "models/networks/leaky_relu.h"
#include "models/networks/norm_activation.h"
#include "models/networks/resampling.h"
#include "models/schema/parameter.h"

namespace alphascope::models {
namespace {

constexpr double leak = 0.2;
constexpr double momentum = 0.1; ///< of batch norm's running statistics
constexpr double epsilon = 1e-5; ///< under its root

torch::Tensor emptyKernel(std::int64_t first, std::int64_t second) {
    return torch::empty({first, second, resamplingKernel, resamplingKernel})
        .contiguous(at::MemoryFormat::ChannelsLast);
}

std::string levelName(int level) {
    return "level" + std::to_string(level);
}

/// Filters at distance `level` from the picture: they double as the side halves.
std::int64_t filtersAt(std::int64_t filters, int level) {
    return filters << level;
}

} // namespace

std::int64_t pointWidth(std::int64_t filters) {
    constexpr std::int64_t unitsPerFilter = 4;
    return unitsPerFilter * filters;
}

PyramidShape pyramidShape(std::int64_t size) {
    switch (size) {
    case 28:
        return {7, 2};
    case 32:
        return {4, 3};
    case 64:
        return {4, 4};
    default:
        throw SchemaError("There are no networks for pictures of " + std::to_string(size) +
                          " pixels: give a size of 28, 32 or 64");
    }
}

BatchNorm::BatchNorm(std::int64_t channels, bool affine) {
    if (affine) {
        weight_ = register_parameter("weight", torch::ones({channels}));
        bias_ = register_parameter("bias", torch::zeros({channels}));
    }
    runningMean_ = register_buffer("running_mean", torch::zeros({channels}));
    runningVariance_ = register_buffer("running_var", torch::ones({channels}));
}

torch::Tensor BatchNorm::forward(const torch::Tensor& x, NormMode mode) {
    const bool byBatch = mode != NormMode::RunningStatistics;
    const bool withStatistics = mode != NormMode::BatchStatistics;
    return at::batch_norm(x, weight_, bias_, withStatistics ? runningMean_ : torch::Tensor(),
                          withStatistics ? runningVariance_ : torch::Tensor(), byBatch, momentum, epsilon,
                          /*cudnn_enabled=*/true);
}

torch::Tensor BatchNorm::forward(const torch::Tensor& x, NormMode mode, double slope) {
    if (mode == NormMode::RunningStatistics) {
        torch::Tensor y = forward(x, mode);
        return slope == 0.0 ? y.relu_() : at::leaky_relu_(y, slope);
    }
    const bool moves = mode == NormMode::MoveStatistics;
    return normActivation(x, weight_, bias_, moves ? runningMean_ : torch::Tensor(),
                          moves ? runningVariance_ : torch::Tensor(), momentum, epsilon, slope);
}

Linear::Linear(std::int64_t inputs, std::int64_t outputs, bool biased) {
    weight_ = register_parameter("weight", torch::empty({outputs, inputs}));
    if (biased) {
        bias_ = register_parameter("bias", torch::zeros({outputs}));
    }
}

torch::Tensor Linear::forward(const torch::Tensor& x) {
    return at::linear(x, weight_, bias_);
}

Downward::Downward(const ImageShape& image, std::int64_t filters, Normalisation normalisation)
    : critic_(normalisation == Normalisation::None) {
    if (!image.isPoints()) {
        buildLevels(image, filters, normalisation);
        return;
    }
    features_ = pointWidth(filters);
    pointFirst_ = register_module("first", std::make_shared<Linear>(image.channels, features_));
    pointSecond_ = register_module("second", std::make_shared<Linear>(features_, features_));
}

void Downward::buildLevels(const ImageShape& image, std::int64_t filters, Normalisation normalisation) {
    const PyramidShape shape = pyramidShape(image.size);
    std::int64_t inputs = image.channels;
    for (int i = 0; i < shape.levels; ++i) {
        const std::int64_t outputs = filtersAt(filters, i);
        Level level;
        level.weight = register_parameter(levelName(i) + "_weight", emptyKernel(outputs, inputs));
        if (i == 0 || normalisation == Normalisation::None) {
            level.bias = register_parameter(levelName(i) + "_bias", torch::zeros({outputs}));
        } else {
            level.norm = register_module(levelName(i) + "_norm", std::make_shared<BatchNorm>(outputs));
        }
        levels_.push_back(level);
        inputs = outputs;
    }
    features_ = inputs * shape.baseSize * shape.baseSize;
}

torch::Tensor Downward::activated(torch::Tensor y) const {
    return critic_ ? piecewiseLeakyRelu(y, leak) : at::leaky_relu_(y, leak);
}

torch::Tensor Downward::forward(const torch::Tensor& x, NormMode mode) {
    if (pointFirst_) {
        const torch::Tensor hidden = activated(pointFirst_->forward(x.flatten(1)));
        return activated(pointSecond_->forward(hidden));
    }
    torch::Tensor y = x.contiguous(at::MemoryFormat::ChannelsLast);
    for (const Level& level : levels_) {
        y = halvingConvolution(y, level.weight, level.bias,
                               critic_ ? Derivatives::Second : Derivatives::First);
        y = level.norm ? level.norm->forward(y, mode, leak) : activated(y);
    }
    // Row, column, channel: the order in which channels-last memory lies already.
    return y.permute({0, 2, 3, 1}).reshape({y.size(0), features_});
}

Upward::Upward(const ImageShape& image, std::int64_t filters, std::int64_t inputs) {
    if (!image.isPoints()) {
        buildLevels(image, filters, inputs);
        return;
    }
    const std::int64_t width = pointWidth(filters);
    pointFirst_ = register_module("first", std::make_shared<Linear>(inputs, width));
    pointSecond_ = register_module("second", std::make_shared<Linear>(width, width));
    pointHead_ = register_module("head", std::make_shared<Linear>(width, image.channels));
}

void Upward::buildLevels(const ImageShape& image, std::int64_t filters, std::int64_t inputs) {
    const PyramidShape shape = pyramidShape(image.size);
    baseSize_ = shape.baseSize;
    baseChannels_ = filtersAt(filters, shape.levels - 1);
    base_ = register_module("base", std::make_shared<Linear>(inputs, baseChannels_ * baseSize_ * baseSize_));
    baseNorm_ = register_module("base_norm", std::make_shared<BatchNorm>(baseChannels_));
    std::int64_t channels = baseChannels_;
    for (int i = shape.levels - 1; i >= 0; --i) {
        const std::int64_t outputs = i == 0 ? image.channels : filtersAt(filters, i - 1);
        Level level;
        level.weight = register_parameter(levelName(i) + "_weight", emptyKernel(channels, outputs));
        if (i == 0) {
            level.bias = register_parameter(levelName(i) + "_bias", torch::zeros({outputs}));
        } else {
            level.norm = register_module(levelName(i) + "_norm", std::make_shared<BatchNorm>(outputs));
        }
        levels_.push_back(level);
        channels = outputs;
    }
}

torch::Tensor Upward::forward(const torch::Tensor& z, NormMode mode) {
    if (pointFirst_) {
        const torch::Tensor hidden = pointSecond_->forward(pointFirst_->forward(z).relu_()).relu_();
        return pointHead_->forward(hidden).view({z.size(0), -1, 1, 1});
    }
    torch::Tensor y = base_->forward(z);
    // Read as row, column, channel, so that the result is channels-last without a copy.
    y = y.view({z.size(0), baseSize_, baseSize_, baseChannels_}).permute({0, 3, 1, 2});
    y = baseNorm_->forward(y, mode, /*slope=*/0.0);
    for (const Level& level : levels_) {
        y = doublingConvolution(y, level.weight, level.bias);
        y = level.norm ? level.norm->forward(y, mode, /*slope=*/0.0) : y.tanh_();
    }
    return y;
}

} // namespace alphascope::models
