// Ways through keyframes, their speed, grids between corners and sums of codes.

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/api/paths.h"
#include "engine/codes/vectors.h"
#include "tests/engine/codes/codes_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

Codes codesOf(const std::vector<std::vector<float>>& rows) {
    Codes codes(rows.size(), rows.front().size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::copy(rows[i].begin(), rows[i].end(), codes.row(i).begin());
    }
    return codes;
}

double distance(std::span<const float> a, std::span<const float> b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += (double(a[i]) - b[i]) * (double(a[i]) - b[i]);
    }
    return std::sqrt(sum);
}

/// First or second derivative with respect to the film's time, by differences from one side alone.
std::vector<double> derivative(const KeyframePath& path, double t, double h, int order) {
    const auto a = path.at(t);
    const auto b = path.at(t + h);
    const auto c = path.at(t + 2 * h);
    const auto d = path.at(t + 3 * h);
    std::vector<double> out(a.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = order == 1 ? (-3.0 * a[i] + 4.0 * b[i] - c[i]) / (2 * h)
                            : (2.0 * a[i] - 5.0 * b[i] + 4.0 * c[i] - d[i]) / (h * h);
    }
    return out;
}

double largestDifference(const std::vector<double>& a, const std::vector<double>& b) {
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(a[i] - b[i]));
    }
    return largest;
}

} // namespace

class TestPaths : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keyframesAreMetExactly_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("closed");
        for (const bool closed : {false, true}) {
            const char* how = closed ? "closed" : "open";
            QTest::addRow("lerp %s", how) << int(PathKind::Lerp) << closed;
            QTest::addRow("slerp %s", how) << int(PathKind::Slerp) << closed;
            QTest::addRow("cubic %s", how) << int(PathKind::Cubic) << closed;
            QTest::addRow("geodesic %s", how) << int(PathKind::Geodesic) << closed;
        }
    }
    void keyframesAreMetExactly() {
        QFETCH(int, kind);
        QFETCH(bool, closed);
        for (const std::size_t count : {1U, 2U, 3U, 5U}) {
            const Codes keyframes = priorCodes(4, count, 16);
            const KeyframePath path(keyframes, static_cast<PathKind>(kind), closed);
            const std::size_t ways = count == 1 ? 0 : closed ? count : count - 1;
            QCOMPARE(path.ways(), ways);
            for (std::size_t i = 0; i < count; ++i) {
                const auto code = path.at(ways == 0 ? 0.0 : double(i) / double(ways));
                QVERIFY(distance(code, keyframes.row(i)) < 1e-4);
            }
            QCOMPARE(path.at(0.0), toVector(keyframes.row(0)));
            QCOMPARE(path.at(1.0), toVector(keyframes.row(closed ? 0 : count - 1)));
            QCOMPARE(path.at(std::nan("")), path.at(0.0));
            QCOMPARE(path.at(7.0), path.at(1.0));
            // Nowhere a jump.
            const Codes fine = path.sample(std::size_t(2000));
            for (std::size_t i = 1; i < fine.count; ++i) {
                QVERIFY(distance(fine.row(i - 1), fine.row(i)) < 0.06);
            }
        }
    }

    /// On keyframes of one length around a circle, evenly spaced and closed, a spline is nearly the circle.
    void aClosedCubicIsRound() {
        Codes keyframes(8, 2);
        for (std::size_t i = 0; i < 8; ++i) {
            const double angle = 2.0 * std::numbers::pi * double(i) / 8.0;
            keyframes.row(i)[0] = float(5.0 * std::cos(angle));
            keyframes.row(i)[1] = float(5.0 * std::sin(angle));
        }
        const KeyframePath path(keyframes, PathKind::Cubic, true);
        for (int i = 0; i <= 200; ++i) {
            const double t = i / 200.0;
            const auto code = path.at(t);
            QVERIFY(std::abs(vectorLength(code) - 5.0) < 1e-4);
            const double angle = 2.0 * std::numbers::pi * t;
            QVERIFY(std::abs(code[0] - 5.0 * std::cos(angle)) < 0.02);
            QVERIFY(std::abs(code[1] - 5.0 * std::sin(angle)) < 0.02);
        }
    }

    /// Direction and length are splines of one variable each: along one axis the length is the natural cubic
    /// spline itself, whose values between 0, 1, 0 are known (0.6875 half way).
    void lengthsFollowTheNaturalSpline() {
        const KeyframePath path(codesOf({{3, 0}, {4, 0}, {3, 0}}), PathKind::Cubic, false);
        QVERIFY(std::abs(path.at(0.25)[0] - 3.6875F) < 1e-5F);
        QVERIFY(std::abs(path.at(0.75)[0] - 3.6875F) < 1e-5F);
        QCOMPARE(path.at(0.25)[1], 0.0F);
    }

    void speedAndAccelerationDoNotJump_data() {
        QTest::addColumn<bool>("closed");
        QTest::newRow("open") << false;
        QTest::newRow("closed") << true;
    }
    void speedAndAccelerationDoNotJump() {
        QFETCH(bool, closed);
        const Codes keyframes = priorCodes(12, 4, 5);
        const KeyframePath path(keyframes, PathKind::Cubic, closed);
        const auto ways = double(path.ways());
        const double h = 0.02 / ways;
        for (std::size_t knot = closed ? 0 : 1; knot < 3; ++knot) {
            const double t = double(knot) / ways;
            const double before = knot == 0 ? 1.0 : t; // a loop's end is its beginning
            const double slope =
                largestDifference(derivative(path, before, -h, 1), derivative(path, t, h, 1));
            QVERIFY2(slope < 0.05 * ways, QByteArray::number(slope).constData());
            const double bend = largestDifference(derivative(path, before, -h, 2), derivative(path, t, h, 2));
            QVERIFY2(bend < 1.0 * ways * ways, QByteArray::number(bend).constData());
        }
        // The same measure finds the corner in slerp.
        const KeyframePath corner(keyframes, PathKind::Slerp, closed);
        const double t = 1.0 / ways;
        QVERIFY(largestDifference(derivative(corner, t, -h, 1), derivative(corner, t, h, 1)) > 1.0 * ways);
    }

    /// Codes of the prior have nearly one length in many dimensions; the straight line between two of them is
    /// shorter by a third in its middle, the cubic is not.
    void theCubicKeepsToTheShell() {
        const Codes keyframes = priorCodes(3, 6, 128);
        const KeyframePath path(keyframes, PathKind::Cubic, true);
        const Codes fine = path.sample(std::size_t(300));
        double shortest = 1e9;
        double longest = 0.0;
        for (std::size_t i = 0; i < 6; ++i) {
            shortest = std::min(shortest, vectorLength(keyframes.row(i)));
            longest = std::max(longest, vectorLength(keyframes.row(i)));
        }
        const double slack = 0.5 * (longest - shortest);
        for (std::size_t i = 0; i < fine.count; ++i) {
            const double length = vectorLength(fine.row(i));
            QVERIFY(length > shortest - slack && length < longest + slack);
        }
    }

    void awkwardKeyframesStayFinite_data() {
        QTest::addColumn<std::vector<std::vector<float>>>("keyframes");
        using Rows = std::vector<std::vector<float>>;
        QTest::newRow("opposite") << Rows{{1, 2}, {-1, -2}, {1, 2}};
        QTest::newRow("the origin") << Rows{{0, 0}, {3, 0}, {0, 0}};
        QTest::newRow("all the same") << Rows{{1, 1}, {1, 1}, {1, 1}};
        QTest::newRow("only the origin") << Rows{{0, 0}, {0, 0}};
    }
    void awkwardKeyframesStayFinite() {
        QFETCH(std::vector<std::vector<float>>, keyframes);
        for (const bool closed : {false, true}) {
            const KeyframePath path(codesOf(keyframes), PathKind::Cubic, closed);
            const Codes fine = path.sample(std::size_t(1001));
            for (std::size_t i = 0; i < fine.count; ++i) {
                QVERIFY(std::isfinite(vectorLength(fine.row(i))));
                QVERIFY(i == 0 || distance(fine.row(i - 1), fine.row(i)) < 0.2);
            }
        }
    }

    void aGeodesicPathUsesWhatWasFound() {
        const Codes keyframes = codesOf({{1, 0}, {0, 1}, {-1, 0}});
        KeyframePath path(keyframes, PathKind::Geodesic, false);
        const KeyframePath slerp(keyframes, PathKind::Slerp, false);
        QCOMPARE(path.waysMissing(), std::size_t(2));
        QCOMPARE(slerp.waysMissing(), std::size_t(0));
        QCOMPARE(path.at(0.3), slerp.at(0.3));
        path.setWay(0, codesOf({{1, 0}, {2, 2}, {0, 1}}));
        QCOMPARE(path.waysMissing(), std::size_t(1));
        QCOMPARE(path.at(0.25), (std::vector<float>{2.0F, 2.0F}));
        QCOMPARE(path.at(0.7), slerp.at(0.7));
        QVERIFY(throwsUsage([&] { path.setWay(2, codesOf({{1, 0}, {0, 1}})); }));
        QVERIFY(throwsUsage([&] { path.setWay(0, codesOf({{1, 0}})); }));
        QVERIFY(throwsUsage([&] { path.setWay(0, codesOf({{1, 0, 0}, {0, 1, 0}})); }));
    }

    void anEmptyPathHasNothing() {
        const KeyframePath path;
        QVERIFY(path.empty());
        QCOMPARE(path.ways(), std::size_t(0));
        QCOMPARE(path.sample(std::size_t(5)).count, std::size_t(0));
        QCOMPARE(KeyframePath(priorCodes(1, 3, 4), PathKind::Cubic, false).sample(std::size_t(0)).count,
                 std::size_t(0));
    }

    // ---- length and speed
    void lengthOfCodes() {
        QCOMPARE(codeLength(codesOf({{0, 0}, {3, 4}, {3, 5}})), 6.0);
        QCOMPARE(codeLength(codesOf({{1, 1}})), 0.0);
        QCOMPARE(codeLength({}), 0.0);
    }

    void evenSpeedHasEqualSteps() {
        const std::vector<float> steps{1.0F, 3.0F, 0.0F, 4.0F};
        const PathSpeed speed(steps);
        QCOMPARE(speed.length(), 8.0);
        QCOMPARE(speed.shareAt(0.0), 0.0);
        QCOMPARE(speed.shareAt(0.25), 0.125);
        QCOMPARE(speed.shareAt(0.375), 0.3125);
        QCOMPARE(speed.shareAt(1.0), 1.0);
        QCOMPARE(speed.timeAt(0.125), 0.25);
        QCOMPARE(speed.timeAt(0.75), 0.875);
        QCOMPARE(speed.timeAt(1.0), 1.0);
        for (const double share : {0.0, 0.1, 0.3, 0.6, 0.99, 1.0}) {
            QVERIFY(std::abs(speed.shareAt(speed.timeAt(share)) - share) < 1e-12);
        }
        QCOMPARE(speed.evenTimes(5), (std::vector<double>{0.0, 0.25 + 0.25 / 3.0, 0.5, 0.875, 1.0}));
    }

    void theEndIsReached() {
        const PathSpeed speed(std::vector<float>{0.0F, 2.0F, 0.0F});
        QCOMPARE(speed.timeAt(0.0), 0.0);
        QCOMPARE(speed.timeAt(0.5), 0.5);
        QCOMPARE(speed.timeAt(1.0), 1.0);
    }

    void withoutLengthTimeIsShare() {
        for (const PathSpeed& speed :
             {PathSpeed(), PathSpeed(std::vector<float>{}), PathSpeed(std::vector<float>{0.0F, 0.0F}),
              PathSpeed(std::vector<float>{1.0F, std::nanf("")})}) {
            QVERIFY(speed.length() == 0.0 || std::isfinite(speed.length()));
            QVERIFY(std::isfinite(speed.timeAt(0.3)));
        }
        QCOMPARE(PathSpeed().timeAt(0.3), 0.3);
        QCOMPARE(PathSpeed(std::vector<float>{0.0F, 0.0F}).shareAt(0.3), 0.3);
        QCOMPARE(PathSpeed().timeAt(std::nan("")), 0.0);
    }

    // ---- grids and sums
    void aGridMeetsItsCorners() {
        const Codes corners = priorCodes(8, 4, 24);
        for (const std::size_t side : {2U, 3U, 8U}) {
            const Codes grid = cornerGrid(corners, side);
            QCOMPARE(grid.count, side * side);
            QCOMPARE(toVector(grid.row(0)), toVector(corners.row(0)));
            QCOMPARE(toVector(grid.row(side - 1)), toVector(corners.row(1)));
            QCOMPARE(toVector(grid.row(side * (side - 1))), toVector(corners.row(2)));
            QCOMPARE(toVector(grid.row(side * side - 1)), toVector(corners.row(3)));
        }
        const Codes grid = cornerGrid(corners, 3);
        QCOMPARE(toVector(grid.row(1)), interpolate(corners.row(0), corners.row(1), 0.5, PathKind::Slerp));
        QCOMPARE(toVector(grid.row(3)), interpolate(corners.row(0), corners.row(2), 0.5, PathKind::Slerp));
    }

    void aStraightGridIsBilinear() {
        const Codes grid = cornerGrid(codesOf({{0, 0}, {4, 0}, {0, 4}, {4, 8}}), 5, PathKind::Lerp);
        for (std::size_t y = 0; y < 5; ++y) {
            for (std::size_t x = 0; x < 5; ++x) {
                const auto code = grid.row(y * 5 + x);
                QVERIFY(std::abs(code[0] - float(x)) < 1e-5F);
                QVERIFY(std::abs(code[1] - float(y) * (1.0F + float(x) / 4.0F)) < 1e-5F);
            }
        }
    }

    void impossibleGridsAreRefused() {
        const Codes corners = priorCodes(8, 4, 6);
        QVERIFY(throwsUsage([&] { cornerGrid(corners, 1); }));
        QVERIFY(throwsUsage([&] { cornerGrid(corners, 1'000'000'000); }));
        QVERIFY(throwsUsage([] { cornerGrid(priorCodes(8, 3, 6), 4); }));
    }

    void analogiesAddAndSubtract() {
        const std::vector<float> a{1, 2};
        const std::vector<float> b{4, 2};
        const std::vector<float> c{4, 6};
        QCOMPARE(codeAnalogy(a, b, c, false), (std::vector<float>{1, 6}));
        const auto kept = codeAnalogy(a, b, c);
        QVERIFY(std::abs(vectorLength(kept) - (vectorLength(a) - vectorLength(b) + vectorLength(c))) < 1e-5);
        QVERIFY(std::abs(kept[1] / kept[0] - 6.0F) < 1e-4F);
        for (const bool keep : {false, true}) {
            QVERIFY(distance(codeAnalogy(a, a, c, keep), c) < 1e-5);
            QVERIFY(distance(codeAnalogy(a, c, c, keep), a) < 1e-5);
        }
        // No length is left: the plain sum.
        QCOMPARE(codeAnalogy(a, c, a), (std::vector<float>{-2, -2}));
        QVERIFY(throwsUsage([&] { codeAnalogy(a, b, std::vector<float>{1}); }));
    }
};

QTEST_APPLESS_MAIN(TestPaths)
#include "tst_paths.moc"
