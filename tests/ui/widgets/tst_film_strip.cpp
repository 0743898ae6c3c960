// The film strip: order by dragging, marker, selection, removal, keyboard, drops.

#include "ui/widgets/drag_payload.h"
#include "ui/widgets/film_strip.h"

#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QtTest>

using namespace alphascope::ui;

namespace {

QVector<Keyframe> keyframes(int count) {
    QVector<Keyframe> list;
    for (int i = 0; i < count; ++i) {
        Keyframe keyframe;
        keyframe.id = 10 * (i + 1);
        keyframe.thumbnail = QImage(8, 8, QImage::Format_RGB32);
        keyframe.thumbnail.fill(qRgb(40 * i, 0, 90));
        list.append(keyframe);
    }
    return list;
}

QVector<int> order(const FilmStrip& strip) {
    QVector<int> ids;
    for (const Keyframe& keyframe : strip.keyframes()) {
        ids.append(keyframe.id);
    }
    return ids;
}

void drag(FilmStrip& strip, const QPoint& from, const QPoint& to) {
    QTest::mousePress(&strip, Qt::LeftButton, {}, from);
    QTest::mouseMove(&strip, (from + to) / 2);
    QTest::mouseMove(&strip, to);
    QTest::mouseRelease(&strip, Qt::LeftButton, {}, to);
}

} // namespace

class TestFilmStrip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draggingReorders_data() {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("beside");
        QTest::addColumn<int>("shift"); // pixels right of the centre of `beside`
        QTest::addColumn<QVector<int>>("ids");
        QTest::newRow("first behind third") << 10 << 30 << 20 << QVector<int>({20, 30, 10, 40});
        QTest::newRow("last to the front") << 40 << 10 << -20 << QVector<int>({40, 10, 20, 30});
        QTest::newRow("second to the end") << 20 << 40 << 25 << QVector<int>({10, 30, 40, 20});
    }
    void draggingReorders() {
        QFETCH(int, from);
        QFETCH(int, beside);
        QFETCH(int, shift);
        FilmStrip strip;
        strip.resize(800, 110);
        strip.setKeyframes(keyframes(4));
        QSignalSpy reordered(&strip, &FilmStrip::keyframesReordered);
        QSignalSpy selected(&strip, &FilmStrip::selectionChanged);
        drag(strip, strip.keyframeRect(from).center().toPoint(),
             strip.keyframeRect(beside).center().toPoint() + QPoint(shift, 0));
        QCOMPARE(reordered.count(), 1);
        QTEST(reordered.first().first().value<QVector<int>>(), "ids");
        QTEST(order(strip), "ids");
        QCOMPARE(selected.count(), 0);
    }

    void draggingBackToItsPlaceChangesNothing() {
        FilmStrip strip;
        strip.resize(800, 110);
        strip.setKeyframes(keyframes(3));
        QSignalSpy reordered(&strip, &FilmStrip::keyframesReordered);
        const QPoint at = strip.keyframeRect(20).center().toPoint();
        drag(strip, at, at + QPoint(15, 0));
        QCOMPARE(reordered.count(), 0);
        QCOMPARE(order(strip), QVector<int>({10, 20, 30}));
    }

    void clicksSelectAndActivate() {
        FilmStrip strip;
        strip.resize(800, 110);
        strip.setKeyframes(keyframes(3));
        QSignalSpy selected(&strip, &FilmStrip::selectionChanged);
        QSignalSpy activated(&strip, &FilmStrip::keyframeActivated);
        const QPoint at = strip.keyframeRect(30).center().toPoint();
        QTest::mouseClick(&strip, Qt::LeftButton, {}, at);
        QCOMPARE(strip.selected(), 30);
        QCOMPARE(selected.count(), 1);
        QTest::mouseDClick(&strip, Qt::LeftButton, {}, at);
        QCOMPARE(activated.count(), 1);
    }

    void removesByButtonAndKey() {
        FilmStrip strip;
        strip.resize(800, 110);
        strip.setKeyframes(keyframes(3));
        QSignalSpy removed(&strip, &FilmStrip::removeRequested);
        const QRectF rect = strip.keyframeRect(20);
        QTest::mouseClick(&strip, Qt::LeftButton, {},
                          QPoint(static_cast<int>(rect.right()) - 12, static_cast<int>(rect.top()) + 12));
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed.first().first().toInt(), 20);
        strip.setSelected(10);
        QTest::keyClick(&strip, Qt::Key_Delete);
        QCOMPARE(removed.count(), 2);
        QCOMPARE(strip.keyframes().size(), 3); // the owner removes, so that it can be undone
    }

    void keyboardWalksAndReorders() {
        FilmStrip strip;
        strip.resize(800, 110);
        strip.setKeyframes(keyframes(3));
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.selected(), 10);
        QTest::keyClick(&strip, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(order(strip), QVector<int>({20, 10, 30}));
        QTest::keyClick(&strip, Qt::Key_End);
        QCOMPARE(strip.selected(), 30);
        QTest::keyClick(&strip, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(order(strip), QVector<int>({20, 10, 30}));
    }

    void markerFollowsThePointer() {
        FilmStrip strip;
        strip.resize(800, 110);
        strip.setKeyframes(keyframes(2));
        QVector<QImage> frames(21, keyframes(1).first().thumbnail);
        strip.setFrames(frames);
        QSignalSpy moved(&strip, &FilmStrip::positionChanged);
        const QPointF first = strip.keyframeRect(10).center();
        const QPointF last = strip.keyframeRect(20).center();
        QVERIFY(last.x() - first.x() > 3 * strip.keyframeRect(10).width()); // frames lie between
        const QPoint middle = ((first + last) / 2).toPoint();
        QTest::mousePress(&strip, Qt::LeftButton, {}, middle);
        QVERIFY(std::abs(strip.position() - 0.5) < 0.01);
        QCOMPARE(moved.count(), 1);
        strip.setPosition(0.1); // playing goes on elsewhere, but the user holds the marker
        QVERIFY(std::abs(strip.position() - 0.5) < 0.01);
        QTest::mouseMove(&strip, {5000, 50});
        QCOMPARE(strip.position(), 1.0);
        QTest::mouseRelease(&strip, Qt::LeftButton, {}, middle);
        strip.setPosition(7);
        QCOMPARE(strip.position(), 1.0);
        QCOMPARE(moved.count(), 2);
    }

    void losesTheSelectionOfARemovedKeyframe() {
        FilmStrip strip;
        strip.setKeyframes(keyframes(3));
        strip.setSelected(30);
        strip.setKeyframes(keyframes(2));
        QCOMPARE(strip.selected(), -1);
        strip.setSelected(99);
        QCOMPARE(strip.selected(), -1);
    }

    void takesDropsBetweenKeyframes() {
        FilmStrip strip;
        strip.resize(800, 110);
        strip.setKeyframes(keyframes(3));
        QSignalSpy dropped(&strip, &FilmStrip::payloadDropped);
        std::unique_ptr<QMimeData> mime(
            makePayload(keyframes(1).first().thumbnail, QByteArrayLiteral("code")));
        const QPointF at = strip.keyframeRect(20).center() - QPointF(5, 0);
        QDragEnterEvent enter(at.toPoint(), Qt::CopyAction, mime.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(&strip, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(at, Qt::CopyAction, mime.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(&strip, &event);
        QCOMPARE(dropped.count(), 1);
        QCOMPARE(dropped.first().at(1).toInt(), 1);
    }

    void drawsWhenEmptyLoopedAndCrowded() {
        FilmStrip strip;
        strip.resize(300, 110);
        QVERIFY(!strip.grab().isNull());
        strip.setKeyframes(keyframes(12));
        strip.setLoop(true);
        strip.setFrames(QVector<QImage>(100, QImage()));
        strip.setPosition(1);
        QVERIFY(!strip.grab().isNull());
        strip.setSelected(120);
        QVERIFY(strip.keyframeRect(120).right() <= 300);
    }
};

QTEST_MAIN(TestFilmStrip)
#include "tst_film_strip.moc"
