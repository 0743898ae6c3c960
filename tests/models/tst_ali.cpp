// ALI and BiGAN: losses against PyTorch, which way each part pulls, that all parts move at once, and short
// trainings.
#include "reference_support.h"
#include "short_training.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

/// The losses on the pictures and codes of the next update, asked of a model that then is thrown away.
UpdateReport lossesOf(const ModelSpec& spec, const TensorMap& state) {
    const auto copy = smallMethod(spec);
    loadState(*copy, state);
    FixedBatches batches(somePictures());
    RandomStreams random(9);
    return copy->update(batches, random);
}

} // namespace

class TestAli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAndGradientsEqualPyTorchs_data() { eitherEncoder(); }
    void lossesAndGradientsEqualPyTorchs() {
        QFETCH(QString, encoder);
        const std::string kind = encoder.toStdString();
        const TensorMap fixture = ofKind(readFixture("ali.safetensors"), kind);
        const auto model = withWeights(
            smallSpec("ali",
                      {{"batchSize", "4"}, {"latentSize", "4"}, {"jointWidth", "10"}, {"encoder", kind}}),
            fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers numbers(
            {{"prior", fixture.at("input.prior")}, {"posterior", fixture.at("input.posterior")}});
        const UpdateReport report = model->update(batches, numbers);
        QVERIFY(close(scalarOf(report, "loss/D"), fixture.at("loss.D")));
        QVERIFY(close(scalarOf(report, "loss/EG"), fixture.at("loss.EG")));
        // From one update: no network's gradient is spoilt by another network's loss or step.
        for (const char* const network : {"encoder", "generator", "discriminator"}) {
            compareGradients(*model, fixture, "gradient.", network, 0.5);
        }
    }

    void everyPartLowersItsOwnLoss_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("loss");
        QTest::newRow("E") << QStringLiteral("E") << QStringLiteral("loss/EG");
        QTest::newRow("G") << QStringLiteral("G") << QStringLiteral("loss/EG");
        QTest::newRow("D") << QStringLiteral("D") << QStringLiteral("loss/D");
    }
    void everyPartLowersItsOwnLoss() {
        QFETCH(QString, part);
        QFETCH(QString, loss);
        const ModelSpec spec = smallSpec("ali");
        const auto model = smallMethod(spec);
        const std::string tag = loss.toStdString();
        const double before = scalarOf(lossesOf(spec, stateOf(*model)), tag);
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        model->updatePart(part.toStdString(), batches, random);
        QVERIFY(scalarOf(lossesOf(spec, stateOf(*model)), tag) < before);
    }

    void theDiscriminatorTakesRealPairsAsReal() {
        const auto model = smallMethod(smallSpec("ali"));
        const Tensor x = somePictures();
        const auto logit = [&] {
            const torch::NoGradGuard noGrad;
            return model->criticise(x).mean().item<double>();
        };
        FixedBatches batches(x);
        RandomStreams random(9);
        const double before = logit();
        for (int i = 0; i < 20; ++i) {
            random.beginUpdate(i, 0);
            model->updatePart("D", batches, random);
        }
        QVERIFY(logit() > before);
    }

    void allPartsMoveByTheGradientsOfTheSameWeights() { compareSimultaneousParts(smallSpec("ali")); }

    void aStochasticEncoderGivesDeviations() {
        const torch::NoGradGuard noGrad;
        const Posterior cloud = smallMethod(smallSpec("ali"))->encode(somePictures());
        QVERIFY(cloud.deviation.sizes() == cloud.mean.sizes());
        QVERIFY(cloud.deviation.min().item<float>() > 0.0F);
        const auto bigan = smallMethod(smallSpec("ali", {{"encoder", "deterministic"}}));
        QVERIFY(!bigan->encode(somePictures()).deviation.defined());
    }

    void learnsTheRing_data() { eitherEncoder(); }
    void learnsTheRing() {
        QFETCH(QString, encoder);
        const auto model = ringMethod("ali", {{"encoder", encoder.toStdString()},
                                              {"jointWidth", "64"},
                                              {"rateEncoder", "1e-3"},
                                              {"rateGenerator", "1e-3"},
                                              {"rateDiscriminator", "1e-3"}});
        const RingProgress progress = learnRing(*model, 2000);
        QVERIFY(progress.samplesAfter < progress.samplesBefore / 4.0);
        if (encoder == QStringLiteral("stochastic")) { // BiGAN's inverse takes far longer than its samples
            QVERIFY(progress.errorAfter < progress.errorBefore / 4.0);
        }
    }

private:
    static void eitherEncoder() {
        QTest::addColumn<QString>("encoder");
        QTest::newRow("ALI") << QStringLiteral("stochastic");
        QTest::newRow("BiGAN") << QStringLiteral("deterministic");
    }
};

QTEST_APPLESS_MAIN(TestAli)
#include "tst_ali.moc"
