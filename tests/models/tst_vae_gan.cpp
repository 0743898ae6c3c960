// VAE-GAN: losses against PyTorch, its gate against closed forms and inside an iteration, which way each part
// pulls, and a short training.
#include "reference_support.h"
#include "short_training.h"

#include "models/objectives/equilibrium.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

/// One update from fixed weights under a gate of this place and width.
struct Gated {
    TensorMap before, after;
    UpdateReport report;
};

Gated oneUpdate(const char* equilibrium, const char* margin) {
    const auto model = smallMethod(smallSpec("vae-gan", {{"equilibrium", equilibrium}, {"margin", margin}}));
    FixedBatches batches(somePictures());
    RandomStreams random(9);
    Gated result;
    result.before = stateOf(*model);
    result.report = model->update(batches, random);
    result.after = stateOf(*model);
    return result;
}

/// Whether weights and moments of `network` are as they were; running statistics and averages do not count.
bool satOut(const Gated& update, const std::string& network) {
    bool same = true;
    for (const auto& [name, tensor] : update.after) {
        const bool weight = name.starts_with(network + ".") && name.find(".running_") == std::string::npos;
        const bool moment = name.starts_with("adam." + network + ".") && tensor.is_floating_point() &&
                            !name.ends_with(".skipped");
        if (weight || moment) {
            same = same && torch::equal(tensor, update.before.at(name));
        }
    }
    return same;
}

} // namespace

class TestVaeGan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAndGradientsEqualPyTorchs_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("game");
        QTest::addColumn<QString>("judged");
        QTest::newRow("as the authors") << "authors"
                                        << "minimax"
                                        << "false";
        QTest::newRow("reconstructions judged") << "judged"
                                                << "minimax"
                                                << "true";
        QTest::newRow("non-saturating") << "lasting"
                                        << "non-saturating"
                                        << "true";
    }
    void lossesAndGradientsEqualPyTorchs() {
        QFETCH(QString, kind);
        QFETCH(QString, game);
        QFETCH(QString, judged);
        const TensorMap fixture = readFixture("vae_gan.safetensors");
        const std::string prefix = kind.toStdString() + ".";
        const auto model = withWeights(smallSpec("vae-gan", {{"batchSize", "4"},
                                                             {"latentSize", "4"},
                                                             {"gamma", "0.03"},
                                                             {"margin", "100"},
                                                             {"generatorGame", game.toStdString()},
                                                             {"judgeReconstructions", judged.toStdString()}}),
                                       fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers numbers(
            {{"prior", fixture.at("input.prior")}, {"posterior", fixture.at("input.posterior")}});
        const UpdateReport report = model->update(batches, numbers);
        QVERIFY(close(scalarOf(report, "loss/prior"), fixture.at("prior")));
        QVERIFY(close(scalarOf(report, "loss/likelihood"), fixture.at("likelihood")));
        for (const char* const part : {"E", "G", "D"}) {
            QVERIFY2(
                close(scalarOf(report, std::string("loss/") + part), fixture.at(prefix + "loss." + part)),
                part);
        }
        for (const char* const network : {"encoder", "generator", "discriminator"}) {
            compareGradients(*model, fixture, prefix + "gradient.", network, 0.0);
        }
    }

    void theGateFollowsItsRule_data() {
        QTest::addColumn<double>("real");
        QTest::addColumn<double>("made");
        QTest::addColumn<double>("skipDiscriminator");
        QTest::addColumn<double>("skipGenerator");
        QTest::newRow("balance") << 0.69 << 0.69 << 0.0 << 0.0;
        QTest::newRow("D knows the real ones") << 0.2 << 0.69 << 1.0 << 0.0;
        QTest::newRow("D knows the made ones") << 0.69 << 0.2 << 1.0 << 0.0;
        QTest::newRow("D errs on the real ones") << 1.2 << 0.69 << 0.0 << 1.0;
        QTest::newRow("D errs on the made ones") << 0.69 << 1.2 << 0.0 << 1.0;
        QTest::newRow("both, so neither") << 0.2 << 1.2 << 0.0 << 0.0;
        QTest::newRow("just inside") << 0.34 << 1.02 << 0.0 << 0.0;
    }
    void theGateFollowsItsRule() {
        QFETCH(double, real);
        QFETCH(double, made);
        const objectives::EquilibriumGate gate =
            objectives::equilibriumGate(torch::scalar_tensor(real), torch::scalar_tensor(made), 0.68, 0.35);
        QTEST(gate.skipDiscriminator.item<double>(), "skipDiscriminator");
        QTEST(gate.skipGenerator.item<double>(), "skipGenerator");
    }

    void whoeverIsAheadSitsOut() {
        // D's first costs are near log 2, so a gate around 2 finds D too good, one around 0 too bad.
        const Gated open = oneUpdate("0.68", "100");
        QVERIFY(!satOut(open, "encoder") && !satOut(open, "generator") && !satOut(open, "discriminator"));
        const Gated ahead = oneUpdate("2", "0.1");
        QVERIFY(!satOut(ahead, "encoder") && !satOut(ahead, "generator") && satOut(ahead, "discriminator"));
        QCOMPARE(scalarOf(ahead.report, "metric/d_open"), 0.0);
        QCOMPARE(scalarOf(ahead.report, "metric/g_open"), 1.0);
        const Gated behind = oneUpdate("0", "0.1");
        QVERIFY(!satOut(behind, "encoder") && satOut(behind, "generator") &&
                !satOut(behind, "discriminator"));
        QCOMPARE(scalarOf(behind.report, "metric/d_open"), 1.0);
        QCOMPARE(scalarOf(behind.report, "metric/g_open"), 0.0);
    }

    void aPartMovesWhateverTheGateSays() {
        const auto model = smallMethod(smallSpec("vae-gan", {{"equilibrium", "2"}, {"margin", "0.1"}}));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        const TensorMap before = stateOf(*model);
        model->updatePart("D", batches, random);
        QVERIFY(!torch::equal(stateOf(*model).at("discriminator.head.weight"),
                              before.at("discriminator.head.weight")));
    }

    void allPartsMoveByTheGradientsOfTheSameWeights() {
        compareSimultaneousParts(smallSpec("vae-gan", {{"margin", "100"}, {"judgeReconstructions", "true"}}));
    }

    void generatorPullsMadePicturesToTheRealSide_data() {
        QTest::addColumn<QString>("game");
        QTest::newRow("minimax") << QStringLiteral("minimax");
        QTest::newRow("non-saturating") << QStringLiteral("non-saturating");
    }
    void generatorPullsMadePicturesToTheRealSide() {
        QFETCH(QString, game);
        const auto model =
            smallMethod(smallSpec("vae-gan", {{"gamma", "0"}, {"generatorGame", game.toStdString()}}));
        const auto logit = [&] {
            const torch::NoGradGuard noGrad;
            RandomStreams random(9);
            const Tensor z = random.normal("prior", {8, model->latentSize()}, torch::kCPU);
            return model->criticise(model->generate(z)).mean().item<double>();
        };
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        const double before = logit();
        model->updatePart("G", batches, random);
        QVERIFY(logit() > before);
    }

    void encoderAndGeneratorLowerTheFeaturesDistance() {
        for (const char* const part : {"E", "G"}) {
            const ModelSpec spec = smallSpec("vae-gan", {{"gamma", "100"}});
            const auto model = smallMethod(spec);
            FixedBatches batches(somePictures());
            const auto likelihood = [&] {
                const auto copy = smallMethod(spec);
                loadState(*copy, stateOf(*model));
                RandomStreams random(9);
                return scalarOf(copy->update(batches, random), "loss/likelihood");
            };
            const double before = likelihood();
            for (int i = 0; i < 5; ++i) {
                RandomStreams random(9);
                model->updatePart(part, batches, random);
            }
            QVERIFY2(likelihood() < before, part);
        }
    }

    void learnsTheRing() {
        const auto model = ringMethod("vae-gan", {{"gamma", "1"},
                                                  {"rateEncoder", "1e-3"},
                                                  {"rateGenerator", "1e-3"},
                                                  {"rateDiscriminator", "1e-3"}});
        const RingProgress progress = learnRing(*model, 1500);
        QVERIFY(progress.samplesAfter < progress.samplesBefore / 4.0);
        QVERIFY(progress.errorAfter < progress.errorBefore / 3.0);
    }
};

QTEST_APPLESS_MAIN(TestVaeGan)
#include "tst_vae_gan.moc"
