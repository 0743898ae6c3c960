// Rings and grids of points: where they lie, what they are called, and what they refuse.

#include <cmath>
#include <map>

#include <QtTest>

#include "engine/data/point_set.h"
#include "engine/imaging/images.h"
#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestPointSets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pointsLieAroundTheirMode_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("modes");
        QTest::newRow("ring") << QStringLiteral("ring") << 8;
        QTest::newRow("grid") << QStringLiteral("grid") << 25;
    }
    void pointsLieAroundTheirMode() {
        QFETCH(QString, name);
        QFETCH(int, modes);
        const auto set = openDataSet(name.toStdString(), "", 0, 7);
        const auto centres = name == QStringLiteral("ring") ? ringModes() : gridModes();
        QCOMPARE(int(centres.size()), modes);
        QCOMPARE(int(set->info().labels.size()), modes);
        QVERIFY(set->info().isPoints());
        constexpr int count = 5000;
        std::map<int, int> found;
        double squares = 0.0;
        for (std::uint64_t i = 0; i < count; ++i) {
            int mode = -1;
            const auto point = pictureOf(*set, Split::Train, i, 0, &mode);
            QCOMPARE(point.size(), std::size_t(2));
            QVERIFY(mode >= 0 && mode < modes);
            QCOMPARE(set->factors(Split::Train, i), std::vector<float>{float(mode)});
            ++found[mode];
            const double dx = point[0] - centres[mode][0];
            const double dy = point[1] - centres[mode][1];
            QVERIFY(std::hypot(dx, dy) < 6 * 0.02);
            squares += dx * dx + dy * dy;
        }
        // Of 2 * 5000 normal numbers the deviation is known to 0.7 %: five times that.
        QVERIFY(std::abs(std::sqrt(squares / (2 * count)) / 0.02 - 1.0) < 0.036);
        QCOMPARE(int(found.size()), modes);
        for (const auto& [mode, times] : found) {
            QVERIFY(std::abs(times * double(modes) / count - 1.0) < 0.4);
        }
    }

    void modesLieWhereTheyAreSaidTo() {
        for (const auto& mode : ringModes()) {
            QVERIFY(std::abs(std::hypot(mode[0], mode[1]) - 0.8F) < 1e-6F);
        }
        QCOMPARE(gridModes().front(), (std::array<float, 2>{-0.8F, -0.8F}));
        QCOMPARE(gridModes()[12], (std::array<float, 2>{0.0F, 0.0F}));
        QCOMPARE(gridModes().back(), (std::array<float, 2>{0.8F, 0.8F}));
    }

    void pointsHaveNoSizeTransformOrCrop() {
        EXPECT_ERROR(openDataSet("ring", "", 28, 1), ErrorKind::Usage, "no size in pixels");
        EXPECT_ERROR(openDataSet("grid", "color", 0, 1), ErrorKind::Usage, "'grid' has points");
        EXPECT_ERROR(openDataSet("grid", "stacked", 0, 1), ErrorKind::Usage, "'grid' has points");
        EXPECT_ERROR(openDataSet("ring", "", 0, 1, "108"), ErrorKind::Usage, "not cropped");
        EXPECT_ERROR(openDataSet("glyphs", "", 1, 1), ErrorKind::Usage, "28, 32, 64");
        QCOMPARE(openDataSet("ring", "", 1, 1)->size(), 1); // as a run that goes on asks for it
        std::vector<float> out(2);
        EXPECT_ERROR(prepareImage(filled(28, 28, {0}), "", 2, 1, 1, 0, out), ErrorKind::Usage, "points");
    }

    void aPreviewShowsOnePointEach() {
        const LabelledPictures found = dataSetPictures({.data = "ring", .count = 10});
        const auto& pictures = found.pictures;
        QCOMPARE(pictures.size(), std::size_t(10));
        QCOMPARE(found.points.size(), std::size_t(20));
        const auto set = openDataSet("ring", "", 0, 1);
        const auto point = pictureOf(*set, Split::Train, 0);
        QCOMPARE(found.points[0], point[0]);
        QCOMPARE(found.points[1], point[1]);
        const Image& picture = pictures.front();
        QCOMPARE(picture.width, 28);
        QCOMPARE(picture.channels, 1);
        double sum = 0.0, x = 0.0, y = 0.0; // the centre of what is brighter than the ground
        for (int row = 0; row < 28; ++row) {
            for (int column = 0; column < 28; ++column) {
                const double light = picture.pixels[row * 28 + column] - int(picture.pixels[0]);
                sum += light;
                x += light * ((column + 0.5) / 28 * 2.5 - 1.25);
                y += light * (1.25 - (row + 0.5) / 28 * 2.5);
            }
        }
        QVERIFY(sum > 1000);
        QVERIFY(std::hypot(x / sum - point[0], y / sum - point[1]) < 0.03);
    }
};

QTEST_APPLESS_MAIN(TestPointSets)
#include "tst_point_sets.moc"
