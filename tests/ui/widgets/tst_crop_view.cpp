// The square on a picture: by mouse, wheel and key, always a square and always inside; and the bars of
// errors.

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "ui/widgets/crop_view.h"
#include "ui/widgets/error_bars.h"

using namespace alphascope::ui;

namespace {

/// A picture of 600 x 300 on 300 x 300 pixels of window: half size, from row 75 on.
std::unique_ptr<CropView> centredView() {
    auto view = std::make_unique<CropView>();
    view->resize(300, 300);
    QImage picture(256, 128, QImage::Format_RGB888);
    picture.fill(Qt::gray);
    view->setPicture(picture, {600, 300});
    view->setSquare({200, 50, 200, 200});
    return view;
}

void drag(CropView& view, const QPoint& from, const QPoint& to) {
    QTest::mousePress(&view, Qt::LeftButton, {}, from);
    QTest::mouseMove(&view, to);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, to);
}

} // namespace

class TestCropView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itsInsideMovesIt() {
        const auto view = centredView();
        QSignalSpy changed(view.get(), &CropView::squareChanged);
        QSignalSpy finished(view.get(), &CropView::gestureFinished);
        QCOMPARE(view->imageRect(), QRectF(0, 75, 300, 150));
        drag(*view, {150, 150}, {160, 145});
        QCOMPARE(view->square(), QRect(220, 40, 200, 200));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(finished.count(), 1);
        drag(*view, {160, 150}, {2000, -2000}); // not out of the picture
        QCOMPARE(view->square(), QRect(400, 0, 200, 200));
    }

    void aCornerResizesIt_data() {
        QTest::addColumn<QPoint>("from");
        QTest::addColumn<QPoint>("to");
        QTest::addColumn<QRect>("expected");
        QTest::newRow("bottom right") << QPoint(200, 200) << QPoint(180, 180) << QRect(200, 50, 160, 160);
        QTest::newRow("top left") << QPoint(100, 100) << QPoint(120, 110) << QRect(220, 70, 180, 180);
        QTest::newRow("top right") << QPoint(200, 100) << QPoint(210, 90) << QRect(200, 30, 220, 220);
        QTest::newRow("bottom left") << QPoint(100, 200) << QPoint(110, 190) << QRect(220, 50, 180, 180);
        QTest::newRow("as far as there is room")
            << QPoint(200, 200) << QPoint(999, 999) << QRect(200, 50, 250, 250);
        QTest::newRow("not to nothing") << QPoint(200, 200) << QPoint(101, 101) << QRect(200, 50, 4, 4);
    }
    void aCornerResizesIt() {
        QFETCH(QPoint, from);
        QFETCH(QPoint, to);
        QFETCH(QRect, expected);
        const auto view = centredView();
        drag(*view, from, to);
        QCOMPARE(view->square(), expected);
    }

    void aClickBesideBringsIt() {
        const auto view = centredView();
        QTest::mouseClick(view.get(), Qt::LeftButton, {}, {20, 150});
        QCOMPARE(view->square(), QRect(0, 50, 200, 200));
    }

    void keysAndWheel() {
        const auto view = centredView();
        QTest::keyClick(view.get(), Qt::Key_Right);
        QCOMPARE(view->square(), QRect(203, 50, 200, 200));
        QTest::keyClick(view.get(), Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(view->square(), QRect(203, 20, 200, 200));
        QTest::keyClick(view.get(), Qt::Key_Plus);
        QCOMPARE(view->square().size(), QSize(220, 220));
        QTest::keyClick(view.get(), Qt::Key_Minus);
        QCOMPARE(view->square().size(), QSize(200, 200));
        QWheelEvent wheel({150, 150}, {150, 150}, {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view.get(), &wheel);
        QCOMPARE(view->square().size(), QSize(220, 220));
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(view.get(), Qt::Key_Plus);
        QCOMPARE(view->square().size(), QSize(300, 300));
        for (int i = 0; i < 90; ++i)
            QTest::keyClick(view.get(), Qt::Key_Minus);
        QCOMPARE(view->square().size(), QSize(4, 4));
    }

    void setSquareSaysNothingAndStaysInside() {
        const auto view = centredView();
        QSignalSpy changed(view.get(), &CropView::squareChanged);
        view->setSquare({590, -7, 900, 900});
        QCOMPARE(view->square(), QRect(300, 0, 300, 300));
        QTest::mousePress(view.get(), Qt::LeftButton, {}, {200, 150});
        view->setSquare({0, 0, 50, 50}); // not while the hand holds it
        QCOMPARE(view->square(), QRect(300, 0, 300, 300));
        QTest::mouseRelease(view.get(), Qt::LeftButton, {}, {200, 150});
        QCOMPARE(changed.count(), 0);
        CropView empty;
        QTest::mouseClick(&empty, Qt::LeftButton);
        QTest::keyClick(&empty, Qt::Key_Plus);
        QVERIFY(empty.square().isEmpty());
    }

    void barsAreRowsOnOneScale() {
        ErrorBars bars;
        QCOMPARE(bars.sizeHint().height(), 0);
        bars.setBars({{QStringLiteral("one"), 0.2, {}}, {QStringLiteral("two"), 0.1, {}}});
        QVERIFY(bars.sizeHint().height() >= 2 * bars.fontMetrics().height());
        QVERIFY(bars.accessibleDescription().contains(QStringLiteral("two 0.100")));
        bars.resize(300, bars.sizeHint().height());
        const QImage shown = bars.grab().toImage();
        const double ratio = shown.devicePixelRatio();
        // The middle of each row: the longer bar reaches farther.
        const auto length = [&](int row) {
            const int y = int((row + 0.5) * shown.height() / 2);
            const int x = int(60 * ratio);
            const QColor bar = shown.pixelColor(x, y);
            int end = x;
            while (end < shown.width() && shown.pixelColor(end, y) == bar)
                ++end;
            return end;
        };
        QVERIFY(length(0) > length(1) + int(40 * ratio));
    }
};

QTEST_MAIN(TestCropView)
#include "tst_crop_view.moc"
