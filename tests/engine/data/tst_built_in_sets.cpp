// Glyphs, coloured glyphs and shapes, and the colour transform.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include <QtTest>

#include "engine/data/color_transform.h"
#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

double meanOf(const std::vector<float>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

} // namespace

class TestBuiltInSets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySetAtEverySize_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("channels");
        for (const DataSetInfo& info : builtInDataSets()) {
            for (const int size : info.sizes) {
                const QString name = QString::fromStdString(info.name);
                QTest::newRow(qPrintable(name + QString::number(size))) << name << size << info.channels;
            }
        }
    }
    void everySetAtEverySize() {
        QFETCH(QString, name);
        QFETCH(int, size);
        QFETCH(int, channels);
        const auto set = openDataSet(name.toStdString(), "", size, 3);
        QCOMPARE(set->size(), size);
        QCOMPARE(set->channels(), channels);
        QCOMPARE(set->info().name, name.toStdString());
        QCOMPARE(set->info().channels, channels);
        QCOMPARE(set->count(Split::Train), std::uint64_t(0));
        QVERIFY(set->count(Split::Test) > 0);
        std::set<std::vector<float>> different;
        for (std::uint64_t i = 0; i < 50; ++i) {
            int label = -1;
            const auto picture = pictureOf(*set, Split::Train, i, 0, &label);
            QVERIFY(label >= 0 && label < int(set->info().labels.size()));
            QVERIFY(
                std::all_of(picture.begin(), picture.end(), [](float v) { return v >= -1.0F && v <= 1.0F; }));
            if (!set->info().isPoints()) {
                QVERIFY(*std::max_element(picture.begin(), picture.end()) - picture[0] > 0.2F);
            }
            QVERIFY(picture == pictureOf(*set, Split::Train, i, 0));
            different.insert(picture);
            different.insert(pictureOf(*set, Split::Test, i, 0));
        }
        QCOMPARE(different.size(), std::size_t(100)); // and so the held-out pictures are others
        QVERIFY(pictureOf(*openDataSet(name.toStdString(), "", size, 4), Split::Train, 0) !=
                pictureOf(*set, Split::Train, 0));
    }

    void labelsAreBalanced_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("glyphs") << QStringLiteral("glyphs");
        QTest::newRow("shapes") << QStringLiteral("shapes");
    }
    void labelsAreBalanced() {
        QFETCH(QString, name);
        const auto set = openDataSet(name.toStdString(), "", 28, 1);
        std::map<int, int> counts;
        for (std::uint64_t i = 0; i < 4000; ++i) {
            ++counts[int(set->factors(Split::Train, i)[0])];
        }
        const std::size_t labels = set->info().labels.size();
        QCOMPARE(counts.size(), labels);
        for (const auto& [label, count] : counts) {
            QVERIFY(std::abs(count * double(labels) / 4000 - 1.0) < 0.3);
        }
    }

    void glyphsStayOffTheBorder() {
        const auto set = openDataSet("glyphs", "", 28, 1);
        int touching = 0;
        for (std::uint64_t i = 0; i < 1000; ++i) {
            const auto picture = pictureOf(*set, Split::Train, i);
            for (int k = 0; k < 28; ++k) {
                if (picture[k] > 0 || picture[27 * 28 + k] > 0 || picture[28 * k] > 0 ||
                    picture[28 * k + 27] > 0) {
                    ++touching;
                    break;
                }
            }
        }
        QCOMPARE(touching, 0);
    }

    void glyphsOfOneDigitVary() {
        // The mean picture of a digit in one fixed shape would be nearly binary; many hands blur it.
        const auto set = openDataSet("glyphs", "", 28, 1);
        std::vector<double> mean(784);
        int count = 0;
        for (std::uint64_t i = 0; count < 200; ++i) {
            int label = -1;
            const auto picture = pictureOf(*set, Split::Train, i, 0, &label);
            if (label == 3) {
                std::transform(picture.begin(), picture.end(), mean.begin(), mean.begin(),
                               [](float p, double m) { return m + (p + 1.0) / 400.0; });
                ++count;
            }
        }
        const double peak = *std::max_element(mean.begin(), mean.end());
        QVERIFY2(peak > 0.3 && peak < 0.9, qPrintable(QString::number(peak)));
    }

    void aLargerGlyphIsTheSameDrawing() {
        const auto small = openDataSet("glyphs", "", 32, 9);
        const auto large = openDataSet("glyphs", "", 64, 9);
        const auto a = pictureOf(*small, Split::Train, 5);
        const auto b = pictureOf(*large, Split::Train, 5);
        double difference = 0;
        for (int y = 0; y < 32; ++y) {
            for (int x = 0; x < 32; ++x) {
                const std::size_t at = std::size_t(2 * y) * 64 + 2 * x;
                difference +=
                    std::abs(a[std::size_t(y) * 32 + x] - (b[at] + b[at + 1] + b[at + 64] + b[at + 65]) / 4);
            }
        }
        QVERIFY(difference / 1024 < 0.08);
    }

    void coloursFollowTheFormula() {
        // One flat picture: I = 0.75, so per channel the mean is 0.75 c - 0.25 and the spread 0.2.
        const std::vector<float> grey(2500, 0.5F);
        std::vector<float> out(7500);
        double sum = 0, squares = 0;
        int channels = 0;
        for (std::uint64_t i = 0; i < 400; ++i) {
            CounterRandom random(RandomPurpose::Color, {i});
            colorize(grey, random, out);
            for (int c = 0; c < 3; ++c) {
                const std::vector<float> plane(out.begin() + 2500 * c, out.begin() + 2500 * (c + 1));
                const double mean = meanOf(plane);
                if (std::abs(mean) < 0.4) { // hardly clipped
                    double spread = 0;
                    for (const float v : plane) {
                        spread += (v - mean) * (v - mean);
                    }
                    QVERIFY(std::abs(std::sqrt(spread / 2500) - 0.2) < 0.02);
                }
                sum += mean;
                squares += (mean + 0.25) * (mean + 0.25);
                ++channels;
            }
        }
        QVERIFY(std::abs(sum / channels + 0.25) < 0.05);
        QVERIFY(std::abs(std::sqrt(squares / channels) - 0.375) < 0.03);
    }

    void theGroundIsDarkAndNoisy() {
        const std::vector<float> black(784, -1.0F);
        std::vector<float> out(2352);
        CounterRandom random(RandomPurpose::Color, {1});
        colorize(black, random, out);
        const auto atFloor = std::count(out.begin(), out.end(), -1.0F);
        QVERIFY(std::abs(double(atFloor) / 2352 - 0.5) < 0.05); // half of the noise is clipped
        QVERIFY(std::abs(meanOf(out) - (-1.0 + 0.2 / std::sqrt(2 * M_PI))) < 0.01);
    }

    void everyDrawHasFreshColours() {
        const auto set = openDataSet("color-glyphs", "", 28, 1);
        const auto first = pictureOf(*set, Split::Train, 0, 0);
        QVERIFY(first == pictureOf(*set, Split::Train, 0, 0));
        QVERIFY(first != pictureOf(*set, Split::Train, 0, 1));
        QVERIFY(pictureOf(*openDataSet("glyphs", "color", 28, 1), Split::Train, 0, 0) == first);
    }

    void shapesFollowTheirFactors() {
        const auto set = openDataSet("shapes", "", 64, 1);
        const auto names = set->factorNames();
        QCOMPARE(names.size(), std::size_t(7));
        for (std::uint64_t i = 0; i < 200; ++i) {
            int label = -1;
            const auto picture = pictureOf(*set, Split::Train, i, 0, &label);
            const auto f = set->factors(Split::Train, i);
            QCOMPARE(f.size(), names.size());
            QCOMPARE(int(f[0]), label);
            QVERIFY(f[3] - f[2] >= 0.0F && f[3] + f[2] <= 1.0F); // inside the picture
            if (label <= 4) {                                    // the shapes with a filled centre
                const int x = int(f[3] * 64), y = int(f[4] * 64);
                const float brightest =
                    std::max({picture[y * 64 + x], picture[4096 + y * 64 + x], picture[8192 + y * 64 + x]});
                QVERIFY(std::abs(brightest - (2 * 0.98F - 1)) < 0.01F);
            }
        }
    }

    void fingerprintsTellSetsApartButNotSeeds() {
        std::set<std::string> prints;
        for (const char* name : {"glyphs", "color-glyphs", "shapes"}) {
            for (const int size : {28, 32, 64}) {
                prints.insert(openDataSet(name, "", size, 1)->fingerprint());
                QCOMPARE(openDataSet(name, "", size, 1)->fingerprint(),
                         openDataSet(name, "", size, 2)->fingerprint());
            }
        }
        QCOMPARE(prints.size(), std::size_t(9));
    }
};

QTEST_APPLESS_MAIN(TestBuiltInSets)
#include "tst_built_in_sets.moc"
