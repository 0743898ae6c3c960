// Folders of picture files as data sets.

#include <algorithm>
#include <filesystem>
#include <set>

#include <QtTest>

#include <sys/stat.h>

#include "engine/api/pictures.h"
#include "engine/imaging/images.h"
#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace fs = std::filesystem;

namespace {

/// `count` flat pictures of different greys or colours.
void addPictures(const TestFolder& folder, const std::string& prefix, int count, int side, int channels) {
    for (int i = 0; i < count; ++i) {
        std::vector<std::uint8_t> color{static_cast<std::uint8_t>(i + 1), 100, 200};
        color.resize(std::size_t(channels));
        folder.write(prefix + std::to_string(i) + ".png", encodePng(filled(side, side, color)));
    }
}

std::set<float> firstPixels(const DataSet& set, Split split) {
    std::set<float> values;
    for (std::uint64_t i = 0; i < set.count(split); ++i) {
        values.insert(pictureOf(set, split, i)[0]);
    }
    return values;
}

} // namespace

class TestPictureFolders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPictureIsInOneSplit() {
        const TestFolder folder;
        addPictures(folder, "p", 100, 32, 1);
        const auto set = openDataSet(folder.path(), "", 0, 1);
        QCOMPARE(set->channels(), 1);
        QCOMPARE(set->size(), 32);
        const auto train = firstPixels(*set, Split::Train);
        const auto test = firstPixels(*set, Split::Test);
        QCOMPARE(train.size() + test.size(), std::size_t(100));
        QVERIFY(test.size() >= 2 && test.size() <= 25);
        std::set<float> all = train;
        all.insert(test.begin(), test.end());
        QCOMPARE(all.size(), std::size_t(100));
        QVERIFY(firstPixels(*openDataSet(folder.path(), "", 0, 7), Split::Test) == test);
    }

    void picturesAreListedForChoosing() {
        const TestFolder folder;
        folder.makeFolder("sub");
        addPictures(folder, "b", 2, 40, 1);
        addPictures(folder, "sub/a", 1, 40, 3);
        folder.write("notes.txt", "no picture");
        folder.write("broken.png", "no picture either");
        QCOMPARE(listPictures(folder.path()),
                 (std::vector<std::string>{folder.path("b0.png"), folder.path("b1.png"),
                                           folder.path("broken.png"), folder.path("sub/a0.png")}));
        const Image small = readThumbnail(folder.path("b1.png"), 16);
        QCOMPARE(small.width, 16);
        QCOMPARE(small.channels, 3);
        QCOMPARE(int(small.pixels[0]), 2);
        QVERIFY_THROWS_EXCEPTION(Error, readThumbnail(folder.path("broken.png"), 16));
        QVERIFY_THROWS_EXCEPTION(Error, listPictures(folder.path("nowhere")));
    }

    void addingPicturesMovesNone() {
        const TestFolder folder;
        addPictures(folder, "p", 60, 28, 1);
        const auto before = firstPixels(*openDataSet(folder.path(), "", 0, 1), Split::Test);
        for (int i = 0; i < 60; ++i) {
            folder.write("later" + std::to_string(i) + ".png", encodePng(filled(28, 28, {250})));
        }
        const auto after = firstPixels(*openDataSet(folder.path(), "", 0, 1), Split::Test);
        QVERIFY(std::includes(after.begin(), after.end(), before.begin(), before.end()));
    }

    void smallFoldersHaveBothSplits_data() {
        QTest::addColumn<int>("count");
        QTest::newRow("one picture") << 1;
        QTest::newRow("two pictures") << 2;
        QTest::newRow("three pictures") << 3;
    }
    void smallFoldersHaveBothSplits() {
        QFETCH(int, count);
        const TestFolder folder;
        addPictures(folder, "p", count, 28, 3);
        const auto set = openDataSet(folder.path(), "", 0, 1);
        QVERIFY(set->count(Split::Train) >= 1);
        QVERIFY(set->count(Split::Test) >= 1);
        QCOMPARE(int(set->count(Split::Train) + set->count(Split::Test)), std::max(count, 2));
    }

    void subFoldersAreLabels() {
        const TestFolder folder;
        addPictures(folder, "dogs/", 12, 28, 3);
        addPictures(folder, "cats/young/tabby/", 12, 28, 3);
        addPictures(folder, "loose", 12, 28, 3);
        folder.makeFolder("empty");
        const auto set = openDataSet(folder.path(), "", 0, 1);
        QVERIFY((set->info().labels == std::vector<std::string>{"cats", "dogs"}));
        std::map<int, int> counts;
        for (const Split split : {Split::Train, Split::Test}) {
            for (std::uint64_t i = 0; i < set->count(split); ++i) {
                int label = 9;
                pictureOf(*set, split, i, 0, &label);
                ++counts[label];
            }
        }
        QVERIFY((counts == std::map<int, int>{{-1, 12}, {0, 12}, {1, 12}}));
    }

    void formatsAndCasesMix() {
        const TestFolder folder;
        for (const char* name : {"a.PNG", "b.jpg", "c.JPEG", "d.WebP", "e.bmp", "f.TIFF", "g.tif"}) {
            writeImage(folder.path(name), filled(70, 70, {10, 20, 30}));
        }
        folder.write("notes.txt", "not a picture");
        folder.write(".hidden.png", "not a picture");
        folder.write("._a.jpg", "not a picture");
        const DataSetInfo info = inspectDataSet(folder.path());
        QCOMPARE(int(info.trainCount + info.testCount), 7);
        QCOMPARE(int(info.skippedCount), 0);
    }

    void sizeFollowsThePictures_data() {
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("size");
        QTest::newRow("20") << 20 << 0 << 28;
        QTest::newRow("32") << 32 << 0 << 32;
        QTest::newRow("50") << 50 << 0 << 64;
        QTest::newRow("64") << 64 << 0 << 64;
        QTest::newRow("500") << 500 << 0 << 64;
        QTest::newRow("500 at 32") << 500 << 32 << 32;
        QTest::newRow("1 at 64") << 1 << 64 << 64;
    }
    void sizeFollowsThePictures() {
        QFETCH(int, side);
        QFETCH(int, asked);
        QFETCH(int, size);
        const TestFolder folder;
        addPictures(folder, "p", 3, side, 3);
        const auto set = openDataSet(folder.path(), "", asked, 1);
        QCOMPARE(set->size(), size);
        QCOMPARE(set->info().size, side);
    }

    void greyPicturesSavedAsColourStayGrey() {
        const TestFolder folder;
        folder.write("a.png", encodePng(filled(28, 28, {7, 7, 7})));
        folder.write("b.png", encodePng(filled(28, 28, {9})));
        QCOMPARE(openDataSet(folder.path(), "", 0, 1)->channels(), 1);
        QCOMPARE(openDataSet(folder.path(), "color", 0, 1)->channels(), 3);
        folder.write("c.png", encodePng(filled(28, 28, {7, 7, 200})));
        const auto set = openDataSet(folder.path(), "", 0, 1);
        QCOMPARE(set->channels(), 3);
        EXPECT_ERROR(openDataSet(folder.path(), "color", 0, 1), ErrorKind::Usage, "coloured");
    }

    void badFilesAreLeftOutAndListed() {
        const TestFolder folder;
        addPictures(folder, "good", 20, 28, 3);
        const std::string png = encodePng(gradient(28, 28, 3));
        folder.write("empty.png", "");
        folder.write("text.jpg", "no picture");
        folder.write("sub/cut.png", png.substr(0, png.size() / 2));
        QCOMPARE(mkfifo(folder.path("pipe.png").c_str(), 0600), 0);
        fs::create_symlink("nowhere.png", folder.path("dangling.png"));
        fs::create_symlink("loop.png", folder.path("loop.png"));
        const auto set = openDataSet(folder.path(), "", 0, 1);
        const DataSetInfo& info = set->info();
        QCOMPARE(int(info.trainCount + info.testCount), 20);
        QCOMPARE(int(info.skippedCount), 6);
        for (const char* name :
             {"empty.png", "text.jpg", "sub/cut.png", "pipe.png", "dangling.png", "loop.png"}) {
            QVERIFY2(std::any_of(info.skipped.begin(), info.skipped.end(),
                                 [&](const std::string& line) { return line.starts_with(name); }),
                     name);
        }
        QCOMPARE(firstPixels(*set, Split::Train).size() + firstPixels(*set, Split::Test).size(),
                 std::size_t(20));
    }

    void manyBadFilesAreCountedButNotAllListed() {
        const TestFolder folder;
        addPictures(folder, "good", 2, 28, 1);
        for (int i = 0; i < 150; ++i) {
            folder.write("bad" + std::to_string(i) + ".png", "x");
        }
        const DataSetInfo info = inspectDataSet(folder.path());
        QCOMPARE(int(info.skippedCount), 150);
        QCOMPARE(info.skipped.size(), std::size_t(100));
    }

    void foldersWithoutPicturesAreErrors() {
        const TestFolder folder;
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, "holds no pictures");
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, folder.path());
        folder.write("a.png", "x");
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, "None of the pictures");
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, "a.png");
    }

    void folderLoopsEnd() {
        const TestFolder folder;
        addPictures(folder, "a/b/p", 5, 28, 1);
        fs::create_directory_symlink("..", folder.path("a/b/up"));
        fs::create_directory_symlink(folder.path(), folder.path("a/all"));
        fs::create_directory_symlink("self", folder.path("self"));
        const DataSetInfo info = inspectDataSet(folder.path());
        QCOMPARE(int(info.trainCount + info.testCount), 5);
    }

    void aVanishedFileIsAnErrorOfItsOwn() {
        const TestFolder folder;
        // Above the number that is checked and kept on opening.
        addPictures(folder, "p", 130, 28, 1);
        fs::resize_file(folder.write("big.bmp", ""), 60 << 20); // so that only a sample is decoded
        const auto set = openDataSet(folder.path(), "", 0, 1);
        int failed = 0;
        for (int i = 0; i < 130; ++i) {
            fs::remove(folder.path("p" + std::to_string(i) + ".png"));
        }
        for (std::uint64_t i = 0; i < set->count(Split::Train); ++i) {
            failed += errorOf([&] { pictureOf(*set, Split::Train, i); }) ? 1 : 0;
        }
        QVERIFY(failed > 30); // the sample is still there, in memory
        QVERIFY(failed < 130);
    }

    void picturesStayWhenTheFilesGo() {
        const TestFolder folder;
        addPictures(folder, "p", 10, 28, 3);
        const auto set = openDataSet(folder.path(), "", 0, 1);
        const auto before = pictureOf(*set, Split::Train, 0);
        for (int i = 0; i < 10; ++i) {
            fs::remove(folder.path("p" + std::to_string(i) + ".png"));
        }
        QVERIFY(pictureOf(*set, Split::Train, 0) == before);
    }

    void fingerprintFollowsNamesAndContent() {
        const TestFolder folder;
        addPictures(folder, "p", 10, 28, 3);
        const std::string print = openDataSet(folder.path(), "", 0, 1)->fingerprint();
        QCOMPARE(openDataSet(folder.path() + "/", "", 0, 2)->fingerprint(), print);
        folder.write("p3.png", encodePng(filled(28, 28, {4, 101, 200})));
        const std::string changed = openDataSet(folder.path(), "", 0, 1)->fingerprint();
        QVERIFY(changed != print);
        fs::rename(folder.path("p3.png"), folder.path("q3.png"));
        QVERIFY(openDataSet(folder.path(), "", 0, 1)->fingerprint() != changed);
    }
};

QTEST_APPLESS_MAIN(TestPictureFolders)
#include "tst_picture_folders.moc"
