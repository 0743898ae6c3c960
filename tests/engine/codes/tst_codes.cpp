// Latent codes: the generator against its published answers, moments, independence of counts, paths.

#include <QTest>

#include <cmath>
#include <numbers>

#include "engine/api/codes.h"
#include "engine/codes/philox.h"
#include "engine/codes/vectors.h"
#include "tests/engine/codes/codes_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestCodes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void philoxGivesThePublishedAnswers() {
        // Known-answer vectors of the authors' Random123 library (philox4x32, 10 rounds).
        using Words = std::array<std::uint32_t, 4>;
        QVERIFY((philox4x32({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
        QVERIFY((philox4x32({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}) ==
                 Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
        QVERIFY((philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
                 Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
    }

    void momentsAreNormal() {
        const Codes codes = priorCodes(7, 4000, 50);
        double sum = 0.0;
        double square = 0.0;
        double cube = 0.0;
        double fourth = 0.0;
        std::size_t within = 0;
        for (const float x : codes.values) {
            const double v = x;
            sum += v;
            square += v * v;
            cube += v * v * v;
            fourth += v * v * v * v;
            within += std::abs(v) < 1.0 ? 1 : 0;
        }
        const auto n = double(codes.values.size()); // 200,000: bounds of about five standard errors
        QVERIFY(std::abs(sum / n) < 0.012);
        QVERIFY(std::abs(square / n - 1.0) < 0.016);
        QVERIFY(std::abs(cube / n) < 0.045);
        QVERIFY(std::abs(fourth / n - 3.0) < 0.11);
        QVERIFY(std::abs(double(within) / n - 0.682689) < 0.006);
    }

    void dimensionsAndRowsAreUncorrelated() {
        const Codes codes = priorCodes(3, 20'000, 6);
        for (std::size_t a = 0; a < 6; ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                double inRow = 0.0;
                double toNext = 0.0;
                for (std::size_t i = 0; i + 1 < codes.count; ++i) {
                    inRow += double(codes.row(i)[a]) * codes.row(i)[b];
                    toNext += double(codes.row(i)[a]) * codes.row(i + 1)[b];
                }
                QVERIFY(std::abs(inRow / double(codes.count)) < 0.04);
                QVERIFY(std::abs(toNext / double(codes.count)) < 0.04);
            }
        }
    }

    void rowsDependOnSeedAndIndexAlone() {
        const Codes few = priorCodes(42, 3, 17);
        const Codes many = priorCodes(42, 100, 17);
        for (std::size_t i = 0; i < few.count; ++i) {
            QCOMPARE(toVector(few.row(i)), toVector(many.row(i)));
        }
        QVERIFY(few == priorCodes(42, 3, 17));
        QVERIFY(few.values != priorCodes(43, 3, 17).values);
        // A seed above 32 bits is another seed.
        QVERIFY(few.values != priorCodes(42 + (1ULL << 32), 3, 17).values);
    }

    void truncationScales() {
        const Codes full = priorCodes(5, 10, 8);
        const Codes half = priorCodes(5, 10, 8, 0.5);
        for (std::size_t i = 0; i < full.values.size(); ++i) {
            QCOMPARE(half.values[i], full.values[i] * 0.5F);
        }
        const Codes none = priorCodes(5, 10, 8, 0.0);
        QVERIFY(std::all_of(none.values.begin(), none.values.end(), [](float x) { return x == 0.0F; }));
    }

    void emptySheetsAreFine() {
        QCOMPARE(priorCodes(1, 0, 8).values.size(), std::size_t(0));
        QCOMPARE(priorCodes(1, 8, 0).values.size(), std::size_t(0));
    }

    void impossibleRequestsAreRefused() {
        QVERIFY(throwsUsage([] { priorCodes(1, 1, 1, -0.1); }));
        QVERIFY(throwsUsage([] { priorCodes(1, 1, 1, std::nan("")); }));
        QVERIFY(throwsUsage([] { priorCodes(1, std::size_t(-1), 64); }));
        const std::vector<float> two(2);
        const std::vector<float> three(3);
        QVERIFY(throwsUsage([&] { interpolate(two, three, 0.5, PathKind::Lerp); }));
        QVERIFY(throwsUsage([&] { interpolatePath(two, two, 1, PathKind::Lerp); }));
        QVERIFY(throwsUsage([&] { interpolatePath(two, three, 5, PathKind::Slerp); }));
        QVERIFY(throwsUsage([&] { interpolatePath(two, two, std::size_t(-1), PathKind::Slerp); }));
    }

    void endsAreExact_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("lerp") << int(PathKind::Lerp);
        QTest::newRow("slerp") << int(PathKind::Slerp);
    }
    void endsAreExact() {
        QFETCH(int, kind);
        const Codes ends = priorCodes(9, 2, 33);
        const auto how = static_cast<PathKind>(kind);
        QCOMPARE(interpolate(ends.row(0), ends.row(1), 0.0, how), toVector(ends.row(0)));
        QCOMPARE(interpolate(ends.row(0), ends.row(1), 1.0, how), toVector(ends.row(1)));
        QCOMPARE(interpolate(ends.row(0), ends.row(1), 1.5, how), toVector(ends.row(1)));
        QCOMPARE(interpolate(ends.row(0), ends.row(1), std::nan(""), how), toVector(ends.row(0)));
        const Codes path = interpolatePath(ends.row(0), ends.row(1), 7, how);
        QCOMPARE(path.count, std::size_t(7));
        QCOMPARE(toVector(path.row(0)), toVector(ends.row(0)));
        QCOMPARE(toVector(path.row(6)), toVector(ends.row(1)));
        QCOMPARE(toVector(path.row(3)), interpolate(ends.row(0), ends.row(1), 0.5, how));
    }

    void lerpIsTheStraightLine() {
        const std::vector<float> a = {0.0F, 2.0F};
        const std::vector<float> b = {4.0F, -2.0F};
        QCOMPARE(interpolate(a, b, 0.25, PathKind::Lerp), (std::vector<float>{1.0F, 1.0F}));
    }

    void slerpTurnsEvenlyAndKeepsTheLength() {
        const std::vector<float> a = {3.0F, 0.0F, 0.0F};
        const std::vector<float> b = {0.0F, 3.0F, 0.0F};
        for (const double t : {0.1, 0.25, 0.5, 0.9}) {
            const auto point = interpolate(a, b, t, PathKind::Slerp);
            QVERIFY(std::abs(vectorLength(point) - 3.0) < 1e-5);
            QVERIFY(std::abs(std::atan2(point[1], point[0]) - t * std::numbers::pi / 2) < 1e-6);
        }
    }

    void slerpOfRandomCodesOfOneLengthStaysOnTheSphere() {
        Codes ends = priorCodes(11, 2, 64);
        const double factor = vectorLength(ends.row(0)) / vectorLength(ends.row(1));
        for (float& x : ends.row(1)) {
            x = static_cast<float>(x * factor);
        }
        const Codes path = interpolatePath(ends.row(0), ends.row(1), 33, PathKind::Slerp);
        for (std::size_t i = 0; i < path.count; ++i) {
            QVERIFY(std::abs(vectorLength(path.row(i)) / vectorLength(ends.row(0)) - 1.0) < 1e-5);
        }
    }

    void slerpInterpolatesLengths() {
        const std::vector<float> a = {2.0F, 0.0F};
        const std::vector<float> b = {0.0F, 6.0F};
        const auto middle = interpolate(a, b, 0.5, PathKind::Slerp);
        const float weight = std::sqrt(0.5F); // sin(45 degrees) / sin(90 degrees)
        QVERIFY(std::abs(middle[0] - 2.0F * weight) < 1e-5F);
        QVERIFY(std::abs(middle[1] - 6.0F * weight) < 1e-5F);
    }

    void slerpFallsBackToLerp_data() {
        QTest::addColumn<float>("factor");
        QTest::newRow("parallel") << 2.5F;
        QTest::newRow("the same") << 1.0F;
        QTest::newRow("opposite") << -1.0F;
        QTest::newRow("to the origin") << 0.0F;
    }
    void slerpFallsBackToLerp() {
        QFETCH(float, factor);
        const std::vector<float> a = toVector(priorCodes(2, 1, 16).row(0));
        std::vector<float> b = a;
        for (float& x : b) {
            x *= factor;
        }
        for (const double t : {0.0, 0.3, 0.5, 0.7, 1.0}) {
            const auto slerp = interpolate(a, b, t, PathKind::Slerp);
            QCOMPARE(slerp, interpolate(a, b, t, PathKind::Lerp));
            QVERIFY(std::all_of(slerp.begin(), slerp.end(), [](float x) { return std::isfinite(x); }));
        }
    }
};

QTEST_APPLESS_MAIN(TestCodes)
#include "tst_codes.moc"
