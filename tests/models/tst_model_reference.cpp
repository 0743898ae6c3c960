// Losses and gradients of alpha-GAN and VAE against PyTorch.
#include "reference_support.h"

using namespace alphascope::models;
using namespace alphascope::tests;

class TestModelReference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void alphaGan_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("network");
        QTest::newRow("encoder") << QStringLiteral("E") << QStringLiteral("encoder");
        QTest::newRow("generator") << QStringLiteral("G") << QStringLiteral("generator");
        QTest::newRow("discriminator") << QStringLiteral("D") << QStringLiteral("discriminator");
        QTest::newRow("code discriminator") << QStringLiteral("C") << QStringLiteral("codeDiscriminator");
    }
    void alphaGan() {
        QFETCH(QString, part);
        QFETCH(QString, network);
        const TensorMap fixture = readFixture("alpha_gan.safetensors");
        const auto model = withWeights(
            smallSpec("alpha-gan", {{"batchSize", "4"}, {"lambdaEncoder", "10"}, {"lambdaGenerator", "15"}}),
            fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers prior(fixture.at("input.prior"));
        const std::string name = part.toStdString();
        const double loss = scalarOf(model->updatePart(name, batches, prior), "loss/" + name);
        QVERIFY2(close(loss, fixture.at("loss." + name)), std::to_string(loss).c_str());
        compareGradients(*model, fixture, "gradient.", network.toStdString(), 0.5);
    }

    void vae_data() {
        QTest::addColumn<QString>("likelihood");
        QTest::newRow("laplace") << QStringLiteral("laplace");
        QTest::newRow("gaussian") << QStringLiteral("gaussian");
    }
    void vae() {
        QFETCH(QString, likelihood);
        const std::string name = likelihood.toStdString();
        const TensorMap fixture = readFixture("vae.safetensors");
        const ModelSpec spec = smallSpec("vae",
                                         {{"latentSize", "5"},
                                          {"batchSize", "4"},
                                          {"likelihood", name},
                                          {"scale", "0.5"},
                                          {"beta", "1.5"}},
                                         {3, 32});
        const auto model = withWeights(spec, fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers noise(fixture.at("input.noise"));
        const UpdateReport report = model->update(batches, noise);
        for (const char* const term : {"total", "reconstruction", "KL"}) {
            QVERIFY2(close(scalarOf(report, std::string("loss/") + term), fixture.at(name + "." + term)),
                     term);
        }
        compareGradients(*model, fixture, name + ".gradient.", "encoder", 0.9);
        compareGradients(*model, fixture, name + ".gradient.", "generator", 0.9);
    }
};

QTEST_APPLESS_MAIN(TestModelReference)
#include "tst_model_reference.moc"
