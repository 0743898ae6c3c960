#pragma once
// Losses and gradients against fixtures that the scripts tests/reference/make_*.py computed with PyTorch in
// float64: state a method with the fixture's weights, feed it the fixture's numbers, compare.

#include "model_test_support.h"

#include <cstdlib>
#include <cstring>

#include "engine/storage/safetensors.h"

namespace alphascope::tests {

inline models::TensorMap readFixture(const std::string& name) {
    const char* const root = std::getenv("ALPHASCOPE_SOURCE_DIR");
    if (root == nullptr) {
        throw std::runtime_error("ALPHASCOPE_SOURCE_DIR is not set");
    }
    models::TensorMap map;
    for (const auto& array : engine::readSafetensors(std::string(root) + "/tests/reference/" + name).arrays) {
        torch::Tensor tensor =
            torch::empty(array.shape, array.dtype == "F64" ? torch::kFloat64 : torch::kFloat32);
        std::memcpy(tensor.data_ptr(), array.bytes.data(), array.bytes.size());
        map.emplace(array.name, tensor);
    }
    return map;
}

/// Gives a fixture's numbers instead of drawing: one tensor for every draw, or one for each stream.
class GivenNumbers : public models::RandomStreams {
public:
    explicit GivenNumbers(torch::Tensor numbers) : models::RandomStreams(0), common_(std::move(numbers)) {}
    explicit GivenNumbers(models::TensorMap streams)
        : models::RandomStreams(0), streams_(std::move(streams)) {}
    torch::Tensor normal(const std::string& stream, torch::IntArrayRef sizes, const torch::Device&) override {
        return given(stream, sizes);
    }
    torch::Tensor uniform(const std::string& stream, torch::IntArrayRef sizes,
                          const torch::Device&) override {
        return given(stream, sizes);
    }

private:
    torch::Tensor given(const std::string& stream, torch::IntArrayRef sizes) const {
        const auto found = streams_.find(stream);
        const torch::Tensor& numbers = found == streams_.end() ? common_ : found->second;
        if (!numbers.defined() || numbers.sizes() != sizes) {
            throw std::logic_error("the fixture has no numbers of these sizes for " + stream);
        }
        return numbers;
    }

    torch::Tensor common_;
    models::TensorMap streams_;
};

/// The fixture with what it calls "KIND.NAME" under NAME too, for one of several kinds of a network.
inline models::TensorMap ofKind(models::TensorMap fixture, const std::string& kind) {
    const models::TensorMap all = fixture;
    for (const auto& [name, tensor] : all) {
        if (name.starts_with(kind + ".")) {
            fixture[name.substr(kind.size() + 1)] = tensor;
        }
    }
    return fixture;
}

/// The method with the fixture's weights.
inline std::unique_ptr<models::Method> withWeights(const models::ModelSpec& spec,
                                                   const models::TensorMap& fixture) {
    auto model = smallMethod(spec);
    models::TensorMap state = stateOf(*model);
    for (auto& [name, tensor] : state) {
        if (const auto found = fixture.find(name); found != fixture.end()) {
            tensor = found->second;
        }
    }
    loadState(*model, state);
    return model;
}

inline bool close(double actual, const torch::Tensor& expected) {
    const double reference = expected.item<double>();
    return std::abs(actual - reference) <= 1e-5 * std::max(1.0, std::abs(reference));
}

/// After one step from zero moments m = (1 - b1) * gradient. `optimizer` names one of the network's further
/// optimisers.
inline void compareGradients(models::Method& model, const models::TensorMap& fixture,
                             const std::string& prefix, const std::string& network, double beta1,
                             const std::string& optimizer = "") {
    const models::TensorMap state = stateOf(model);
    const std::string moments = "adam." + network + (optimizer.empty() ? "" : "." + optimizer);
    int compared = 0;
    for (const auto& [name, expected] : fixture) {
        if (!name.starts_with(prefix + network + ".")) {
            continue;
        }
        const std::string tensor = name.substr(prefix.size() + network.size());
        const torch::Tensor actual = state.at(moments + tensor + ".m") / (1.0 - beta1);
        const double largest = expected.abs().max().item<double>();
        const double error = (actual - expected).abs().max().item<double>();
        QVERIFY2(error <= 2e-4 * largest + 1e-6, (name + " is off by " + std::to_string(error)).c_str());
        ++compared;
    }
    QVERIFY(compared > 0);
}

} // namespace alphascope::tests
