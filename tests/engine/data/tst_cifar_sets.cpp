// CIFAR-10 and CIFAR-100 from files in their original layout, good ones and bad ones.

#include <QtTest>

#include "engine/data/cifar_set.h"
#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// A record whose red plane is `red` everywhere, green 100, blue 200 but for its first pixel.
std::string record(const std::string& labels, int red) {
    std::string bytes = labels + std::string(1024, static_cast<char>(red)) + std::string(1024, '\x64') +
                        std::string(1024, '\xC8');
    bytes[labels.size() + 2048] = '\x0A';
    return bytes;
}

/// `count` records of CIFAR-10 with labels first, first + 1, ... modulo 10.
std::string records10(int count, int first = 0) {
    std::string bytes;
    for (int i = 0; i < count; ++i) {
        bytes += record(std::string(1, static_cast<char>((first + i) % 10)), first + i);
    }
    return bytes;
}

std::string records100(int count) {
    std::string bytes;
    for (int i = 0; i < count; ++i) {
        bytes += record({static_cast<char>(i % 20), static_cast<char>((7 * i) % 100)}, i);
    }
    return bytes;
}

constexpr const char* tenNames = "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

float level(int byte) {
    return float(byte) / 127.5F - 1.0F;
}

} // namespace

class TestCifarSets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOriginalFolderIsRead() {
        const TestFolder folder;
        for (int batch = 1; batch <= 5; ++batch) {
            folder.write("data_batch_" + std::to_string(batch) + ".bin", records10(3, 10 * batch));
        }
        folder.write("test_batch.bin", records10(4, 100));
        folder.write("batches.meta.txt", tenNames);
        folder.write("readme.html", "<html>");
        const auto set = openDataSet(folder.path(), "", 0, 1);
        QCOMPARE(set->info().title, std::string("CIFAR-10"));
        QCOMPARE(set->count(Split::Train), std::uint64_t(15));
        QCOMPARE(set->count(Split::Test), std::uint64_t(4));
        QCOMPARE(set->size(), 32);
        QCOMPARE(set->channels(), 3);
        QCOMPARE(set->info().labels[8], std::string("ship"));
        int label = -1;
        const auto picture = pictureOf(*set, Split::Train, 4, 0, &label); // the second of the second batch
        QCOMPARE(label, 1);
        QCOMPARE(picture[0], level(21));
        QCOMPARE(picture[1023], level(21));
        QCOMPARE(picture[1024], level(100));
        QCOMPARE(picture[2048], level(10));
        QCOMPARE(picture[2049], level(200));
        pictureOf(*set, Split::Test, 3, 0, &label);
        QCOMPARE(label, 3);
    }

    void theFolderOfTheArchiveIsFoundInside() {
        const TestFolder folder;
        folder.makeFolder("cifar-10-batches-bin");
        folder.write("cifar-10-batches-bin/data_batch_1.bin", records10(12));
        const auto set = openDataSet(folder.path(), "", 28, 1);
        QCOMPARE(set->size(), 28);
        QCOMPARE(set->count(Split::Train), std::uint64_t(10)); // the last sixth is held out
        QCOMPARE(set->count(Split::Test), std::uint64_t(2));
        const auto picture = pictureOf(*set, Split::Test, 1);
        QCOMPARE(picture.size(), std::size_t(3 * 28 * 28));
        QVERIFY(std::abs(picture[400] - level(11)) < 0.01F); // red stays red when resized
        QCOMPARE(set->info().labels[3], std::string("3"));
    }

    void aHundredLabelsAreTheFineOnes() {
        const TestFolder folder;
        folder.write("train.bin", records100(30));
        folder.write("test.bin", records100(5));
        std::string names;
        for (int i = 0; i < 100; ++i) {
            names += "kind " + std::to_string(i) + "\r\n";
        }
        folder.write("fine_label_names.txt", names);
        folder.write("coarse_label_names.txt", "fish\n");
        const auto set = openDataSet(folder.path(), "", 0, 1);
        QCOMPARE(set->info().title, std::string("CIFAR-100"));
        QCOMPARE(set->info().labels.size(), std::size_t(100));
        QCOMPARE(set->info().labels[42], std::string("kind 42"));
        int label = -1;
        const auto picture = pictureOf(*set, Split::Train, 16, 0, &label);
        QCOMPARE(label, 12);
        QCOMPARE(picture[0], level(16));
    }

    void singleAndPackedFilesAreRead() {
        const TestFolder folder;
        QCOMPARE(openDataSet(folder.write("some.bin", records10(12)), "", 0, 1)->info().title,
                 std::string("CIFAR-10"));
        QCOMPARE(openDataSet(folder.write("other.bin", records100(12)), "", 0, 1)->info().title,
                 std::string("CIFAR-100"));
        const auto packed = openDataSet(folder.write("data_batch_2.bin.gz", gzipped(records10(6))), "", 0, 1);
        QCOMPARE(packed->count(Split::Train), std::uint64_t(5));
    }

    void damagedFilesAreExplained_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("expected");
        const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
        const auto row = [&](const char* name, const char* file, const std::string& content,
                             const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(file) << bytes(content)
                                << QString::fromLatin1(expected);
        };
        row("empty", "data_batch_1.bin", "", "is empty");
        row("one byte", "data_batch_1.bin", std::string(1, '\1'), "ends 1 bytes into a record of 3073");
        row("truncated", "data_batch_1.bin", records10(3).substr(0, 3 * 3073 - 1), "ends 3072 bytes into");
        row("trailing", "data_batch_1.bin", records10(3) + "x", "ends 1 bytes into");
        row("label", "data_batch_1.bin", records10(2) + record("\x0A", 0), "label 10 in record 2; 0 to 9");
        row("of the other kind", "data_batch_1.bin", records100(2), "");
        row("coarse label", "train.bin", record("\x14\x01", 0), "coarse label 20 in record 0; 0 to 19");
        row("fine label", "train.bin", record("\x01\x64", 0), "label 100 in record 0; 0 to 99");
        row("ten as a hundred", "train.bin", records10(2), "record of 3074");
        row("gzip truncated", "data_batch_1.bin.gz", gzipped(records10(3)).substr(0, 40), "truncated");
    }
    void damagedFilesAreExplained() {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, expected);
        const TestFolder folder;
        const std::string path = folder.write(file.toStdString(), content.toStdString());
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, expected.toStdString());
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, path);
    }

    void wrongNamesAreWorseThanNone() {
        const TestFolder folder;
        folder.write("data_batch_1.bin", records10(6));
        folder.write("batches.meta.txt", "airplane\nbird\n");
        QCOMPARE(openDataSet(folder.path(), "", 0, 1)->info().labels[1], std::string("1"));
    }

    void theFingerprintFollowsTheContent() {
        const TestFolder folder;
        folder.write("data_batch_1.bin", records10(6));
        const std::string before = openDataSet(folder.path(), "", 0, 1)->fingerprint();
        QCOMPARE(openDataSet(folder.path(), "", 0, 1)->fingerprint(), before);
        folder.write("data_batch_1.bin", records10(6, 1));
        QVERIFY(openDataSet(folder.path(), "", 0, 1)->fingerprint() != before);
    }

    void cropsAndTransformsAreRefused() {
        const TestFolder folder;
        folder.write("data_batch_1.bin", records10(6));
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1, "108"), ErrorKind::Usage, "not cropped");
        EXPECT_ERROR(openDataSet(folder.path(), "color", 0, 1), ErrorKind::Usage, "grey");
    }
};

QTEST_APPLESS_MAIN(TestCifarSets)
#include "tst_cifar_sets.moc"
