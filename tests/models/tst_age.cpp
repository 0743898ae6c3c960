// AGE: its losses against PyTorch, its divergence against closed forms, which way each game pulls, its
// schedule.
#include "reference_support.h"

#include "models/networks/priors.h"
#include "models/objectives/code_statistics.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

struct Divergences {
    double real, made, cosine, l1;
};

/// On fixed pictures and the codes that the next update will draw first.
Divergences measure(Method& model, const Tensor& x) {
    const torch::NoGradGuard noGrad;
    RandomStreams random(9);
    const Tensor z = random.normal("prior", {x.size(0), model.latentSize()}, torch::kCPU);
    const Tensor code = model.encode(x).mean;
    const Tensor madeCode = toSphere(model.encode(model.generate(z)).mean);
    const auto kl = [](const Tensor& e) {
        return objectives::momentKl(e, objectives::MomentForm::Textbook).item<double>();
    };
    return {kl(toSphere(code)), kl(madeCode),
            objectives::cosineDistance(madeCode, toSphere(z)).item<double>(),
            (model.generate(code) - x).abs().mean().item<double>()};
}

std::pair<Divergences, Divergences> oneStep(const std::string& part, const Overrides& overrides) {
    const auto model = smallMethod(smallSpec("age", overrides));
    const Tensor x = somePictures();
    FixedBatches batches(x);
    RandomStreams random(9);
    const Divergences before = measure(*model, x);
    model->updatePart(part, batches, random);
    return {before, measure(*model, x)};
}

} // namespace

class TestAge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAndGradientsEqualPyTorchs_data() {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("network");
        for (const char* const form : {"textbook", "authors"}) {
            QTest::addRow("%s encoder", form) << form << QStringLiteral("E") << QStringLiteral("encoder");
            QTest::addRow("%s generator", form) << form << QStringLiteral("G") << QStringLiteral("generator");
        }
    }
    void lossesAndGradientsEqualPyTorchs() {
        QFETCH(QString, form);
        QFETCH(QString, part);
        QFETCH(QString, network);
        const TensorMap fixture = readFixture("age.safetensors");
        const auto model = withWeights(smallSpec("age", {{"batchSize", "4"},
                                                         {"momentForm", form.toStdString()},
                                                         {"pictureWeight", "10"},
                                                         {"codeWeight", "300"},
                                                         {"codeWeightEncoder", "20"},
                                                         {"pictureWeightGenerator", "5"}}),
                                       fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers prior(fixture.at("input.prior"));
        const std::string name = part.toStdString(), prefix = form.toStdString() + ".";
        const UpdateReport report = model->updatePart(name, batches, prior);
        QVERIFY(close(scalarOf(report, "loss/" + name), fixture.at(prefix + "loss." + name)));
        if (name == "E") {
            QVERIFY(close(scalarOf(report, "loss/KL_real"), fixture.at(prefix + "KL_real")));
            QVERIFY(close(scalarOf(report, "loss/KL_made"), fixture.at(prefix + "KL_made")));
        }
        compareGradients(*model, fixture, prefix + "gradient.", network.toStdString(), 0.5);
    }

    void theDivergenceIsZeroForTheStandardNormalOnly() {
        // Two codes with mean m and deviation s in every number: m - s and m + s.
        const auto codes = [](double m, double s) { return torch::tensor({{m - s}, {m + s}}); };
        const auto kl = [&](double m, double s, objectives::MomentForm form) {
            return objectives::momentKl(codes(m, s), form).item<double>();
        };
        using enum objectives::MomentForm;
        QVERIFY(std::abs(kl(0.0, 1.0, Textbook)) < 1e-6);
        QVERIFY(std::abs(kl(0.0, 1.0, Authors)) < 1e-6);
        QVERIFY(std::abs(kl(0.5, 2.0, Textbook) - ((4.0 + 0.25) / 2 - std::log(2.0) - 0.5)) < 1e-5);
        QVERIFY(std::abs(kl(0.5, 2.0, Authors) - ((16.0 + 0.25) / 2 - std::log(4.0) - 0.5)) < 1e-5);
        QVERIFY(std::isfinite(kl(0.3, 0.0, Textbook)));
    }

    void theTextbookFormDoesNotCareForTheSpheresRadius() {
        // As code_statistics.h says: on a sphere a scale adds a constant, so differences stay.
        const auto spread = toSphere(RandomStreams(1).normal("a", {64, 5}, torch::kCPU));
        const auto narrow = toSphere(spread + 2.0);
        const auto difference = [&](double scale) {
            using enum objectives::MomentForm;
            return (objectives::momentKl(narrow * scale, Textbook) -
                    objectives::momentKl(spread * scale, Textbook))
                .item<double>();
        };
        QVERIFY(std::abs(difference(1.0) - difference(std::sqrt(5.0))) < 1e-4);
        QVERIFY(difference(1.0) > 0.0);
    }

    void codesHaveTheLengthOfStandardNormalOnes() {
        const auto model = smallMethod(smallSpec("age"));
        const torch::NoGradGuard noGrad;
        const Tensor code = model->encode(somePictures()).mean;
        QVERIFY(torch::allclose(code.square().sum(1), torch::full({8}, 6.0F), 1e-5, 1e-5));
        QVERIFY(torch::allclose(model->generate(code), model->generate(code * 3.0), 1e-4, 1e-4));
    }

    void encoderPartsRealFromMade() {
        const auto [before, after] = oneStep("E", {{"pictureWeight", "0"}});
        QVERIFY(after.made - after.real > before.made - before.real);
    }
    void encoderLowersTheReconstructionError() {
        const auto [before, after] = oneStep("E", {{"pictureWeight", "10000"}});
        QVERIFY(after.l1 < before.l1);
    }
    void generatorSpreadsTheCodesOfWhatItMakes() {
        const auto [before, after] = oneStep("G", {{"codeWeight", "0"}});
        QVERIFY(after.made < before.made);
    }
    void generatorBringsCodesBack() {
        const auto [before, after] = oneStep("G", {{"codeWeight", "10000"}});
        QVERIFY(after.cosine < before.cosine);
    }

    void anIterationIsOneEncoderUpdateAndThenTheGenerators() {
        const ModelSpec spec = smallSpec("age", {{"generatorUpdates", "3"}});
        const auto whole = smallMethod(spec), parts = smallMethod(spec);
        FixedBatches batches(somePictures());
        RandomStreams first(9), second(9);
        whole->update(batches, first);
        QCOMPARE(batches.taken, 1);
        for (const char* const part : {"E", "G", "G", "G"}) {
            parts->updatePart(part, batches, second); // each draws codes of its own
        }
        const std::string different = firstDifference(stateOf(*whole), stateOf(*parts));
        QVERIFY2(different.empty(), different.c_str());
    }

    void ratesAreHalvedByIterations() {
        // With rate r and b1 = 0, b2 = 0, Adam moves every weight by r in each step, whatever its gradient.
        const auto model = smallMethod(smallSpec("age", {{"generatorUpdates", "2"},
                                                         {"halveRatesEvery", "2"},
                                                         {"rateEncoder", "0.008"},
                                                         {"rateGenerator", "0.008"},
                                                         {"rateFloor", "0.003"},
                                                         {"adamBeta1", "0"},
                                                         {"adamBeta2", "0"}}));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        const auto longestMove = [&](const char* part, const char* weight) {
            const Tensor before = stateOf(*model).at(weight);
            model->updatePart(part, batches, random);
            return (stateOf(*model).at(weight) - before).abs().max().item<double>();
        };
        for (const double rate : {0.008, 0.008, 0.004, 0.004, 0.003, 0.003}) {
            QVERIFY(std::abs(longestMove("E", "encoder.head.weight") - rate) < 1e-5);
            for (int i = 0; i < 2; ++i) {
                QVERIFY(std::abs(longestMove("G", "generator.trunk.base.weight") - rate) < 1e-5);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestAge)
#include "tst_age.moc"
