// The room as a program without OpenCV has it (option ALPHASCOPE_IMAGING off): what can work does, everything
// else says what is missing. Calls every function of the room, so that none lacks its other form.

#include <QtTest>

#include "engine/api/camera.h"
#include "engine/imaging/crop.h"
#include "engine/imaging/images.h"
#include "engine/imaging/points.h"
#include "engine/imaging/version.h"
#include "tests/engine/imaging/errors.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestWithoutOpenCv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void picturesInMemoryWork() {
        QVERIFY(!hasPictureFiles());
        const std::vector<float> pixels(3 * 28 * 28, 0.5F);
        const Image picture = toImage(pixels, 3, 28);
        std::vector<float> back(pixels.size());
        toFloats(picture, back);
        QVERIFY(toImage(back, 3, 28) == picture);
        QVERIFY(isGrey(picture));
        QCOMPARE(int(errorMap(picture, picture).pixels[0]), 0);
        QCOMPARE(makeGrid({picture, picture}, {.columns = 2, .padding = 1, .scale = 1}).width, 59);
        QCOMPARE(enlarge(picture, 2).width, 56);
        QVERIFY(looksLikeImage("a.JPG"));
        QCOMPARE(drawPoint(0.0F, 0.0F).width, pointPictureSide);
        QCOMPARE(drawScatter({}, 64).width, 64);
        QCOMPARE(cropPresets().size(), std::size_t(6));
        QVERIFY(openCvVersion().starts_with("none"));
    }

    void theRightSizeNeedsNoResizing() {
        const Image picture(32, 32, 3);
        QVERIFY(fitSquare(picture, 32, 3) == picture);
        QVERIFY(resizeImage(picture, 32, 32) == picture);
        QVERIFY(cutPicture(picture, "108", 32, 3) == picture);
    }

    void whatNeedsOpenCvSaysSo() {
        const Image picture(32, 32, 3);
        const char* const why = "built without OpenCV";
        EXPECT_ERROR(openCamera(0), ErrorKind::Usage, why);
        EXPECT_ERROR(openFilm("a.mp4"), ErrorKind::Usage, "'a.mp4'");
        EXPECT_ERROR(fitSquare(picture, 28, 3), ErrorKind::Usage, why);
        EXPECT_ERROR(resizeImage(picture, 28, 30), ErrorKind::Usage, why);
        EXPECT_ERROR(encodePng(picture), ErrorKind::Usage, why);
        EXPECT_ERROR(writeImage("a.png", picture), ErrorKind::Usage, "'a.png'");
        EXPECT_ERROR(readImage("a.png"), ErrorKind::Usage, "'a.png'");
        EXPECT_ERROR(decodeImage({}, "a.png"), ErrorKind::Usage, "'a.png'");
        EXPECT_ERROR(writeVideo("a.mp4", {picture}, 10.0), ErrorKind::Usage, "'a.mp4'");
        EXPECT_ERROR(checkVideo("a.gif", 8, 8, 10.0), ErrorKind::Usage, "'a.gif'");
    }
};

QTEST_APPLESS_MAIN(TestWithoutOpenCv)
#include "tst_without_opencv.moc"
