// The latent pad: mapping, dragging, keys, range, and the contour of its field.

#include "ui/widgets/field_math.h"
#include "ui/widgets/latent_pad.h"

#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

#include <cmath>
#include <limits>
#include <utility>

using namespace alphascope::ui;

class TestLatentPad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mapsBothWays() {
        LatentPad pad;
        pad.resize(240, 260);
        const QRectF square = pad.padRect();
        QCOMPARE(pad.toWidget({0, 0}), square.center());
        QCOMPARE(pad.toWidget({3, 3}), square.topRight());
        QCOMPARE(pad.fromWidget(square.bottomLeft()), QPointF(-3, -3));
        const QPointF uv(1.25, -0.5);
        const QPointF back = pad.fromWidget(pad.toWidget(uv));
        QVERIFY(QLineF(back, uv).length() < 1e-9);
    }

    void dragsAnywhereAndClampsOutside() {
        LatentPad pad;
        pad.resize(240, 260);
        QSignalSpy moved(&pad, &LatentPad::moved);
        QSignalSpy released(&pad, &LatentPad::released);
        QTest::mousePress(&pad, Qt::LeftButton, {}, pad.toWidget({1, 1}).toPoint());
        QCOMPARE(moved.count(), 1);
        QVERIFY(QLineF(pad.position(), {1, 1}).length() < 0.05);
        QTest::mouseMove(&pad, {10000, -10000});
        QCOMPARE(pad.position(), QPointF(3, 3));
        QTest::mouseRelease(&pad, Qt::LeftButton, {}, {200, 10});
        QCOMPARE(released.count(), 1);
    }

    void keysNudgeAndTellWhenDone() {
        LatentPad pad;
        QSignalSpy moved(&pad, &LatentPad::moved);
        QSignalSpy released(&pad, &LatentPad::released);
        QTest::keyClick(&pad, Qt::Key_Right);
        QTest::keyClick(&pad, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(pad.position(), QPointF(3.0 / 50, 3.0 / 5));
        QTest::keyClick(&pad, Qt::Key_Home);
        QCOMPARE(pad.position(), QPointF(0, 0));
        QCOMPARE(moved.count(), 3);
        QCOMPARE(released.count(), 3);
    }

    void everyChangeIsPainted() {
        LatentPad pad;
        pad.resize(240, 260);
        pad.show();
        QImage before = pad.grab().toImage();
        const auto changed = [&] {
            const QImage now = pad.grab().toImage();
            return std::exchange(before, now) != now;
        };
        QVERIFY(!changed());
        QVERIFY(before.pixel(0, 0) == before.pixel(0, before.height() - 1)); // outside the rounded corner
        pad.setPosition({1, -1});
        QVERIFY(changed());
        QVector<float> field;
        for (int i = 0; i < 25; ++i)
            field.append(float(i % 5) - 2.0F);
        pad.setField(field, 5);
        QVERIFY(changed());
        pad.setContourLabel(QStringLiteral("zero"));
        QVERIFY(changed());
        pad.setFieldStale(true);
        QVERIFY(changed());
        pad.setRange(6);
        QVERIFY(changed());
        pad.setAxisNames(QStringLiteral("z 3"), QStringLiteral("z 4"));
        QVERIFY(changed());
        pad.setAnchors({{0, 2}, {-2, -1}, {2, -1}}, {});
        QVERIFY(changed());
        pad.setUnavailable(QStringLiteral("no model"));
        QVERIFY(changed());
        pad.setUnavailable({});
        QVERIFY(changed());
        QVERIFY(!changed());
        pad.resize(200, 220);
        QVERIFY(changed());
    }

    void settingThePositionIsSilent() {
        LatentPad pad;
        QSignalSpy moved(&pad, &LatentPad::moved);
        pad.setPosition({2, -9});
        QCOMPARE(pad.position(), QPointF(2, -3));
        pad.setPosition({std::numeric_limits<double>::quiet_NaN(), 0});
        QCOMPARE(pad.position(), QPointF(2, -3));
        QCOMPARE(moved.count(), 0);
    }

    void wheelZoomsButNeverLosesTheHandle() {
        LatentPad pad;
        pad.resize(240, 260);
        pad.setPosition({2.5, 0});
        QSignalSpy changed(&pad, &LatentPad::rangeChanged);
        for (int i = 0; i < 40; ++i) {
            QWheelEvent wheel({100, 100}, {100, 100}, {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase,
                              false);
            QCoreApplication::sendEvent(&pad, &wheel);
        }
        QCOMPARE(pad.range(), 2.5);
        QCOMPARE(pad.position(), QPointF(2.5, 0));
        QVERIFY(changed.count() >= 1);
        pad.setRange(1000);
        QCOMPARE(pad.range(), 16.0);
    }

    void refusesFieldsThatDoNotFit() {
        LatentPad pad;
        pad.setField({1, 2, 3}, 2);
        QVERIFY(!pad.hasField());
        pad.setField({1, -1, std::numeric_limits<float>::quiet_NaN(), 2}, 2);
        QVERIFY(pad.hasField());
        pad.resize(200, 220);
        QVERIFY(!pad.grab().isNull());
        pad.setField({}, 0);
        QVERIFY(!pad.hasField());
    }

    // The contour of a cone is a circle.
    void contourOfAConeIsACircle() {
        constexpr int n = 81;
        QVector<float> values;
        for (int row = 0; row < n; ++row) {
            for (int column = 0; column < n; ++column) {
                const double x = (column + 0.5) / n - 0.5;
                const double y = (row + 0.5) / n - 0.5;
                values.append(static_cast<float>(0.3 - std::hypot(x, y)));
            }
        }
        const QVector<QLineF> segments = contourLines(values, n, 0);
        QVERIFY(!segments.isEmpty());
        double length = 0;
        for (const QLineF& segment : segments) {
            length += segment.length();
            QVERIFY(std::abs(QLineF({0.5, 0.5}, segment.p1()).length() - 0.3) < 2e-3);
        }
        QVERIFY(std::abs(length - 2 * M_PI * 0.3) < 0.01);
        const auto lines = joinSegments(segments);
        QCOMPARE(lines.size(), 1);
        QVERIFY(QLineF(lines[0].first(), lines[0].last()).length() < 1e-6);
    }

    void contourLeavesOutWhatIsNotFinite() {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(contourLines({1, nan, -1, 1}, 2, 0).isEmpty());
        QVERIFY(contourLines({1, 1, -1}, 2, 0).isEmpty());
        QCOMPARE(contourLines({1, -1, -1, 1}, 2, 0).size(), 2); // a saddle
    }

    void unavailableSaysWhy() {
        LatentPad pad;
        pad.setUnavailable(QStringLiteral("WGAN-GP has no encoder"));
        QVERIFY(!pad.isEnabled());
        QCOMPARE(pad.toolTip(), QStringLiteral("WGAN-GP has no encoder"));
        pad.setUnavailable({});
        QVERIFY(pad.isEnabled());
    }

    void tellsAssistiveToolsWhereItStands() {
        LatentPad pad;
        pad.setAxisNames(QStringLiteral("PC 1"), QStringLiteral("PC 2"));
        pad.setPosition({1.5, -2});
        QVERIFY(!pad.accessibleName().isEmpty());
        QVERIFY(pad.accessibleDescription().contains(QStringLiteral("1.50")));
    }
};

QTEST_MAIN(TestLatentPad)
#include "tst_latent_pad.moc"
