// Figures of few samples: their intervals against closed forms, and whether they order pictures as one would.

#include <QtTest>

#include <cmath>
#include <functional>
#include <map>

#include "engine/data/data_set.h"
#include "engine/data/permutation.h"
#include "engine/metrics/kernel_distance.h"
#include "engine/metrics/precision_recall.h"
#include "engine/metrics/random_features.h"
#include "engine/metrics/sample_discrepancy.h"
#include "models/random_streams.h"

using namespace alphascope;
using namespace alphascope::engine;

namespace {

constexpr std::int64_t count = 512;

torch::Tensor normals(std::int64_t rows, std::int64_t columns, std::uint64_t seed) {
    models::RandomStreams random(seed);
    random.beginUpdate(0, 0);
    return random.normal("rows", {rows, columns}, torch::kCPU);
}

/// Held-out pictures whose label is taken, from the `from`-th of a shuffle on.
torch::Tensor pictures(const DataSet& set, std::uint64_t from, const std::function<bool(int)>& taken) {
    const auto rows = chosenRows(set.count(Split::Test), set.count(Split::Test) - 1, 7);
    torch::Tensor chosen = torch::empty({count, set.channels(), set.size(), set.size()});
    const auto stride = static_cast<std::size_t>(chosen[0].numel());
    std::int64_t done = 0;
    for (std::uint64_t i = from; done < count; ++i) {
        float* pixels = chosen.mutable_data_ptr<float>() + done * std::int64_t(stride);
        done += taken(set.get(Split::Test, rows.at(i), 0, std::span(pixels, stride))) ? 1 : 0;
    }
    return chosen;
}

torch::Tensor blurred(const torch::Tensor& x, double deviation) {
    torch::Tensor window = torch::arange(-4, 5, torch::kFloat);
    window = (window.square() / (-2.0 * deviation * deviation)).exp();
    window = window / window.sum();
    const torch::Tensor planes = at::replication_pad2d(x.flatten(0, 1).unsqueeze(1), {4, 4, 4, 4});
    return at::conv2d(at::conv2d(planes, window.view({1, 1, 1, 9})), window.view({1, 1, 9, 1}))
        .view(x.sizes());
}

} // namespace

class TestSampleDiscrepancy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheUnbiasedDiscrepancy() {
        const torch::Tensor a = normals(64, 5, 1);
        const torch::Tensor b = normals(64, 5, 2) + 0.5;
        const Estimate found = SampleDiscrepancy(b, cubicKernel).to(a);
        // One subset of all rows is the same formula.
        QVERIFY(std::abs(found.value - kernelDistance(a, b, 1, 64, 3).mean) < 1e-9);
        QVERIFY(found.low < found.value && found.value < found.high);
    }

    void intervalsHoldTheTruthNineteenTimesOfTwenty() {
        // Of equal distributions the discrepancy is 0.
        for (const RowKernel kernel : {cubicKernel, distanceKernel}) {
            int held = 0;
            constexpr int trials = 200;
            for (int trial = 0; trial < trials; ++trial) {
                const auto seed = static_cast<std::uint64_t>(2 * trial);
                const Estimate found =
                    SampleDiscrepancy(normals(128, 3, seed), kernel).to(normals(128, 3, seed + 1));
                held += found.low <= 0.0 && found.high >= 0.0 ? 1 : 0;
            }
            QVERIFY2(held >= trials * 9 / 10, qPrintable(QString::number(held)));
        }
    }

    void energyOfShiftedPoints() {
        // E|x - y| of two points a apart is a: the energy distance of two constants is 2a.
        const torch::Tensor zero = torch::zeros({32, 2});
        const Estimate found = SampleDiscrepancy(zero, distanceKernel).to(zero + 3.0);
        QVERIFY(std::abs(found.value - 2.0 * std::hypot(3.0, 3.0)) < 1e-9);
        QVERIFY(found.high - found.low < 1e-6);
    }

    void missingClassesAreFarFromTheData() {
        const torch::Tensor real = torch::arange(512, torch::kLong).remainder(10);
        const Estimate same = classDivergence(real.flip(0), real, 10);
        QVERIFY(same.value >= 0.0 && same.value < 0.01);
        QVERIFY(same.low <= same.value && same.value <= same.high);
        const Estimate fewer = classDivergence(real.remainder(8), real, 10);
        QVERIFY(fewer.low > same.high);
        // One class alone: log of its share.
        const Estimate one = classDivergence(torch::zeros({512}, torch::kLong), real, 10);
        QVERIFY(std::abs(one.value - std::log(10.0)) < 0.15);
        QVERIFY(one.low > fewer.high);
    }

    void sharesAndMeans() {
        const Estimate half = shareWithInterval(0.5, 100); // Wilson's own form
        QVERIFY(std::abs(half.low - 0.4038) < 1e-4 && std::abs(half.high - 0.5962) < 1e-4);
        const Estimate none = shareWithInterval(0.0, 100);
        QVERIFY(none.low == 0.0 && none.high > 0.03 && none.high < 0.04);
        QCOMPARE(shareWithInterval(1.0, 10).high, 1.0);
        const Estimate mean = meanWithInterval(torch::tensor({1.0, 2.0, 3.0, 4.0}, torch::kDouble));
        QCOMPARE(mean.value, 2.5);
        QVERIFY(std::abs(mean.high - 2.5 - 1.96 * std::sqrt(5.0 / 3.0) / 2.0) < 1e-9);
    }

    void ordersPicturesAsOneWould_data() {
        QTest::addColumn<QString>("data");
        QTest::newRow("glyphs") << QStringLiteral("glyphs");
        QTest::newRow("color-glyphs") << QStringLiteral("color-glyphs");
        QTest::newRow("mnist") << qEnvironmentVariable("ALPHASCOPE_MNIST");
    }
    void ordersPicturesAsOneWould() {
        QFETCH(QString, data);
        if (data.isEmpty()) {
            QSKIP("ALPHASCOPE_MNIST names no folder.");
        }
        const auto set = openDataSet(data.toStdString(), "", 0, 1);
        const RandomFeatures net(set->channels(), torch::kCPU);
        const torch::Tensor heldOut = net.of(pictures(*set, 0, [](int) { return true; }));
        const SampleDiscrepancy judge(heldOut, cubicKernel);
        std::map<std::string, Estimate> kid;
        std::map<std::string, PrecisionRecall> covered;
        const auto look = [&](const std::string& name, const torch::Tensor& samples) {
            const torch::Tensor features = net.of(samples);
            kid[name] = judge.to(features);
            covered[name] = precisionRecall(features, heldOut);
            qInfo("%-12s kid %.5f (%.5f to %.5f), precision %.3f, recall %.3f", name.c_str(), kid[name].value,
                  kid[name].low, kid[name].high, covered[name].precision, covered[name].recall);
        };
        const torch::Tensor other = pictures(*set, 3000, [](int) { return true; });
        look("data", other);
        look("without 1", pictures(*set, 3000, [](int label) { return label != 1; }));
        look("only 7 to 9", pictures(*set, 3000, [](int label) { return label >= 7; }));
        look("only 1", pictures(*set, 2000, [](int label) { return label == 1; }));
        look("blur 0.7", blurred(other, 0.7));
        look("blur 1", blurred(other, 1.0));
        look("blur 2", blurred(other, 2.0));
        look("all alike", other.mean(0, true).expand_as(other).contiguous());
        look("noise", normals(count, other[0].numel(), 5).view(other.sizes()).clamp(-1.0, 1.0));

        const auto further = [&](const char* near, const char* far) { return kid[near].high < kid[far].low; };
        QVERIFY(kid["data"].low <= 0.0 && kid["data"].high >= 0.0);
        QVERIFY(kid["data"].value < kid["without 1"].value);
        QVERIFY(kid["without 1"].value < kid["only 7 to 9"].value);
        QVERIFY(further("data", "only 7 to 9"));
        QVERIFY(further("only 7 to 9", "only 1"));
        QVERIFY(further("data", "blur 0.7"));
        QVERIFY(further("blur 0.7", "blur 1"));
        QVERIFY(further("blur 1", "blur 2"));
        QVERIFY(further("blur 2", "noise"));
        QVERIFY(further("only 1", "noise"));
        QVERIFY(further("blur 1", "all alike"));
        QVERIFY(covered["only 1"].recall < 0.5 * covered["data"].recall);
        QVERIFY(covered["only 1"].precision > 0.5);
        QVERIFY(covered["noise"].precision < 0.05);
        QVERIFY(covered["all alike"].recall < 0.05);
    }
};

QTEST_GUILESS_MAIN(TestSampleDiscrepancy)
#include "tst_sample_discrepancy.moc"
