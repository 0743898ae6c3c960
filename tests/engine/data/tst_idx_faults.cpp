// IDX files that must be refused, each with one clear sentence and without taking memory for what is not
// there.

#include <filesystem>

#include <QtTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

QByteArray raw(const std::string& bytes) {
    return QByteArray::fromStdString(bytes);
}

long peakMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

} // namespace

class TestIdxFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badFilesAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        const std::string good = idxPictures(10, 28, 28);
        const std::string packed = gzipped(good);
        const QByteArray truncated("truncated");
        QTest::newRow("empty") << QByteArray() << truncated;
        QTest::newRow("one byte") << QByteArray("\0", 1) << truncated;
        QTest::newRow("text") << QByteArray("label,pixel0,pixel1\n") << QByteArray("no IDX file");
        QTest::newRow("floats") << raw(idx(0x0D, {1, 2, 2}, std::string(16, '\0')))
                                << QByteArray("type 0x0d");
        QTest::newRow("labels as pictures")
            << raw(idxLabels("\1\2\3")) << QByteArray("1 dimensions and not the 3");
        QTest::newRow("four dimensions")
            << raw(idx(8, {1, 2, 2, 3}, std::string(12, '\0'))) << QByteArray("4 dimensions");
        QTest::newRow("header cut") << raw(good.substr(0, 13)) << truncated;
        QTest::newRow("content cut") << raw(good.substr(0, good.size() - 1)) << truncated;
        QTest::newRow("half") << raw(good.substr(0, good.size() / 2)) << truncated;
        QTest::newRow("more than stated") << raw(good + "x") << QByteArray("more follows");
        QTest::newRow("no pictures") << raw(idx(8, {0, 28, 28}, "")) << QByteArray("holds no pictures");
        QTest::newRow("no rows") << raw(idx(8, {5, 0, 28}, "")) << QByteArray("holds no pictures");
        QTest::newRow("absurd sides")
            << raw(idx(8, {1, 100'000, 100'000}, "x")) << QByteArray("100000 x 100000");
        QTest::newRow("absurd count")
            << raw(idx(8, {0xFFFFFFFF, 4096, 4096}, "x")) << QByteArray("the limit is 4294967296");
        QTest::newRow("large promise")
            << raw(idx(8, {1'000'000, 60, 60}, "x")) << QByteArray("cannot hold them");
        QTest::newRow("gz cut") << raw(packed.substr(0, packed.size() / 2)) << truncated;
        QTest::newRow("gz without its end") << raw(packed.substr(0, packed.size() - 4)) << truncated;
        QTest::newRow("gz header only") << raw(packed.substr(0, 10)) << truncated;
        std::string flipped = packed;
        flipped[flipped.size() - 6] = static_cast<char>(flipped[flipped.size() - 6] ^ 1); // its checksum
        QTest::newRow("gz, wrong checksum") << raw(flipped) << QByteArray("damaged gzip data");
        QTest::newRow("gz of text") << raw(gzipped("hello, world")) << QByteArray("no IDX file");
    }
    void badFilesAreRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        const TestFolder folder;
        const std::string path = folder.write("train-images-idx3-ubyte", bytes.toStdString());
        EXPECT_ERROR(openDataSet(path, "", 0, 1), ErrorKind::BadInput, expected.toStdString());
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, "train-images-idx3-ubyte");
    }

    void bombsStayWithinTheirPromise() {
        const TestFolder folder;
        const std::string header = idx(8, {10, 28, 28}, "");
        const std::string path =
            folder.write("bomb.gz", gzipped(header + std::string(std::size_t(150) << 20, '\0')));
        const std::string large =
            folder.write("large.gz", gzipped(idx(8, {300'000, 100, 100}, std::string(8 << 20, '\0'))));
        // The test itself needed the memory once; what counts is that opening does not need more.
        const long before = peakMegabytes();
        EXPECT_ERROR(openDataSet(path, "", 0, 1), ErrorKind::BadInput, "more follows");
        EXPECT_ERROR(openDataSet(large, "", 0, 1), ErrorKind::BadInput, "cannot hold them");
        QVERIFY(peakMegabytes() - before < 60);
    }

    void labelsMustMatch() {
        const TestFolder folder;
        folder.write("train-images-idx3-ubyte", idxPictures(10, 28, 28));
        folder.write("train-labels-idx1-ubyte", idxLabels("\1\2\3"));
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, "10 pictures and 3 labels");
        folder.write("train-labels-idx1-ubyte", idxPictures(10, 1, 1));
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, "3 dimensions and not the 1");
        folder.write("train-labels-idx1-ubyte", idx(8, {10}, "\1\2"));
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, "train-labels-idx1-ubyte");
    }

    void theHeldOutFileMustMatch() {
        const TestFolder folder;
        folder.write("train-images-idx3-ubyte", idxPictures(10, 28, 28));
        folder.write("t10k-images-idx3-ubyte", idxPictures(3, 32, 32));
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::BadInput, "28 x 28 and of 32 x 32");
    }

    void severalSetsInOneFolderAreNamed() {
        const TestFolder folder;
        folder.write("emnist-letters-train-images-idx3-ubyte", idxPictures(2, 28, 28));
        folder.write("emnist-digits-train-images-idx3-ubyte", idxPictures(2, 28, 28));
        EXPECT_ERROR(openDataSet(folder.path(), "", 0, 1), ErrorKind::Usage, "several IDX sets");
    }

    void whatIsNoFileIsRefused() {
        const TestFolder folder;
        QCOMPARE(mkfifo(folder.path("pipe").c_str(), 0600), 0);
        EXPECT_ERROR(openDataSet(folder.path("pipe"), "", 0, 1), ErrorKind::BadInput, "no regular file");
        folder.makeFolder("odd/train-images-idx3-ubyte");
        EXPECT_ERROR(openDataSet(folder.path("odd"), "", 0, 1), ErrorKind::BadInput, "no regular file");
        std::filesystem::create_symlink("loop", folder.path("loop"));
        EXPECT_ERROR(openDataSet(folder.path("loop"), "", 0, 1), ErrorKind::BadInput, "loop");
        if (geteuid() != 0) {
            const std::string secret = folder.write("secret", idxPictures(2, 28, 28));
            QCOMPARE(chmod(secret.c_str(), 0), 0);
            EXPECT_ERROR(openDataSet(secret, "", 0, 1), ErrorKind::InputOutput, "secret");
        }
    }
};

QTEST_APPLESS_MAIN(TestIdxFaults)
#include "tst_idx_faults.moc"
