#include "models/networks/norm_activation.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/networks/norm_kernels.h"

namespace alphascope::models {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;

/// Rows of a chunk: sums in float stay exact enough, and a chunk's channels stay in the cache.
constexpr std::int64_t chunkRows = 128;

/// Pixels of all pictures as the rows of a matrix, in chunks whose bounds do not depend on the threads.
struct Rows {
    explicit Rows(const Tensor& x) : channels(x.size(1)), count(x.numel() / x.size(1)) {}

    template <typename Function>
    void forEachChunk(Function function) const {
        at::parallel_for(0, chunks(), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t chunk = begin; chunk < end; ++chunk) {
                const std::int64_t first = chunk * chunkRows;
                function(chunk, first * channels, std::min(chunkRows, count - first));
            }
        });
    }
    std::int64_t chunks() const { return (count + chunkRows - 1) / chunkRows; }

    std::int64_t channels;
    std::int64_t count;
};

/// Two sums per channel over all rows: added up in float within a chunk, in double between them.
template <typename Function>
std::pair<std::vector<double>, std::vector<double>> twoSums(const Rows& rows, Function addChunk) {
    const auto width = static_cast<std::size_t>(rows.channels);
    std::vector<float> partial(static_cast<std::size_t>(rows.chunks()) * 2 * width);
    rows.forEachChunk([&](std::int64_t chunk, std::int64_t offset, std::int64_t count) {
        float* const first = partial.data() + static_cast<std::size_t>(chunk) * 2 * width;
        addChunk(offset, first, first + width, count);
    });
    std::pair<std::vector<double>, std::vector<double>> totals{std::vector<double>(width),
                                                               std::vector<double>(width)};
    for (std::int64_t chunk = 0; chunk < rows.chunks(); ++chunk) {
        const float* const first = partial.data() + static_cast<std::size_t>(chunk) * 2 * width;
        for (std::size_t c = 0; c < width; ++c) {
            totals.first[c] += first[c];
            totals.second[c] += first[width + c];
        }
    }
    return totals;
}

const float* dataOf(const Tensor& tensor) {
    return tensor.const_data_ptr<float>();
}

/// What the forward pass found, one row a quantity: mean, 1 / deviation, and the line x * scale + offset.
struct Statistics {
    explicit Statistics(Tensor rows) : table(std::move(rows)) {}
    const float* mean() const { return dataOf(table); }
    const float* inverse() const { return mean() + table.size(1); }
    const float* scale() const { return mean() + 2 * table.size(1); }
    const float* offset() const { return mean() + 3 * table.size(1); }
    Tensor table; ///< [4, C]
};

struct Moving {
    Tensor mean, variance;
    double momentum = 0.0;
};

Statistics measure(const Tensor& x, const Tensor& weight, const Tensor& bias, double epsilon,
                   const Moving& moving) {
    const Rows rows(x);
    const float* const data = dataOf(x);
    const auto [sum, square] =
        twoSums(rows, [&](std::int64_t offset, float* first, float* second, std::int64_t count) {
            addMoments(data + offset, data, first, second, count, rows.channels);
        });
    Tensor table = at::empty({4, rows.channels}, x.options().memory_format(at::MemoryFormat::Contiguous));
    float* const out = table.mutable_data_ptr<float>();
    float* const movingMean = moving.mean.defined() ? moving.mean.mutable_data_ptr<float>() : nullptr;
    float* const movingVariance = moving.mean.defined() ? moving.variance.mutable_data_ptr<float>() : nullptr;
    const auto n = static_cast<double>(rows.count);
    for (std::int64_t c = 0; c < rows.channels; ++c) {
        const auto place = static_cast<std::size_t>(c);
        const double distance = sum[place] / n;
        const double mean = static_cast<double>(data[c]) + distance;
        const double variance = std::max(0.0, square[place] / n - distance * distance);
        const double inverse = 1.0 / std::sqrt(variance + epsilon);
        const double scale = static_cast<double>(dataOf(weight)[c]) * inverse;
        out[c] = static_cast<float>(mean);
        out[rows.channels + c] = static_cast<float>(inverse);
        out[2 * rows.channels + c] = static_cast<float>(scale);
        out[3 * rows.channels + c] = static_cast<float>(static_cast<double>(dataOf(bias)[c]) - mean * scale);
        if (movingMean != nullptr) {
            const double unbiased = n > 1.0 ? variance * n / (n - 1.0) : variance;
            movingMean[c] += static_cast<float>(moving.momentum * (mean - movingMean[c]));
            movingVariance[c] += static_cast<float>(moving.momentum * (unbiased - movingVariance[c]));
        }
    }
    return Statistics(std::move(table));
}

Tensor activate(const Tensor& x, const Statistics& statistics, double slope) {
    const Rows rows(x);
    Tensor y = at::empty_like(x);
    const float* const in = dataOf(x);
    float* const out = y.mutable_data_ptr<float>();
    rows.forEachChunk([&](std::int64_t, std::int64_t offset, std::int64_t count) {
        scaleAndActivate(in + offset, statistics.scale(), statistics.offset(), static_cast<float>(slope),
                         out + offset, count, rows.channels);
    });
    return y;
}

/// Gradients for x, weight and bias.
torch::autograd::variable_list fastGradients(const Tensor& gradient, const Tensor& x,
                                             const Statistics& statistics, double slope) {
    const Rows rows(x);
    const auto width = static_cast<std::size_t>(rows.channels);
    const Tensor g = gradient.contiguous(at::MemoryFormat::ChannelsLast);
    const float* const gradients = dataOf(g);
    const float* const values = dataOf(x);
    const auto leak = static_cast<float>(slope);
    const auto [sum, product] =
        twoSums(rows, [&](std::int64_t offset, float* first, float* second, std::int64_t count) {
            addGradients(gradients + offset, values + offset, statistics.scale(), statistics.offset(),
                         statistics.mean(), leak, first, second, count, rows.channels);
        });
    const auto channelOptions = statistics.table.options();
    Tensor weightGradient = at::empty({rows.channels}, channelOptions);
    Tensor biasGradient = at::empty({rows.channels}, channelOptions);
    std::vector<float> constant(width), factor(width);
    for (std::size_t c = 0; c < width; ++c) {
        const double inverse = statistics.inverse()[c];
        const auto n = static_cast<double>(rows.count);
        biasGradient.mutable_data_ptr<float>()[c] = static_cast<float>(sum[c]);
        weightGradient.mutable_data_ptr<float>()[c] = static_cast<float>(product[c] * inverse);
        constant[c] = static_cast<float>(sum[c] / n);
        factor[c] = static_cast<float>(product[c] * inverse * inverse / n);
    }
    Tensor result = at::empty_like(x);
    float* const out = result.mutable_data_ptr<float>();
    rows.forEachChunk([&](std::int64_t, std::int64_t offset, std::int64_t count) {
        inputGradients(gradients + offset, values + offset, statistics.scale(), statistics.offset(),
                       statistics.mean(), constant.data(), factor.data(), leak, out + offset, count,
                       rows.channels);
    });
    return {result, weightGradient, biasGradient};
}

/// The same by LibTorch's differentiable operations, for gradients of gradients.
torch::autograd::variable_list slowGradients(const Tensor& gradient, const Tensor& x, const Tensor& weight,
                                             const Tensor& bias, double epsilon, double slope) {
    const std::vector<std::int64_t> all{0, 2, 3};
    const auto perChannel = [](const Tensor& values) { return values.view({1, -1, 1, 1}); };
    const Tensor centred = x - x.mean(all, /*keepdim=*/true);
    const Tensor inverse = (centred.square().mean(all, /*keepdim=*/true) + epsilon).rsqrt();
    const Tensor normal = centred * inverse;
    const Tensor active = (normal * perChannel(weight) + perChannel(bias)).gt(0);
    const Tensor g = at::where(active, gradient, gradient * slope);
    const Tensor along = (g * normal).mean(all, /*keepdim=*/true);
    const Tensor input = perChannel(weight) * inverse * (g - g.mean(all, /*keepdim=*/true) - normal * along);
    return {input, (g * normal).sum(all), g.sum(all)};
}

struct NormActivation : torch::autograd::Function<NormActivation> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight, const Tensor& bias,
                          const Moving& moving, double epsilon, double slope) {
        const Statistics statistics = measure(x, weight, bias, epsilon, moving);
        context->save_for_backward({x, weight, bias, statistics.table});
        context->saved_data["epsilon"] = epsilon;
        context->saved_data["slope"] = slope;
        return activate(x, statistics, slope);
    }
    static torch::autograd::variable_list backward(AutogradContext* context,
                                                   const torch::autograd::variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const double slope = context->saved_data["slope"].toDouble();
        torch::autograd::variable_list result =
            at::GradMode::is_enabled() ? slowGradients(gradients[0], saved[0], saved[1], saved[2],
                                                       context->saved_data["epsilon"].toDouble(), slope)
                                       : fastGradients(gradients[0], saved[0], Statistics(saved[3]), slope);
        result.resize(6); // the settings have none
        return result;
    }
};

bool isPlain(const Tensor& x, const Tensor& weight) {
    return x.is_cpu() && x.dim() == 4 && x.numel() > 0 && x.scalar_type() == torch::kFloat32 &&
           weight.scalar_type() == torch::kFloat32 && x.is_contiguous(at::MemoryFormat::ChannelsLast);
}

} // namespace

Tensor normActivation(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& runningMean,
                      const Tensor& runningVariance, double momentum, double epsilon, double slope) {
    if (!isPlain(x, weight)) {
        const Tensor y = at::batch_norm(x, weight, bias, runningMean, runningVariance, /*training=*/true,
                                        momentum, epsilon, /*cudnn_enabled=*/true);
        return slope == 0.0 ? at::relu(y) : at::leaky_relu(y, slope);
    }
    const Moving moving{runningMean, runningVariance, momentum};
    const bool recorded =
        at::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad() || bias.requires_grad());
    if (recorded) {
        return NormActivation::apply(x, weight, bias, moving, epsilon, slope);
    }
    return activate(x, measure(x, weight, bias, epsilon, moving), slope);
}

} // namespace alphascope::models
