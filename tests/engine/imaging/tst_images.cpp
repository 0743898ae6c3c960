// Conversions, error maps, grids and fitting.

#include <cmath>
#include <cstring>
#include <limits>
#include <map>

#include <QtTest>

#include "engine/imaging/images.h"
#include "engine/storage/safetensors.h"
#include "tests/engine/imaging/picture_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestImages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyByteSurvivesFloatAndBack() {
        Image image(16, 16, 1);
        for (int i = 0; i < 256; ++i) {
            image.pixels[i] = static_cast<std::uint8_t>(i);
        }
        std::vector<float> floats(256);
        toFloats(image, floats);
        QCOMPARE(floats[0], -1.0F);
        QCOMPARE(floats[255], 1.0F);
        QVERIFY(toImage(floats, 1, 16) == image);
    }

    void floatsAreRoundedAndClamped_data() {
        QTest::addColumn<float>("value");
        QTest::addColumn<int>("byte");
        QTest::newRow("low end") << -1.0F << 0;
        QTest::newRow("high end") << 1.0F << 255;
        QTest::newRow("middle") << 0.0F << 128;
        QTest::newRow("below") << -7.5F << 0;
        QTest::newRow("above") << 1e30F << 255;
        QTest::newRow("just under a half step") << -1.0F + 0.49F / 127.5F << 0;
        QTest::newRow("just over a half step") << -1.0F + 0.51F / 127.5F << 1;
        QTest::newRow("not a number") << std::numeric_limits<float>::quiet_NaN() << 0;
        QTest::newRow("minus infinity") << -std::numeric_limits<float>::infinity() << 0;
        QTest::newRow("infinity") << std::numeric_limits<float>::infinity() << 255;
    }
    void floatsAreRoundedAndClamped() {
        QFETCH(float, value);
        QFETCH(int, byte);
        const std::vector<float> pixel{value};
        QCOMPARE(int(toImage(pixel, 1, 1).pixels[0]), byte);
    }

    void planesBecomeInterleavedRgb() {
        const std::vector<float> planes{-1, -1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 1};
        const Image image = toImage(planes, 3, 2);
        QVERIFY(image == filled(2, 2, {0, 128, 255}));
        std::vector<float> back(12);
        toFloats(image, back);
        QCOMPARE(back[8], 1.0F);
        QCOMPARE(back[0], -1.0F);
    }

    void wrongSizesAreRefused() {
        const std::vector<float> pixels(10);
        EXPECT_ERROR(toImage(pixels, 3, 2), ErrorKind::Internal, "size");
        EXPECT_ERROR(toImage(pixels, 2, 2), ErrorKind::Internal, "size");
        std::vector<float> out(3);
        EXPECT_ERROR(toFloats(Image(2, 2, 1), out), ErrorKind::Internal, "fit");
    }

    void errorMapTellsBrightFromDark() {
        const Image black = filled(4, 3, {0, 0, 0});
        const Image white = filled(4, 3, {255, 255, 255});
        QVERIFY(errorMap(black, black) == black);
        QVERIFY(errorMap(black, white) == filled(4, 3, {255, 150, 40})); // too bright: orange
        QVERIFY(errorMap(white, black) == filled(4, 3, {70, 150, 255})); // too dark: blue
        // 85 of 127.5 on average: two thirds of the colour.
        QVERIFY(errorMap(black, filled(4, 3, {255, 0, 0})) == filled(4, 3, {170, 100, 27}));
        QVERIFY(errorMap(filled(2, 2, {200}), filled(2, 2, {200})) == filled(2, 2, {0, 0, 0}));
        EXPECT_ERROR(errorMap(black, filled(3, 3, {0, 0, 0})), ErrorKind::Usage, "same size");
        EXPECT_ERROR(errorMap(black, filled(4, 3, {0})), ErrorKind::Usage, "same size");
        EXPECT_ERROR(errorMap(Image(), Image()), ErrorKind::Usage, "same size");
    }

    void deviationsAreHeat() {
        const std::vector<float> deviations{0.0F, 1.0F / 3.0F, 2.0F / 3.0F, 5.0F};
        Image expected(2, 2, 3);
        expected.pixels = {0, 0, 0, 255, 0, 0, 255, 255, 0, 255, 255, 255};
        QVERIFY(deviationMap(deviations, 2) == expected);
        EXPECT_ERROR(deviationMap(deviations, 3), ErrorKind::Internal, "size");
    }

    void signalToNoise() {
        QVERIFY(std::isinf(peakSignalToNoise(filled(2, 2, {9}), filled(2, 2, {9}))));
        QVERIFY(std::abs(peakSignalToNoise(filled(2, 2, {0}), filled(2, 2, {255}))) < 1e-12);
        QVERIFY(std::abs(peakSignalToNoise(filled(3, 2, {10}), filled(3, 2, {20})) - 28.130803608679) < 1e-9);
        EXPECT_ERROR(peakSignalToNoise(filled(2, 2, {0}), filled(1, 2, {0})), ErrorKind::Usage, "same size");
    }

    /// Against a computation of its own in Python: tests/reference/make_ssim.py.
    void structuralSimilarityIsThePapers() {
        const std::string root = qEnvironmentVariable("ALPHASCOPE_SOURCE_DIR").toStdString();
        std::map<std::string, NamedArray> fixture;
        for (NamedArray& array : readSafetensors(root + "/tests/reference/ssim.safetensors").arrays) {
            fixture.emplace(array.name, std::move(array));
        }
        const auto picture = [&](const std::string& name) {
            const NamedArray& array = fixture.at(name); // float32 [H,W,C]
            Image image(int(array.shape[1]), int(array.shape[0]), int(array.shape[2]));
            for (std::size_t i = 0; i < image.pixels.size(); ++i) {
                float value = 0.0F;
                std::memcpy(&value, array.bytes.data() + i * sizeof value, sizeof value);
                image.pixels[i] = static_cast<std::uint8_t>(value);
            }
            return image;
        };
        int pairs = 0;
        for (const auto& [name, array] : fixture) {
            if (!name.ends_with(".ssim")) {
                continue;
            }
            const std::string pair = name.substr(0, name.size() - 5);
            double expected = 0.0;
            std::memcpy(&expected, array.bytes.data(), sizeof expected);
            const Image a = picture(pair + ".a");
            const Image b = picture(pair + ".b");
            QVERIFY2(std::abs(structuralSimilarity(a, b) - expected) < 1e-9, pair.c_str());
            QVERIFY(std::abs(structuralSimilarity(a, a) - 1.0) < 1e-12);
            ++pairs;
        }
        QCOMPARE(pairs, 4);
        EXPECT_ERROR(structuralSimilarity(filled(2, 2, {0}), filled(1, 2, {0})), ErrorKind::Usage,
                     "same size");
    }

    void greyIsSeenInColourPictures() {
        QVERIFY(isGrey(filled(3, 3, {7})));
        QVERIFY(isGrey(filled(3, 3, {7, 7, 7})));
        QVERIFY(!isGrey(filled(3, 3, {7, 7, 8})));
    }

    void gridPlacesCellsInRows() {
        const std::vector<Image> cells{filled(2, 2, {10}), filled(2, 2, {20}), filled(2, 2, {30})};
        GridOptions options;
        options.columns = 2;
        options.padding = 1;
        options.background = 99;
        const Image sheet = makeGrid(cells, options);
        QCOMPARE(sheet.width, 7);
        QCOMPARE(sheet.height, 7);
        QCOMPARE(int(sheet.pixels[0]), 99);
        QCOMPARE(int(sheet.pixels[1 * 7 + 1]), 10);
        QCOMPARE(int(sheet.pixels[2 * 7 + 5]), 20);
        QCOMPARE(int(sheet.pixels[4 * 7 + 2]), 30);
        QCOMPARE(int(sheet.pixels[4 * 7 + 4]), 99); // the empty cell
    }

    void gridIsNearlySquareByDefaultAndZooms() {
        const std::vector<Image> cells(10, filled(2, 2, {10}));
        const Image sheet = makeGrid(cells, {.columns = 0, .padding = 0, .scale = 3, .background = 0});
        QCOMPARE(sheet.width, 4 * 2 * 3);
        QCOMPARE(sheet.height, 3 * 2 * 3);
        QVERIFY(makeGrid({}).empty());
    }

    void gridMixesGreyAndColour() {
        const Image sheet =
            makeGrid({filled(1, 1, {9}), filled(1, 1, {1, 2, 3})}, {.columns = 2, .padding = 0});
        QCOMPARE(sheet.channels, 3);
        const std::vector<std::uint8_t> expected{9, 9, 9, 1, 2, 3};
        QVERIFY(sheet.pixels == expected);
    }

    void enlargingRepeatsPixels() {
        Image image(2, 1, 3);
        image.pixels = {1, 2, 3, 4, 5, 6};
        const Image large = enlarge(image, 2);
        QCOMPARE(large.width, 4);
        QCOMPARE(large.height, 2);
        const std::vector<std::uint8_t> row{1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6};
        QVERIFY(std::equal(row.begin(), row.end(), large.pixels.begin()));
        QVERIFY(std::equal(row.begin(), row.end(), large.pixels.begin() + 12));
        QVERIFY(enlarge(image, 1) == image);
    }

    void fittingCropsTheCentre_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("size");
        QTest::newRow("wide") << 90 << 30 << 28;
        QTest::newRow("tall") << 30 << 90 << 28;
        QTest::newRow("very wide") << 3000 << 1 << 32;
        QTest::newRow("very tall") << 1 << 3000 << 32;
        QTest::newRow("one pixel") << 1 << 1 << 64;
        QTest::newRow("odd rest") << 31 << 28 << 28;
    }
    void fittingCropsTheCentre() {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, size);
        Image image = filled(width, height, {0, 0, 0});
        const int side = std::min(width, height);
        for (int y = (height - side) / 2; y < (height - side) / 2 + side; ++y) {
            for (int x = (width - side) / 2; x < (width - side) / 2 + side; ++x) {
                std::fill_n(image.pixels.begin() + (std::ptrdiff_t(y) * width + x) * 3, 3, std::uint8_t(200));
            }
        }
        QVERIFY(fitSquare(image, size, 3) == filled(size, size, {200, 200, 200}));
    }

    void shrinkingAverages() {
        Image image(2, 2, 1);
        image.pixels = {0, 100, 100, 200};
        QCOMPARE(int(fitSquare(image, 1, 1).pixels[0]), 100);
    }

    void channelsAreMatched() {
        QVERIFY(fitSquare(filled(4, 4, {60}), 4, 3) == filled(4, 4, {60, 60, 60}));
        QVERIFY(fitSquare(filled(4, 4, {255, 0, 0}), 4, 1) == filled(4, 4, {76})); // Rec. 601 luma of red
        EXPECT_ERROR(fitSquare(Image(), 28, 1), ErrorKind::Internal, "empty");
    }
};

QTEST_APPLESS_MAIN(TestImages)
#include "tst_images.moc"
