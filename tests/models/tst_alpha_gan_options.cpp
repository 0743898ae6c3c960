// alpha-GAN's options against PyTorch: the latent cycle, the stochastic encoder, the Wasserstein critics.
#include "reference_support.h"
#include "short_training.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

/// The shared numbers of the fixture with those of one section in their place.
TensorMap sectionOf(const TensorMap& fixture, const std::string& section) {
    TensorMap result;
    for (const auto& [name, tensor] : fixture) {
        result.emplace(name, tensor);
    }
    for (const auto& [name, tensor] : fixture) {
        if (name.starts_with(section + ".")) {
            result[name.substr(section.size() + 1)] = tensor;
        }
    }
    return result;
}

GivenNumbers numbersOf(const TensorMap& fixture) {
    return GivenNumbers(TensorMap{{"prior", fixture.at("input.prior")},
                                  {"encoder", fixture.at("input.noise")},
                                  {"penalty.pictures", fixture.at("input.share_pictures")},
                                  {"penalty.codes", fixture.at("input.share_codes")}});
}

/// One iteration's report, and how often the hook ran.
std::pair<UpdateReport, int> iterate(const Overrides& overrides) {
    const auto model = smallMethod(smallSpec("alpha-gan", overrides));
    FixedBatches batches(somePictures());
    RandomStreams random(9);
    int calls = 0;
    model->setSubStepHook([&] { ++calls; });
    UpdateReport report = model->update(batches, random);
    return {std::move(report), calls};
}

} // namespace

class TestAlphaGanOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAndGradientsAreThoseOfPyTorch_data() {
        QTest::addColumn<QString>("section");
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("network");
        const auto row = [](const char* section, const char* part, const char* network) {
            QTest::addRow("%s %s", section, part)
                << QString::fromLatin1(section) << QString::fromLatin1(part) << QString::fromLatin1(network);
        };
        row("cycle_l1", "E", "");
        row("cycle_l1", "G", "");
        row("cycle_l2", "E", "encoder");
        row("cycle_l2", "G", "generator");
        row("stochastic", "E", "encoder");
        row("stochastic", "C", "codeDiscriminator");
        row("wasserstein", "D", "discriminator");
        row("wasserstein", "C", "codeDiscriminator");
    }
    void lossesAndGradientsAreThoseOfPyTorch() {
        QFETCH(QString, section);
        QFETCH(QString, part);
        QFETCH(QString, network);
        const std::string kind = section.toStdString(), name = part.toStdString();
        const std::map<std::string, Overrides> settings{
            {"cycle_l1", {{"lambdaCode", "2.5"}, {"codeDistance", "l1"}}},
            {"cycle_l2", {{"lambdaCode", "2.5"}, {"codeDistance", "l2"}}},
            {"stochastic", {{"stochasticEncoder", "true"}}},
            {"wasserstein", {{"variant", "wasserstein"}}}};
        Overrides overrides{{"batchSize", "4"}, {"lambdaEncoder", "10"}, {"lambdaGenerator", "15"}};
        overrides.insert(settings.at(kind).begin(), settings.at(kind).end());

        const TensorMap fixture = sectionOf(readFixture("alpha_gan_options.safetensors"), kind);
        const auto model = withWeights(smallSpec("alpha-gan", overrides), fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers numbers = numbersOf(fixture);
        const double loss = scalarOf(model->updatePart(name, batches, numbers), "loss/" + name);
        QVERIFY2(close(loss, fixture.at("loss." + name)), std::to_string(loss).c_str());
        if (!network.isEmpty()) {
            compareGradients(*model, fixture, "gradient.", network.toStdString(), 0.5);
        }
    }

    void theCycleCostsNothingWhenItIsOff() {
        const auto stateAfter = [](const Overrides& overrides) {
            const auto model = smallMethod(smallSpec("alpha-gan", overrides));
            FixedBatches batches(somePictures());
            RandomStreams random(9);
            model->update(batches, random);
            return stateOf(*model).at("encoder.head.weight");
        };
        const Tensor plain = stateAfter({});
        QVERIFY(torch::equal(plain, stateAfter({{"codeDistance", "l1"}})));
        QVERIFY(!torch::equal(plain, stateAfter({{"lambdaCode", "1"}})));
    }

    void theStochasticEncoderShowsTheCodeWithoutNoise() {
        const auto model = smallMethod(smallSpec("alpha-gan", {{"stochasticEncoder", "true"}}));
        const torch::NoGradGuard noGrad;
        const Posterior posterior = model->encode(somePictures());
        QVERIFY(torch::equal(posterior.mean, model->encode(somePictures()).mean));
        QVERIFY(!posterior.deviation.defined());
    }

    void theNoiseReachesTheLoss() {
        const auto model =
            smallMethod(smallSpec("alpha-gan", {{"stochasticEncoder", "true"}, {"rateEncoder", "0"}}));
        FixedBatches batches(somePictures());
        const auto loss = [&](std::uint64_t seed) {
            RandomStreams random(seed); // E draws nothing else
            return scalarOf(model->updatePart("E", batches, random), "loss/E");
        };
        const double first = loss(1);
        QCOMPARE(loss(1), first);
        QVERIFY(std::abs(loss(2) - first) > 1e-6);
    }

    void criticsHaveNoBatchNorm() {
        const auto model = smallMethod(smallSpec("alpha-gan", {{"variant", "wasserstein"}}));
        for (const auto& [name, tensor] : stateOf(*model)) {
            QVERIFY2(!name.starts_with("discriminator.") || name.find("norm") == std::string::npos,
                     name.c_str());
        }
    }

    void discriminatorsAreUpdatedAsOftenAsAsked() {
        QCOMPARE(iterate({}).second, 5);
        const auto [report, calls] =
            iterate({{"discriminatorUpdates", "3"}, {"generatorUpdates", "1"}, {"variant", "wasserstein"}});
        QCOMPARE(calls, 7);
        for (const auto& [tag, value] : report.scalars) {
            QVERIFY2(std::isfinite(value.item<double>()), tag.c_str());
        }
        QCOMPARE(report.scalars.size(), iterate({}).first.scalars.size());
    }

    void everyVariantResumesBitForBit_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("wasserstein") << QStringLiteral("variant") << QStringLiteral("wasserstein");
        QTest::newRow("stochastic") << QStringLiteral("stochasticEncoder") << QStringLiteral("true");
        QTest::newRow("cycle") << QStringLiteral("lambdaCode") << QStringLiteral("1");
    }
    void everyVariantResumesBitForBit() {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const ModelSpec spec = smallSpec("alpha-gan", {{name.toStdString(), value.toStdString()}});
        FixedBatches batches(somePictures());
        const auto whole = smallMethod(spec), first = smallMethod(spec), second = smallMethod(spec);
        train(*whole, batches, 3);
        train(*first, batches, 2);
        loadState(*second, stateOf(*first));
        train(*second, batches, 3, /*from=*/2);
        const TensorMap expected = stateOf(*whole);
        for (const auto& [tensorName, tensor] : stateOf(*second)) {
            QVERIFY2(torch::equal(tensor, expected.at(tensorName)), tensorName.c_str());
        }
    }

    void everyVariantLearnsARing_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("ratio") << QStringLiteral("variant") << QStringLiteral("ratio");
        QTest::newRow("wasserstein") << QStringLiteral("variant") << QStringLiteral("wasserstein");
        QTest::newRow("stochastic") << QStringLiteral("stochasticEncoder") << QStringLiteral("true");
        QTest::newRow("cycle") << QStringLiteral("lambdaCode") << QStringLiteral("1");
    }
    void everyVariantLearnsARing() {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const auto model = ringMethod("alpha-gan", {{name.toStdString(), value.toStdString()},
                                                    {"codeWidth", "64"},
                                                    {"rateEncoder", "0.001"},
                                                    {"rateGenerator", "0.001"},
                                                    {"rateDiscriminator", "0.001"},
                                                    {"rateCodeDiscriminator", "0.001"}});
        const double before = ringError(*model);
        RingBatches batches(64);
        train(*model, batches, 300);
        const double after = ringError(*model);
        QVERIFY2(after < before / 3, (std::to_string(before) + " to " + std::to_string(after)).c_str());
    }
};

QTEST_APPLESS_MAIN(TestAlphaGanOptions)
#include "tst_alpha_gan_options.moc"
