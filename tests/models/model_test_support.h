#pragma once
// What the model tests share: small models, fixed pictures, and views of a method's state.

#include "models/libtorch.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <string>

#include "models/methods/method.h"
#include "models/state.h"

namespace alphascope::tests {

/// Gives the same pictures again and again, with the labels 0, 1, 2, 0, 1, ..., and counts.
class FixedBatches : public models::BatchSource {
public:
    explicit FixedBatches(torch::Tensor pictures) : pictures_(std::move(pictures)) {}
    models::Batch next() override {
        ++taken;
        return {pictures_.clone(), torch::arange(pictures_.size(0)).remainder(3)};
    }
    int taken = 0;

private:
    torch::Tensor pictures_;
};

using Overrides = std::map<std::string, std::string>;

inline models::ModelSpec smallSpec(const std::string& method, Overrides overrides = {},
                                   models::ImageShape image = {1, 28}) {
    const models::MethodTraits& traits = models::findMethod(method);
    Overrides all;
    for (const auto& [name, text] : Overrides{{"filters", "4"},
                                              {"latentSize", "6"},
                                              {"batchSize", "8"},
                                              {"codeWidth", "16"},
                                              {"classes", "3"}}) {
        const auto isIt = [&](const models::ParameterSpec& spec) { return spec.name == name; };
        if (std::any_of(traits.schema.begin(), traits.schema.end(), isIt)) {
            all[name] = text;
        }
    }
    for (const auto& [name, text] : overrides) {
        all[name] = text;
    }
    return {method, image, models::resolveParameters(traits, "quick", all)};
}

inline std::unique_ptr<models::Method> smallMethod(const models::ModelSpec& spec) {
    return models::makeMethod(spec, 3, torch::kCPU, models::Purpose::Training);
}

inline torch::Tensor somePictures(const models::ImageShape& image = {1, 28}, std::int64_t count = 8) {
    models::RandomStreams random(11);
    return random.uniform("pictures", {count, image.channels, image.size, image.size}, torch::kCPU) * 2 - 1;
}

inline models::TensorMap stateOf(models::Method& method) {
    models::TensorMap map;
    for (models::NamedTensor& entry : models::collectState(method)) {
        map.emplace(entry.name, entry.tensor);
    }
    return map;
}

inline double scalarOf(const models::UpdateReport& report, const std::string& tag) {
    for (const auto& [name, value] : report.scalars) {
        if (name == tag) {
            return value.item<double>();
        }
    }
    throw std::out_of_range(tag);
}

} // namespace alphascope::tests
