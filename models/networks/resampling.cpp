#include "models/networks/resampling.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>

#include <algorithm>
#include <optional>

namespace alphascope::models {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;

constexpr std::int64_t stride = 2;
constexpr std::int64_t padding = 1;

/// Whether the nodes below may take the place of LibTorch's, whose types do not change on the way. Ours know
/// no forward-mode differentiation.
bool plainOnCpu(const Tensor& x) {
    return x.is_cpu() && !at::autocast::is_autocast_enabled(torch::kCPU) && !x._fw_grad(0).defined();
}

bool useProduct(const Tensor& x, const Tensor& weight) {
    // With more channels LibTorch's own has full vectors and is the faster one.
    constexpr std::int64_t fewChannels = 16;
    return weight.size(1) <= fewChannels && plainOnCpu(x) && x.scalar_type() == torch::kFloat32 &&
           weight.scalar_type() == torch::kFloat32;
}

void addTo(float* __restrict target, const float* __restrict source, std::int64_t count) {
    constexpr std::int64_t block = 8;
    std::int64_t i = 0;
    for (; i + block <= count; i += block) {
        for (std::int64_t k = 0; k < block; ++k) {
            target[i + k] += source[i + k];
        }
    }
    for (; i < count; ++i) {
        target[i] += source[i];
    }
}

/// One picture: `columns` [h*w, 4, 4, channels] hold what every input pixel adds to the 4 x 4 output pixels
/// around it; `picture` [2h, 2w, channels] is their sum and the bias.
void addColumns(const float* columns, const float* bias, float* picture, std::int64_t h, std::int64_t w,
                std::int64_t channels) {
    const std::int64_t rowLength = stride * w * channels;
    if (bias != nullptr) {
        for (std::int64_t pixel = 0; pixel < stride * h * stride * w; ++pixel) {
            std::copy_n(bias, channels, picture + pixel * channels);
        }
    } else {
        std::fill_n(picture, stride * h * rowLength, 0.0F);
    }
    const std::int64_t run = resamplingKernel * channels; // four neighbouring output pixels
    for (std::int64_t i = 0; i < h; ++i) {
        for (std::int64_t k = 0; k < resamplingKernel; ++k) {
            const std::int64_t row = stride * i + k - padding;
            if (row < 0 || row >= stride * h) {
                continue;
            }
            float* const target = picture + row * rowLength;
            const float* source = columns + (i * w * resamplingKernel + k) * run;
            for (std::int64_t j = 0; j < w; ++j, source += resamplingKernel * run) {
                // The outermost columns of the first and the last pixel fall outside the picture.
                const std::int64_t skip = j == 0 ? channels : 0;
                const std::int64_t cut = j == w - 1 ? channels : 0;
                addTo(target + (stride * j - padding) * channels + skip, source + skip, run - skip - cut);
            }
        }
    }
}

Tensor doublingProduct(const Tensor& input, const Tensor& weight, const Tensor& bias) {
    const Tensor x = input.detach().contiguous(at::MemoryFormat::ChannelsLast);
    const std::int64_t batch = x.size(0), inputs = x.size(1), h = x.size(2), w = x.size(3);
    const std::int64_t outputs = weight.size(1);
    Tensor result =
        at::empty({batch, outputs, stride * h, stride * w}, x.options(), at::MemoryFormat::ChannelsLast);
    // Channels-last memory read as matrices: rows are pixels, columns are (kernel row, kernel column,
    // channel).
    const Tensor rows = x.permute({0, 2, 3, 1}).reshape({batch, h * w, inputs});
    const Tensor matrix = weight.detach()
                              .contiguous(at::MemoryFormat::ChannelsLast)
                              .permute({0, 2, 3, 1})
                              .reshape({inputs, resamplingKernel * resamplingKernel * outputs});
    const Tensor flatBias = bias.defined() ? bias.detach().contiguous() : Tensor();
    const float* const biasData = flatBias.defined() ? flatBias.const_data_ptr<float>() : nullptr;
    float* const resultData = result.mutable_data_ptr<float>();
    const std::int64_t pictureSize = outputs * stride * h * stride * w;
    const std::int64_t columnSize = h * w * resamplingKernel * resamplingKernel * outputs;

    constexpr std::int64_t cacheFloats = 65'536; // so many columns stay in a core's own cache
    const std::int64_t group = std::clamp<std::int64_t>(cacheFloats / columnSize, 1, batch);
    at::parallel_for(0, batch, group, [&](std::int64_t begin, std::int64_t end) {
        const at::AutoDispatchBelowADInplaceOrView raw; // worker threads do not inherit the grad mode
        Tensor columns =
            at::empty({group * h * w, resamplingKernel * resamplingKernel * outputs}, x.options());
        for (std::int64_t first = begin; first < end; first += group) {
            const std::int64_t count = std::min(group, end - first);
            Tensor part = columns.narrow(0, 0, count * h * w);
            at::mm_out(part, rows.narrow(0, first, count).view({count * h * w, inputs}), matrix);
            const float* const data = part.const_data_ptr<float>();
            for (std::int64_t i = 0; i < count; ++i) {
                addColumns(data + i * columnSize, biasData, resultData + (first + i) * pictureSize, h, w,
                           outputs);
            }
        }
    });
    return result;
}

/// Gradients of a convolution's weight and bias, by LibTorch.
std::pair<Tensor, Tensor> weightGradients(const Tensor& gradient, const Tensor& x, const Tensor& weight,
                                          bool transposed, bool wantWeight, bool wantBias) {
    if (!wantWeight && !wantBias) {
        return {};
    }
    const std::int64_t channels = gradient.size(1);
    const auto [ignored, weightGradient, biasGradient] = at::convolution_backward(
        gradient, x, weight, at::IntArrayRef(channels), {stride, stride}, {padding, padding}, {1, 1},
        transposed, {0, 0}, 1, {false, wantWeight, wantBias});
    return {weightGradient, biasGradient};
}

/// A bias that is not there counts as no input of the node.
std::optional<Tensor> optional(const Tensor& bias) {
    return bias.defined() ? std::optional(bias) : std::nullopt;
}

bool wantsBias(AutogradContext& context) {
    return context.saved_data["biased"].toBool() && context.needs_input_grad(2);
}

struct Halving : torch::autograd::Function<Halving> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight,
                          const std::optional<Tensor>& bias) {
        context->save_for_backward({x, weight});
        context->saved_data["biased"] = bias.has_value();
        context->set_materialize_grads(false);
        return at::conv2d(x, weight, bias, stride, padding);
    }
    static torch::autograd::variable_list backward(AutogradContext* context,
                                                   const torch::autograd::variable_list& gradients) {
        if (!gradients[0].defined()) { // a path that a second derivative does not take
            return {Tensor(), Tensor(), Tensor()};
        }
        const auto saved = context->get_saved_variables();
        const Tensor inputGradient =
            context->needs_input_grad(0) ? doublingConvolution(gradients[0], saved[1], {}) : Tensor();
        const auto [weightGradient, biasGradient] =
            weightGradients(gradients[0], saved[0], saved[1], /*transposed=*/false,
                            context->needs_input_grad(1), wantsBias(*context));
        return {inputGradient, weightGradient, biasGradient};
    }
};

struct Doubling : torch::autograd::Function<Doubling> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight,
                          const std::optional<Tensor>& bias) {
        context->save_for_backward({x, weight});
        context->saved_data["biased"] = bias.has_value();
        return doublingProduct(x, weight, bias.value_or(Tensor()));
    }
    static torch::autograd::variable_list backward(AutogradContext* context,
                                                   const torch::autograd::variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor inputGradient =
            context->needs_input_grad(0) ? halvingConvolution(gradients[0], saved[1], {}) : Tensor();
        const auto [weightGradient, biasGradient] =
            weightGradients(gradients[0], saved[0], saved[1], /*transposed=*/true,
                            context->needs_input_grad(1), wantsBias(*context));
        return {inputGradient, weightGradient, biasGradient};
    }
};

bool recorded(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    return at::GradMode::is_enabled() &&
           (x.requires_grad() || weight.requires_grad() || (bias.defined() && bias.requires_grad()));
}

} // namespace

Tensor halvingConvolution(const Tensor& x, const Tensor& weight, const Tensor& bias, Derivatives order) {
    const bool ownBackward = useProduct(x, weight) || (order == Derivatives::Second && plainOnCpu(x));
    // Without a gradient for the picture LibTorch's own is as good.
    if (ownBackward && x.requires_grad() && recorded(x, weight, bias)) {
        return Halving::apply(x, weight, optional(bias));
    }
    return at::conv2d(x, weight, bias, stride, padding);
}

Tensor doublingConvolution(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    if (!useProduct(x, weight)) {
        return at::conv_transpose2d(x, weight, bias, stride, padding);
    }
    return recorded(x, weight, bias) ? Doubling::apply(x, weight, optional(bias))
                                     : doublingProduct(x, weight, bias);
}

} // namespace alphascope::models
