// alpha-GAN's mathematics: which way each loss pulls, and how sub-steps make up an iteration.
#include "model_test_support.h"

#include "models/objectives/adversarial.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

struct Logits {
    double codes, prior, real, rebuilt, sampled, l1;
};

/// All logits on fixed pictures and on the codes that the next update will draw first.
Logits measure(Method& model, const Tensor& x) {
    const torch::NoGradGuard noGrad;
    RandomStreams random(9);
    const Tensor z = random.normal("prior", {x.size(0), model.latentSize()}, torch::kCPU);
    const Tensor code = model.encode(x).mean;
    const Tensor rebuilt = model.generate(code);
    const auto mean = [](const Tensor& logit) { return logit.mean().item<double>(); };
    return {mean(model.codeLogit(code)),
            mean(model.codeLogit(z)),
            mean(model.criticise(x)),
            mean(model.criticise(rebuilt)),
            mean(model.criticise(model.generate(z))),
            (rebuilt - x).abs().mean().item<double>()};
}

struct Step {
    Logits before, after;
};

Step oneStep(const std::string& part, const Overrides& overrides) {
    const auto model = smallMethod(smallSpec("alpha-gan", overrides));
    const Tensor x = somePictures();
    FixedBatches batches(x);
    RandomStreams random(9);
    Step step{};
    step.before = measure(*model, x);
    model->updatePart(part, batches, random);
    step.after = measure(*model, x);
    return step;
}

} // namespace

class TestAlphaGan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encoderRaisesTheCodeLogitOfItsCodes() {
        const Step step = oneStep("E", {{"lambdaEncoder", "0"}});
        QVERIFY(step.after.codes > step.before.codes);
    }
    void encoderLowersTheReconstructionError() {
        const Step step = oneStep("E", {{"lambdaEncoder", "1000"}});
        QVERIFY(step.after.l1 < step.before.l1);
    }
    void generatorRaisesTheLogitsOfWhatItMakes() {
        const Step step = oneStep("G", {{"lambdaGenerator", "0"}});
        QVERIFY(step.after.rebuilt + step.after.sampled > step.before.rebuilt + step.before.sampled);
    }
    void generatorLowersTheReconstructionError() {
        const Step step = oneStep("G", {{"lambdaGenerator", "1000"}});
        QVERIFY(step.after.l1 < step.before.l1);
    }
    void discriminatorPartsRealFromMade() {
        const Step step = oneStep("D", {});
        QVERIFY(step.after.real - step.after.rebuilt > step.before.real - step.before.rebuilt);
        QVERIFY(step.after.real - step.after.sampled > step.before.real - step.before.sampled);
    }
    void codeDiscriminatorTakesThePriorAsReal() {
        const Step step = oneStep("C", {});
        QVERIFY(step.after.prior - step.after.codes > step.before.prior - step.before.codes);
    }

    void anIterationIsItsPartsInOrder() {
        // Parts share nothing with each other, so equality shows that an iteration computes every forward
        // pass anew where a weight has moved, with codes of its own for each.
        const ModelSpec spec = smallSpec("alpha-gan");
        const auto whole = smallMethod(spec);
        const auto parts = smallMethod(spec);
        FixedBatches batches(somePictures());
        RandomStreams first(9), second(9);
        whole->update(batches, first);
        for (const char* const part : {"E", "G", "E", "G", "D", "C"}) {
            parts->updatePart(part, batches, second);
        }
        const TensorMap expected = stateOf(*parts);
        const std::string different = firstDifference(stateOf(*whole), expected);
        QVERIFY2(different.empty(), different.c_str());
        QCOMPARE(expected.at("adam.generator.steps").item<std::int64_t>(), std::int64_t{2});
        QCOMPARE(expected.at("adam.discriminator.steps").item<std::int64_t>(), std::int64_t{1});
    }

    void twoUpdatesAreNotOneGradientTwice() {
        const auto moments = [](const char* updates) {
            const auto model = smallMethod(smallSpec("alpha-gan", {{"generatorUpdates", updates}}));
            FixedBatches batches(somePictures());
            RandomStreams random(9);
            model->update(batches, random);
            return stateOf(*model);
        };
        const TensorMap once = moments("1"), twice = moments("2");
        for (const char* const name :
             {"adam.encoder.head.weight.m", "adam.generator.trunk.base_norm.weight.m"}) {
            // m = (1 - b1) g after one step; a second one with the same g would give (1 + b1) times that.
            QVERIFY(!torch::allclose(twice.at(name), once.at(name) * 1.5, 1e-2, 1e-6));
        }
    }

    void batchesAreSharedOrFresh() {
        for (const auto& [fresh, expected] : {std::pair{"false", 1}, std::pair{"true", 6}}) {
            const auto model = smallMethod(smallSpec("alpha-gan", {{"freshBatchPerSubstep", fresh}}));
            FixedBatches batches(somePictures());
            RandomStreams random(9);
            model->update(batches, random);
            QCOMPARE(batches.taken, expected);
        }
    }

    void jointBatchesShareTheirStatistics() {
        const auto lossOf = [](const char* batching) {
            const auto model = smallMethod(smallSpec("alpha-gan", {{"discriminatorBatching", batching}}));
            FixedBatches batches(somePictures());
            RandomStreams random(9);
            return scalarOf(model->updatePart("D", batches, random), "loss/D");
        };
        QVERIFY(std::isfinite(lossOf("joint")));
        QVERIFY(std::abs(lossOf("joint") - lossOf("separate")) > 1e-4);
    }

    void theHookRunsBetweenSubSteps() {
        const auto model = smallMethod(smallSpec("alpha-gan"));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        int calls = 0;
        model->setSubStepHook([&] { ++calls; });
        model->update(batches, random);
        QCOMPARE(calls, 5);
    }

    void liveParametersTakeEffectAndOthersAreRefused() {
        const auto model = smallMethod(smallSpec("alpha-gan"));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        model->setParameter("rateEncoder", 0.0);
        const TensorMap before = stateOf(*model);
        model->updatePart("E", batches, random);
        QVERIFY(torch::equal(stateOf(*model).at("encoder.head.weight"), before.at("encoder.head.weight")));
        QVERIFY_EXCEPTION_THROWN(model->setParameter("filters", std::int64_t{8}), SchemaError);
        QVERIFY_EXCEPTION_THROWN(model->setParameter("rateEncoder", 5.0), SchemaError);
        QVERIFY_EXCEPTION_THROWN(model->setParameter("ratEncoder", 0.1), SchemaError);
    }
};

QTEST_APPLESS_MAIN(TestAlphaGan)
#include "tst_alpha_gan.moc"
