// Smoothing, thinning and ranges of curves, against closed forms and the published formula.

#include "ui/widgets/curve_data.h"
#include "ui/widgets/curve_math.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace alphascope::ui;

namespace {

constexpr double quietNan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace

class TestCurveMath : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // out_n = sum s^(n-k) (1-s) y_k / (1 - s^n), written out here as the sum itself.
    void smoothsByTheDebiasedFormula() {
        const QVector<double> values = {3.0, -1.0, 4.0, 1.5, 9.25};
        const double s = 0.6;
        const QVector<double> result = smooth(values, s);
        for (int n = 1; n <= values.size(); ++n) {
            double sum = 0;
            for (int k = 1; k <= n; ++k) {
                sum += std::pow(s, n - k) * (1 - s) * values[k - 1];
            }
            QVERIFY(std::abs(result[n - 1] - sum / (1 - std::pow(s, n))) < 1e-12);
        }
    }

    void keepsAConstantSeriesExactly() {
        const QVector<double> values(50, 0.1);
        QCOMPARE(smooth(values, 0.99), values);
    }

    void zeroWeightChangesNothing() {
        const QVector<double> values = {1, 2, 0, -4};
        QCOMPARE(smooth(values, 0.0), values);
    }

    void passesNonFiniteValuesWithoutCountingThem() {
        const QVector<double> with = smooth({1.0, quietNan, 3.0, infinity, 2.0}, 0.9);
        const QVector<double> without = smooth({1.0, 3.0, 2.0}, 0.9);
        QVERIFY(std::isnan(with[1]));
        QVERIFY(std::isinf(with[3]));
        QCOMPARE(with[0], without[0]);
        QCOMPARE(with[2], without[1]);
        QCOMPARE(with[4], without[2]);
    }

    void clampsTheWeight() {
        QCOMPARE(DebiasedAverage(1.0).weight(), 0.999);
        QCOMPARE(DebiasedAverage(-1.0).weight(), 0.0);
        QCOMPARE(DebiasedAverage(quietNan).weight(), 0.0);
    }

    void interpolatesPercentilesAsNumpyDoes() {
        QVector<double> values;
        for (int i = 100; i >= 0; --i) {
            values.append(i);
        }
        values.append(quietNan);
        const auto [low, high] = percentileRange(values, 0.05, 0.95);
        QCOMPARE(low, 5.0);
        QCOMPARE(high, 95.0);
        QCOMPARE(percentileRange({1.0, 2.0}, 0.25, 0.75), std::pair(1.25, 1.75));
        QCOMPARE(percentileRange({quietNan, infinity}, 0.05, 0.95), std::pair(0.0, 1.0));
    }

    void thinningKeepsSpikesAndEnds() {
        QVector<double> x;
        QVector<double> y;
        for (int i = 0; i < 100000; ++i) {
            x.append(i);
            y.append(std::sin(i * 0.001));
        }
        y[54321] = 1000;
        y[12345] = -1000;
        const QVector<int> kept = thinOut(x, y, 0, 99999, 300);
        QVERIFY(kept.size() <= 4 * 300);
        QVERIFY(kept.contains(54321));
        QVERIFY(kept.contains(12345));
        QCOMPARE(kept.first(), 0);
        QCOMPARE(kept.last(), 99999);
        QVERIFY(std::is_sorted(kept.cbegin(), kept.cend()));
    }

    void thinningKeepsOneNeighbourOnEachSide() {
        const QVector<double> x = {0, 1, 2, 3, 4, 5};
        const QVector<double> y = {0, 1, quietNan, 3, 4, 5};
        QCOMPARE(thinOut(x, y, 1.5, 3.5, 100), QVector<int>({1, 3, 4}));
        QVERIFY(thinOut({}, {}, 0, 1, 10).isEmpty());
    }

    void findsTheNearestPoint() {
        const QVector<double> x = {0, 10, 20};
        QCOMPARE(nearestIndex(x, -5), 0);
        QCOMPARE(nearestIndex(x, 14), 1);
        QCOMPARE(nearestIndex(x, 16), 2);
        QCOMPARE(nearestIndex(x, 1e9), 2);
        QCOMPARE(nearestIndex({}, 0), -1);
    }

    void padsDegenerateRanges() {
        const auto [low, high] = padded({2, 2}, 0.05, false);
        QVERIFY(low < 2 && high > 2);
        const auto [logLow, logHigh] = padded({-1, 10}, 0.05, true);
        QVERIFY(logLow > 0 && logHigh > 10);
        QVERIFY(padded({-3, -1}, 0.05, true).first > 0);
    }

    void appendingSmoothsAsTheWholeSeries() {
        CurveSeries series;
        QVector<double> values;
        for (int i = 0; i < 200; ++i) {
            values.append(std::cos(i * 0.3));
            series.append(i, 1000 + i, values.last());
        }
        QCOMPARE(series.smoothed, smooth(values, 0.6));
        series.setSmoothing(0.9);
        QCOMPARE(series.smoothed, smooth(values, 0.9));
    }

    // A run that goes on from an earlier checkpoint writes steps again: the abandoned points disappear.
    void goingBackReplacesTheAbandonedPoints() {
        CurveSeries series;
        for (const double step : {0.0, 10.0, 20.0, 30.0}) {
            series.append(step, step, step == 20 ? quietNan : step);
        }
        series.append(20, 100, 5);
        QCOMPARE(series.steps, QVector<double>({0, 10, 20}));
        QCOMPARE(series.values, QVector<double>({0, 10, 5}));
        QVERIFY(series.badPoints.isEmpty());
        QCOMPARE(series.highest, 10.0);
    }

    void aClockSetBackDoesNotFoldTheCurve() {
        CurveSeries series;
        series.append(1, 500, 1);
        series.append(2, 400, 2);
        series.append(quietNan, 600, 3);
        QCOMPARE(series.walls, QVector<double>({500, 500}));
    }
};

QTEST_APPLESS_MAIN(TestCurveMath)
#include "tst_curve_math.moc"
