// PPGN: losses and a sampling step against PyTorch, labels that are missing, and walks that reach their
// class.
#include "reference_support.h"
#include "short_training.h"

#include "models/objectives/classification.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

/// Pictures with labels of the test's own.
class LabelledBatches : public BatchSource {
public:
    LabelledBatches(Tensor pictures, const std::vector<std::int64_t>& labels)
        : pictures_(std::move(pictures)), labels_(torch::tensor(labels, torch::kInt64)) {}
    Batch next() override { return {pictures_.clone(), labels_.clone()}; }

private:
    Tensor pictures_, labels_;
};

/// What make_ppgn.py computed with.
ModelSpec fixtureSpec() {
    return smallSpec("ppgn", {{"batchSize", "4"},
                              {"lambdaImage", "20"},
                              {"lambdaFeature", "2"},
                              {"lambdaAdversarial", "0.7"},
                              {"decorrelation", "1.5"},
                              {"codeNoise", "0.2"},
                              {"epsilon1", "0.3"},
                              {"epsilon2", "1.2"},
                              {"epsilon3", "0.05"},
                              {"chainStep", "0.1"}});
}

/// A walk of `steps` from 64 normal codes; gives the mean probability of `label` at its end.
double walk(Method& model, std::int64_t label, int steps, Tensor* codes = nullptr) {
    model.setTraining(false);
    RandomStreams random(5);
    Tensor z = random.normal("start", {64, model.latentSize()}, torch::kCPU);
    double probability = 0.0;
    for (int step = 0; step <= steps; ++step) {
        random.beginUpdate(step, 0);
        const Method::ConditionalStep next = model.stepTowards(label, z, random);
        probability = next.probability.mean().item<double>();
        if (step < steps) {
            z = next.codes;
        }
    }
    if (codes != nullptr) {
        *codes = z;
    }
    return probability;
}

std::unique_ptr<Method> trainedOnRing(int steps) {
    auto model =
        ringMethod("ppgn", {{"classes", "8"}, {"rateClassifier", "0.003"}, {"rateGenerator", "0.002"}});
    RingBatches batches(64);
    train(*model, batches, steps);
    return model;
}

} // namespace

class TestPpgn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAndGradientsAreThoseOfPyTorch_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("network");
        QTest::newRow("classifier") << QStringLiteral("K") << QStringLiteral("classifier");
        QTest::newRow("generator") << QStringLiteral("G") << QStringLiteral("generator");
        QTest::newRow("discriminator") << QStringLiteral("D") << QStringLiteral("discriminator");
    }
    void lossesAndGradientsAreThoseOfPyTorch() {
        QFETCH(QString, part);
        QFETCH(QString, network);
        const TensorMap fixture = readFixture("ppgn.safetensors");
        const auto model = withWeights(fixtureSpec(), fixture);
        LabelledBatches batches(fixture.at("input.pictures"), {2, -1, 0, 1});
        GivenNumbers random(fixture.at("input.noise"));
        const std::string name = part.toStdString();
        const UpdateReport report = model->updatePart(name, batches, random);
        const double loss = scalarOf(report, "loss/" + name);
        QVERIFY2(close(loss, fixture.at("loss." + name)), std::to_string(loss).c_str());
        if (name == "G") {
            for (const std::string term : {"image", "feature", "adversarial"}) {
                QVERIFY2(close(scalarOf(report, "loss/" + term), fixture.at("loss." + term)), term.c_str());
            }
        }
        compareGradients(*model, fixture, "gradient.", network.toStdString(), 0.5);
    }

    void aStepTowardsAClassIsThatOfPyTorch() {
        const TensorMap fixture = readFixture("ppgn.safetensors");
        const auto model = withWeights(fixtureSpec(), fixture);
        GivenNumbers noise(fixture.at("input.noise"));
        const torch::NoGradGuard noGrad; // the step turns gradients on by itself
        const Method::ConditionalStep step = model->stepTowards(1, fixture.at("input.codes"), noise);
        const auto off = [&](const Tensor& actual, const char* name) {
            return (actual - fixture.at(name)).abs().max().item<double>();
        };
        QVERIFY2(off(step.codes, "step.codes") < 1e-5, std::to_string(off(step.codes, "step.codes")).c_str());
        QVERIFY(off(step.probability, "step.probability") < 1e-5);
        QVERIFY(!step.codes.requires_grad());
    }

    void aStepWorksWhereNothingRecordsGradients() {
        const auto model = smallMethod(smallSpec("ppgn"));
        const Tensor z = torch::ones({2, 6});
        RandomStreams first(9), second(9);
        const Tensor expected = model->stepTowards(0, z, first).codes;
        const c10::InferenceMode guard;
        QVERIFY(torch::equal(model->stepTowards(0, z.clone(), second).codes, expected));
    }

    void stepsHaveTheirLengthAndTheirLimit() {
        const auto model = smallMethod(smallSpec("ppgn", {{"chainStep", "0.25"}, {"codeLimit", "2"}}));
        RandomStreams random(9);
        const Tensor z = random.normal("z", {5, 6}, torch::kCPU).clamp(-1.0, 1.0) * 0.01;
        const Tensor moved = (model->stepTowards(2, z, random).codes - z).abs().mean(1);
        QVERIFY(torch::allclose(moved, torch::full({5}, 0.25), 1e-4, 1e-5));
        const Tensor far = torch::full({5, 6}, 7.0);
        QVERIFY(model->stepTowards(2, far, random).codes.max().item<float>() <= 2.0F);
    }

    void eachTermOfAStepPullsItsOwnWay() {
        const auto model = smallMethod(smallSpec("ppgn", {{"chainStep", "0.01"}, {"codeLimit", "10"}}));
        model->setTraining(false);
        RandomStreams random(9);
        const Tensor z = random.normal("z", {16, 6}, torch::kCPU);
        const auto only = [&](const char* term) {
            for (const char* const name : {"epsilon1", "epsilon2", "epsilon3"}) {
                model->setParameter(name, std::string(name) == term ? 1.0 : 0.0);
            }
            return model->stepTowards(1, z, random);
        };
        const Tensor realistic = only("epsilon1").codes - z;
        const torch::NoGradGuard noGrad;
        const Tensor pull = model->encode(model->generate(z)).mean - z;
        QVERIFY(torch::allclose(realistic, 0.01 * pull / pull.abs().mean(1, true), 1e-4, 1e-6));
        const Method::ConditionalStep classy = only("epsilon2");
        QVERIFY(only("epsilon2").probability.mean().item<double>() ==
                classy.probability.mean().item<double>());
        const double after = model->stepTowards(1, classy.codes, random).probability.mean().item<double>();
        QVERIFY(after > classy.probability.mean().item<double>());
    }

    void unknownClassesAreRefused() {
        const auto model = smallMethod(smallSpec("ppgn"));
        RandomStreams random(9);
        QVERIFY_EXCEPTION_THROWN(model->stepTowards(3, torch::zeros({1, 6}), random), SchemaError);
        QVERIFY_EXCEPTION_THROWN(model->stepTowards(-1, torch::zeros({1, 6}), random), SchemaError);
    }

    void unlabelledPicturesHaveNoPartInTheLoss() {
        const Tensor logits = torch::tensor({{2.0, 0.0}, {0.0, 1.0}, {5.0, 5.0}});
        const auto labels = [](const std::vector<std::int64_t>& list) {
            return torch::tensor(list, torch::kInt64);
        };
        const double first = std::log1p(std::exp(-2.0)), second = std::log1p(std::exp(1.0));
        const auto loss = [&](const std::vector<std::int64_t>& list) {
            return objectives::labelledCrossEntropy(logits, labels(list)).item<double>();
        };
        QVERIFY(std::abs(loss({0, 0, -1}) - (first + second) / 2) < 1e-6);
        QVERIFY(std::abs(loss({0, -1, 2}) - first) < 1e-6);
        QCOMPARE(loss({-1, -1, -1}), 0.0);
        QCOMPARE(objectives::labelledAccuracy(logits, labels({0, 0, -1})).item<double>(), 0.5);
        QCOMPARE(objectives::labelledAccuracy(logits, labels({-1, -1, -1})).item<double>(), 0.0);
    }

    void unlabelledBatchesStillTrain() {
        const auto model = smallMethod(smallSpec("ppgn"));
        LabelledBatches batches(somePictures(), std::vector<std::int64_t>(8, -1));
        RandomStreams random(9);
        for (const auto& [tag, value] : model->update(batches, random).scalars) {
            QVERIFY2(std::isfinite(value.item<double>()), tag.c_str());
        }
    }

    void covarianceOfIndependentNumbersIsNone() {
        const Tensor apart = torch::tensor({{1.0, 1.0}, {1.0, -1.0}, {-1.0, 1.0}, {-1.0, -1.0}});
        QCOMPARE(objectives::meanSquareCovariance(apart).item<double>(), 0.0);
        const Tensor together = torch::tensor({{1.0, 1.0}, {-1.0, -1.0}});
        QCOMPARE(objectives::meanSquareCovariance(together).item<double>(), 1.0);
        QCOMPARE(objectives::meanSquareCovariance(together.slice(1, 0, 1)).item<double>(), 0.0);
    }

    void theClassifierStopsAfterItsUpdates() {
        const auto model = smallMethod(smallSpec("ppgn", {{"classifierUpdates", "2"}}));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        TensorMap before;
        for (int step = 0; step < 3; ++step) {
            before = stateOf(*model);
            random.beginUpdate(step, 0);
            model->update(batches, random);
        }
        const TensorMap after = stateOf(*model);
        QCOMPARE(after.at("adam.classifier.steps").item<std::int64_t>(), std::int64_t{2});
        for (const char* const name : {"classifier.head.weight", "classifier.features_norm.running_mean"}) {
            QVERIFY2(torch::equal(after.at(name), before.at(name)), name);
        }
        QVERIFY(
            !torch::equal(after.at("generator.trunk.level0_bias"), before.at("generator.trunk.level0_bias")));
    }

    void codesAreStandardised() {
        const auto model = smallMethod(smallSpec("ppgn"));
        const torch::NoGradGuard noGrad;
        const Tensor code = model->encode(somePictures({1, 28}, 64)).mean;
        QVERIFY(code.mean(0).abs().max().item<double>() < 1e-4);
        QVERIFY((code.var(0, false) - 1.0).abs().max().item<double>() < 1e-2);
    }

    void learnsARingAndItsClasses() {
        const auto start = trainedOnRing(0);
        const auto model = trainedOnRing(800);
        RingBatches ring(512);
        RandomStreams random(3);
        const double right = scalarOf(model->updatePart("K", ring, random), "metric/k_accuracy");
        QVERIFY2(right > 0.75, std::to_string(right).c_str()); // of 8 classes: by chance 0.125
        const double before = ringError(*start), after = ringError(*model);
        QVERIFY2(after < before / 4, (std::to_string(before) + " to " + std::to_string(after)).c_str());
    }

    void walksReachTheirClass() {
        const auto model = trainedOnRing(800);
        const double before = walk(*model, 3, 0);
        Tensor z;
        const double after = walk(*model, 3, 100, &z);
        QVERIFY2(after > 0.7 && after > 4 * before,
                 (std::to_string(before) + " to " + std::to_string(after)).c_str());
        // And most points lie nearest to where the ring has class 3, of eight.
        const torch::NoGradGuard noGrad;
        const Tensor angle = torch::arange(8) * (std::numbers::pi / 4);
        const Tensor centres = torch::stack({angle.cos(), angle.sin()}, 1) * 0.8;
        const Tensor nearest = at::cdist(model->generate(z).flatten(1), centres).argmin(1);
        const double share = nearest.eq(3).to(torch::kFloat32).mean().item<double>();
        QVERIFY2(share > 0.5, std::to_string(share).c_str());
    }
};

QTEST_APPLESS_MAIN(TestPpgn)
#include "tst_ppgn.moc"
