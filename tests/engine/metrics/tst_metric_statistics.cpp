// The judges' formulas against torch-fidelity, numpy and scipy, against closed forms, and their edges.

#include <QtTest>

#include <cmath>

#include "engine/api/error.h"
#include "engine/metrics/class_histogram.h"
#include "engine/metrics/frechet_distance.h"
#include "engine/metrics/kernel_distance.h"
#include "engine/metrics/mode_coverage.h"
#include "engine/metrics/ms_ssim.h"
#include "engine/metrics/numpy_random.h"
#include "engine/metrics/precision_recall.h"
#include "engine/metrics/reconstruction_error.h"
#include "metric_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

bool within(double value, double expected, double relative) {
    return std::abs(value - expected) <= relative * std::max(std::abs(expected), 1e-12);
}

FeatureStatistics statisticsOf(const torch::Tensor& rows, std::int64_t batch) {
    FeatureStatistics statistics;
    for (const torch::Tensor& part : rows.split(batch)) {
        statistics.add(part);
    }
    return statistics;
}

} // namespace

class TestMetricStatistics : public QObject {
    Q_OBJECT

private:
    alphascope::models::TensorMap fixture_;
    double figure(int i) { return fixture_.at("figures")[i].item<double>(); }

private Q_SLOTS:
    void initTestCase() { fixture_ = readFixture("metrics.safetensors"); }

    void shufflesAsNumpyDoes() {
        // numpy.random.RandomState(2020).permutation(10), and its next.
        NumpyRandom random(2020);
        QCOMPARE(random.permutation(10), (std::vector<std::int64_t>{2, 4, 9, 1, 5, 7, 6, 3, 8, 0}));
        QCOMPARE(random.permutation(5), (std::vector<std::int64_t>{1, 2, 3, 4, 0}));
        QCOMPARE(random.permutation(1), std::vector<std::int64_t>{0});
    }

    void scoresAsTorchFidelityDoes() {
        const MeanAndDeviation score = inceptionScore(fixture_.at("logits"), 10, 2020);
        QVERIFY(within(score.mean, figure(0), 1e-9));
        QVERIFY(within(score.deviation, figure(1), 1e-9));
    }

    void scoresOneForPicturesOfOneClassAndTheCountForAllSurely() {
        const torch::Tensor same = torch::zeros({100, 10}).index_fill_(1, torch::tensor({3}), 50.0);
        QVERIFY(within(inceptionScore(same, 10, 2020).mean, 1.0, 1e-6));
        const torch::Tensor each = 80.0 * torch::eye(10).repeat({100, 1});
        QVERIFY(within(inceptionScore(each, 1, 2020).mean, 10.0, 1e-6));
    }

    void measuresFrechetAsTorchFidelityDoesWhateverTheBatches() {
        const torch::Tensor made = fixture_.at("features.made");
        const torch::Tensor real = fixture_.at("features.real");
        for (const std::int64_t batch : {1000, 7}) {
            const double distance = frechetDistance(statisticsOf(made, batch), statisticsOf(real, batch));
            QVERIFY(within(distance, figure(2), 1e-7));
        }
        QVERIFY(std::abs(frechetDistance(statisticsOf(real, 50), statisticsOf(real, 50))) < 1e-9);
    }

    void measuresFrechetOfASingularCovariance() {
        // Ten rows of 24 numbers far from 0; all shifted by 1: the distance is 24 and nothing else.
        const torch::Tensor rows = fixture_.at("features.real").slice(0, 0, 10) + 1e4;
        const double distance =
            frechetDistance(statisticsOf(rows, 4), statisticsOf(rows.to(torch::kDouble) + 1.0, 4));
        QVERIFY(within(distance, 24.0, 1e-4));
    }

    void measuresKernelDistanceAsTorchFidelityDoes() {
        const MeanAndDeviation distance =
            kernelDistance(fixture_.at("features.made"), fixture_.at("features.real"), 10, 50, 2020);
        QVERIFY(within(distance.mean, figure(3), 1e-9));
        QVERIFY(within(distance.deviation, figure(4), 1e-9));
    }

    void findsPrecisionAndRecallAsTorchFidelityDoes() {
        const PrecisionRecall found =
            precisionRecall(fixture_.at("features.made"), fixture_.at("features.real"));
        QVERIFY(within(found.precision, figure(5), 1e-6)); // its means are float32
        QVERIFY(within(found.recall, figure(6), 1e-6));
        const PrecisionRecall apart =
            precisionRecall(fixture_.at("features.made") + 100.0, fixture_.at("features.real"));
        QCOMPARE(apart.precision, 0.0);
        QCOMPARE(apart.recall, 0.0);
    }

    void findsPrecisionAndRecallInMoreThanOnePiece() {
        const torch::Tensor same = fixture_.at("features.real").repeat({4, 1});
        QCOMPARE(precisionRecall(same, same).precision, 1.0);
        QCOMPARE(precisionRecall(same, same).recall, 1.0);

        // Both sides fill more than a piece of columns; against all distances at once.
        torch::manual_seed(11);
        const torch::Tensor real = torch::randn({4200, 3}), made = torch::randn({4150, 3}) + 1.7;
        const auto distances = [](const torch::Tensor& a, const torch::Tensor& b) {
            return torch::cdist(a.to(torch::kDouble), b.to(torch::kDouble), 2.0, /*compute_mode=*/2);
        };
        const auto radii = [&](const torch::Tensor& rows) {
            return std::get<0>(distances(rows, rows).kthvalue(4, 1));
        };
        const torch::Tensor between = distances(made, real);
        const double precision = (between <= radii(real)).any(1).to(torch::kDouble).mean().item<double>();
        const double recall =
            (between <= radii(made).unsqueeze(1)).any(0).to(torch::kDouble).mean().item<double>();
        const PrecisionRecall found = precisionRecall(made, real);
        QVERIFY(precision > 0.1 && precision < 0.9 && recall > 0.1 && recall < 0.9);
        QVERIFY(within(found.precision, precision, 1e-3)); // a distance at a rim may round either way
        QVERIFY(within(found.recall, recall, 1e-3));
    }

    void measuresMultiScaleSimilarity_data() {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("color") << 3 << 64 << 64;
        QTest::newRow("odd") << 1 << 67 << 81;
        QTest::newRow("large") << 1 << 192 << 176;
    }
    void measuresMultiScaleSimilarity() {
        QFETCH(int, channels);
        QFETCH(int, height);
        QFETCH(int, width);
        const torch::Tensor a = patternPictures(0, 4, channels, height, width);
        torch::Tensor b = patternPictures(1, 4, channels, height, width);
        const torch::Tensor mixture = a.slice(0, 0, 2).floor_divide(2) + b.slice(0, 0, 2).floor_divide(4);
        b.slice(0, 0, 2).copy_(mixture);
        const torch::Tensor expected = fixture_.at(std::string("ms_ssim.") + QTest::currentDataTag());
        QVERIFY((multiScaleSimilarity(a, b) - expected).abs().max().item<double>() < 1e-9);
        QVERIFY((multiScaleSimilarity(a, a) - 1.0).abs().max().item<double>() < 1e-12);
    }

    void refusesMultiScaleSimilarityOfSmallPictures() {
        const torch::Tensor small = patternPictures(0, 1, 1, 63, 64);
        QVERIFY_THROWS_EXCEPTION(Error, multiScaleSimilarity(small, small));
        QVERIFY_THROWS_EXCEPTION(
            Error, multiScaleSimilarity(patternPictures(0, 1, 1, 64, 64), patternPictures(0, 1, 3, 64, 64)));
    }

    void measuresReconstructions() {
        const torch::Tensor a = torch::full({6, 1, 64, 64}, 100, torch::kUInt8);
        torch::Tensor b = a.clone();
        b.slice(0, 0, 3) += 51; // half of the pictures, by a fifth of the range
        ReconstructionError error;
        error.add(a.slice(0, 0, 4), b.slice(0, 0, 4));
        error.add(a.slice(0, 4, 6), b.slice(0, 4, 6));
        QCOMPARE(error.count(), 6);
        QVERIFY(within(error.l1(), 0.2, 1e-12));
        QVERIFY(within(error.l2(), 0.08, 1e-12));
        QVERIFY(within(error.psnr(), 10.0 * std::log10(1.0 / 0.02), 1e-12));
        QVERIFY(within(error.l1Margin(), 1.959964 * 0.2 / std::sqrt(5.0), 1e-12));
        QVERIFY(error.msSsim().has_value());
        ReconstructionError small;
        small.add(a.slice(2, 0, 32), b.slice(2, 0, 32));
        QVERIFY(!small.msSsim().has_value());
    }

    void comparesHistograms() {
        QCOMPARE(countClasses({0, 2, 2, 5, -1}, 3), (std::vector<std::uint64_t>{1, 0, 2}));
        QCOMPARE(histogramDivergence({10, 10}, {10, 10}), 0.0);
        // Shares of (30.5, 0.5) / 31 and (15.5, 15.5) / 31.
        const double expected = 30.5 / 31 * std::log(30.5 / 15.5) + 0.5 / 31 * std::log(0.5 / 15.5);
        QVERIFY(within(histogramDivergence({30, 0}, {15, 15}), expected, 1e-12));
    }

    void countsModesOfPoints() {
        const std::vector<std::array<float, 2>> centres{
            {0.0F, 0.0F}, {1.0F, 0.0F}, {0.0F, 1.0F}, {1.0F, 1.0F}};
        const torch::Tensor points =
            torch::tensor({0.01, 0.0, 0.0, -0.02, 0.98, 0.0, 0.5, 0.5, 0.05, 0.05}).view({5, 2});
        const ModeCoverage found = pointCoverage(points, centres, 0.06);
        QCOMPARE(found.modes, std::size_t{4});
        QCOMPARE(found.hit, std::size_t{2});
        QVERIFY(within(found.nearShare, 0.6, 1e-12));
        QVERIFY(within(found.klToUniform, 2.0 / 3 * std::log(8.0 / 3) + 1.0 / 3 * std::log(4.0 / 3), 1e-12));
        QCOMPARE(coverageOf(std::vector<std::uint64_t>(1000, 3)).klToUniform, 0.0);
    }

    void tellsWhichBinsDiffer() {
        // Two clusters far apart; samples leave the second out.
        const torch::Tensor near = fixture_.at("features.real");
        const torch::Tensor data = torch::cat({near, near + 50.0});
        const torch::Tensor centres = meansOfBins(data, 2, 1);
        std::vector<std::uint64_t> counts = binCounts(data, centres);
        QCOMPARE(counts, (std::vector<std::uint64_t>{150, 150}));
        QCOMPARE(compareBins(counts, counts).different, std::size_t{0});
        const BinComparison missing = compareBins(binCounts(fixture_.at("features.made"), centres), counts);
        QCOMPARE(missing.different, std::size_t{2});
        QCOMPARE(missing.fewer, std::size_t{1});
    }

    void controlsTheRateOfFalseDiscoveries() {
        // p = 0.030 in the first of four bins: alone it would count, among four it does not. 0.00007 does.
        QCOMPARE(compareBins({100, 300, 300, 300}, {131, 290, 290, 289}).different, std::size_t{0});
        const BinComparison found = compareBins({100, 300, 300, 300}, {160, 280, 280, 280});
        QCOMPARE(found.different, std::size_t{1});
        QCOMPARE(found.fewer, std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestMetricStatistics)
#include "tst_metric_statistics.moc"
