// Opening by name, previews, and pictures made like a set's own.

#include <set>

#include <QtTest>

#include "engine/imaging/images.h"
#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestDataSets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void builtInSetsAreListed() {
        std::vector<std::string> names;
        for (const DataSetInfo& info : builtInDataSets()) {
            names.push_back(info.name);
            QVERIFY(info.builtIn);
            QVERIFY(!info.title.empty() && !info.description.empty());
            QCOMPARE(inspectDataSet(info.name).title, info.title);
        }
        QVERIFY((names == std::vector<std::string>{"glyphs", "color-glyphs", "stacked-glyphs", "shapes",
                                                   "ring", "grid"}));
    }

    void badRequestsAreExplained_data() {
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("transform");
        QTest::addColumn<int>("size");
        QTest::addColumn<QString>("expected");
        const QString none;
        const auto text = [](const char* t) { return QString::fromLatin1(t); };
        QTest::newRow("misspelt") << text("glyps") << none << 0 << text("Did you mean 'glyphs'?");
        QTest::newRow("unknown")
            << text("no-such-thing") << none << 0
            << text("known by name are glyphs, color-glyphs, stacked-glyphs, shapes, ring");
        QTest::newRow("missing path") << text("/no/such/folder") << none << 0 << text("'/no/such/folder'");
        QTest::newRow("empty name") << text("") << none << 0 << text("known by name are");
        QTest::newRow("transform") << text("glyphs") << text("sepia") << 0 << text("'sepia'");
        QTest::newRow("coloured twice") << text("shapes") << text("color") << 0 << text("grey");
        QTest::newRow("size") << text("glyphs") << none << 40 << text("28, 32, 64");
        QTest::newRow("negative size") << text("glyphs") << none << -1 << text("28, 32, 64");
    }
    void badRequestsAreExplained() {
        QFETCH(QString, data);
        QFETCH(QString, transform);
        QFETCH(int, size);
        QFETCH(QString, expected);
        EXPECT_ERROR(openDataSet(data.toStdString(), transform.toStdString(), size, 1), ErrorKind::Usage,
                     expected.toStdString());
    }

    void publishedSetsAreFoundByName() {
        const TestFolder folder;
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString(folder.path()));
        const auto known = [](const std::string& name) {
            for (const KnownDataSet& set : knownDataSets()) {
                if (set.name == name) {
                    return set;
                }
            }
            return KnownDataSet{};
        };
        QCOMPARE(dataFolder("mnist"), folder.path("alphascope/data/mnist"));
        QVERIFY(known("glyphs").builtIn && known("glyphs").ready);
        QVERIFY(!known("mnist").ready && known("mnist").fetchable && !known("mnist").builtIn);
        QVERIFY(!known("celeba").fetchable && !known("celeba").ready);
        QVERIFY(known("celeba").byHand.ends_with("Put them into " + known("celeba").folder + "."));
        EXPECT_ERROR(openDataSet("mnist", "", 0, 1), ErrorKind::Usage, "alphascope-cli fetch mnist");
        EXPECT_ERROR(openDataSet("celeba", "", 0, 1), ErrorKind::Usage, "Google Drive");
        folder.makeFolder("alphascope");
        folder.makeFolder("alphascope/data");
        folder.makeFolder("alphascope/data/mnist");
        QVERIFY(!known("mnist").ready); // an empty folder is no set
        folder.write("alphascope/data/mnist/train-images-idx3-ubyte", idxPictures(6, 28, 28));
        QVERIFY(known("mnist").ready);
        QCOMPARE(openDataSet("mnist", "color", 0, 1)->count(Split::Train), std::uint64_t(5));
        qputenv("XDG_DATA_HOME", before);
    }

    void aSinglePictureIsNoSet() {
        const TestFolder folder;
        const std::string path = folder.write("cat.png", encodePng(gradient(28, 28, 3)));
        EXPECT_ERROR(openDataSet(path, "", 0, 1), ErrorKind::BadInput, "single picture");
    }

    void sizeZeroIsTheNativeSize() {
        QCOMPARE(openDataSet("glyphs", "", 0, 1)->size(), 28);
        QCOMPARE(openDataSet("shapes", "", 0, 1)->size(), 32);
    }

    void theFirstPicturesComeWithTheirLabels() {
        for (const auto& [name, split] : {std::pair("train", Split::Train), {"test", Split::Test}}) {
            const LabelledPictures found = dataSetPictures(
                {.data = "glyphs", .transform = "color", .size = 32, .split = name, .count = 5, .seed = 7});
            QCOMPARE(found.pictures.size(), std::size_t(5));
            QCOMPARE(found.labels.size(), std::size_t(5));
            QVERIFY(found.points.empty());
            const auto set = openDataSet("glyphs", "color", 32, 7);
            for (std::size_t i = 0; i < found.pictures.size(); ++i) {
                std::vector<float> pixels(3 * 32 * 32);
                QCOMPARE(found.labels[i], set->get(split, i, 0, pixels));
                QVERIFY(found.pictures[i] == toImage(pixels, 3, 32));
            }
        }
        const TestFolder folder;
        const std::string few = folder.write("few", idxPictures(3, 28, 28));
        QCOMPARE(dataSetPictures({.data = few, .count = 50}).pictures.size(), std::size_t(2));
        EXPECT_ERROR(dataSetPictures({.data = "glyps"}), ErrorKind::Usage, "Did you mean");
        EXPECT_ERROR(dataSetPictures({.data = "glyphs", .split = "tset"}), ErrorKind::Usage,
                     "no split \"tset\"");
    }

    void picturesArePreparedLikeTheSet() {
        std::vector<float> out(32 * 32);
        prepareImage(filled(90, 45, {255, 255, 255}), "", 1, 32, 1, 0, out);
        QVERIFY(out == std::vector<float>(1024, 1.0F));
        std::vector<float> rgb(3 * 28 * 28);
        prepareImage(filled(5, 5, {0}), "", 3, 28, 1, 0, rgb);
        QVERIFY(rgb == std::vector<float>(2352, -1.0F));
    }

    void greyPicturesAreColouredByCounter() {
        const auto prepared = [](const Image& image, std::uint64_t seed, std::uint64_t index) {
            std::vector<float> out(3 * 28 * 28);
            prepareImage(image, "color", 3, 28, seed, index, out);
            return out;
        };
        const Image grey = gradient(28, 28, 1);
        const auto first = prepared(grey, 1, 0);
        QVERIFY(prepared(grey, 1, 0) == first);
        QVERIFY(prepared(grey, 1, 1) != first);
        QVERIFY(prepared(grey, 2, 0) != first);
        QVERIFY(prepared(fitSquare(grey, 28, 3), 1, 0) == first); // grey saved as colour
        const Image color = gradient(28, 28, 3);
        std::vector<float> plain(3 * 28 * 28);
        toFloats(color, plain);
        QVERIFY(prepared(color, 1, 0) == plain);
    }
};

QTEST_APPLESS_MAIN(TestDataSets)
#include "tst_data_sets.moc"
