#include "engine/metrics/inception_net.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/api/error.h"
#include "engine/storage/safetensors.h"
#include "engine/training/named_tensor.h"

namespace alphascope::engine {

namespace {

constexpr std::int64_t inceptionSide = 299;
constexpr std::int64_t inceptionFeatures = 2048;
constexpr std::int64_t inceptionClasses = 1008;
constexpr double inceptionNormEpsilon = 1e-3;

[[noreturn]] void refuseWeights(const std::string& path, const std::string& why) {
    throw Error(ErrorKind::BadInput, fmt::format("'{}' does not fit the Inception net: {}.", path, why),
                "Use the weights of 2015-12-05, made into safetensors by 'alphascope-cli import'.");
}

/// Of one direction: the two source rows of each target row, and the share of the second.
struct SourceRows {
    torch::Tensor low, high, share;
};
SourceRows sourceRows(std::int64_t from, std::int64_t to) {
    const double scale = static_cast<double>(from) / static_cast<double>(to);
    const torch::Tensor at = torch::arange(to, torch::kFloat) * static_cast<float>(scale);
    const torch::Tensor low = at.to(torch::kLong);
    return {low, (low + 1).clamp_max(from - 1), at - low.to(torch::kFloat)};
}

torch::Tensor averageInside(const torch::Tensor& x) {
    return at::avg_pool2d(x, 3, 1, 1, /*ceil_mode=*/false, /*count_include_pad=*/false);
}

} // namespace

torch::Tensor resizeLikeTensorFlow1(const torch::Tensor& pictures, std::int64_t height, std::int64_t width) {
    const SourceRows rows = sourceRows(pictures.size(2), height);
    const SourceRows columns = sourceRows(pictures.size(3), width);
    const auto along = [&](const torch::Tensor& lines) {
        const torch::Tensor first = lines.index_select(3, columns.low);
        return first + (lines.index_select(3, columns.high) - first) * columns.share;
    };
    const torch::Tensor top = along(pictures.index_select(2, rows.low));
    const torch::Tensor bottom = along(pictures.index_select(2, rows.high));
    return top + (bottom - top) * rows.share.view({height, 1});
}

InceptionNet::InceptionNet(const ModelState& state, const std::string& path, const torch::Device& device)
    : path_(path), checksum_(dataChecksum(state)), device_(device) {
    const c10::InferenceMode guard;
    if (const auto broken = findNonFinite(state)) {
        refuseWeights(path, fmt::format("{} of the {} numbers of '{}' are NaN or infinite", broken->count,
                                        broken->total, broken->name));
    }
    for (const NamedArray& array : state.arrays) {
        if (array.dtype == "F32") {
            weights_.emplace(array.name, viewOf(array).clone());
        }
    }
    head_ = weight("fc.weight", {inceptionClasses, inceptionFeatures}).to(device);
    // One picture goes through, so that whatever does not fit is known before the work begins.
    forward(torch::zeros({1, 3, inceptionSide, inceptionSide}, torch::TensorOptions(device)));
    weights_.clear();
}

std::unique_ptr<InceptionNet> InceptionNet::open(const std::string& path, const torch::Device& device) {
    return std::make_unique<InceptionNet>(readSafetensors(path), path, device);
}

std::string InceptionNet::title() const {
    return fmt::format("Inception-2015-12-05 (weights {})", checksum_);
}

torch::Tensor InceptionNet::weight(const std::string& name, torch::IntArrayRef shape) const {
    const auto found = weights_.find(name);
    if (found == weights_.end()) {
        refuseWeights(path_, fmt::format("it has no float32 tensor '{}'", name));
    }
    if (found->second.sizes() != shape) {
        refuseWeights(path_, fmt::format("'{}' has the shape ({}) instead of ({})", name,
                                         fmt::join(found->second.sizes(), ", "), fmt::join(shape, ", ")));
    }
    return found->second;
}

const InceptionNet::Layer& InceptionNet::layer(const std::string& name, std::int64_t inputs,
                                               const Window& window) {
    const auto found = layers_.find(name);
    if (found != layers_.end()) {
        return found->second;
    }
    const auto norm = [&](const char* part) {
        return weight(fmt::format("{}.bn.{}", name, part), {window.filters}).to(torch::kDouble);
    };
    const torch::Tensor kernel =
        weight(name + ".conv.weight", {window.filters, inputs, window.kernel[0], window.kernel[1]});
    const torch::Tensor scale = norm("weight") / (norm("running_var") + inceptionNormEpsilon).sqrt();
    const torch::Tensor shift = norm("bias") - norm("running_mean") * scale;
    const torch::Tensor scaled = kernel.to(torch::kDouble) * scale.view({-1, 1, 1, 1});
    return layers_
        .emplace(name, Layer{scaled.to(torch::kFloat).to(device_).contiguous(at::MemoryFormat::ChannelsLast),
                             shift.to(torch::kFloat).to(device_)})
        .first->second;
}

torch::Tensor InceptionNet::convolve(const std::string& name, const torch::Tensor& x, const Window& window) {
    const Layer& made = layer(name, x.size(1), window);
    return at::conv2d(x, made.weight, made.bias, window.stride, window.padding).relu_();
}

torch::Tensor InceptionNet::blockA(const std::string& name, const torch::Tensor& x,
                                   std::int64_t poolFilters) {
    const auto conv = [&](const char* part, const torch::Tensor& from, const Window& window) {
        return convolve(name + part, from, window);
    };
    const torch::Tensor fives = conv(".branch5x5_1", x, {48});
    const torch::Tensor threes =
        conv(".branch3x3dbl_2", conv(".branch3x3dbl_1", x, {64}), {96, {3, 3}, {1, 1}});
    return torch::cat({conv(".branch1x1", x, {64}), conv(".branch5x5_2", fives, {64, {5, 5}, {2, 2}}),
                       conv(".branch3x3dbl_3", threes, {96, {3, 3}, {1, 1}}),
                       conv(".branch_pool", averageInside(x), {poolFilters})},
                      1);
}

torch::Tensor InceptionNet::blockB(const std::string& name, const torch::Tensor& x) {
    const auto conv = [&](const char* part, const torch::Tensor& from, const Window& window) {
        return convolve(name + part, from, window);
    };
    const torch::Tensor threes =
        conv(".branch3x3dbl_2", conv(".branch3x3dbl_1", x, {64}), {96, {3, 3}, {1, 1}});
    return torch::cat({conv(".branch3x3", x, {384, {3, 3}, {0, 0}, 2}),
                       conv(".branch3x3dbl_3", threes, {96, {3, 3}, {0, 0}, 2}), at::max_pool2d(x, 3, 2)},
                      1);
}

torch::Tensor InceptionNet::blockC(const std::string& name, const torch::Tensor& x, std::int64_t filters) {
    const auto flat = [&](const char* part, const torch::Tensor& from, std::int64_t width) {
        return convolve(name + part, from, {width, {1, 7}, {0, 3}});
    };
    const auto tall = [&](const char* part, const torch::Tensor& from, std::int64_t width) {
        return convolve(name + part, from, {width, {7, 1}, {3, 0}});
    };
    torch::Tensor sevens = convolve(name + ".branch7x7_1", x, {filters});
    sevens = tall(".branch7x7_3", flat(".branch7x7_2", sevens, filters), 192);
    torch::Tensor twice = convolve(name + ".branch7x7dbl_1", x, {filters});
    twice = flat(".branch7x7dbl_3", tall(".branch7x7dbl_2", twice, filters), filters);
    twice = flat(".branch7x7dbl_5", tall(".branch7x7dbl_4", twice, filters), 192);
    return torch::cat({convolve(name + ".branch1x1", x, {192}), sevens, twice,
                       convolve(name + ".branch_pool", averageInside(x), {192})},
                      1);
}

torch::Tensor InceptionNet::blockD(const std::string& name, const torch::Tensor& x) {
    const auto conv = [&](const char* part, const torch::Tensor& from, const Window& window) {
        return convolve(name + part, from, window);
    };
    const torch::Tensor threes = conv(".branch3x3_1", x, {192});
    torch::Tensor sevens = conv(".branch7x7x3_1", x, {192});
    sevens = conv(".branch7x7x3_2", sevens, {192, {1, 7}, {0, 3}});
    sevens = conv(".branch7x7x3_3", sevens, {192, {7, 1}, {3, 0}});
    return torch::cat({conv(".branch3x3_2", threes, {320, {3, 3}, {0, 0}, 2}),
                       conv(".branch7x7x3_4", sevens, {192, {3, 3}, {0, 0}, 2}), at::max_pool2d(x, 3, 2)},
                      1);
}

torch::Tensor InceptionNet::blockE(const std::string& name, const torch::Tensor& x, bool maximum) {
    const auto both = [&](const std::string& part, const torch::Tensor& from) {
        return torch::cat({convolve(part + "a", from, {384, {1, 3}, {0, 1}}),
                           convolve(part + "b", from, {384, {3, 1}, {1, 0}})},
                          1);
    };
    const torch::Tensor threes = convolve(name + ".branch3x3_1", x, {384});
    const torch::Tensor twice = convolve(name + ".branch3x3dbl_2",
                                         convolve(name + ".branch3x3dbl_1", x, {448}), {384, {3, 3}, {1, 1}});
    const torch::Tensor pooled = maximum ? at::max_pool2d(x, 3, 1, 1) : averageInside(x);
    return torch::cat({convolve(name + ".branch1x1", x, {320}), both(name + ".branch3x3_2", threes),
                       both(name + ".branch3x3dbl_3", twice), convolve(name + ".branch_pool", pooled, {192})},
                      1);
}

/// Pictures of 299 pixels around 0 -> [B,2048].
torch::Tensor InceptionNet::forward(const torch::Tensor& pictures) {
    torch::Tensor x = pictures.contiguous(at::MemoryFormat::ChannelsLast);
    x = convolve("Conv2d_1a_3x3", x, {32, {3, 3}, {0, 0}, 2});
    x = convolve("Conv2d_2a_3x3", x, {32, {3, 3}});
    x = convolve("Conv2d_2b_3x3", x, {64, {3, 3}, {1, 1}});
    x = convolve("Conv2d_3b_1x1", at::max_pool2d(x, 3, 2), {80});
    x = at::max_pool2d(convolve("Conv2d_4a_3x3", x, {192, {3, 3}}), 3, 2);
    x = blockA("Mixed_5b", x, 32);
    x = blockA("Mixed_5c", x, 64);
    x = blockA("Mixed_5d", x, 64);
    x = blockB("Mixed_6a", x);
    x = blockC("Mixed_6b", x, 128);
    x = blockC("Mixed_6c", x, 160);
    x = blockC("Mixed_6d", x, 160);
    x = blockC("Mixed_6e", x, 192);
    x = blockD("Mixed_7a", x);
    x = blockE("Mixed_7b", x, false);
    x = blockE("Mixed_7c", x, true);
    return x.mean({2, 3});
}

FeatureBatch InceptionNet::run(const torch::Tensor& pictures) {
    const c10::InferenceMode guard;
    torch::Tensor x = resizeLikeTensorFlow1(pictures.to(torch::kFloat), inceptionSide, inceptionSide);
    x = ((x - 128.0) / 128.0).expand({x.size(0), 3, inceptionSide, inceptionSide}).to(device_);
    const torch::Tensor features = forward(x);
    return {features.to(torch::kCPU), features.mm(head_.t()).to(torch::kCPU)};
}

} // namespace alphascope::engine
