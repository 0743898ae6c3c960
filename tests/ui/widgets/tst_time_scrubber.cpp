// The time scrubber: choosing checkpoints, live, and that nothing moves it while it is held.

#include "ui/widgets/status_pill.h"
#include "ui/widgets/time_scrubber.h"

#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

using namespace alphascope::ui;

class TestTimeScrubber : public QObject {
    Q_OBJECT

private:
    static void prepare(TimeScrubber& scrubber) {
        scrubber.resize(800, 30);
        scrubber.setLatestStep(1000);
        scrubber.setCheckpoints({200, 400, 800});
        scrubber.show(); // places the pill
    }
    static QPoint at(const TimeScrubber& scrubber, qint64 step) {
        return {static_cast<int>(scrubber.xOf(step)), scrubber.height() / 2};
    }

private Q_SLOTS:
    void startsLive() {
        TimeScrubber scrubber;
        prepare(scrubber);
        QVERIFY(scrubber.isLive());
        QCOMPARE(scrubber.shownStep(), 1000);
    }

    void clickChoosesTheNearestCheckpoint() {
        TimeScrubber scrubber;
        prepare(scrubber);
        QSignalSpy chosen(&scrubber, &TimeScrubber::checkpointChosen);
        QTest::mouseClick(&scrubber, Qt::LeftButton, {}, at(scrubber, 430));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toInt(), 1);
        QCOMPARE(scrubber.shownStep(), 400);
    }

    void theEndIsLive() {
        TimeScrubber scrubber;
        prepare(scrubber);
        scrubber.setCurrent(0);
        QSignalSpy live(&scrubber, &TimeScrubber::liveChosen);
        QTest::mouseClick(&scrubber, Qt::LeftButton, {}, at(scrubber, 990));
        QCOMPARE(live.count(), 1);
        QVERIFY(scrubber.isLive());
        scrubber.setCurrent(0);
        QTest::mouseClick(scrubber.findChild<StatusPill*>(), Qt::LeftButton);
        QCOMPARE(live.count(), 2);
        QVERIFY(scrubber.isLive());
    }

    void forksFromTheCheckpointShown() {
        TimeScrubber scrubber;
        prepare(scrubber);
        auto* button = scrubber.findChild<QToolButton*>(QStringLiteral("forkButton"));
        QSignalSpy fork(&scrubber, &TimeScrubber::forkRequested);
        QVERIFY(!button->isEnabled()); // live: there is nothing to fork from yet
        QTest::mouseClick(&scrubber, Qt::LeftButton, {}, at(scrubber, 400));
        QVERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(fork.count(), 1);
        QCOMPARE(fork.first().first().toInt(), 1);
        QVERIFY(button->geometry().right() < scrubber.findChild<StatusPill*>()->x());
        QVERIFY(scrubber.lineRect().right() < button->x());
        scrubber.setCheckpoints({200, 800}); // rotated away: live again
        QVERIFY(!button->isEnabled());
    }

    void nothingMovesItWhileHeld() {
        TimeScrubber scrubber;
        prepare(scrubber);
        QSignalSpy chosen(&scrubber, &TimeScrubber::checkpointChosen);
        QSignalSpy previewed(&scrubber, &TimeScrubber::checkpointPreviewed);
        QTest::mousePress(&scrubber, Qt::LeftButton, {}, at(scrubber, 400));
        QVERIFY(scrubber.isHeld());
        const double before = scrubber.xOf(400);
        scrubber.setLatestStep(5000);
        scrubber.setCheckpoints({200, 400, 800, 4000});
        scrubber.setCurrent(0);
        QCOMPARE(scrubber.xOf(400), before);
        QCOMPARE(scrubber.shownStep(), 400);
        QCOMPARE(chosen.count(), 0);
        QTest::mouseMove(&scrubber, at(scrubber, 790));
        QCOMPARE(previewed.count(), 2);
        QTest::mouseRelease(&scrubber, Qt::LeftButton, {}, at(scrubber, 790));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toInt(), 2);
        QCOMPARE(scrubber.latestStep(), 5000);
        QCOMPARE(scrubber.checkpoints().size(), 4);
        QCOMPARE(scrubber.shownStep(), 800);
    }

    void aCheckpointThatVanishedWhileHeldMeansLive() {
        TimeScrubber scrubber;
        prepare(scrubber);
        QSignalSpy live(&scrubber, &TimeScrubber::liveChosen);
        QTest::mousePress(&scrubber, Qt::LeftButton, {}, at(scrubber, 200));
        scrubber.setCheckpoints({800});
        QTest::mouseRelease(&scrubber, Qt::LeftButton, {}, at(scrubber, 200));
        QCOMPARE(live.count(), 1);
        QVERIFY(scrubber.isLive());
    }

    void theChoiceIsKeptByItsStep() {
        TimeScrubber scrubber;
        prepare(scrubber);
        scrubber.setCurrent(1);
        scrubber.setCheckpoints({400, 800, 900});
        QCOMPARE(scrubber.current(), 0);
        QCOMPARE(scrubber.shownStep(), 400);
        scrubber.setCheckpoints({900});
        QVERIFY(scrubber.isLive());
    }

    void keyboardWalks() {
        TimeScrubber scrubber;
        prepare(scrubber);
        QTest::keyClick(&scrubber, Qt::Key_Left);
        QCOMPARE(scrubber.shownStep(), 800);
        QTest::keyClick(&scrubber, Qt::Key_Home);
        QCOMPARE(scrubber.shownStep(), 200);
        QTest::keyClick(&scrubber, Qt::Key_Left);
        QCOMPARE(scrubber.shownStep(), 200);
        QTest::keyClick(&scrubber, Qt::Key_End);
        QVERIFY(scrubber.isLive());
        QVERIFY(scrubber.accessibleDescription().contains(QStringLiteral("1,000")));
    }

    void withoutASessionThereIsNoLive() {
        TimeScrubber scrubber;
        prepare(scrubber);
        scrubber.setLiveAvailable(false);
        scrubber.setCurrent(0);
        QTest::mouseClick(&scrubber, Qt::LeftButton, {}, at(scrubber, 1000));
        QCOMPARE(scrubber.shownStep(), 800);
        QVERIFY(!scrubber.findChild<StatusPill*>()->isEnabled());
    }
};

QTEST_MAIN(TestTimeScrubber)
#include "tst_time_scrubber.moc"
