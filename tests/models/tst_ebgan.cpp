// EBGAN: hinge and repelling term against closed forms, losses and gradients against PyTorch, signs, the
// order of an iteration, and a short training.
#include "iteration_support.h"
#include "reference_support.h"
#include "short_training.h"

#include "models/objectives/energy.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

UpdateReport oneUpdate(const Overrides& overrides, const std::string& part) {
    const auto model = smallMethod(smallSpec("ebgan", overrides));
    FixedBatches batches(somePictures());
    RandomStreams random(9);
    return model->updatePart(part, batches, random);
}

} // namespace

class TestEbgan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void energiesHaveTheirClosedForms() {
        const Tensor x = torch::tensor({{0.0, 0.0}, {1.0, 1.0}}).to(torch::kFloat64);
        const Tensor rebuilt = torch::tensor({{0.3, -0.4}, {1.0, 1.0}}).to(torch::kFloat64);
        const auto first = [&](const Tensor& energy) { return energy[0].item<double>(); };
        QVERIFY(std::abs(first(objectives::meanSquareEnergy(rebuilt, x)) - 0.125) < 1e-7);
        QVERIFY(std::abs(first(objectives::rootMeanSquareEnergy(rebuilt, x)) - std::sqrt(0.125)) < 1e-7);
        QVERIFY(std::abs(first(objectives::meanAbsoluteEnergy(rebuilt, x)) - 0.35) < 1e-7);
        const Tensor same = x.clone().set_requires_grad(true);
        objectives::rootMeanSquareEnergy(same, x).sum().backward();
        QVERIFY(same.grad().isfinite().all().item<bool>());
    }

    void hingePushesOnlyWhatLacksToTheMargin() {
        const Tensor energy = torch::tensor({0.1F, 0.4F, 0.9F}).set_requires_grad(true);
        const Tensor loss = objectives::hingeLoss(energy, 0.5);
        QVERIFY(std::abs(loss.item<double>() - (0.4 + 0.1) / 3) < 1e-6);
        loss.backward();
        QVERIFY(torch::allclose(energy.grad(), torch::tensor({-1.0F, -1.0F, 0.0F}) / 3));
        QVERIFY(std::abs(objectives::shareBelow(energy, 0.5).item<double>() - 2.0 / 3.0) < 1e-6);
    }

    void repellingTermIsTheMeanSquaredCosine() {
        const Tensor axes = torch::eye(3) * torch::tensor({1.0F, 5.0F, 0.1F}).unsqueeze(1);
        QVERIFY(std::abs(objectives::repellingTerm(axes).item<double>()) < 1e-6);
        const Tensor line = torch::tensor({{1.0F, 2.0F}, {-2.0F, -4.0F}, {0.5F, 1.0F}});
        QVERIFY(std::abs(objectives::repellingTerm(line).item<double>() - 1.0) < 1e-6);
        // Cosines 0, sqrt(1/2), sqrt(1/2): mean square 1/3.
        const Tensor mixed = torch::tensor({{1.0F, 0.0F}, {0.0F, 3.0F}, {2.0F, 2.0F}});
        QVERIFY(std::abs(objectives::repellingTerm(mixed).item<double>() - 1.0 / 3.0) < 1e-6);
    }

    void lossesEqualPyTorchs_data() {
        QTest::addColumn<QString>("energy");
        QTest::newRow("root mean square") << QStringLiteral("root-mean-square");
        QTest::newRow("mean square") << QStringLiteral("mean-square");
    }
    void lossesEqualPyTorchs() {
        QFETCH(QString, energy);
        const std::string kind = energy.toStdString();
        const TensorMap fixture = readFixture("ebgan.safetensors");
        const std::map<std::string, std::vector<const char*>> figures{
            {"D", {"loss.D", "energy_real", "energy_made", "margin_use"}}, {"G", {"loss.G", "repelling"}}};
        for (const auto& [part, names] : figures) {
            const auto model = withWeights(specOf(fixture, kind), fixture);
            FixedBatches batches(fixture.at("input.pictures"));
            GivenNumbers prior(fixture.at("input.prior"));
            const UpdateReport report = model->updatePart(part, batches, prior);
            for (const std::string name : names) {
                const std::string tag = name.starts_with("loss.") ? "loss/" + part : "metric/" + name;
                QVERIFY2(close(scalarOf(report, tag), fixture.at(kind + "." + name)), name.c_str());
            }
            if (kind == "root-mean-square") {
                compareGradients(*model, fixture, "gradient.", part == "D" ? "discriminator" : "generator",
                                 0.5);
            }
        }
    }

    void discriminatorPartsRealFromMade() {
        const Step step = stepOf(smallSpec("ebgan", {{"margin", "4"}}), "D");
        QVERIFY(step.after.made - step.after.real > step.before.made - step.before.real);
    }
    void marginThatIsReachedLeavesMadePicturesAlone() {
        const UpdateReport report = oneUpdate({{"margin", "0.001"}}, "D");
        QCOMPARE(scalarOf(report, "metric/margin_use"), 0.0);
        QCOMPARE(scalarOf(report, "loss/D"), scalarOf(report, "metric/energy_real"));
    }
    void defaultMarginBindsAtTheStart() { QCOMPARE(scalarOf(oneUpdate({}, "D"), "metric/margin_use"), 1.0); }
    void generatorLowersTheEnergyOfWhatItMakes() {
        const Step step = stepOf(smallSpec("ebgan", {{"repellingWeight", "0"}}), "G");
        QVERIFY(step.after.made < step.before.made);
    }
    void repellingWeightPushesCodesApart() {
        const auto model = smallMethod(smallSpec("ebgan", {{"repellingWeight", "100"}}));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        const double before = scalarOf(model->updatePart("G", batches, random), "metric/repelling");
        double after = before;
        for (int i = 0; i < 20; ++i) {
            after = scalarOf(model->updatePart("G", batches, random), "metric/repelling");
        }
        QVERIFY(after < before);
    }

    void anIterationIsItsPartsInOrder() { compareIterationWithParts(smallSpec("ebgan"), {"D", "G"}, 1); }

    void shortTrainingBringsSamplesToTheRing() {
        const auto model = ringMethod("ebgan", {{"codeSize", "8"}});
        RingBatches ring(64);
        const double before = sampleDistance(*model);
        train(*model, ring, 1500);
        const double after = sampleDistance(*model);
        QVERIFY2(after < before / 4, qPrintable(QStringLiteral("%1 -> %2").arg(before).arg(after)));
    }

private:
    static ModelSpec specOf(const TensorMap& fixture, const std::string& kind) {
        return smallSpec("ebgan", {{"batchSize", "4"},
                                   {"codeSize", "5"},
                                   {"energy", kind},
                                   {"repellingWeight", "0.7"},
                                   {"margin", std::to_string(fixture.at(kind + ".margin").item<double>())}});
    }
};

QTEST_APPLESS_MAIN(TestEbgan)
#include "tst_ebgan.moc"
