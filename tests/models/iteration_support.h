#pragma once
// How an iteration is made of its parts, and what one step of a part changes.

#include "model_test_support.h"

namespace alphascope::tests {

/// An iteration must be its parts in this order, bit for bit. Parts share nothing with each other, so this
/// shows that every sub-step has codes of its own and sees the weights as the one before left them.
/// `pictures`: how many batches an iteration takes.
inline void compareIterationWithParts(const models::ModelSpec& spec, const std::vector<const char*>& parts,
                                      int pictures) {
    const auto whole = smallMethod(spec);
    const auto single = smallMethod(spec);
    FixedBatches batches(somePictures(spec.image));
    models::RandomStreams first(9), second(9);
    int calls = 0;
    whole->setSubStepHook([&] { ++calls; });
    whole->update(batches, first);
    QCOMPARE(batches.taken, pictures);
    QCOMPARE(calls, int(parts.size()) - 1);
    for (const char* const part : parts) {
        single->updatePart(part, batches, second);
    }
    const models::TensorMap expected = stateOf(*single);
    for (const auto& [name, tensor] : stateOf(*whole)) {
        QVERIFY2(torch::equal(tensor, expected.at(name)), name.c_str());
    }
}

/// D's mean answers for fixed real pictures and for those that the next update will make first.
struct Answers {
    double real, made;
};

inline Answers answersOf(models::Method& model) {
    const torch::NoGradGuard noGrad;
    models::RandomStreams random(9);
    const torch::Tensor x = somePictures();
    const torch::Tensor z = random.normal("prior", {x.size(0), model.latentSize()}, torch::kCPU);
    return {model.criticise(x).mean().item<double>(),
            model.criticise(model.generate(z)).mean().item<double>()};
}

struct Step {
    Answers before, after;
    models::UpdateReport report;
};

/// One step of `part` of a small new method.
inline Step stepOf(const models::ModelSpec& spec, const std::string& part) {
    const auto model = smallMethod(spec);
    FixedBatches batches(somePictures());
    models::RandomStreams random(9);
    Step step{};
    step.before = answersOf(*model);
    step.report = model->updatePart(part, batches, random);
    step.after = answersOf(*model);
    return step;
}

} // namespace alphascope::tests
