// The pieces of a method, each against its closed form or LibTorch's own.
#include "model_test_support.h"

#include <torch/optim/adam.h>

#include "models/networks/ema.h"
#include "models/networks/norm_activation.h"
#include "models/networks/resampling.h"
#include "models/objectives/adversarial.h"
#include "models/objectives/likelihood.h"
#include "models/optimizers/adam.h"
#include "models/optimizers/rate_schedule.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

Tensor draw(const std::string& name, torch::IntArrayRef sizes) {
    RandomStreams random(5);
    return random.normal(name, sizes, torch::kCPU);
}

bool near(const Tensor& a, const Tensor& b, double tolerance = 1e-5) {
    return a.sizes() == b.sizes() && torch::allclose(a, b, tolerance, tolerance);
}

struct Cell : torch::nn::Module {
    Cell() {
        weight = register_parameter("weight", torch::zeros({3}));
        count = register_buffer("count", torch::zeros({1}, torch::kInt64));
    }
    Tensor weight, count;
};

} // namespace

class TestModelParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsDependOnEveryCounterAndOnNothingElse() {
        const auto at = [](std::uint64_t seed, const char* stream, std::int64_t step, std::int64_t parts,
                           int skipped) {
            RandomStreams random(seed);
            random.normal("other", {7}, torch::kCPU);
            random.beginUpdate(step, parts);
            for (int i = 0; i < skipped; ++i) {
                random.normal(stream, {3}, torch::kCPU);
            }
            return random.normal(stream, {64}, torch::kCPU);
        };
        const Tensor first = at(1, "prior", 5, 0, 0);
        QVERIFY(torch::equal(first, at(1, "prior", 5, 0, 0)));
        for (const Tensor& other : {at(2, "prior", 5, 0, 0), at(1, "noise", 5, 0, 0), at(1, "prior", 6, 0, 0),
                                    at(1, "prior", 5, 1, 0), at(1, "prior", 5, 0, 1)}) {
            QVERIFY((first - other).abs().min().item<float>() > 0.0F);
        }
        // 2^32 apart: nothing may be cut to 32 bits.
        QVERIFY(!torch::equal(first, at(1 + (std::uint64_t{1} << 32), "prior", 5, 0, 0)));
    }

    void drawsAreNormalAndUniform() {
        RandomStreams random(1);
        const Tensor normal = random.normal("n", {200000}, torch::kCPU);
        QVERIFY(std::abs(normal.mean().item<double>()) < 0.01);
        QVERIFY(std::abs(normal.std().item<double>() - 1.0) < 0.01);
        QVERIFY(std::abs(normal.pow(4).mean().item<double>() - 3.0) < 0.1);
        const Tensor uniform = random.uniform("u", {200000}, torch::kCPU);
        QVERIFY(uniform.min().item<double>() >= 0.0 && uniform.max().item<double>() < 1.0);
        QVERIFY(std::abs(uniform.mean().item<double>() - 0.5) < 0.005);
        QCOMPARE(random.normal("odd", {5}, torch::kCPU).numel(), std::int64_t{5});
    }

    void normActivationEqualsItsTwoHalves_data() {
        QTest::addColumn<double>("slope");
        QTest::addColumn<double>("mean");
        QTest::newRow("relu") << 0.0 << 0.0;
        QTest::newRow("leaky") << 0.2 << 0.0;
        QTest::newRow("a mean a thousand times the spread") << 0.2 << 1000.0;
    }
    void normActivationEqualsItsTwoHalves() {
        QFETCH(double, slope);
        QFETCH(double, mean);
        const auto results = [&](bool fused, const torch::ScalarType type) {
            // 5 * 9 * 7 rows: several chunks, the last one short; 19 channels: no whole number of vectors.
            const Tensor x = (draw("x", {5, 19, 9, 7}) + mean)
                                 .to(type)
                                 .contiguous(at::MemoryFormat::ChannelsLast)
                                 .requires_grad_();
            const Tensor weight = (draw("w", {19}) + 1.0).to(type).requires_grad_();
            const Tensor bias = draw("b", {19}).to(type).requires_grad_();
            const Tensor runningMean = torch::zeros({19}, type), runningVariance = torch::ones({19}, type);
            const Tensor y =
                fused ? normActivation(x, weight, bias, runningMean, runningVariance, 0.1, 1e-5, slope)
                      : at::leaky_relu(at::batch_norm(x, weight, bias, runningMean, runningVariance, true,
                                                      0.1, 1e-5, false),
                                       slope);
            (y * draw("g", {5, 19, 9, 7}).to(type)).sum().backward();
            return std::vector<Tensor>{y, x.grad(), weight.grad(), bias.grad(), runningMean, runningVariance};
        };
        const std::vector<Tensor> ours = results(true, torch::kFloat32);
        const std::vector<Tensor> exact = results(false, torch::kFloat64);
        // Float32 pictures with a large mean have lost digits before anybody sums them.
        const double tolerance = mean == 0.0 ? 1e-5 : 1e-2;
        for (std::size_t i = 0; i < ours.size(); ++i) {
            const double scale = exact[i].abs().max().item<double>();
            const double error = (ours[i].detach() - exact[i].detach()).abs().max().item<double>();
            QVERIFY2(error <= tolerance * scale,
                     qPrintable(QStringLiteral("%1: %2 of %3").arg(i).arg(error).arg(scale)));
        }
    }

    void normActivationIsDifferentiableTwice() {
        const auto secondGradients = [](bool fused) {
            const Tensor x =
                draw("x", {3, 4, 5, 5}).contiguous(at::MemoryFormat::ChannelsLast).requires_grad_();
            const Tensor weight = (draw("w", {4}) + 1.0).requires_grad_();
            const Tensor bias = draw("b", {4}).requires_grad_();
            const Tensor y =
                fused ? normActivation(x, weight, bias, {}, {}, 0.1, 1e-5, 0.2)
                      : at::leaky_relu(at::batch_norm(x, weight, bias, {}, {}, true, 0.1, 1e-5, false), 0.2);
            const Tensor first = torch::autograd::grad({(y * y).sum()}, {x}, {}, true, true).front();
            return torch::autograd::grad({first.square().sum()}, {x, weight});
        };
        const auto ours = secondGradients(true), theirs = secondGradients(false);
        QVERIFY(near(ours[0], theirs[0], 1e-3) && near(ours[1], theirs[1], 1e-3));
    }

    void normActivationIsTheSameForEveryNumberOfThreads() {
        const Tensor x = draw("x", {8, 16, 14, 14}).contiguous(at::MemoryFormat::ChannelsLast);
        const Tensor weight = torch::ones({16}), bias = torch::zeros({16});
        const int before = at::get_num_threads();
        at::set_num_threads(1);
        const Tensor one = normActivation(x, weight, bias, {}, {}, 0.1, 1e-5, 0.2);
        at::set_num_threads(2);
        const Tensor two = normActivation(x, weight, bias, {}, {}, 0.1, 1e-5, 0.2);
        at::set_num_threads(before);
        QVERIFY(torch::equal(one, two));
    }

    void skippedStepsLeaveNoTrace() {
        const Tensor start = draw("start", {4, 3});
        const auto mover = [](Tensor& weight) {
            return Adam({weight}, {.beta1 = 0.5, .beta2 = 0.9, .skippable = true});
        };
        Tensor sometimes = start.clone().set_requires_grad(true);
        Tensor always = start.clone().set_requires_grad(true);
        Adam skipping = mover(sometimes), plain = mover(always);
        for (int i = 0; i < 12; ++i) {
            const Tensor gradient = draw("gradient" + std::to_string(i), {4, 3});
            const bool skip = i % 3 != 1; // the first one too: the bias correction must not count it
            sometimes.mutable_grad() = gradient;
            skipping.stepUnless(torch::full({}, skip ? 1.0F : 0.0F), 1e-2);
            QVERIFY(!sometimes.grad().defined());
            if (!skip) {
                always.mutable_grad() = gradient;
                plain.step(1e-2);
            }
            QVERIFY(torch::equal(sometimes, always));
            QVERIFY(torch::equal(skipping.firstMoments()[0], plain.firstMoments()[0]));
            QVERIFY(torch::equal(skipping.secondMoments()[0], plain.secondMoments()[0]));
        }
        QCOMPARE(skipping.skipped().item<float>(), 8.0F);
        Adam ordinary({always}, {});
        QVERIFY_EXCEPTION_THROWN(ordinary.stepUnless(torch::zeros({}), 1e-2), std::logic_error);
    }

    void withoutFirstMomentAdamIsRmsProp() {
        Tensor weight = draw("start", {5}).set_requires_grad(true);
        Adam adam({weight}, {.beta1 = 0.0, .beta2 = 0.9});
        Tensor expected = weight.detach().clone(), meanSquare = torch::zeros({5});
        for (int i = 0; i < 200; ++i) {
            const Tensor gradient = draw("gradient" + std::to_string(i), {5});
            weight.mutable_grad() = gradient;
            adam.step(1e-3);
            meanSquare = 0.9 * meanSquare + 0.1 * gradient * gradient;
            if (i == 99) { // the correction of the first steps is gone: 1 - 0.9^100 is 1 in float
                expected = weight.detach().clone();
            } else if (i > 99) {
                expected -= 1e-3 * gradient / (meanSquare.sqrt() + 1e-8);
            }
        }
        QVERIFY(near(weight.detach(), expected));
    }

    void ratesAreHalvedDownToTheirFloor() {
        QCOMPARE(halvedRate(8e-4, 99, 100, 0.0), 8e-4);
        QCOMPARE(halvedRate(8e-4, 100, 100, 0.0), 4e-4);
        QCOMPARE(halvedRate(8e-4, 399, 100, 0.0), 1e-4);
        QCOMPARE(halvedRate(8e-4, 399, 100, 2e-4), 2e-4);
        QCOMPARE(halvedRate(1e-4, 399, 100, 2e-4), 1e-4); // the floor raises nothing
        QCOMPARE(halvedRate(8e-4, 1'000'000, 0, 2e-4), 8e-4);
        QCOMPARE(halvedRate(8e-4, 1'000'000'000, 1, 0.0), 0.0);
    }

    void adamMovesAsLibTorchsOwn() {
        const Tensor start = draw("start", {4, 3, 4, 4}).contiguous(at::MemoryFormat::ChannelsLast);
        Tensor mine = start.clone().set_requires_grad(true);
        Tensor theirs = start.clone().set_requires_grad(true);
        Adam adam({mine}, {.beta1 = 0.5, .beta2 = 0.9});
        torch::optim::Adam reference({theirs}, torch::optim::AdamOptions(1e-2).betas({0.5, 0.9}));
        for (int i = 0; i < 20; ++i) {
            const Tensor target = draw("target" + std::to_string(i), start.sizes());
            (mine - target).pow(2).sum().backward();
            reference.zero_grad();
            (theirs - target).pow(2).sum().backward();
            adam.step(1e-2);
            reference.step();
            QVERIFY(!mine.grad().defined());
            QVERIFY(near(mine.detach(), theirs.detach(), 1e-5));
        }
        QCOMPARE(adam.steps(), std::int64_t{20});
    }

    void averageFollowsItsClosedForm() {
        Cell cell;
        Ema average(cell, 0.9);
        double expected = 0.0;
        for (int i = 0; i < 200; ++i) {
            const torch::NoGradGuard noGrad;
            cell.weight.fill_(std::sin(i));
            cell.count.fill_(i);
            average.update();
            const double decay = std::min(0.9, (1.0 + i) / (10.0 + i));
            expected = decay * expected + (1.0 - decay) * std::sin(i);
            for (const auto& [name, shadow] : average.shadows()) {
                if (name == "count") {
                    QCOMPARE(shadow.item<std::int64_t>(), std::int64_t{i}); // copied, not averaged
                } else {
                    QVERIFY(std::abs(shadow[0].item<double>() - expected) < 1e-5);
                }
            }
        }
        QCOMPARE(average.updates(), std::int64_t{200});
    }

    void lossesMatchTheirLogarithms() {
        const Tensor logit = draw("logit", {32}).to(torch::kFloat64) * 3;
        const Tensor p = torch::sigmoid(logit);
        QVERIFY(near(objectives::realLoss(logit), -p.log().mean(), 1e-9));
        QVERIFY(near(objectives::fakeLoss(logit), -(1 - p).log().mean(), 1e-9));
        QVERIFY(near(objectives::ratioLoss(logit), (-p.log() + (1 - p).log()).mean(), 1e-9));
        const Tensor extreme = torch::tensor({-1e4, 1e4});
        QVERIFY(std::isfinite(objectives::realLoss(extreme).item<double>()));
    }

    void divergenceVanishesOnlyAtThePrior() {
        const Tensor zero = torch::zeros({4, 3});
        QCOMPARE(objectives::gaussianKl(zero, zero).item<double>(), 0.0);
        QVERIFY(objectives::gaussianKl(zero + 0.1, zero).item<double>() > 0.0);
        QVERIFY(objectives::gaussianKl(zero, zero - 0.1).item<double>() > 0.0);
    }

    void resamplingEqualsLibTorchsConvolutions_data() {
        QTest::addColumn<int>("inputs");
        QTest::addColumn<int>("outputs");
        QTest::addColumn<int>("side");
        QTest::addColumn<bool>("biased");
        for (const int outputs : {1, 3, 5, 16}) {
            for (const int side : {1, 4, 7}) {
                QTest::addRow("%d channels, side %d", outputs, side) << 6 << outputs << side << (side != 4);
            }
        }
    }
    void resamplingEqualsLibTorchsConvolutions() {
        QFETCH(int, inputs);
        QFETCH(int, outputs);
        QFETCH(int, side);
        QFETCH(bool, biased);
        const auto leaf = [](const Tensor& value) { return value.clone().set_requires_grad(true); };
        const Tensor small = draw("small", {9, inputs, side, side});
        const Tensor large = draw("large", {9, outputs, 2 * side, 2 * side});
        const Tensor weight = draw("weight", {inputs, outputs, 4, 4});
        const Tensor smallBias = biased ? draw("b1", {inputs}) : Tensor();
        const Tensor largeBias = biased ? draw("b2", {outputs}) : Tensor();

        for (const bool doubling : {true, false}) {
            std::vector<Tensor> results, gradients;
            for (const bool own : {true, false}) {
                const Tensor x = leaf(doubling ? small : large), w = leaf(weight);
                const Tensor& bias = doubling ? largeBias : smallBias;
                const Tensor b = bias.defined() ? leaf(bias) : Tensor();
                Tensor y;
                if (doubling) {
                    y = own ? doublingConvolution(x, w, b) : at::conv_transpose2d(x, w, b, 2, 1);
                } else {
                    y = own ? halvingConvolution(x, w, b) : at::conv2d(x, w, b, 2, 1);
                }
                (y * draw("cotangent", y.sizes())).sum().backward();
                results.push_back(y.detach());
                gradients.insert(gradients.end(), {x.grad(), w.grad()});
                if (b.defined()) {
                    gradients.push_back(b.grad());
                }
            }
            QVERIFY(near(results[0], results[1], 1e-4));
            const std::size_t half = gradients.size() / 2;
            for (std::size_t i = 0; i < half; ++i) {
                QVERIFY(near(gradients[i], gradients[half + i], 1e-4));
            }
        }
    }

    void resamplingCanBeDifferentiatedTwice() {
        const Tensor x = draw("x", {2, 3, 8, 8}).set_requires_grad(true);
        const Tensor weight = draw("w", {4, 3, 4, 4}).set_requires_grad(true);
        const auto penaltyGradient = [&](const Tensor& y) {
            const Tensor slope = torch::autograd::grad({y.tanh().sum()}, {x}, {}, true, true)[0];
            return torch::autograd::grad({slope.pow(2).sum()}, {weight})[0];
        };
        QVERIFY(near(penaltyGradient(halvingConvolution(x, weight, {})),
                     penaltyGradient(at::conv2d(x, weight, {}, 2, 1)), 1e-3));
    }
};

QTEST_APPLESS_MAIN(TestModelParts)
#include "tst_model_parts.moc"
