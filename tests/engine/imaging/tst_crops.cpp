// The ways to cut CelebA's pictures: which part of the picture each takes.

#include <cmath>

#include <QtTest>

#include "engine/imaging/crop.h"
#include "engine/imaging/images.h"
#include "picture_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// Red tells the column, green the row.
Image ruled(int width, int height) {
    Image image(width, height, 3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            std::uint8_t* pixel = &image.pixels[3 * (std::size_t(y) * width + x)];
            pixel[0] = static_cast<std::uint8_t>(x);
            pixel[1] = static_cast<std::uint8_t>(y);
        }
    }
    return image;
}

const std::uint8_t* at(const Image& image, int x, int y) {
    return &image.pixels[3 * (std::size_t(y) * image.width + x)];
}

} // namespace

class TestCrops : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCentredSquareIsTakenPixelByPixel_data() {
        QTest::addColumn<QString>("crop");
        QTest::addColumn<int>("side");
        for (const int side : {108, 140, 148, 160, 178}) {
            QTest::addRow("%d", side) << QString::number(side) << side;
        }
    }
    void aCentredSquareIsTakenPixelByPixel() {
        QFETCH(QString, crop);
        QFETCH(int, side);
        const Image cut = cutPicture(ruled(178, 218), crop.toStdString(), side, 3); // so nothing is resized
        QCOMPARE(cut.width, side);
        QCOMPARE(cut.height, side);
        const int left = (178 - side) / 2;
        const int top = (218 - side) / 2;
        QCOMPARE(int(at(cut, 0, 0)[0]), left);
        QCOMPARE(int(at(cut, 0, 0)[1]), top);
        QCOMPARE(int(at(cut, side - 1, side - 1)[0]), left + side - 1);
        QCOMPARE(int(at(cut, side - 1, side - 1)[1]), top + side - 1);
    }

    void withoutOneTheLargestSquareIsTaken() {
        QVERIFY(cutPicture(ruled(178, 218), "", 64, 3) == cutPicture(ruled(178, 218), "178", 64, 3));
    }

    void aliTakesRowsSevenToSeventyOne() {
        const Image cut = cutPicture(ruled(178, 218), "ali", 64, 3);
        QCOMPARE(cut.width, 64);
        QCOMPARE(cut.height, 64);
        // Row r of 78 has its centre at (r + 0.5) 218/78 - 0.5 of the picture; columns likewise, uncropped.
        const auto row = [](int r) { return (r + 0.5) * 218.0 / 78.0 - 0.5; };
        const auto column = [](int c) { return (c + 0.5) * 178.0 / 64.0 - 0.5; };
        for (const int k : {0, 20, 63}) {
            QVERIFY(std::abs(at(cut, k, 5)[0] - column(k)) < 1.0);
            QVERIFY(std::abs(at(cut, 5, k)[1] - row(7 + k)) < 1.0);
        }
    }

    void otherSizesAreCutInProportion() {
        // Twice as large: the same part of it.
        Image large(356, 436, 1);
        for (int y = 0; y < 436; ++y) {
            for (int x = 0; x < 356; ++x) {
                large.pixels[std::size_t(y) * 356 + x] = static_cast<std::uint8_t>(x / 2);
            }
        }
        const Image cut = cutPicture(large, "108", 54, 1);
        QVERIFY(std::abs(int(cut.pixels[0]) - 35) <= 1);
        QVERIFY(std::abs(int(cut.pixels[53]) - 142) <= 1);
        for (const std::string& crop : cropPresets()) {
            for (const auto& [width, height] : {std::pair(1, 1), std::pair(3, 500), std::pair(500, 3)}) {
                QCOMPARE(cutPicture(Image(width, height, 3), crop, 32, 1).width, 32);
            }
        }
    }

    void whatHasTheSizeIsLeft() {
        const Image done = gradient(64, 64, 3);
        for (const std::string& crop : cropPresets()) {
            QVERIFY(cutPicture(done, crop, 64, 3) == done);
        }
    }

    void unknownOnesAreRefused() {
        EXPECT_ERROR(cutPicture(ruled(178, 218), "109", 64, 3), ErrorKind::Usage,
                     "There is no crop '109'; there are 108, 140");
    }
};

QTEST_APPLESS_MAIN(TestCrops)
#include "tst_crops.moc"
