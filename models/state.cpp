#include "models/state.h"

#include <set>
#include <sstream>
#include <stdexcept>

namespace alphascope::models {
namespace {

const std::string averagePrefix = "ema.";
const std::string optimizerPrefix = "adam.";

class Collector final : public StateVisitor {
public:
    void tensor(const std::string& name, StateKind kind, torch::Tensor& tensor) override {
        const torch::NoGradGuard noGrad;
        // The format is named, since a clone would otherwise keep the channels-last order of the memory.
        entries.push_back({name, kind, tensor.detach().to(torch::kCPU).clone(at::MemoryFormat::Contiguous)});
    }
    void counter(const std::string& name, std::int64_t& value) override {
        entries.push_back({name, StateKind::Counter, torch::scalar_tensor(value, torch::kInt64)});
    }
    std::vector<NamedTensor> entries;
};

std::string describe(const torch::Tensor& tensor) {
    std::ostringstream text;
    text << tensor.scalar_type() << " " << tensor.sizes();
    return text.str();
}

/// Finds a source for every visited entry and checks it; nothing is written before all are found good.
class Loader final : public StateVisitor {
public:
    /// With `weights` only parameters and buffers are loaded, and by that choice.
    Loader(const TensorMap& tensors, const Weights* weights) : tensors_(tensors), weights_(weights) {}

    void tensor(const std::string& name, StateKind kind, torch::Tensor& target) override {
        visited_.insert(name);
        if (weights_ != nullptr && kind != StateKind::Parameter && kind != StateKind::Buffer) {
            return;
        }
        const torch::Tensor& source = find(sourceName(name));
        if (source.sizes() != target.sizes() || source.scalar_type() != target.scalar_type()) {
            throw std::invalid_argument("The tensor '" + name + "' is " + describe(source) +
                                        " where this model has " + describe(target) + ".");
        }
        copies_.emplace_back(target, source);
    }

    void counter(const std::string& name, std::int64_t& value) override {
        visited_.insert(name);
        if (weights_ != nullptr) {
            return;
        }
        const torch::Tensor& source = find(name);
        if (source.numel() != 1 || source.scalar_type() != torch::kInt64 || source.item<std::int64_t>() < 0) {
            throw std::invalid_argument("The counter '" + name + "' is no whole number from 0 up.");
        }
        counters_.emplace_back(&value, source.item<std::int64_t>());
    }

    void apply() {
        checkUnknown();
        const torch::NoGradGuard noGrad;
        for (auto& [target, source] : copies_) {
            target.copy_(source);
        }
        for (const auto& [target, value] : counters_) {
            *target = value;
        }
    }

private:
    std::string sourceName(const std::string& name) const {
        const std::string average = averagePrefix + name;
        const bool averaged =
            weights_ != nullptr && *weights_ == Weights::Average && tensors_.contains(average);
        return averaged ? average : name;
    }

    const torch::Tensor& find(const std::string& name) const {
        const auto found = tensors_.find(name);
        if (found == tensors_.end()) {
            throw std::invalid_argument("The tensor '" + name + "' is missing.");
        }
        return found->second;
    }

    void checkUnknown() const {
        for (const auto& [name, tensor] : tensors_) {
            const bool skipped =
                weights_ != nullptr && (name.starts_with(averagePrefix) || name.starts_with(optimizerPrefix));
            if (!skipped && !visited_.contains(name)) {
                throw std::invalid_argument("The tensor '" + name.substr(0, 200) +
                                            "' belongs to no network of this model.");
            }
        }
    }

    const TensorMap& tensors_;
    const Weights* weights_;
    std::set<std::string> visited_;
    std::vector<std::pair<torch::Tensor, torch::Tensor>> copies_;
    std::vector<std::pair<std::int64_t*, std::int64_t>> counters_;
};

} // namespace

std::vector<NamedTensor> collectState(Method& method) {
    Collector collector;
    method.visitState(collector);
    return std::move(collector.entries);
}

void loadState(Method& method, const TensorMap& tensors) {
    Loader loader(tensors, nullptr);
    method.visitState(loader);
    loader.apply();
}

void loadWeights(Method& method, const TensorMap& tensors, Weights weights) {
    Loader loader(tensors, &weights);
    method.visitState(loader);
    loader.apply();
}

} // namespace alphascope::models
