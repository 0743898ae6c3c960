// Random numbers from counters, and the shuffle made of them.

#include <cmath>
#include <set>

#include <QtTest>

#include "engine/data/counter_random.h"
#include "engine/data/permutation.h"

using namespace alphascope::engine;

class TestCounterRandom : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theKeyDecidesAll() {
        CounterRandom a(RandomPurpose::Glyph, {1, 2, 3});
        CounterRandom b(RandomPurpose::Glyph, {1, 2, 3});
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(a.bits(), b.bits());
        }
    }

    void keysThatDifferGiveOtherNumbers() {
        std::set<std::uint64_t> firsts;
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            for (std::uint64_t index = 0; index < 100; ++index) {
                firsts.insert(CounterRandom(RandomPurpose::Glyph, {seed, index}).bits());
                firsts.insert(CounterRandom(RandomPurpose::Color, {seed, index}).bits());
                firsts.insert(CounterRandom(RandomPurpose::Glyph, {index, seed + 1000}).bits());
            }
        }
        QCOMPARE(firsts.size(), std::size_t(3000));
    }

    void uniformNumbersFillTheirRange() {
        CounterRandom random(RandomPurpose::Shape, {7});
        std::array<int, 10> counts{};
        for (int i = 0; i < 100'000; ++i) {
            const float u = random.uniform();
            QVERIFY(u >= 0.0F && u < 1.0F);
            ++counts[static_cast<int>(u * 10)];
            const int k = random.below(7);
            QVERIFY(k >= 0 && k < 7);
        }
        for (const int count : counts) {
            QVERIFY(std::abs(count - 10'000) < 500); // five standard deviations
        }
    }

    void normalNumbersHaveTheirMoments() {
        constexpr int n = 1'000'000;
        CounterRandom random(RandomPurpose::Color, {11});
        double sum = 0, squares = 0, fourths = 0;
        int beyondThree = 0, beyondTail = 0;
        for (int i = 0; i < n; ++i) {
            const double x = random.normal();
            sum += x;
            squares += x * x;
            fourths += x * x * x * x;
            beyondThree += std::abs(x) > 3.0 ? 1 : 0;
            beyondTail += std::abs(x) > 3.5 ? 1 : 0; // made by the tail's own sampler
        }
        QVERIFY(std::abs(sum / n) < 0.005);
        QVERIFY(std::abs(squares / n - 1.0) < 0.007);
        QVERIFY(std::abs(fourths / n - 3.0) < 0.05);
        QVERIFY(std::abs(beyondThree / 2699.8 - 1.0) < 0.1);
        QVERIFY(std::abs(beyondTail / 465.3 - 1.0) < 0.25);
    }

    void shuffleMeetsEveryPictureOnce_data() {
        QTest::addColumn<int>("count");
        for (const int count : {1, 2, 3, 5, 16, 17, 64, 1000, 4097}) {
            QTest::newRow(qPrintable(QString::number(count))) << count;
        }
    }
    void shuffleMeetsEveryPictureOnce() {
        QFETCH(int, count);
        for (std::uint64_t pass = 0; pass < 3; ++pass) {
            std::set<std::uint64_t> seen;
            for (int i = 0; i < count; ++i) {
                seen.insert(permuted(std::uint64_t(i), std::uint64_t(count), 5, pass));
            }
            QCOMPARE(seen.size(), std::size_t(count));
            QCOMPARE(*seen.rbegin(), std::uint64_t(count - 1));
        }
    }

    void shufflesDifferBySeedAndPass() {
        int samePass = 0, sameSeed = 0, unmoved = 0;
        for (std::uint64_t i = 0; i < 1000; ++i) {
            samePass += permuted(i, 1000, 5, 0) == permuted(i, 1000, 5, 1) ? 1 : 0;
            sameSeed += permuted(i, 1000, 5, 0) == permuted(i, 1000, 6, 0) ? 1 : 0;
            unmoved += permuted(i, 1000, 5, 0) == i ? 1 : 0;
        }
        QVERIFY(samePass < 12);
        QVERIFY(sameSeed < 12);
        QVERIFY(unmoved < 12);
    }
};

QTEST_APPLESS_MAIN(TestCounterRandom)
#include "tst_counter_random.moc"
