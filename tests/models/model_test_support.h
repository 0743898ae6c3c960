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

inline models::ModelSpec smallSpec(const std::string& method, const Overrides& overrides = {},
                                   models::ImageShape image = {1, 28}) {
    const models::MethodTraits& traits = models::findMethod(method);
    Overrides all;
    for (const auto& [name, text] : Overrides{{"filters", "4"},
                                              {"latentSize", "6"},
                                              {"batchSize", "8"},
                                              {"codeWidth", "16"},
                                              {"classes", "3"}}) {
        if (std::ranges::find(traits.schema, name, &models::ParameterSpec::name) != traits.schema.end()) {
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

/// The first tensor, moving averages aside, in which two states of one method differ; "" when there is none.
/// A whole iteration averages once, its parts one by one average each on their own.
inline std::string firstDifference(const models::TensorMap& a, const models::TensorMap& b) {
    for (const auto& [name, tensor] : a) {
        if (!name.starts_with("ema.") && !torch::equal(tensor, b.at(name))) {
            return name;
        }
    }
    return {};
}

/// For methods that move all parts at once: whether each part alone, from the same start, would go where the
/// whole update takes it. A first step of Adam has the size of the rate, whatever the gradient's, so that
/// rounding may turn a few weights whose gradient is nearly 0: one in a hundred is let through.
inline void compareSimultaneousParts(const models::ModelSpec& spec) {
    FixedBatches batches(somePictures());
    const auto after = [&](const std::string& part) {
        const auto model = smallMethod(spec);
        models::RandomStreams random(9);
        part.empty() ? model->update(batches, random) : model->updatePart(part, batches, random);
        return stateOf(*model);
    };
    const models::TensorMap together = after("");
    for (const models::MethodPart& part : models::findMethod(spec.method).parts) {
        int compared = 0;
        for (const auto& [name, tensor] : after(part.name)) {
            if (name.starts_with(part.networks.front() + ".")) {
                const torch::Tensor apart = (tensor - together.at(name)).abs().gt(1e-5);
                QVERIFY2(apart.to(torch::kFloat64).mean().item<double>() < 0.01, name.c_str());
                ++compared;
            }
        }
        QVERIFY(compared > 0);
    }
}

} // namespace alphascope::tests
