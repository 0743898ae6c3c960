#include "engine/training/inference.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

/// In bounded batches, so that a sheet of a thousand pictures needs no more memory than one of 64.
template <typename Function>
torch::Tensor inBatches(const torch::Tensor& input, Function forward) {
    const c10::InferenceMode guard;
    if (input.size(0) <= inferenceBatch) {
        return forward(input);
    }
    std::vector<torch::Tensor> parts;
    for (const torch::Tensor& part : input.split(inferenceBatch)) {
        parts.push_back(forward(part));
    }
    return torch::cat(parts);
}

torch::Tensor onHost(const torch::Tensor& tensor) {
    return tensor.to(torch::kCPU, torch::kFloat).contiguous();
}

std::span<const float> valuesOf(const torch::Tensor& contiguous) {
    return {contiguous.const_data_ptr<float>(), static_cast<std::size_t>(contiguous.numel())};
}

} // namespace

torch::Tensor decode(models::Method& method, const torch::Tensor& codes) {
    return inBatches(codes, [&](const torch::Tensor& z) { return method.generate(z); });
}

torch::Tensor encode(models::Method& method, const torch::Tensor& pictures) {
    return inBatches(pictures, [&](const torch::Tensor& x) { return method.encode(x).mean; });
}

torch::Tensor codeLogits(models::Method& method, const torch::Tensor& codes) {
    return inBatches(codes, [&](const torch::Tensor& z) { return method.codeLogit(z); });
}

torch::Tensor criticise(models::Method& method, const torch::Tensor& pictures) {
    return inBatches(pictures, [&](const torch::Tensor& x) { return method.criticise(x); });
}

torch::Tensor criticFeatures(models::Method& method, const torch::Tensor& pictures) {
    return inBatches(pictures, [&](const torch::Tensor& x) { return method.criticFeatures(x); });
}

torch::Tensor criticGradient(models::Method& method, const torch::Tensor& pictures) {
    const torch::AutoGradMode gradients(true);
    // A copy: what comes from inference mode cannot carry gradients.
    const torch::Tensor x = pictures.clone().set_requires_grad(true);
    return torch::autograd::grad({method.criticise(x).sum()}, {x}).front();
}

torch::Tensor heldOutPictures(const DataSet& set, std::size_t count) {
    const std::uint64_t available = set.count(Split::Test);
    const auto taken =
        static_cast<std::int64_t>(available == 0 ? count : std::min<std::uint64_t>(available, count));
    torch::Tensor pictures = torch::empty({taken, set.channels(), set.size(), set.size()});
    const auto stride = static_cast<std::size_t>(pictures.numel() / taken);
    float* pixels = pictures.mutable_data_ptr<float>();
    for (std::int64_t i = 0; i < taken; ++i) {
        set.get(Split::Test, static_cast<std::uint64_t>(i), 0, std::span(pixels + i * stride, stride));
    }
    return pictures;
}

torch::Tensor meanAbsoluteError(const torch::Tensor& a, const torch::Tensor& b) {
    const c10::InferenceMode guard;
    return (a - b).abs().flatten(1).mean(1);
}

std::vector<Image> toImages(const torch::Tensor& pictures) {
    const c10::InferenceMode guard;
    const torch::Tensor host = onHost(pictures);
    const std::span<const float> values = valuesOf(host);
    const auto channels = static_cast<int>(host.size(1));
    const auto size = static_cast<int>(host.size(2));
    const std::size_t stride = values.size() / std::max<std::size_t>(1, host.size(0));
    std::vector<Image> images;
    images.reserve(host.size(0));
    for (std::int64_t i = 0; i < host.size(0); ++i) {
        images.push_back(toImage(values.subspan(i * stride, stride), channels, size));
    }
    return images;
}

torch::Tensor toPictures(const std::vector<Image>& images, const torch::Device& device) {
    const c10::InferenceMode guard;
    const Image& first = images.front();
    const auto count = static_cast<std::int64_t>(images.size());
    torch::Tensor host = torch::empty({count, first.channels, first.height, first.width});
    const std::span<float> values(host.mutable_data_ptr<float>(), static_cast<std::size_t>(host.numel()));
    const std::size_t stride = values.size() / images.size();
    for (std::size_t i = 0; i < images.size(); ++i) {
        engine::toFloats(images[i], values.subspan(i * stride, stride));
    }
    return host.to(device);
}

torch::Tensor toTensor(const Codes& codes, const torch::Device& device) {
    const c10::InferenceMode guard;
    torch::Tensor host =
        torch::empty({static_cast<std::int64_t>(codes.count), static_cast<std::int64_t>(codes.size)});
    if (!codes.values.empty()) {
        std::memcpy(host.mutable_data_ptr<float>(), codes.values.data(), codes.values.size() * sizeof(float));
    }
    return host.to(device);
}

Codes toCodes(const torch::Tensor& codes) {
    const torch::Tensor host = onHost(codes);
    Codes result(static_cast<std::size_t>(host.size(0)), static_cast<std::size_t>(host.size(1)));
    const auto values = valuesOf(host);
    result.values.assign(values.begin(), values.end());
    return result;
}

std::vector<float> toFloats(const torch::Tensor& values) {
    const torch::Tensor host = onHost(values);
    const auto span = valuesOf(host);
    return {span.begin(), span.end()};
}

} // namespace alphascope::engine
