// Denoising feature matching: losses against PyTorch, what pulls on the generator, and how the noise ends.
#include "reference_support.h"
#include "short_training.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

/// What make_dfm.py computed with, and its denoiser.
ModelSpec fixtureSpec(const Overrides& more = {}) {
    Overrides overrides{{"batchSize", "4"},       {"lambdaAdversarial", "0.8"}, {"lambdaDenoise", "3"},
                        {"noise", "0.7"},         {"denoiserLayers", "2"},      {"denoiserWidth", "10"},
                        {"noiseHalfLife", "1000"}};
    for (const auto& [name, text] : more) {
        overrides[name] = text;
    }
    return smallSpec("dfm", overrides);
}

TensorMap streamsOf(const TensorMap& fixture) {
    return {{"prior", fixture.at("input.prior")}, {"features", fixture.at("input.noise")}};
}

} // namespace

class TestDfm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAndGradientsAreThoseOfPyTorch_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("network");
        QTest::addColumn<bool>("through");
        QTest::newRow("discriminator") << QStringLiteral("D") << QStringLiteral("discriminator") << false;
        QTest::newRow("denoiser") << QStringLiteral("R") << QStringLiteral("denoiser") << false;
        QTest::newRow("generator") << QStringLiteral("G") << QStringLiteral("generator") << false;
        QTest::newRow("generator through R") << QStringLiteral("G") << QStringLiteral("generator") << true;
    }
    void lossesAndGradientsAreThoseOfPyTorch() {
        QFETCH(QString, part);
        QFETCH(QString, network);
        QFETCH(bool, through);
        const TensorMap fixture = readFixture("dfm.safetensors");
        const auto model =
            withWeights(fixtureSpec({{"targetGradient", through ? "true" : "false"}}), fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers numbers(streamsOf(fixture));
        const std::string name = part.toStdString();
        const UpdateReport report = model->updatePart(name, batches, numbers);
        const double loss = scalarOf(report, "loss/" + name);
        QVERIFY2(close(loss, fixture.at("loss." + name)), std::to_string(loss).c_str());
        if (name == "G") {
            QVERIFY(close(scalarOf(report, "loss/features"), fixture.at("loss.features")));
        }
        compareGradients(*model, fixture, through ? "through." : "gradient.", network.toStdString(), 0.5);
    }

    void theTwoGradientsDiffer() {
        const TensorMap fixture = readFixture("dfm.safetensors");
        const std::string name = "generator.trunk.base.weight";
        const Tensor constant = fixture.at("gradient." + name), through = fixture.at("through." + name);
        QVERIFY((constant - through).abs().max().item<double>() > 0.01 * constant.abs().max().item<double>());
    }

    void theGeneratorPleasesTheDiscriminator() {
        const auto model = smallMethod(smallSpec("dfm", {{"lambdaDenoise", "0"}}));
        FixedBatches batches(somePictures());
        const auto verdict = [&] {
            const torch::NoGradGuard noGrad;
            RandomStreams random(9);
            return model->criticise(model->generate(random.normal("prior", {8, 6}, torch::kCPU)))
                .mean()
                .item<double>();
        };
        const double before = verdict();
        RandomStreams random(9);
        model->updatePart("G", batches, random);
        QVERIFY(verdict() > before);
    }

    void theGeneratorFollowsTheDenoiser() {
        const auto model = smallMethod(smallSpec(
            "dfm", {{"lambdaAdversarial", "0"}, {"lambdaDenoise", "10"}, {"targetGradient", "true"}}));
        FixedBatches batches(somePictures());
        const auto step = [&] {
            RandomStreams random(9); // the same codes each time
            return scalarOf(model->updatePart("G", batches, random), "loss/features");
        };
        const double first = step();
        QVERIFY(step() < first);
    }

    void theNoiseHalvesWithTheUpdatesOfTheDenoiser() {
        const auto noiseAfter = [](const char* halfLife, int updates) {
            const auto model = smallMethod(smallSpec("dfm", {{"noise", "2"}, {"noiseHalfLife", halfLife}}));
            FixedBatches batches(somePictures());
            RandomStreams random(9);
            double noise = 0.0;
            for (int i = 0; i <= updates; ++i) {
                random.beginUpdate(i, 0);
                noise = scalarOf(model->updatePart("R", batches, random), "metric/noise");
            }
            return noise;
        };
        QCOMPARE(noiseAfter("2", 0), 2.0);
        QCOMPARE(noiseAfter("2", 2), 1.0);
        QCOMPARE(noiseAfter("2", 4), 0.5);
        QCOMPARE(noiseAfter("0", 4), 2.0);
    }

    void theNoiseIsThatOfTheWholeTrainingAfterAResume() {
        const ModelSpec spec = smallSpec("dfm", {{"noise", "2"}, {"noiseHalfLife", "1"}});
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        const auto first = smallMethod(spec);
        first->update(batches, random);
        const auto second = smallMethod(spec);
        loadState(*second, stateOf(*first));
        QCOMPARE(scalarOf(second->update(batches, random), "metric/noise"), 1.0);
    }

    void theDenoisersStatisticsAreAChoice() {
        const auto distance = [](const char* statistics) {
            const auto model = smallMethod(smallSpec("dfm", {{"denoiserStatistics", statistics}}));
            FixedBatches batches(somePictures());
            RandomStreams random(9);
            return scalarOf(model->update(batches, random), "loss/features");
        };
        QVERIFY(std::abs(distance("batch") - distance("running")) > 1e-6);
    }

    void codesOfACubeAreMappedInside() {
        const auto model = smallMethod(smallSpec("dfm", {{"prior", "uniform"}}));
        const torch::NoGradGuard noGrad;
        // Beyond +-6 the cube's faces are reached: all larger codes are the same picture.
        const Tensor z = torch::full({2, 6}, 8.0);
        QVERIFY(torch::equal(model->generate(z), model->generate(z * 2)));
    }

    void learnsARing() {
        const auto model = ringMethod("dfm", {{"denoiserWidth", "64"},
                                              {"rateGenerator", "0.001"},
                                              {"rateDiscriminator", "0.002"},
                                              {"rateDenoiser", "0.002"}});
        const double before = sampleDistance(*model);
        RingBatches batches(64);
        train(*model, batches, 1200);
        const double after = sampleDistance(*model);
        QVERIFY2(after < before / 5, (std::to_string(before) + " to " + std::to_string(after)).c_str());
    }

    void theDenoiserLearns() {
        const auto model = ringMethod(
            "dfm",
            {{"denoiserWidth", "64"}, {"noise", "0.3"}, {"noiseHalfLife", "0"}, {"rateDenoiser", "0.002"}});
        RingBatches batches(64);
        RandomStreams random(3);
        double first = 0.0, last = 0.0;
        for (int step = 0; step < 400; ++step) {
            random.beginUpdate(step, 0);
            last = scalarOf(model->updatePart("R", batches, random), "metric/denoising_error");
            first = step == 0 ? last : first;
        }
        QVERIFY2(last < first / 20, (std::to_string(first) + " to " + std::to_string(last)).c_str());
    }
};

QTEST_APPLESS_MAIN(TestDfm)
#include "tst_dfm.moc"
