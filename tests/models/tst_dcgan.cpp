// DCGAN: losses and gradients against PyTorch, signs, the order of an iteration, and a short training.
#include "iteration_support.h"
#include "reference_support.h"
#include "short_training.h"

#include "models/networks/priors.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

class TestDcgan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAndGradientsEqualPyTorchs_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("network");
        QTest::newRow("D") << QStringLiteral("D") << QStringLiteral("discriminator");
        QTest::newRow("G") << QStringLiteral("G") << QStringLiteral("generator");
    }
    void lossesAndGradientsEqualPyTorchs() {
        QFETCH(QString, part);
        QFETCH(QString, network);
        const TensorMap fixture = readFixture("dcgan.safetensors");
        const auto model = withWeights(smallSpec("dcgan", {{"batchSize", "4"}}), fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers prior(fixture.at("input.prior"));
        const std::string name = part.toStdString();
        const double loss = scalarOf(model->updatePart(name, batches, prior), "loss/" + name);
        QVERIFY2(close(loss, fixture.at("loss." + name)), std::to_string(loss).c_str());
        compareGradients(*model, fixture, "gradient.", network.toStdString(), 0.5);
    }

    void discriminatorPartsRealFromMade() {
        const Step step = stepOf(smallSpec("dcgan"), "D");
        QVERIFY(step.after.real - step.after.made > step.before.real - step.before.made);
    }
    void generatorRaisesTheLogitOfWhatItMakes() {
        const Step step = stepOf(smallSpec("dcgan"), "G");
        QVERIFY(step.after.made > step.before.made);
    }

    void anIterationIsItsPartsInOrder() { compareIterationWithParts(smallSpec("dcgan"), {"D", "G"}, 1); }

    void uniformPriorMapsNormalCodesToTheCube() {
        const auto normal = smallMethod(smallSpec("dcgan"));
        const auto uniform = smallMethod(smallSpec("dcgan", {{"prior", "uniform"}}));
        const torch::NoGradGuard noGrad;
        RandomStreams random(4);
        const Tensor z = random.normal("codes", {8, normal->latentSize()}, torch::kCPU);
        QVERIFY(torch::equal(uniform->generate(z), normal->generate(toCube(z))));
        QVERIFY(!torch::allclose(uniform->generate(z), normal->generate(z)));
    }

    void shortTrainingBringsSamplesToTheRing() {
        const auto model = ringMethod("dcgan", {{"rateGenerator", "1e-3"}, {"rateDiscriminator", "1e-3"}});
        RingBatches ring(64);
        const double before = sampleDistance(*model);
        train(*model, ring, 1500);
        const double after = sampleDistance(*model);
        QVERIFY2(after < before / 4, qPrintable(QStringLiteral("%1 -> %2").arg(before).arg(after)));
    }
};

QTEST_APPLESS_MAIN(TestDcgan)
#include "tst_dcgan.moc"
