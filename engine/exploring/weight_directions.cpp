#include "engine/exploring/weight_directions.h"

#include <torch/csrc/autograd/forward_grad.h>

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/training/inference.h"

namespace alphascope::engine {

namespace {

/// A level of forward-mode differentiation while it lives.
class ForwardLevel {
public:
    ForwardLevel() : index_(torch::autograd::ForwardADLevel::get_next_idx()) {}
    ~ForwardLevel() { torch::autograd::ForwardADLevel::release_idx(index_); }
    ForwardLevel(const ForwardLevel&) = delete;
    ForwardLevel& operator=(const ForwardLevel&) = delete;
    std::int64_t index() const { return static_cast<std::int64_t>(index_); }

private:
    std::uint64_t index_;
};

/// The first weight matrix of the generator that takes codes: [outputs, Z].
class FirstLayer : public models::StateVisitor {
public:
    explicit FirstLayer(std::int64_t latentSize) : latentSize_(latentSize) {}
    void tensor(const std::string& name, models::StateKind kind, torch::Tensor& tensor) override {
        // Every method calls the network that makes its pictures so.
        if (!weight.defined() && name.starts_with("generator.") && kind == models::StateKind::Parameter &&
            tensor.dim() == 2 && tensor.size(1) == latentSize_) {
            weight = tensor;
        }
    }
    void counter(const std::string&, std::int64_t&) override {}

    torch::Tensor weight;

private:
    std::int64_t latentSize_;
};

std::vector<LatentDirection> asDirections(const SingularDirections& found, DirectionKind kind,
                                          const torch::Tensor& centre) {
    std::vector<LatentDirection> directions;
    const torch::Tensor vectors = found.vectors.to(torch::kFloat32).contiguous();
    for (std::int64_t i = 0; i < vectors.size(0); ++i) {
        LatentDirection direction;
        direction.name = fmt::format("{} {}", toText(kind), i + 1);
        direction.kind = kind;
        direction.vector = toFloats(vectors[i]);
        if (centre.defined()) {
            direction.centre = toFloats(centre.flatten());
        }
        const double value = found.values[i].item<double>();
        direction.share = found.total > 0.0 ? value * value / found.total : 0.0;
        directions.push_back(std::move(direction));
    }
    return directions;
}

} // namespace

torch::Tensor generatorJacobian(models::Method& method, const torch::Tensor& code) {
    const std::int64_t size = code.size(-1);
    const torch::NoGradGuard noGradients; // inference mode knows no tangents
    // Codes may have been made in inference mode; a copy was not.
    const torch::Tensor start = code.reshape({1, size}).clone();
    std::vector<torch::Tensor> rows;
    for (std::int64_t begin = 0; begin < size; begin += inferenceBatch) {
        const std::int64_t count = std::min(inferenceBatch, size - begin);
        const ForwardLevel level;
        const torch::Tensor tangents = torch::eye(size, start.options()).narrow(0, begin, count);
        const torch::Tensor dual =
            at::_make_dual(start.repeat({count, 1}), tangents.contiguous(), level.index());
        const auto [value, tangent] = at::_unpack_dual(method.generate(dual), level.index());
        rows.push_back(tangent.defined() ? tangent.reshape({count, -1}).clone()
                                         : torch::zeros_like(value).reshape({count, -1}));
    }
    return torch::cat(rows);
}

SingularDirections singularDirections(const torch::Tensor& rows, int count) {
    const torch::Tensor wide = rows.detach().to(torch::kCPU, torch::kFloat64);
    // The Gram matrix is Z x Z: its eigenvectors are what is asked for, its eigenvalues the squares.
    const auto [values, vectors] = at::linalg_eigh(wide.matmul(wide.t()));
    const std::int64_t kept = std::min<std::int64_t>(std::max(count, 1), values.size(0));
    SingularDirections found;
    found.total = values.clamp_min(0.0).sum().item<double>();
    found.values = values.flip(0).narrow(0, 0, kept).clamp_min(0.0).sqrt();
    torch::Tensor strongest = vectors.t().flip(0).narrow(0, 0, kept).contiguous();
    const torch::Tensor largest = strongest.gather(1, strongest.abs().argmax(1, /*keepdim=*/true));
    found.vectors = strongest * largest.sign();
    return found;
}

std::vector<LatentDirection> localDirections(models::Method& method, const torch::Tensor& code, int count) {
    return asDirections(singularDirections(generatorJacobian(method, code), count), DirectionKind::Local,
                        code);
}

std::vector<LatentDirection> factorDirections(models::Method& method, int count) {
    FirstLayer first(method.latentSize());
    method.visitState(first);
    if (!first.weight.defined()) {
        throw Error(ErrorKind::Usage,
                    fmt::format("The generator of {} has no first layer that could be factored.",
                                models::findMethod(method.spec().method).title),
                    "Use local directions instead.");
    }
    return asDirections(singularDirections(first.weight.detach().t(), count), DirectionKind::Factor, {});
}

std::vector<float> cycleDistances(models::Method& method, const torch::Tensor& codes) {
    const torch::Tensor again = encode(method, decode(method, codes));
    return toFloats((again - codes).square().mean(1).sqrt());
}

} // namespace alphascope::engine
