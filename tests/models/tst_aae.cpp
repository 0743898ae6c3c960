// AAE: its losses against PyTorch, which way each sub-step pulls, the encoder's two optimisers, and a short
// training.
#include "reference_support.h"
#include "short_training.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

struct Figures {
    double madeLogit, priorLogit, error;
};

Figures measure(Method& model, const Tensor& x) {
    const torch::NoGradGuard noGrad;
    RandomStreams random(9);
    const Tensor z = random.normal("prior", {x.size(0), model.latentSize()}, torch::kCPU);
    const Tensor code = model.encode(x).mean;
    return {model.codeLogit(code).mean().item<double>(), model.codeLogit(z).mean().item<double>(),
            (model.generate(code) - x).square().mean().item<double>()};
}

std::pair<Figures, Figures> oneStep(const std::string& part) {
    const auto model = smallMethod(smallSpec("aae"));
    const Tensor x = somePictures();
    FixedBatches batches(x);
    RandomStreams random(9);
    const Figures before = measure(*model, x);
    model->updatePart(part, batches, random);
    return {before, measure(*model, x)};
}

} // namespace

class TestAae : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAndGradientsEqualPyTorchs_data() {
        QTest::addColumn<QString>("encoder");
        QTest::addColumn<QString>("part");
        for (const char* const encoder : {"deterministic", "gaussian"}) {
            for (const char* const part : {"R", "C", "E"}) {
                QTest::addRow("%s %s", encoder, part) << encoder << part;
            }
        }
    }
    void lossesAndGradientsEqualPyTorchs() {
        QFETCH(QString, encoder);
        QFETCH(QString, part);
        const std::string kind = encoder.toStdString(), name = part.toStdString();
        const TensorMap fixture = ofKind(readFixture("aae.safetensors"), kind);
        const auto model =
            withWeights(smallSpec("aae", {{"batchSize", "4"},
                                          {"latentSize", "4"},
                                          {"codeWidth", "12"},
                                          {"encoder", kind},
                                          {"reconstruction", kind == "gaussian" ? "absolute" : "squared"},
                                          {"reconstructionWeight", "3"}}),
                        fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers numbers(
            {{"prior", fixture.at("input.prior")}, {"posterior", fixture.at("input.posterior")}});
        const double loss = scalarOf(model->updatePart(name, batches, numbers), "loss/" + name);
        QVERIFY2(close(loss, fixture.at("loss." + name)), std::to_string(loss).c_str());
        const std::string prefix = "gradient." + name + ".";
        if (name == "R") {
            compareGradients(*model, fixture, prefix, "encoder", 0.5);
            compareGradients(*model, fixture, prefix, "generator", 0.5);
        } else if (name == "C") {
            compareGradients(*model, fixture, prefix, "codeDiscriminator", 0.5);
        } else {
            compareGradients(*model, fixture, prefix, "encoder", 0.5, "game");
        }
    }

    void reconstructionLowersTheError() {
        const auto [before, after] = oneStep("R");
        QVERIFY(after.error < before.error);
    }
    void codeDiscriminatorTakesThePriorAsReal() {
        const auto [before, after] = oneStep("C");
        QVERIFY(after.priorLogit - after.madeLogit > before.priorLogit - before.madeLogit);
    }
    void encoderRaisesTheLogitOfItsCodes() {
        const auto [before, after] = oneStep("E");
        QVERIFY(after.madeLogit > before.madeLogit);
    }

    void eachOfTheEncodersLossesHasItsOwnMoments() {
        const auto model = smallMethod(smallSpec("aae"));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        const std::string first = "adam.encoder.head.weight.m", second = "adam.encoder.game.head.weight.m";
        model->updatePart("R", batches, random);
        TensorMap state = stateOf(*model);
        const Tensor reconstruction = state.at(first);
        QVERIFY(reconstruction.abs().max().item<float>() > 0.0F);
        QCOMPARE(state.at(second).abs().max().item<float>(), 0.0F);
        model->updatePart("E", batches, random);
        state = stateOf(*model);
        QVERIFY(torch::equal(state.at(first), reconstruction));
        QVERIFY(state.at(second).abs().max().item<float>() > 0.0F);
        QCOMPARE(state.at("adam.encoder.steps").item<std::int64_t>(), std::int64_t{1});
        QCOMPARE(state.at("adam.encoder.game.steps").item<std::int64_t>(), std::int64_t{1});
    }

    void anIterationIsItsPartsInOrderOnOneBatch() {
        for (const char* const encoder : {"deterministic", "gaussian"}) {
            const ModelSpec spec = smallSpec("aae", {{"encoder", encoder}});
            const auto whole = smallMethod(spec), parts = smallMethod(spec);
            FixedBatches batches(somePictures());
            RandomStreams first(9), second(9);
            whole->update(batches, first);
            QCOMPARE(batches.taken, 1);
            for (const char* const part : {"R", "C", "E"}) {
                parts->updatePart(part, batches, second);
            }
            const std::string different = firstDifference(stateOf(*whole), stateOf(*parts));
            QVERIFY2(different.empty(), different.c_str());
        }
    }

    void aGaussianEncoderGivesDeviations() {
        const torch::NoGradGuard noGrad;
        const auto clouds = smallMethod(smallSpec("aae", {{"encoder", "gaussian"}}));
        const Posterior cloud = clouds->encode(somePictures());
        QVERIFY(cloud.deviation.sizes() == cloud.mean.sizes());
        QVERIFY(cloud.deviation.min().item<float>() > 0.0F);
        QVERIFY(!smallMethod(smallSpec("aae"))->encode(somePictures()).deviation.defined());
    }

    void learnsTheRing() {
        // Clouds of codes can fill the prior; the narrow modes' own codes would have to be torn apart for it.
        const auto model = ringMethod("aae", {{"encoder", "gaussian"},
                                              {"codeWidth", "64"},
                                              {"rateEncoder", "1e-3"},
                                              {"rateEncoderGame", "1e-3"}});
        const RingProgress progress = learnRing(*model, 1500);
        QVERIFY2(
            progress.samplesAfter < progress.samplesBefore / 4.0,
            qPrintable(QStringLiteral("%1 -> %2").arg(progress.samplesBefore).arg(progress.samplesAfter)));
        QVERIFY(progress.errorAfter < progress.errorBefore / 10.0);
    }
};

QTEST_APPLESS_MAIN(TestAae)
#include "tst_aae.moc"
