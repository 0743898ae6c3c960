// Picture files that must be refused, each with one clear sentence.

#include <filesystem>

#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

#include "engine/imaging/images.h"
#include "tests/engine/imaging/picture_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

std::string encoded(const char* name) {
    const TestFolder folder;
    writeImage(folder.path(name), gradient(40, 30, 3));
    return bytesOf(folder.path(name));
}

std::string halfOf(const std::string& bytes) {
    return bytes.substr(0, bytes.size() / 2);
}

/// A PNG that states a size and holds one row.
std::string bomb(std::uint32_t width, std::uint32_t height) {
    return makePng({.width = width, .height = height, .rows = {std::string(16, '\0')}});
}

std::string withBadChecksum() {
    std::string png = encodePng(gradient(40, 30, 3));
    const auto at = png.find("IDAT");
    png[at + 20] = static_cast<char>(png[at + 20] ^ 0x10);
    return png;
}

std::string tiffOf(std::uint32_t width, std::uint32_t height) {
    std::string tiff("II*\0\x08\0\0\0\x02\0", 10);
    const auto entry = [&](int tag, std::uint32_t value) {
        tiff += {char(tag & 0xFF), char(tag >> 8), 4, 0, 1, 0, 0, 0};
        for (int shift = 0; shift < 32; shift += 8) {
            tiff += char(value >> shift & 0xFF);
        }
    };
    entry(256, width);
    entry(257, height);
    return tiff + std::string(4, '\0');
}

QByteArray raw(const std::string& bytes) {
    return QByteArray::fromStdString(bytes);
}

} // namespace

class TestPictureFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badContentIsRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray notRead("none that this program reads");
        const QByteArray truncated("is truncated");
        QTest::newRow("no bytes") << QByteArray() << QByteArray("is empty");
        QTest::newRow("one byte") << QByteArray("\x89") << notRead;
        QTest::newRow("text") << QByteArray("hello, I am a picture") << notRead;
        QTest::newRow("animated GIF") << QByteArray("GIF89a\x01\0\x01\0", 10) << notRead;
        QTest::newRow("PNG signature only") << QByteArray("\x89PNG\r\n\x1a\n") << truncated;
        QTest::newRow("half a PNG") << raw(halfOf(encoded("a.png"))) << truncated;
        QTest::newRow("PNG, wrong checksum") << raw(withBadChecksum()) << QByteArray("checksum");
        QTest::newRow("PNG, too few rows") << raw(bomb(16, 9)) << QByteArray("cannot be decoded");
        QTest::newRow("PNG, no width") << raw(bomb(0, 9)) << QByteArray("no width or height");
        QTest::newRow("PNG of 60,000 a side") << raw(bomb(60000, 60000)) << QByteArray("60000 x 60000");
        QTest::newRow("PNG of 20,000 a side") << raw(bomb(20000, 20000)) << QByteArray("too large");
        QTest::newRow("PNG wider than a million") << raw(bomb(1'500'000, 1)) << QByteArray("1500000 x 1");
        QTest::newRow("PNG over 100 megapixels") << raw(bomb(16384, 16384)) << QByteArray("100 megapixels");
        QTest::newRow("half a JPEG") << raw(halfOf(encoded("a.jpg"))) << truncated;
        QTest::newRow("JPEG without its end")
            << raw(encoded("a.jpg").substr(0, encoded("a.jpg").size() - 2)) << truncated;
        QTest::newRow("JPEG, start only") << QByteArray("\xFF\xD8\xFF") << truncated;
        QTest::newRow("JPEG, no frame") << QByteArray("\xFF\xD8\xFF\xD9") << QByteArray("no width or height");
        QTest::newRow("JPEG, no marker")
            << QByteArray("\xFF\xD8\xFF\xE0\0\x02junk", 10) << QByteArray("marker");
        QTest::newRow("half a WebP") << raw(halfOf(encoded("a.webp"))) << truncated;
        QTest::newRow("WebP of unknown kind")
            << QByteArray("RIFF\x08\0\0\0WEBPJUNK", 16) << QByteArray("damaged");
        QTest::newRow("BMP, signature only") << QByteArray("BM") << truncated;
        QTest::newRow("TIFF, signature only") << QByteArray("II*\0", 4) << truncated;
        QTest::newRow("TIFF, directory far away") << QByteArray("II*\0\xFF\xFF\xFF\x7F", 8) << truncated;
        QTest::newRow("TIFF bomb") << raw(tiffOf(1'000'000, 1'000'000)) << QByteArray("1000000 x 1000000");
        QTest::newRow("TIFF without pixels") << raw(tiffOf(10, 10)) << QByteArray("cannot be decoded");
    }
    void badContentIsRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        const std::string content = bytes.toStdString();
        EXPECT_ERROR(decodeImage(asBytes(content), "holiday.png"), ErrorKind::BadInput,
                     expected.toStdString());
        EXPECT_ERROR(decodeImage(asBytes(content), "holiday.png"), ErrorKind::BadInput, "'holiday.png'");
    }

    void everyTruncationIsRefused_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"a.png", "a.jpg", "a.webp", "a.bmp", "a.tiff"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void everyTruncationIsRefused() {
        QFETCH(QString, name);
        const std::string whole = encoded(name.toLatin1().constData());
        for (int part = 0; part <= 16; ++part) {
            const std::size_t length = part < 16 ? whole.size() * part / 16 : whole.size() - 1;
            const std::string content = whole.substr(0, length);
            const auto error = errorOf([&] { decodeImage(asBytes(content), "cut"); });
            QVERIFY2(error && error->kind() == ErrorKind::BadInput, qPrintable(QString::number(part)));
        }
    }

    void flippedBitsNeverCrash_data() { everyTruncationIsRefused_data(); }
    void flippedBitsNeverCrash() {
        QFETCH(QString, name);
        const std::string whole = encoded(name.toLatin1().constData());
        for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 300) {
            std::string content = whole;
            content[at] = static_cast<char>(content[at] ^ (1 << at % 8));
            const auto error = errorOf([&] { decodeImage(asBytes(content), "flipped"); });
            QVERIFY(!error || error->kind() == ErrorKind::BadInput);
        }
    }

    void whatIsNoFileIsRefused() {
        const TestFolder folder;
        EXPECT_ERROR(readImage(folder.path("missing.png")), ErrorKind::BadInput, "missing.png");
        folder.makeFolder("folder.png");
        EXPECT_ERROR(readImage(folder.path("folder.png")), ErrorKind::BadInput, "folder.png");
        QCOMPARE(mkfifo(folder.path("pipe.png").c_str(), 0600), 0);
        EXPECT_ERROR(readImage(folder.path("pipe.png")), ErrorKind::BadInput, "pipe.png");
        std::filesystem::create_symlink("loop.png", folder.path("loop.png"));
        EXPECT_ERROR(readImage(folder.path("loop.png")), ErrorKind::BadInput, "loop.png");
    }

    void unreadableFilesAreNamed() {
        if (geteuid() == 0) {
            QSKIP("root reads every file");
        }
        const TestFolder folder;
        const std::string path = folder.write("secret.png", encodePng(gradient(8, 8, 1)));
        QCOMPARE(chmod(path.c_str(), 0), 0);
        EXPECT_ERROR(readImage(path), ErrorKind::InputOutput, "secret.png");
    }
};

QTEST_APPLESS_MAIN(TestPictureFaults)
#include "tst_picture_faults.moc"
