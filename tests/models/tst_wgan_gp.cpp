// WGAN-GP: the penalty against closed forms and finite differences, losses and gradients against PyTorch,
// signs, the order of an iteration, and a short training.
#include "iteration_support.h"
#include "reference_support.h"
#include "short_training.h"

#include "models/networks/image_discriminator.h"
#include "models/networks/initialisation.h"
#include "models/objectives/wasserstein.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

/// A critic whose slope is far from constant, and points to take it at.
struct Setting {
    explicit Setting(const ImageShape& image, torch::Dtype type)
        : critic(std::make_shared<ImageDiscriminator>(image, 4, Normalisation::None)) {
        initialise(*critic, "critic", 5, ConvolutionStart::Glorot);
        critic->to(type);
        points = somePictures(image, 3).to(type);
    }
    Tensor penalty() const {
        return objectives::gradientPenalty(
                   [this](const Tensor& x) { return critic->forward(x, NormMode::MoveStatistics); }, points)
            .penalty;
    }
    /// d penalty / d weight, zero for weights that it does not depend on (the biases of a linear layer).
    std::vector<Tensor> gradients() const {
        std::vector<Tensor> parameters = critic->parameters();
        std::vector<Tensor> result =
            torch::autograd::grad({penalty()}, parameters, {}, /*retain_graph=*/false,
                                  /*create_graph=*/false, /*allow_unused=*/true);
        for (std::size_t i = 0; i < result.size(); ++i) {
            result[i] = result[i].defined() ? result[i].detach() : torch::zeros_like(parameters[i]);
        }
        return result;
    }
    std::shared_ptr<ImageDiscriminator> critic;
    Tensor points;
};

} // namespace

class TestWganGp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void penaltyOfALinearCriticHasItsClosedForm() {
        // f(x) = w.x has the slope w everywhere: penalty (|w| - 1)^2, gradient 2 (|w| - 1) w / |w|.
        const Tensor w = torch::tensor({2.0, -1.0, 2.0}, torch::kFloat64).set_requires_grad(true); // |w| = 3
        const auto [penalty, norm] = objectives::gradientPenalty(
            [&](const Tensor& x) { return at::mv(x, w); }, torch::randn({5, 3}, torch::kFloat64));
        QVERIFY(std::abs(penalty.item<double>() - 4.0) < 1e-9);
        QVERIFY(std::abs(norm.item<double>() - 3.0) < 1e-9);
        QVERIFY(!norm.requires_grad());
        penalty.backward();
        QVERIFY(torch::allclose(w.grad(), w.detach() * (4.0 / 3.0)));
    }

    void penaltyOfAFlatCriticIsFinite() {
        const Tensor w = torch::zeros({3}).set_requires_grad(true);
        const Tensor penalty =
            objectives::gradientPenalty([&](const Tensor& x) { return at::mv(x, w); }, torch::ones({2, 3}))
                .penalty;
        penalty.backward();
        QVERIFY(std::abs(penalty.item<double>() - 1.0) < 1e-5);
        QVERIFY(w.grad().isfinite().all().item<bool>());
    }

    void interpolatedPointsLieOnTheirLines() {
        RandomStreams random(2);
        const Tensor real = random.normal("real", {4, 3, 8, 8}, torch::kCPU);
        const Tensor made = random.normal("made", {4, 3, 8, 8}, torch::kCPU);
        const Tensor share = torch::tensor({0.0F, 0.25F, 0.5F, 0.875F});
        const Tensor points = objectives::interpolated(real, made, share);
        for (std::int64_t i = 0; i < 4; ++i) {
            const Tensor expected = real[i] + share[i] * (made[i] - real[i]);
            QVERIFY(torch::allclose(points[i], expected, 1e-5, 1e-6));
        }
        QVERIFY(torch::equal(points[0], real[0]));
    }

    void secondOrderGradientEqualsFiniteDifferences_data() {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("size");
        QTest::newRow("28 x 1") << 1 << 28;
        QTest::newRow("32 x 3") << 3 << 32;
        QTest::newRow("points") << 2 << 1;
    }
    void secondOrderGradientEqualsFiniteDifferences() {
        QFETCH(int, channels);
        QFETCH(int, size);
        const Setting setting({channels, size}, torch::kFloat64);
        const std::vector<Tensor> gradients = setting.gradients();
        std::vector<Tensor> parameters = setting.critic->parameters();
        constexpr double step = 1e-7; // few of the activations change sides of 0 on the way
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            // Along a direction that is no axis, so that every weight of the tensor counts.
            RandomStreams random(i + 1);
            const Tensor direction =
                random.normal("direction", parameters[i].sizes(), torch::kCPU).to(torch::kFloat64);
            const auto moved = [&](double by) {
                const torch::NoGradGuard noGrad;
                parameters[i].add_(direction, by);
            };
            moved(step);
            const double above = setting.penalty().item<double>();
            moved(-2 * step);
            const double below = setting.penalty().item<double>();
            moved(step);
            const double numeric = (above - below) / (2 * step);
            const double analytic = (gradients[i] * direction).sum().item<double>();
            QVERIFY2(std::abs(numeric - analytic) <= 1e-6 + 1e-5 * std::abs(analytic),
                     qPrintable(QStringLiteral("parameter %1: %2 and %3").arg(i).arg(numeric).arg(analytic)));
        }
    }

    void singlePrecisionHasTheSameSecondOrderGradient_data() {
        secondOrderGradientEqualsFiniteDifferences_data();
    }
    void singlePrecisionHasTheSameSecondOrderGradient() {
        // In float32 the convolutions next to the picture are the program's own.
        QFETCH(int, channels);
        QFETCH(int, size);
        const std::vector<Tensor> precise = Setting({channels, size}, torch::kFloat64).gradients();
        const std::vector<Tensor> single = Setting({channels, size}, torch::kFloat32).gradients();
        double largest = 0.0;
        for (std::size_t i = 0; i < precise.size(); ++i) {
            const double size = precise[i].abs().max().item<double>();
            largest = std::max(largest, size);
            QVERIFY(torch::allclose(single[i].to(torch::kFloat64), precise[i], 1e-3, 1e-4 * size + 1e-7));
        }
        QVERIFY(largest > 1e-3);
    }

    void lossesAndGradientsEqualPyTorchs_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("network");
        QTest::newRow("D") << QStringLiteral("D") << QStringLiteral("critic");
        QTest::newRow("G") << QStringLiteral("G") << QStringLiteral("generator");
    }
    void lossesAndGradientsEqualPyTorchs() {
        QFETCH(QString, part);
        QFETCH(QString, network);
        const TensorMap fixture = readFixture("wgan_gp.safetensors");
        const auto model = withWeights(smallSpec("wgan-gp", {{"batchSize", "4"}}), fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers numbers(TensorMap{{"prior", fixture.at("input.prior")},
                                       {"interpolation", fixture.at("input.interpolation")}});
        const std::string name = part.toStdString();
        const UpdateReport report = model->updatePart(name, batches, numbers);
        QVERIFY2(close(scalarOf(report, "loss/" + name), fixture.at("loss." + name)), qPrintable(part));
        if (name == "D") {
            for (const char* const figure : {"critic_gap", "penalty", "gradient_norm"}) {
                QVERIFY2(close(scalarOf(report, std::string("metric/") + figure),
                               fixture.at(std::string("metric.") + figure)),
                         figure);
            }
        }
        compareGradients(*model, fixture, "gradient.", network.toStdString(), 0.5);
    }

    void criticPartsRealFromMade() {
        const Step step = stepOf(smallSpec("wgan-gp", {{"penaltyWeight", "0"}}), "D");
        QVERIFY(step.after.real - step.after.made > step.before.real - step.before.made);
    }
    void penaltyBringsTheSlopeTowardsOne() {
        const auto model = smallMethod(smallSpec("wgan-gp", {{"penaltyWeight", "1000"}}));
        FixedBatches batches(somePictures());
        RandomStreams random(9);
        const auto distance = [&] {
            const UpdateReport report = model->updatePart("D", batches, random);
            return std::abs(scalarOf(report, "metric/gradient_norm") - 1.0);
        };
        const double before = distance();
        for (int i = 0; i < 50; ++i) {
            distance();
        }
        QVERIFY(distance() < before);
    }
    void generatorRaisesTheCriticsAnswer() {
        const Step step = stepOf(smallSpec("wgan-gp"), "G");
        QVERIFY(step.after.made > step.before.made);
    }

    void anIterationIsSeveralCriticStepsAndOneOfTheGenerator() {
        compareIterationWithParts(smallSpec("wgan-gp"), {"D", "D", "D", "D", "D", "G"}, 5);
        compareIterationWithParts(smallSpec("wgan-gp", {{"criticUpdates", "2"}}), {"D", "D", "G"}, 2);
    }

    void criticJudgesEachPictureAlone() {
        const auto model = smallMethod(smallSpec("wgan-gp"));
        for (const auto& [name, tensor] : stateOf(*model)) {
            QVERIFY2(!name.starts_with("critic.") || name.find("norm") == std::string::npos, name.c_str());
        }
        const torch::NoGradGuard noGrad;
        const Tensor x = somePictures();
        QVERIFY(torch::allclose(model->criticise(x).slice(0, 0, 2), model->criticise(x.slice(0, 0, 2)), 1e-4,
                                1e-6));
    }

    void shortTrainingBringsSamplesToTheRing() {
        const auto model = ringMethod(
            "wgan-gp", {{"rateGenerator", "3e-4"}, {"rateCritic", "3e-3"}, {"penaltyWeight", "1"}});
        RingBatches ring(64);
        const double before = sampleDistance(*model);
        train(*model, ring, 400);
        const double after = sampleDistance(*model);
        QVERIFY2(after < before / 8, qPrintable(QStringLiteral("%1 -> %2").arg(before).arg(after)));
    }
};

QTEST_APPLESS_MAIN(TestWganGp)
#include "tst_wgan_gp.moc"
