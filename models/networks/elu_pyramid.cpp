#include "models/networks/elu_pyramid.h"

#include <string>

namespace alphascope::models {
namespace {

/// Side of the narrow end, and how often it doubles up to `size`.
PyramidShape eluShape(std::int64_t size) {
    constexpr std::int64_t narrowest = 8;
    PyramidShape shape = pyramidShape(size);
    while (shape.baseSize * 2 <= narrowest) {
        shape.baseSize *= 2;
        --shape.levels;
    }
    return shape;
}

std::string sideName(int side, const char* layer) {
    return "side" + std::to_string(side) + "_" + layer;
}

/// In the memory of `y`.
torch::Tensor activated(torch::Tensor y) {
    return at::elu_(y);
}

torch::Tensor doubled(const torch::Tensor& x) {
    return at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
}

} // namespace

EluConvolution::EluConvolution(std::int64_t inputs, std::int64_t outputs) {
    constexpr std::int64_t kernel = 3;
    weight_ = register_parameter(
        "weight", torch::empty({outputs, inputs, kernel, kernel}).contiguous(at::MemoryFormat::ChannelsLast));
    bias_ = register_parameter("bias", torch::zeros({outputs}));
}

torch::Tensor EluConvolution::linear(const torch::Tensor& x) const {
    return at::conv2d(x, weight_, bias_, /*stride=*/1, /*padding=*/1);
}

torch::Tensor EluConvolution::forward(const torch::Tensor& x) const {
    return activated(linear(x));
}

torch::Tensor EluConvolution::halve(const torch::Tensor& x) const {
    return activated(at::conv2d(x, weight_, bias_, /*stride=*/2, /*padding=*/1));
}

EluLayers::EluLayers(std::int64_t inputs, std::int64_t width, std::int64_t outputs) {
    first_ = register_module("first", std::make_shared<Linear>(inputs, width));
    second_ = register_module("second", std::make_shared<Linear>(width, width));
    head_ = register_module("head", std::make_shared<Linear>(width, outputs));
}

torch::Tensor EluLayers::forward(const torch::Tensor& x) const {
    return head_->forward(activated(second_->forward(activated(first_->forward(x)))));
}

EluEncoder::EluEncoder(const ImageShape& image, std::int64_t filters, std::int64_t outputs) {
    if (!image.isPoints()) {
        buildSides(image, filters, outputs);
        return;
    }
    points_ =
        register_module("points", std::make_shared<EluLayers>(image.channels, pointWidth(filters), outputs));
}

void EluEncoder::buildSides(const ImageShape& image, std::int64_t filters, std::int64_t outputs) {
    const PyramidShape shape = eluShape(image.size);
    entry_ = register_module("entry", std::make_shared<EluConvolution>(image.channels, filters));
    std::int64_t inputs = filters;
    for (int i = 0; i <= shape.levels; ++i) {
        const std::int64_t channels = filters * (i + 1);
        Side side;
        side.first =
            register_module(sideName(i, "first"), std::make_shared<EluConvolution>(inputs, channels));
        side.second =
            register_module(sideName(i, "second"), std::make_shared<EluConvolution>(channels, channels));
        if (i < shape.levels) {
            side.halving =
                register_module(sideName(i, "halving"), std::make_shared<EluConvolution>(channels, channels));
        }
        sides_.push_back(side);
        inputs = channels;
    }
    head_ =
        register_module("head", std::make_shared<Linear>(inputs * shape.baseSize * shape.baseSize, outputs));
}

torch::Tensor EluEncoder::forward(const torch::Tensor& x) const {
    if (points_) {
        return points_->forward(x.flatten(1));
    }
    torch::Tensor y = entry_->forward(x.contiguous(at::MemoryFormat::ChannelsLast));
    for (const Side& side : sides_) {
        y = side.second->forward(side.first->forward(y));
        if (side.halving) {
            y = side.halving->halve(y);
        }
    }
    // Row, column, channel: the order in which channels-last memory lies already.
    return head_->forward(y.permute({0, 2, 3, 1}).flatten(1));
}

EluDecoder::EluDecoder(const ImageShape& image, std::int64_t filters, std::int64_t inputs) {
    if (!image.isPoints()) {
        buildSides(image, filters, inputs);
        return;
    }
    points_ =
        register_module("points", std::make_shared<EluLayers>(inputs, pointWidth(filters), image.channels));
}

void EluDecoder::buildSides(const ImageShape& image, std::int64_t filters, std::int64_t inputs) {
    const PyramidShape shape = eluShape(image.size);
    baseSize_ = shape.baseSize;
    filters_ = filters;
    base_ = register_module("base", std::make_shared<Linear>(inputs, filters * baseSize_ * baseSize_));
    for (int i = 0; i <= shape.levels; ++i) {
        Side side;
        side.first =
            register_module(sideName(i, "first"), std::make_shared<EluConvolution>(filters, filters));
        side.second =
            register_module(sideName(i, "second"), std::make_shared<EluConvolution>(filters, filters));
        sides_.push_back(side);
    }
    exit_ = register_module("exit", std::make_shared<EluConvolution>(filters, image.channels));
}

torch::Tensor EluDecoder::forward(const torch::Tensor& code, NormMode /*mode*/) const {
    if (points_) {
        return points_->forward(code).view({code.size(0), -1, 1, 1});
    }
    torch::Tensor y = base_->forward(code);
    y = y.view({code.size(0), baseSize_, baseSize_, filters_}).permute({0, 3, 1, 2});
    for (std::size_t i = 0; i < sides_.size(); ++i) {
        y = sides_[i].second->forward(sides_[i].first->forward(i == 0 ? y : doubled(y)));
    }
    return exit_->linear(y);
}

EluAutoEncoder::EluAutoEncoder(const ImageShape& image, std::int64_t filters, std::int64_t codeSize) {
    encoder_ = register_module("encoder", std::make_shared<EluEncoder>(image, filters, codeSize));
    decoder_ = register_module("decoder", std::make_shared<EluDecoder>(image, filters, codeSize));
}

} // namespace alphascope::models
