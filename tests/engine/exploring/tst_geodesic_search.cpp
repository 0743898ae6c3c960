// Ways on which pictures change least: on generators where the shortest way is known, against finite
// differences, and with options that make no sense.

#include <QTest>

#include <algorithm>
#include <cmath>

#include "engine/api/error.h"
#include "engine/exploring/geodesic_search.h"
#include "engine/training/inference.h"
#include "tests/engine/exploring/fake_methods.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

constexpr std::int64_t latentSize = 6;

std::vector<float> codeOf(std::uint64_t seed) {
    return priorCodes(seed, 1, latentSize).values;
}

GeodesicSearch searchOn(models::Method& method, const GeodesicOptions& options) {
    return {method, codeOf(1), codeOf(2), options, torch::kCPU};
}

void runToItsEnd(GeodesicSearch& search) {
    while (!search.finished()) {
        search.step();
    }
}

double energyOf(models::Method& method, const torch::Tensor& codes) {
    return pathEnergy(method.generate(codes)).item<double>();
}

} // namespace

class GeodesicSearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void energyIsTheSumOfSquaredSteps() {
        const torch::Tensor pictures = torch::tensor({{0.0, 0.0}, {3.0, 4.0}, {3.0, 3.0}}).view({3, 1, 1, 2});
        QCOMPARE(pathEnergy(pictures).item<double>(), 26.0);
        QVERIFY(torch::equal(pictureDistances(pictures), torch::tensor({5.0, 1.0})));
    }

    /// On the straight generator the slerp path bends; the least energy is that of the straight line in equal
    /// steps, |(b - a) W|^2 / (T - 1).
    void findsTheStraightLine() {
        StraightMethod method(latentSize);
        const GeodesicOptions options{.points = 9, .steps = 400, .rate = 0.1, .priorWeight = 0.0};
        GeodesicSearch search = searchOn(method, options);
        QVERIFY(search.curve().empty() && !search.finished());
        runToItsEnd(search);
        const std::vector<float>& curve = search.curve();
        QCOMPARE(curve.size(), 400U);
        QVERIFY(std::is_sorted(curve.rbegin(), curve.rend())); // the best so far never gets worse
        const torch::Tensor ends = method.generate(search.codes()).index({torch::tensor({0, 8})});
        const double least = pathEnergy(ends).item<double>() / 8.0;
        QVERIFY(curve.front() > 1.02 * least);
        QVERIFY2(curve.back() < 1.001 * least, QByteArray::number(curve.back() / least).constData());
        QVERIFY(curve.back() > 0.9999 * least);
        const torch::Tensor line =
            toTensor(interpolatePath(codeOf(1), codeOf(2), 9, PathKind::Lerp), torch::kCPU);
        QVERIFY(torch::allclose(search.codes(), line, 0.0, 0.1));
        const torch::Tensor steps = pictureDistances(method.generate(search.codes()));
        QVERIFY((steps.max() / steps.min()).item<double>() < 1.05); // an even speed
        QVERIFY(std::abs(energyOf(method, search.codes()) - curve.back()) < 1e-4 * curve.back());
    }

    void goesAroundAHill() {
        HillMethod method;
        const std::vector<float> from{-1.0F, 0.1F};
        const std::vector<float> to{1.0F, 0.1F};
        GeodesicSearch search(method, from, to,
                              {.points = 25, .steps = 400, .rate = 0.05, .priorWeight = 0.0}, torch::kCPU);
        runToItsEnd(search);
        const double straight =
            energyOf(method, toTensor(interpolatePath(from, to, 25, PathKind::Lerp), torch::kCPU));
        QVERIFY2(search.curve().back() < 0.5 * straight,
                 QByteArray::number(search.curve().back() / straight).constData());
        QVERIFY(search.codes()[12].norm().item<double>() > 0.5); // the hill is 3 high at 0
    }

    /// The whole term that is minimised, against central differences in double.
    void gradientsAreRight() {
        models::RandomStreams random(9);
        const torch::Tensor weights =
            random.normal("w", {latentSize, 16}, torch::kCPU).to(torch::kDouble) * 0.3;
        const torch::Tensor ends = toTensor(priorCodes(3, 2, latentSize), torch::kCPU).to(torch::kDouble);
        const torch::Tensor lengths = torch::tensor({2.0, 2.5, 3.0}, torch::kDouble);
        const auto term = [&](const torch::Tensor& points) {
            const torch::Tensor codes = torch::cat({ends.slice(0, 0, 1), points, ends.slice(0, 1)});
            return pathEnergy(torch::matmul(codes, weights).tanh()) + 0.7 * shellTerm(points, lengths);
        };
        torch::Tensor points = toTensor(priorCodes(4, 3, latentSize), torch::kCPU).to(torch::kDouble);
        points.set_requires_grad(true);
        term(points).backward();
        const torch::NoGradGuard guard;
        constexpr double h = 1e-5;
        for (std::int64_t i = 0; i < points.numel(); ++i) {
            torch::Tensor up = points.detach().clone();
            torch::Tensor down = up.clone();
            up.view(-1)[i] += h;
            down.view(-1)[i] -= h;
            const double difference = (term(up) - term(down)).item<double>() / (2 * h);
            QVERIFY(std::abs(difference - points.grad().view(-1)[i].item<double>()) < 1e-7);
        }
    }

    /// Adam's first move is the rate against the gradient's sign: here by finite differences of the energy.
    void theFirstMoveGoesDownhill() {
        LinearMethod method(latentSize);
        GeodesicSearch search = searchOn(method, {.points = 5, .steps = 2, .rate = 0.01, .priorWeight = 0.0});
        const torch::Tensor before = search.codes().clone();
        runToItsEnd(search);
        const torch::Tensor moved = search.codes() - before;
        int compared = 0;
        for (std::int64_t point = 1; point < 4; ++point) {
            for (std::int64_t k = 0; k < latentSize; ++k) {
                torch::Tensor up = before.clone();
                torch::Tensor down = before.clone();
                up[point][k] += 0.01;
                down[point][k] -= 0.01;
                const double slope = energyOf(method, up) - energyOf(method, down);
                if (std::abs(slope) > 1e-4) {
                    QVERIFY(moved[point][k].item<double>() * slope < 0.0);
                    ++compared;
                }
            }
        }
        QVERIFY(compared > 9);
        QVERIFY(torch::equal(moved[0], torch::zeros(latentSize)));
        QVERIFY(torch::equal(moved[4], torch::zeros(latentSize)));
    }

    /// Straight lines cut through the shell; the prior's term holds the way outside.
    void thePriorKeepsTheLength() {
        StraightMethod method(latentSize);
        const auto shortest = [&](double weight) {
            GeodesicSearch search =
                searchOn(method, {.points = 9, .steps = 300, .rate = 0.05, .priorWeight = weight});
            runToItsEnd(search);
            return search.codes().norm(2, 1).min().item<double>();
        };
        const double ends =
            std::min(toTensor(priorCodes(1, 1, latentSize), torch::kCPU).norm().item<double>(),
                     toTensor(priorCodes(2, 1, latentSize), torch::kCPU).norm().item<double>());
        QVERIFY(shortest(0.0) < 0.9 * ends);
        QVERIFY2(shortest(1000.0) > 0.95 * ends, QByteArray::number(shortest(1000.0) / ends).constData());
    }

    void picturesThatAreAllTheSameMoveNothing() {
        LinearMethod method(latentSize);
        const std::vector<float> same = codeOf(1);
        GeodesicSearch search(method, same, same, {.points = 5, .steps = 10}, torch::kCPU);
        runToItsEnd(search);
        QCOMPARE(search.curve().back(), 0.0F);
        QVERIFY(torch::allclose(search.codes(), toTensor(priorCodes(1, 1, latentSize), torch::kCPU)));
    }

    void impossibleOptionsAreRefused() {
        LinearMethod method(latentSize);
        for (const GeodesicOptions& options :
             {GeodesicOptions{.points = 2}, GeodesicOptions{.points = 1'000'000'000},
              GeodesicOptions{.steps = 0}, GeodesicOptions{.rate = 0.0},
              GeodesicOptions{.rate = std::nan("")}, GeodesicOptions{.priorWeight = -1.0}}) {
            QCOMPARE(errorOf([&] { searchOn(method, options); }).kind(), ErrorKind::Usage);
        }
    }
};

QTEST_GUILESS_MAIN(GeodesicSearchTest)
#include "tst_geodesic_search.moc"
