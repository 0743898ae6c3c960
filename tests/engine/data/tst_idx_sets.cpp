// IDX files in the layout of MNIST, and MNIST itself where it is at hand.

#include <filesystem>

#include <QtTest>

#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestIdxSets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void folderVariantsAreRecognised_data() {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("pattern"); // %1: images or labels, %2: idx3 or idx1
        QTest::addColumn<bool>("compressed");
        const QString none;
        QTest::newRow("dashes, gz") << none << QStringLiteral("-%1-%2-ubyte.gz") << true;
        QTest::newRow("dashes") << none << QStringLiteral("-%1-%2-ubyte") << false;
        QTest::newRow("dots") << none << QStringLiteral("-%1.%2-ubyte") << false;
        QTest::newRow("dots, gz") << none << QStringLiteral("-%1.%2-ubyte.gz") << true;
        QTest::newRow("word in front")
            << QStringLiteral("emnist-digits-") << QStringLiteral("-%1-%2-ubyte.gz") << true;
        QTest::newRow("upper case") << none << QStringLiteral("-%1-%2-UBYTE.GZ") << true;
        QTest::newRow("gz in name only") << none << QStringLiteral("-%1-%2-ubyte.gz") << false;
    }
    void folderVariantsAreRecognised() {
        QFETCH(QString, prefix);
        QFETCH(QString, pattern);
        QFETCH(bool, compressed);
        const TestFolder folder;
        const auto write = [&](const char* part, const char* kind, const char* number,
                               const std::string& bytes) {
            const QString name =
                prefix + QLatin1String(part) + pattern.arg(QLatin1String(kind), QLatin1String(number));
            folder.write(name.toStdString(), compressed ? gzipped(bytes) : bytes);
        };
        write("train", "images", "idx3", idxPictures(12, 28, 28));
        write("train", "labels", "idx1", idxLabels(std::string("\0\1\2\3\4\5\6\7\0\1\2\3", 12)));
        write("t10k", "images", "idx3", idxPictures(5, 28, 28, 100));
        write("t10k", "labels", "idx1", idxLabels("\7\6\5\4\3"));
        const auto set = openDataSet(folder.path(), "", 0, 1);
        QCOMPARE(set->count(Split::Train), std::uint64_t(12));
        QCOMPARE(set->count(Split::Test), std::uint64_t(5));
        QCOMPARE(set->size(), 28);
        QCOMPARE(set->channels(), 1);
        QCOMPARE(set->info().labels.size(), std::size_t(8));
        int label = -1;
        const auto picture = pictureOf(*set, Split::Train, 3, 0, &label);
        QCOMPARE(label, 3);
        QCOMPARE(picture[0], 3 / 127.5F - 1.0F);
        QCOMPARE(picture[252], 1.0F);
        QCOMPARE(pictureOf(*set, Split::Test, 1, 0, &label)[0], 101 / 127.5F - 1.0F);
        QCOMPARE(label, 6);
    }

    void aSingleFileIsSplit() {
        const TestFolder folder;
        const std::string path = folder.write("digits.idx", idxPictures(60, 28, 28));
        const auto set = openDataSet(path, "", 0, 1);
        QCOMPARE(set->count(Split::Train), std::uint64_t(50));
        QCOMPARE(set->count(Split::Test), std::uint64_t(10));
        int label = 0;
        QCOMPARE(pictureOf(*set, Split::Test, 0, 0, &label)[0], 50 / 127.5F - 1.0F);
        QCOMPARE(label, -1);
        QVERIFY(set->info().labels.empty());
        EXPECT_ERROR(pictureOf(*set, Split::Train, 50), ErrorKind::Usage, "no picture 50");
    }

    void aSingleFileFindsItsCompanions() {
        const TestFolder folder;
        const std::string path = folder.write("train-images-idx3-ubyte.gz", gzipped(idxPictures(4, 28, 28)));
        folder.write("train-labels-idx1-ubyte", idxLabels("\1\2\3\4"));
        folder.write("t10k-images-idx3-ubyte", idxPictures(2, 28, 28));
        const auto set = openDataSet(path, "", 0, 1);
        QCOMPARE(set->count(Split::Train), std::uint64_t(4));
        QCOMPARE(set->count(Split::Test), std::uint64_t(2));
        int label = 0;
        pictureOf(*set, Split::Train, 1, 0, &label);
        QCOMPARE(label, 2);
        pictureOf(*set, Split::Test, 1, 0, &label);
        QCOMPARE(label, -1);
    }

    void oneSinglePictureServesBothSplits() {
        const TestFolder folder;
        const auto set = openDataSet(folder.write("one", idxPictures(1, 28, 28)), "", 0, 1);
        QCOMPARE(set->count(Split::Train), std::uint64_t(1));
        QCOMPARE(set->count(Split::Test), std::uint64_t(1));
        QVERIFY(pictureOf(*set, Split::Train, 0) == pictureOf(*set, Split::Test, 0));
    }

    void otherSizesAreResized_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("size");
        QTest::newRow("16") << 16 << 16 << 0 << 28;
        QTest::newRow("31") << 31 << 31 << 0 << 32;
        QTest::newRow("100") << 100 << 100 << 0 << 64;
        QTest::newRow("28 at 32") << 28 << 28 << 32 << 32;
        QTest::newRow("28 at 64") << 28 << 28 << 64 << 64;
        QTest::newRow("64 at 28") << 64 << 64 << 28 << 28;
        QTest::newRow("oblong") << 40 << 28 << 0 << 28;
        QTest::newRow("1 x 1") << 1 << 1 << 0 << 28;
    }
    void otherSizesAreResized() {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, asked);
        QFETCH(int, size);
        const TestFolder folder;
        const std::string flat = idx(8, {2, std::uint32_t(rows), std::uint32_t(columns)},
                                     std::string(std::size_t(2) * rows * columns, '\x80'));
        const auto set = openDataSet(folder.write("flat", flat), "", asked, 1);
        QCOMPARE(set->size(), size);
        QCOMPARE(set->info().size, std::min(rows, columns));
        for (const float value : pictureOf(*set, Split::Train, 0)) {
            QCOMPARE(value, 128 / 127.5F - 1.0F);
        }
    }

    void colourMakesColorMnist() {
        const TestFolder folder;
        const auto set = openDataSet(folder.write("d", idxPictures(6, 28, 28)), "color", 0, 1);
        QCOMPARE(set->channels(), 3);
        QCOMPARE(set->info().channels, 3);
        QCOMPARE(set->count(Split::Train), std::uint64_t(5));
        QVERIFY(pictureOf(*set, Split::Test, 0, 0) == pictureOf(*set, Split::Test, 0, 0));
        QVERIFY(pictureOf(*set, Split::Train, 0, 0) != pictureOf(*set, Split::Train, 0, 1));
    }

    void fingerprintFollowsTheContent() {
        const TestFolder folder;
        const std::string a = folder.write("a", idxPictures(6, 28, 28));
        const std::string b = folder.write("b", idxPictures(6, 28, 28, 1));
        const std::string print = openDataSet(a, "", 0, 1)->fingerprint();
        QCOMPARE(openDataSet(a, "", 0, 2)->fingerprint(), print);
        QVERIFY(openDataSet(b, "", 0, 1)->fingerprint() != print);
        QVERIFY(openDataSet(a, "", 32, 1)->fingerprint() != print);
        QVERIFY(openDataSet(a, "color", 0, 1)->fingerprint() != print);
    }

    void realMnist() {
        const QString source = qEnvironmentVariable("ALPHASCOPE_SOURCE_DIR");
        const QString path =
            qEnvironmentVariable("ALPHASCOPE_MNIST", source + QStringLiteral("/../shared/data/mnist"));
        if (!std::filesystem::is_directory(path.toStdString())) {
            QSKIP("MNIST is not here; point ALPHASCOPE_MNIST at its folder");
        }
        const auto set = openDataSet(path.toStdString(), "", 0, 1);
        QCOMPARE(set->count(Split::Train), std::uint64_t(60'000));
        QCOMPARE(set->count(Split::Test), std::uint64_t(10'000));
        QCOMPARE(set->size(), 28);
        QCOMPARE(set->info().labels.size(), std::size_t(10));
        const auto labels = [&](Split split) {
            std::vector<int> first(5);
            for (std::size_t i = 0; i < first.size(); ++i) {
                pictureOf(*set, split, i, 0, &first[i]);
            }
            return first;
        };
        QVERIFY((labels(Split::Train) == std::vector<int>{5, 0, 4, 1, 9}));
        QVERIFY((labels(Split::Test) == std::vector<int>{7, 2, 1, 0, 4}));
    }
};

QTEST_APPLESS_MAIN(TestIdxSets)
#include "tst_idx_sets.moc"
