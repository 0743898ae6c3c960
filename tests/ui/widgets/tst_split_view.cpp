// Two pictures with a divider: what is seen on either side, by mouse and by key.

#include <QSignalSpy>
#include <QTest>

#include "ui/widgets/split_view.h"

using namespace alphascope::ui;

namespace {

QImage plain(int side, const QColor& color) {
    QImage image(side, side, QImage::Format_RGB888);
    image.fill(color);
    return image;
}

QColor pixelOf(SplitView& view, double x, double y) {
    const QImage shown = view.grab().toImage();
    const double ratio = shown.devicePixelRatio();
    return shown.pixelColor(int(x * ratio), int(y * ratio));
}

} // namespace

class TestSplitView : public QObject {
    Q_OBJECT

    static std::unique_ptr<SplitView> redAndBlue() {
        auto view = std::make_unique<SplitView>();
        view->resize(300, 240);
        view->setPictures(plain(28, Qt::red), plain(28, Qt::blue));
        return view;
    }

private Q_SLOTS:
    void theDividerPartsThem() {
        const auto view = redAndBlue();
        const QRectF picture = view->imageRect();
        QCOMPARE(picture.size().toSize(), QSize(8 * 28, 8 * 28)); // the largest whole zoom
        const double y = picture.top() + 30;
        QCOMPARE(pixelOf(*view, picture.left() + 10, y), QColor(Qt::red));
        QCOMPARE(pixelOf(*view, picture.right() - 10, y), QColor(Qt::blue));
        view->setDivider(0.0);
        QCOMPARE(pixelOf(*view, picture.left() + 10, y), QColor(Qt::blue));
        view->setDivider(1.0);
        QCOMPARE(pixelOf(*view, picture.right() - 10, y), QColor(Qt::red));
    }

    void theMouseMovesTheDivider() {
        const auto view = redAndBlue();
        QSignalSpy moved(view.get(), &SplitView::dividerMoved);
        const QRectF picture = view->imageRect();
        const QPoint quarter = (picture.topLeft() + QPointF(picture.width() / 4, 20)).toPoint();
        QTest::mousePress(view.get(), Qt::LeftButton, {}, quarter);
        QVERIFY(std::abs(view->divider() - 0.25) < 0.01);
        QTest::mouseMove(view.get(), QPoint(5000, 20));
        QCOMPARE(view->divider(), 1.0);
        QCOMPARE(moved.count(), 2);
    }

    void keysMoveTheDividerAndTheRow() {
        const auto view = redAndBlue();
        QSignalSpy rows(view.get(), &SplitView::rowChangeRequested);
        QTest::keyClick(view.get(), Qt::Key_Right);
        QVERIFY(view->divider() > 0.5);
        QTest::keyClick(view.get(), Qt::Key_Home);
        QCOMPARE(view->divider(), 0.0);
        QTest::keyClick(view.get(), Qt::Key_End);
        QCOMPARE(view->divider(), 1.0);
        QTest::keyClick(view.get(), Qt::Key_Down);
        QTest::keyClick(view.get(), Qt::Key_Up);
        QCOMPARE(rows.count(), 2);
        QCOMPARE(rows[0][0].toInt(), 1);
        QCOMPARE(rows[1][0].toInt(), -1);
    }

    void aSmallerPictureIsStretched() {
        const auto view = redAndBlue();
        view->setPictures(plain(14, Qt::red), plain(28, Qt::blue));
        const QRectF picture = view->imageRect();
        QCOMPARE(picture.width(), 8.0 * 28);
        QCOMPARE(pixelOf(*view, picture.left() + 2, picture.bottom() - 3), QColor(Qt::red));
    }

    void theDifferenceHidesBoth() {
        const auto view = redAndBlue();
        view->setInstead(plain(28, Qt::green), QStringLiteral("difference"));
        QVERIFY(view->showsInstead());
        const QRectF picture = view->imageRect();
        QCOMPARE(pixelOf(*view, picture.left() + 10, picture.bottom() - 10), QColor(Qt::green));
        QTest::keyClick(view.get(), Qt::Key_Return);
        view->setInstead({}, {});
        QCOMPARE(pixelOf(*view, picture.left() + 10, picture.bottom() - 10), QColor(Qt::red));
    }

    void oneAloneIsShownWhole() {
        const auto view = redAndBlue();
        view->setPictures({}, plain(28, Qt::blue));
        const QRectF picture = view->imageRect();
        QCOMPARE(pixelOf(*view, picture.left() + 10, picture.bottom() - 10), QColor(Qt::blue));
        view->setPictures({}, {});
        QVERIFY(view->imageRect().isEmpty());
        view->grab();
    }

    void aDoubleClickTellsTheSide() {
        const auto view = redAndBlue();
        QSignalSpy activated(view.get(), &SplitView::activated);
        const QRectF picture = view->imageRect();
        QTest::mouseDClick(view.get(), Qt::LeftButton, {}, (picture.topRight() + QPointF(-9, 9)).toPoint());
        QTest::mouseDClick(view.get(), Qt::LeftButton, {}, (picture.topLeft() + QPointF(9, 9)).toPoint());
        QCOMPARE(activated.count(), 2);
        QCOMPARE(activated[0][0].toBool(), true);
        QCOMPARE(activated[1][0].toBool(), false);
    }
};

QTEST_MAIN(TestSplitView)
#include "tst_split_view.moc"
