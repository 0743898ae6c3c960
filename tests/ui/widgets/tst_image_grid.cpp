// Where the cells of a grid lie, which one the pointer hits, and how pictures are drawn.

#include "ui/widgets/drag_payload.h"
#include "ui/widgets/grid_geometry.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/image_view.h"

#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QtTest>

using namespace alphascope::ui;

namespace {

QImage plain(QRgb color, int side = 8) {
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

QVector<QImage> pictures(int count) {
    QVector<QImage> list;
    for (int i = 0; i < count; ++i) {
        list.append(plain(qRgb(20 * i % 256, 100, 200)));
    }
    return list;
}

} // namespace

class TestImageGrid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesTheLargestZoomThatShowsAll_data() {
        QTest::addColumn<QSize>("area");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("pictures");
        QTest::addColumn<int>("zoom");
        QTest::addColumn<int>("shown");
        QTest::newRow("one") << QSize(100, 100) << 1 << 1 << 3 << 1;
        QTest::newRow("four") << QSize(114, 114) << 4 << 1 << 2 << 4;
        QTest::newRow("pairs") << QSize(114, 114) << 2 << 2 << 2 << 2;
        QTest::newRow("crowded") << QSize(60, 60) << 100 << 1 << 1 << 4;
        QTest::newRow("too small") << QSize(10, 10) << 3 << 1 << 1 << 1;
        QTest::newRow("none") << QSize(100, 100) << 0 << 1 << 0 << 0;
    }
    void takesTheLargestZoomThatShowsAll() {
        QFETCH(QSize, area);
        QFETCH(int, count);
        QFETCH(int, pictures);
        const GridGeometry grid = fitGrid(area, {28, 28}, count, pictures, 2, 8);
        QTEST(grid.zoom, "zoom");
        QTEST(grid.shown, "shown");
        for (int i = 0; i < grid.shown; ++i) {
            QCOMPARE(grid.cellAt(grid.cellRect(i).center()), i);
            QCOMPARE(grid.cellRect(i).size(), QSize(28 * grid.zoom * pictures, 28 * grid.zoom));
        }
    }

    void noLargerZoomWouldDo() {
        for (int count = 1; count < 80; count += 7) {
            const QSize area(401, 263);
            const GridGeometry grid = fitGrid(area, {28, 28}, count, 1, 2, 64);
            QCOMPARE(grid.shown, count);
            QVERIFY(QRect(QPoint(0, 0), area).contains(grid.cellRect(count - 1)));
            const int next = 28 * (grid.zoom + 1) + 2;
            QVERIFY(((area.width() + 2) / next) * ((area.height() + 2) / next) < count);
        }
    }

    void gapsHitNothing() {
        const GridGeometry grid = fitGrid({100, 100}, {20, 20}, 4, 1, 6, 1);
        const QRect first = grid.cellRect(0);
        QCOMPARE(grid.cellAt(first.topRight() + QPoint(2, 0)), -1);
        QCOMPARE(grid.cellAt(first.topLeft() - QPoint(1, 1)), -1);
        QCOMPARE(grid.cellAt({10000, 10000}), -1);
        QVERIFY(grid.cellRect(4).isNull());
    }

    void fewerButLargerWhenAllowed() {
        const GridGeometry all = fitGrid({300, 200}, {28, 28}, 64, 1, 2, 8);
        const GridGeometry large = fitGrid({300, 200}, {28, 28}, 64, 1, 2, 8, 12);
        QVERIFY(large.zoom > all.zoom);
        QVERIFY(large.shown >= 12 && large.shown < 64);
    }

    void drawsEveryPixelWhole() {
        ImageGrid grid;
        grid.resize(90, 90);
        QImage checker(8, 8, QImage::Format_RGB32);
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 8; ++x) {
                checker.setPixel(x, y, (x + y) % 2 ? qRgb(255, 255, 255) : qRgb(255, 0, 0));
            }
        }
        grid.setCells({checker});
        const QImage shot = grid.grab().toImage();
        const QRectF cell = grid.cellRect(0);
        const int zoom = grid.geometryInPixels().zoom;
        const double ratio = shot.devicePixelRatio();
        for (int y = 0; y < 8 * zoom; ++y) {
            const QPoint at = (cell.topLeft() * ratio).toPoint() + QPoint(zoom / 2, y);
            QCOMPARE(shot.pixel(at), checker.pixel(0, y / zoom));
        }
    }

    void pairsStandSideBySide() {
        ImageGrid grid;
        grid.resize(120, 60);
        grid.setCells({plain(qRgb(255, 0, 0))}, {plain(qRgb(0, 255, 0))});
        QCOMPARE(grid.pairMode(), PairMode::Pairs);
        const QImage shot = grid.grab().toImage();
        const QRectF cell = grid.cellRect(0);
        QCOMPARE(shot.pixelColor(QPointF(cell.left() + cell.width() / 4, cell.center().y()).toPoint()),
                 QColor(255, 0, 0));
        QCOMPARE(shot.pixelColor(QPointF(cell.left() + cell.width() * 3 / 4, cell.center().y()).toPoint()),
                 QColor(0, 255, 0));
        grid.setCells(pictures(3), pictures(2)); // not of the same number: no pairs
        QCOMPARE(grid.pairMode(), PairMode::None);
    }

    void clickSelectsAndDoubleClickActivates() {
        ImageGrid grid;
        grid.resize(200, 100);
        grid.setCells(pictures(6));
        QSignalSpy clicked(&grid, &ImageGrid::cellClicked);
        QSignalSpy activated(&grid, &ImageGrid::cellActivated);
        const QPoint at = grid.cellRect(4).center().toPoint();
        QTest::mouseClick(&grid, Qt::LeftButton, {}, at);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(grid.selected(), 4);
        QTest::mouseDClick(&grid, Qt::LeftButton, {}, at);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.first().first().toInt(), 4);
    }

    void arrowsWalkAndStopAtTheEdges() {
        ImageGrid grid;
        grid.resize(100, 100);
        grid.setMaximumZoom(1);
        grid.setCells(pictures(20));
        const int columns = grid.geometryInPixels().columns;
        QTest::keyClick(&grid, Qt::Key_Right);
        QCOMPARE(grid.selected(), 0);
        QTest::keyClick(&grid, Qt::Key_Left);
        QCOMPARE(grid.selected(), 0);
        QTest::keyClick(&grid, Qt::Key_Down);
        QCOMPARE(grid.selected(), columns);
        QTest::keyClick(&grid, Qt::Key_End);
        QCOMPARE(grid.selected(), 19);
        QTest::keyClick(&grid, Qt::Key_Down);
        QCOMPARE(grid.selected(), 19);
        QSignalSpy activated(&grid, &ImageGrid::cellActivated);
        QTest::keyClick(&grid, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
    }

    void keepsTheSelectionWhenPicturesChange() {
        ImageGrid grid;
        grid.resize(200, 100);
        grid.setCells(pictures(6));
        grid.setSelected(5);
        grid.setCells(pictures(6));
        QCOMPARE(grid.selected(), 5);
        QSignalSpy changed(&grid, &ImageGrid::selectionChanged);
        grid.setCells(pictures(3));
        QCOMPARE(grid.selected(), -1);
        QCOMPARE(changed.count(), 1);
    }

    void viewZoomsByWholePixelsAndCentres() {
        ImageView view;
        view.resize(100, 70);
        view.setImage(plain(qRgb(1, 2, 3), 28));
        const double ratio = view.devicePixelRatioF();
        QCOMPARE(view.zoom(), static_cast<int>(70 * ratio / 28));
        QCOMPARE(view.imageRect().width(), 28 * view.zoom() / ratio);
        QCOMPARE(view.pixelAt(view.imageRect().center()), QPoint(14, 14));
        QCOMPARE(view.pixelAt({0, 0}), QPoint(-1, -1));
        view.setImage(plain(qRgb(1, 2, 3), 500));
        QCOMPARE(view.zoom(), 0);
        QVERIFY(view.imageRect().height() <= 70);
    }

    void draggingTheViewCountsInFontHeights() {
        ImageView view;
        view.resize(200, 200);
        view.setImage(plain(qRgb(1, 2, 3), 28));
        view.setLatentDragEnabled(true);
        QSignalSpy dragged(&view, &ImageView::latentDragged);
        QSignalSpy finished(&view, &ImageView::latentDragFinished);
        QTest::mousePress(&view, Qt::LeftButton, {}, {100, 100});
        QTest::mouseMove(&view, {130, 80});
        QTest::mouseRelease(&view, Qt::LeftButton, {}, {130, 80});
        QPointF sum;
        for (const auto& call : dragged) {
            sum += call.first().toPointF();
        }
        const double height = QFontMetricsF(view.font()).height();
        QCOMPARE(sum.x(), 30 / height);
        QCOMPARE(sum.y(), -20 / height);
        QCOMPARE(finished.count(), 1);
    }

    void viewTakesDrops() {
        ImageView view;
        view.setDropEnabled(true);
        QSignalSpy payload(&view, &ImageView::payloadDropped);
        QSignalSpy image(&view, &ImageView::imageDropped);
        QSignalSpy file(&view, &ImageView::fileDropped);
        const auto drop = [&](QMimeData* mime) {
            QDragEnterEvent enter({5, 5}, Qt::CopyAction, mime, Qt::LeftButton, {});
            QCoreApplication::sendEvent(&view, &enter);
            QDropEvent event({5, 5}, Qt::CopyAction, mime, Qt::LeftButton, {});
            QCoreApplication::sendEvent(&view, &event);
            delete mime;
        };
        drop(makePayload(plain(qRgb(9, 9, 9)), QByteArrayLiteral("code")));
        drop(makePayload(plain(qRgb(9, 9, 9)), {}));
        auto* mime = new QMimeData;
        mime->setUrls({QUrl::fromLocalFile(QStringLiteral("/a/b.png"))});
        drop(mime);
        auto* text = new QMimeData;
        text->setText(QStringLiteral("nothing"));
        drop(text);
        QCOMPARE(payload.count(), 1);
        QCOMPARE(image.count(), 1);
        QCOMPARE(file.count(), 1);
        QCOMPARE(file.first().first().toString(), QStringLiteral("/a/b.png"));
    }
};

QTEST_MAIN(TestImageGrid)
#include "tst_image_grid.moc"
