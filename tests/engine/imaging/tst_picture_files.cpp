// Picture files that are to be read, in all their kinds, and written ones.

#include <cstdlib>
#include <filesystem>

#include <QtTest>

#include "engine/imaging/images.h"
#include "tests/engine/imaging/picture_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

Image decode(const std::string& bytes) {
    return decodeImage(asBytes(bytes), "test picture");
}

std::string withHighByte(std::initializer_list<int> values) { // 16-bit samples
    std::string row;
    for (const int value : values) {
        row.push_back(static_cast<char>(value >> 8));
        row.push_back(static_cast<char>(value & 0xFF));
    }
    return row;
}

// 8 x 8, cyan 0, magenta and yellow full, black 0, with Adobe's inverted marking.
constexpr const char* cmykJpeg =
    "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBET"
    "FBUVFQwPFxgWFBgSFBUU/9sAQwEDBAQFBAUJBQUJFA0LDRQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"
    "FBQUFBQUFBQUFBQU/8AAFAgACAAIBAERAAIRAQMRAQQRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAgJ/8QAFBABAAAAAAAAAAAA"
    "AAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAcJ/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAA4EAQACEQMRBAAAPwBEHNKp"
    "VN//2Q==";

} // namespace

class TestPictureFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void losslessFilesComeBackEqual_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"a.png", "a.webp", "a.bmp", "a.tiff", "a.TIF", "A.PNG"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void losslessFilesComeBackEqual() {
        QFETCH(QString, name);
        const TestFolder folder;
        const std::string path = folder.path(name.toStdString());
        const Image image = gradient(31, 17, 3);
        writeImage(path, image);
        QVERIFY(readImage(path) == image);
    }

    void greyStaysGrey() {
        const TestFolder folder;
        const Image image = gradient(20, 20, 1);
        for (const char* name : {"g.png", "g.bmp", "g.tiff", "g.jpg"}) {
            writeImage(folder.path(name), image);
            QCOMPARE(readImage(folder.path(name)).channels, 1);
        }
        QVERIFY(decode(encodePng(image)) == image);
    }

    void jpegIsCloseToTheOriginal() {
        const TestFolder folder;
        const Image image = gradient(64, 48, 3);
        writeImage(folder.path("photo.JPG"), image);
        const Image back = readImage(folder.path("photo.JPG"));
        QCOMPARE(back.width, 64);
        QCOMPARE(back.height, 48);
        for (std::size_t i = 0; i < image.pixels.size(); ++i) {
            QVERIFY(std::abs(int(image.pixels[i]) - int(back.pixels[i])) < 16);
        }
    }

    void namesBeyondAsciiWork() {
        const TestFolder folder;
        const std::string path = folder.path("Bücher 画像 🎲.png");
        writeImage(path, gradient(8, 8, 3));
        QVERIFY(readImage(path) == gradient(8, 8, 3));
    }

    void contentDecidesAndNotTheName() {
        const TestFolder folder;
        const std::string path = folder.write("in-truth.jpg", encodePng(gradient(9, 9, 3)));
        QVERIFY(readImage(path) == gradient(9, 9, 3));
    }

    void sixteenBitsAreScaled() {
        const Image grey = decode(makePng({.width = 3,
                                           .height = 1,
                                           .bits = 16,
                                           .colorType = 0,
                                           .rows = {withHighByte({0, 0x8080, 0xFFFF})}}));
        const std::vector<std::uint8_t> expected{0, 128, 255};
        QVERIFY(grey.pixels == expected);
        const Image color = decode(makePng({.width = 1,
                                            .height = 1,
                                            .bits = 16,
                                            .colorType = 2,
                                            .rows = {withHighByte({0xFFFF, 0x8080, 0})}}));
        QVERIFY(color == filled(1, 1, {255, 128, 0}));
    }

    void oneBitGreyIsBlackAndWhite() {
        const Image image = decode(
            makePng({.width = 8, .height = 1, .bits = 1, .colorType = 0, .rows = {std::string("\xA0", 1)}}));
        const std::vector<std::uint8_t> expected{255, 0, 255, 0, 0, 0, 0, 0};
        QVERIFY(fitSquare(image, 1, 1).pixels.size() == 1);
        QVERIFY(isGrey(image));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(int(image.pixels[i * image.channels]), int(expected[i]));
        }
    }

    void paletteBecomesRgb() {
        PngParts parts{
            .width = 3, .height = 1, .bits = 8, .colorType = 3, .rows = {std::string("\0\1\2", 3)}};
        parts.palette = std::string("\xFF\0\0\0\xFF\0\0\0\xFF", 9);
        Image expected(3, 1, 3);
        expected.pixels = {255, 0, 0, 0, 255, 0, 0, 0, 255};
        QVERIFY(decode(makePng(parts)) == expected);
        parts.transparency = std::string("\0\xFF\x80", 3);
        expected.pixels = {0, 0, 0, 0, 255, 0, 0, 0, 128};
        QVERIFY(decode(makePng(parts)) == expected);
    }

    void alphaLiesOverBlack() {
        const Image color = decode(makePng({.width = 2,
                                            .height = 1,
                                            .colorType = 6,
                                            .rows = {std::string("\xFF\x80\x40\xFF\xFF\x80\x40\0", 8)}}));
        Image expected(2, 1, 3);
        expected.pixels = {255, 128, 64, 0, 0, 0};
        QVERIFY(color == expected);
        const Image grey = decode(
            makePng({.width = 2, .height = 1, .colorType = 4, .rows = {std::string("\xC8\xFF\xC8\x80", 4)}}));
        QVERIFY(isGrey(grey));
        QCOMPARE(int(grey.pixels[0]), 200);
        QCOMPARE(int(grey.pixels[grey.channels]), 100);
    }

    void cmykBecomesRgb() {
        const Image image = decode(QByteArray::fromBase64(QByteArray(cmykJpeg)).toStdString());
        QCOMPARE(image.channels, 3);
        QVERIFY(image.pixels[0] > 220);
        QVERIFY(image.pixels[1] < 40);
        QVERIFY(image.pixels[2] < 40);
    }

    /// All eight orientations, from a file and from memory: where the stored picture's column and row go.
    void exifOrientationIsApplied_data() {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<bool>("swapped");   // rows become columns
        QTest::addColumn<bool>("fromRight"); // the shown columns run against what they are taken from
        QTest::addColumn<bool>("fromBelow");
        QTest::newRow("upright") << 1 << false << false << false;
        QTest::newRow("mirrored") << 2 << false << true << false;
        QTest::newRow("half a turn") << 3 << false << true << true;
        QTest::newRow("upside down, mirrored") << 4 << false << false << true;
        QTest::newRow("transposed") << 5 << true << false << false;
        QTest::newRow("quarter turn clockwise") << 6 << true << true << false;
        QTest::newRow("transposed the other way") << 7 << true << true << true;
        QTest::newRow("quarter turn back") << 8 << true << false << true;
    }
    void exifOrientationIsApplied() {
        QFETCH(int, orientation);
        QFETCH(bool, swapped);
        QFETCH(bool, fromRight);
        QFETCH(bool, fromBelow);
        const TestFolder folder;
        writeImage(folder.path("stored.jpg"), gradient(48, 32, 3));
        const std::string jpeg = bytesOf(folder.path("stored.jpg"));
        const Image stored = decode(jpeg);
        const std::string marked = withExifOrientation(jpeg, orientation);
        const Image shown = decode(marked);
        QVERIFY(shown == readImage(folder.write("marked.jpg", marked)));
        QCOMPARE(shown.width, swapped ? 32 : 48);
        QCOMPARE(shown.height, swapped ? 48 : 32);
        for (int y = 0; y < shown.height; ++y) {
            for (int x = 0; x < shown.width; ++x) {
                const int along = fromRight ? shown.width - 1 - x : x;
                const int down = fromBelow ? shown.height - 1 - y : y;
                const int column = swapped ? down : along;
                const int row = swapped ? along : down;
                for (int c = 0; c < 3; ++c) {
                    QCOMPARE(int(shown.pixels[(std::size_t(y) * shown.width + x) * 3 + c]),
                             int(stored.pixels[(std::size_t(row) * 48 + column) * 3 + c]));
                }
            }
        }
    }

    void trailingBytesDoNotMatter() {
        const TestFolder folder;
        writeImage(folder.path("a.jpg"), gradient(16, 16, 3));
        const std::string jpeg = bytesOf(folder.path("a.jpg"));
        QVERIFY(decode(jpeg + std::string(100, 'x')) == decode(jpeg));
        const std::string png = encodePng(gradient(16, 16, 3));
        QVERIFY(decode(png + std::string(100, 'x')) == decode(png));
    }

    void oneMinimalPixel() { QVERIFY(decode(encodePng(filled(1, 1, {5}))) == filled(1, 1, {5})); }

    void extremeAspectIsRead() {
        const Image image = decode(encodePng(gradient(8000, 1, 1)));
        QCOMPARE(image.width, 8000);
    }

    void endingsAreRecognised_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("expected");
        QTest::newRow("png") << QStringLiteral("a/b.png") << true;
        QTest::newRow("upper case") << QStringLiteral("B.JPEG") << true;
        QTest::newRow("webp") << QStringLiteral("c.WebP") << true;
        QTest::newRow("tif") << QStringLiteral("c.tif") << true;
        QTest::newRow("text") << QStringLiteral("notes.txt") << false;
        QTest::newRow("none") << QStringLiteral("png") << false;
        QTest::newRow("hidden") << QStringLiteral(".png") << false;
        QTest::newRow("dot in folder") << QStringLiteral("a.png/b") << false;
    }
    void endingsAreRecognised() {
        QFETCH(QString, name);
        QFETCH(bool, expected);
        QCOMPARE(looksLikeImage(name.toStdString()), expected);
    }

    void unknownEndingsAreNotWritten() {
        const TestFolder folder;
        EXPECT_ERROR(writeImage(folder.path("a.gif"), gradient(4, 4, 3)), ErrorKind::Usage, ".png");
        EXPECT_ERROR(writeImage(folder.path("plain"), gradient(4, 4, 3)), ErrorKind::Usage,
                     "does not end like");
        EXPECT_ERROR(writeImage(folder.path("e.png"), Image()), ErrorKind::Internal, "empty");
        EXPECT_ERROR(writeImage(folder.path("no/such/a.png"), gradient(4, 4, 3)), ErrorKind::InputOutput,
                     "no/such");
        EXPECT_ERROR(writeImage(folder.path("a.webp"), filled(20000, 1, {0})), ErrorKind::BadInput,
                     "20000 x 1");
        QVERIFY(std::filesystem::is_empty(folder.path()));
    }
};

QTEST_APPLESS_MAIN(TestPictureFiles)
#include "tst_picture_files.moc"
