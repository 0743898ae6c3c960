// CelebA from files in their original layout and in the variants in use, good ones and bad ones.

#include <cmath>
#include <set>
#include <tuple>

#include <QtTest>

#include "engine/data/celeba_files.h"
#include "engine/imaging/crop.h"
#include "engine/imaging/images.h"
#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

constexpr const char* attributeList = "6\n"
                                      "Bald Smiling Young \n"
                                      "000001.jpg -1  1  1\n"
                                      "000002.jpg  1 -1  1\n"
                                      "000003.jpg -1 -1 -1\n"
                                      "000004.jpg -1  1 -1\n"
                                      "000005.jpg  1  1  1\n"
                                      "000006.jpg -1 -1  1\n";
constexpr const char* partitionList = "000001.jpg 0\n000002.jpg 0\n000003.jpg 1\n"
                                      "000004.jpg 2\n000005.jpg 0\n000006.jpg 2\n";

std::string withCrLf(const std::string& text) {
    std::string result;
    for (const char c : text) {
        result += c == '\n' ? std::string("\r\n") : std::string(1, c);
    }
    return result;
}

std::string asCsv(const std::string& header, const std::string& text, std::size_t skippedLines) {
    std::string result = header + "\n";
    std::size_t line = 0;
    bool blank = false;
    for (const char c : text) {
        if (line >= skippedLines) {
            if (c != ' ' && blank) {
                result += c == '\n' ? "" : ",";
            }
            blank = c == ' ';
            result += c == ' ' ? std::string() : std::string(1, c);
        }
        line += c == '\n' ? 1 : 0;
    }
    return result;
}

/// A face of the aligned size whose grey level tells its number.
void writeFace(const TestFolder& folder, const std::string& place, int number, const std::string& ending) {
    const auto value = static_cast<std::uint8_t>(30 * number);
    const Image picture = filled(178, 218, {value, 60, 90});
    writeImage(folder.path(place + "/00000" + std::to_string(number) + ending), picture);
}

/// Six faces in img_align_celeba.
void writeFaces(const TestFolder& folder, const std::string& place = "img_align_celeba",
                const std::string& ending = ".jpg") {
    folder.makeFolder(place);
    for (int number = 1; number <= 6; ++number) {
        writeFace(folder, place, number, ending);
    }
}

int redOf(const DataSet& set, Split split, std::uint64_t index) {
    return static_cast<int>(std::lround((pictureOf(set, split, index)[0] + 1.0F) * 127.5F));
}

} // namespace

class TestCelebASets : public QObject {
    Q_OBJECT

private:
    /// What every variant of the layout must give.
    static QByteArray faultOf(const std::string& path) {
        const auto set = openDataSet(path, "", 64, 1);
        if (set->count(Split::Train) != 3 || set->count(Split::Test) != 2) {
            return "the split is wrong";
        }
        if (set->factorNames() != std::vector<std::string>{"Bald", "Smiling", "Young"}) {
            return "the names of the attributes are wrong";
        }
        if (set->factors(Split::Train, 1) != std::vector<float>{1.0F, -1.0F, 1.0F} ||
            set->factors(Split::Test, 0) != std::vector<float>{-1.0F, 1.0F, -1.0F}) {
            return "the attributes are wrong";
        }
        for (const auto& [split, index, number] :
             {std::tuple(Split::Train, 0, 1), std::tuple(Split::Train, 2, 5),
              std::tuple(Split::Test, 1, 6)}) {
            if (std::abs(redOf(*set, split, std::uint64_t(index)) - 30 * number) > 3) {
                return "a picture is another one";
            }
        }
        return set->info().skippedCount == 0 ? QByteArray() : QByteArray("something was left out");
    }

private Q_SLOTS:
    void theOriginalLayoutIsRead() {
        const TestFolder folder;
        writeFaces(folder);
        folder.write("list_attr_celeba.txt", attributeList);
        folder.write("list_eval_partition.txt", partitionList);
        QCOMPARE(faultOf(folder.path()), QByteArray());
        QCOMPARE(faultOf(folder.path("img_align_celeba")), QByteArray());
        QCOMPARE(faultOf(folder.path("img_align_celeba") + "/"), QByteArray());
        const auto set = openDataSet(folder.path(), "", 0, 1);
        QCOMPARE(set->info().title, std::string("CelebA"));
        QCOMPARE(set->size(), 64);
        QCOMPARE(set->channels(), 3);
        QVERIFY(set->info().labels.empty() && set->info().canCrop);
        int label = 0;
        pictureOf(*set, Split::Train, 0, 0, &label);
        QCOMPARE(label, -1);
    }

    void theFoldersOfTheArchiveAreRead() {
        const TestFolder folder;
        folder.makeFolder("Img");
        folder.makeFolder("Anno");
        folder.makeFolder("Eval");
        writeFaces(folder, "Img/img_align_celeba");
        folder.write("Anno/list_attr_celeba.txt", withCrLf(attributeList));
        folder.write("Eval/list_eval_partition.txt", withCrLf(partitionList));
        QCOMPARE(faultOf(folder.path()), QByteArray());
        QCOMPARE(faultOf(folder.path("Img/img_align_celeba")), QByteArray());
    }

    void csvListsAreRead() {
        const TestFolder folder;
        folder.makeFolder("img_align_celeba");
        writeFaces(folder, "img_align_celeba/img_align_celeba");
        folder.write("list_attr_celeba.csv", asCsv("image_id,Bald,Smiling,Young", attributeList, 2));
        folder.write("list_eval_partition.csv", withCrLf(asCsv("image_id,partition", partitionList, 0)));
        QCOMPARE(faultOf(folder.path()), QByteArray());
    }

    void pngsAreTakenForTheListedJpegs() {
        const TestFolder folder;
        writeFaces(folder, "img_align_celeba", ".png");
        folder.write("list_attr_celeba.txt", attributeList);
        folder.write("list_eval_partition.txt", partitionList);
        QCOMPARE(faultOf(folder.path()), QByteArray());
    }

    void picturesBesideTheListsAreRead() {
        const TestFolder folder;
        for (int number = 1; number <= 6; ++number) {
            writeFace(folder, ".", number, ".jpg");
        }
        folder.write("list_attr_celeba.txt", attributeList);
        folder.write("list_eval_partition.txt", partitionList);
        QCOMPARE(faultOf(folder.path()), QByteArray());
    }

    void missingPicturesAreListed() {
        const TestFolder folder;
        writeFaces(folder);
        QVERIFY(QFile::remove(QString::fromStdString(folder.path("img_align_celeba/000002.jpg"))));
        folder.write("img_align_celeba/000005.jpg", "no picture");
        folder.write("list_attr_celeba.txt", attributeList);
        folder.write("list_eval_partition.txt", partitionList);
        const auto set = openDataSet(folder.path(), "", 0, 1);
        QCOMPARE(set->count(Split::Train), std::uint64_t(1));
        QCOMPARE(set->info().skippedCount, std::uint64_t(2));
        QVERIFY(set->info().skipped[0].starts_with("000002.jpg: it is listed and not there"));
        QVERIFY(set->info().skipped[1].starts_with("000005.jpg: "));
    }

    void oneListIsEnough() {
        const TestFolder folder;
        writeFaces(folder);
        folder.write("list_attr_celeba.txt", attributeList);
        const auto byHash = openDataSet(folder.path(), "", 0, 1);
        QCOMPARE(byHash->count(Split::Train) + byHash->count(Split::Test), std::uint64_t(6));
        QVERIFY(byHash->count(Split::Test) >= 1);
        QVERIFY(QFile::remove(QString::fromStdString(folder.path("list_attr_celeba.txt"))));
        folder.write("list_eval_partition.txt", partitionList);
        const auto plain = openDataSet(folder.path(), "", 0, 1);
        QCOMPARE(plain->count(Split::Test), std::uint64_t(2));
        QVERIFY(plain->factorNames().empty());
    }

    void badListsAreExplained_data() {
        QTest::addColumn<QString>("attributes");
        QTest::addColumn<QString>("partition");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& attributes, const std::string& partition,
                            const char* expected) {
            QTest::newRow(name) << QString::fromStdString(attributes) << QString::fromStdString(partition)
                                << QString::fromLatin1(expected);
        };
        const std::string good = partitionList;
        row("empty", "", good, "is empty");
        row("no count", "Bald Smiling\n000001.jpg 1 1\n", good, "'Bald' where a number belongs in line 1");
        row("too few", "2\nBald Smiling\n000001.jpg 1 1\n000002.jpg 1\n", good,
            "has 1 attributes where 2 are named in line 4");
        row("too many", "1\nBald\n000001.jpg 1 1\n", good, "has 2 attributes where 1 are named in line 3");
        row("value", "1\nBald\n000001.jpg 2\n", good, "value 2, and 1 or -1 are possible, in line 3");
        row("no number", "1\nBald\n000001.jpg yes\n", good, "'yes' where a number belongs in line 3");
        row("truncated", std::string(attributeList).substr(0, 82), good, "is truncated: it lists");
        row("part", attributeList, "000001.jpg 3\n", "the part 3, and 0, 1 or 2 are possible, in line 1");
        row("no part", attributeList, "000001.jpg 0\n000002.jpg\n", "has 1 words");
        row("no parts", attributeList, "\n", "lists no pictures");
        row("others", attributeList, "x.jpg 0\n", "None of the pictures");
        row("one part", attributeList, "000001.jpg 0\n", "none to hold out");
    }
    void badListsAreExplained() {
        QFETCH(QString, attributes);
        QFETCH(QString, partition);
        QFETCH(QString, expected);
        const TestFolder folder;
        writeFaces(folder);
        folder.write("list_attr_celeba.txt", attributes.toStdString());
        folder.write("list_eval_partition.txt", partition.toStdString());
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, expected.toStdString());
    }

    void theCropIsPartOfTheSet() {
        const TestFolder folder;
        folder.makeFolder("img_align_celeba");
        const Image picture = gradient(178, 218, 3);
        for (int number = 1; number <= 3; ++number) {
            writeImage(folder.path("img_align_celeba/00000" + std::to_string(number) + ".png"), picture);
        }
        folder.write("list_eval_partition.txt", "000001.jpg 0\n000002.jpg 1\n000003.jpg 2\n");
        std::set<std::string> fingerprints;
        for (const std::string& crop : cropNames()) {
            const auto set = openDataSet(folder.path(), "", 64, 1, crop);
            std::vector<float> expected(3 * 64 * 64);
            toFloats(cutPicture(picture, crop, 64, 3), expected);
            QVERIFY2(pictureOf(*set, Split::Train, 0) == expected, crop.c_str());
            fingerprints.insert(set->fingerprint());
        }
        QCOMPARE(fingerprints.size(), cropNames().size());
        EXPECT_ERROR(openDataSet(folder.path(), "", 64, 1, "100"), ErrorKind::Usage, "no crop '100'");
    }
};

QTEST_APPLESS_MAIN(TestCelebASets)
#include "tst_celeba_sets.moc"
