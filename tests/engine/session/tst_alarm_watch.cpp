// When the watch rings, when it stops, and that an ordinary start is none of it.

#include <QtTest>

#include <functional>
#include <limits>
#include <string>

#include "engine/session/alarm_watch.h"

using namespace alphascope::engine;

namespace {

/// Values by step, every `every` steps, and what the watch says of them: "collapse@300 collapse over@900".
std::string heard(AlarmWatch& watch, const std::string& tag, std::int64_t first, std::int64_t last,
                  std::int64_t every, const std::function<double(std::int64_t)>& value) {
    std::string text;
    for (std::int64_t step = first; step <= last; step += every) {
        for (const Alarm& alarm : watch.look({step, 0.0, {{"loss/D", 0.5}, {tag, value(step)}}})) {
            text += (text.empty() ? "" : " ") + alarm.kind + (alarm.over ? " over@" : "@") +
                    std::to_string(alarm.step);
        }
    }
    return text;
}

} // namespace

class TestAlarmWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void samplesBeginAlike() {
        AlarmWatch watch;
        QCOMPARE(
            heard(watch, sampleSpreadTag, 100, 3000, 100, [](auto step) { return double(step) / 2500.0; }),
            std::string());
    }

    void samplesThatFallTogether() {
        AlarmWatch watch;
        QCOMPARE(heard(watch, sampleSpreadTag, 100, 3000, 100,
                       [](auto step) { return step < 500    ? 0.8
                                              : step < 2000 ? 0.1
                                                            : 0.9; }),
                 std::string("collapse@600 collapse over@2000"));
    }

    void oneBadReadingIsNone() {
        AlarmWatch watch;
        QCOMPARE(heard(watch, sampleSpreadTag, 100, 3000, 100,
                       [](auto step) { return step % 500 == 0 ? 0.1 : 0.8; }),
                 std::string());
    }

    void aFigureAtTheLimitRingsOnce() {
        AlarmWatch watch;
        QCOMPARE(heard(watch, sampleSpreadTag, 100, 9000, 100,
                       [](auto step) { return step < 500              ? 0.8
                                              : (step / 300) % 2 == 0 ? 0.64
                                                                      : 0.66; }),
                 std::string("collapse@700"));
    }

    void samplesThatNeverDiffered() {
        AlarmWatch watch;
        QCOMPARE(heard(watch, sampleSpreadTag, 100, 4000, 100, [](auto) { return 0.05; }),
                 std::string("collapse@2100"));
    }

    /// As BEGAN's on MNIST, which are all ones and differ by their slant.
    void samplesOfOneKind() {
        AlarmWatch watch;
        QCOMPARE(
            heard(watch, sampleSpreadTag, 100, 4000, 100, [](auto step) { return step < 500 ? 0.3 : 0.56; }),
            std::string("collapse@2100"));
    }

    /// As a small VAE's.
    void samplesThatSlowlyBeginToDiffer() {
        AlarmWatch watch;
        QCOMPARE(heard(watch, sampleSpreadTag, 100, 5000, 100,
                       [](auto step) { return 0.1 + double(step) * 0.0001; }),
                 std::string());
        QCOMPARE(heard(watch, sampleSpreadTag, 5100, 8000, 100, [](auto) { return 0.63; }),
                 std::string("collapse@6100"));
    }

    void blurredSamplesAreNoCollapse() {
        AlarmWatch watch;
        QCOMPARE(heard(watch, sampleSpreadTag, 100, 6000, 100, [](auto) { return 0.75; }), std::string());
    }

    void aDiscriminatorThatIsAlwaysRight() {
        AlarmWatch watch;
        const std::string text =
            heard(watch, "metric/d_accuracy", 1, 4000, 1, [](auto step) { return step <= 2000 ? 1.0 : 0.6; });
        QVERIFY2(text.starts_with("d_saturated@1001 d_saturated over@20"), text.c_str());
        AlarmWatch wrong;
        QCOMPARE(heard(wrong, "metric/d_accuracy", 1, 1500, 1, [](auto) { return 0.0; }),
                 std::string("d_saturated@1001"));
    }

    void codesHaveAnAlarmOfTheirOwn() {
        AlarmWatch watch;
        QCOMPARE(heard(watch, "metric/c_accuracy", 1, 1500, 1, [](auto) { return 1.0; }),
                 std::string("c_saturated@1001"));
        QCOMPARE(heard(watch, "metric/d_accuracy", 1501, 2000, 1, [](auto) { return 1.0; }), std::string());
    }

    void aStrongStartIsOrdinary() {
        AlarmWatch watch;
        QCOMPARE(heard(watch, "metric/d_accuracy", 1, 5000, 1,
                       [](auto step) { return step < 700       ? 1.0
                                              : step % 10 == 0 ? 1.0
                                                               : 0.9; }),
                 std::string());
    }

    void whatIsNoNumberIsPassedOver() {
        AlarmWatch watch;
        QCOMPARE(heard(watch, sampleSpreadTag, 100, 4000, 100,
                       [](auto) { return std::numeric_limits<double>::quiet_NaN(); }),
                 std::string());
    }

    void alarmsKnowWhenItBegan() {
        AlarmWatch watch;
        const auto since = [&](const std::string& tag, std::int64_t step, double value) {
            const auto alarms = watch.look({step, 0.0, {{tag, value}}});
            return alarms.empty() ? std::int64_t(-1) : alarms.front().since;
        };
        QCOMPARE(since(sampleSpreadTag, 100, 0.8), -1);
        QCOMPARE(since(sampleSpreadTag, 200, 0.8), -1);
        QVERIFY(!watch.suspectSince());
        QCOMPARE(since(sampleSpreadTag, 300, 0.1), -1);
        QCOMPARE(watch.suspectSince().value_or(-1), 200); // not sure yet, but what lies before may be wanted
        QCOMPARE(since(sampleSpreadTag, 400, 0.1), 200);
        QCOMPARE(since(sampleSpreadTag, 500, 0.1), -1);
        QCOMPARE(watch.suspectSince().value_or(-1), 200);
        QCOMPARE(since(sampleSpreadTag, 600, 0.9), 600); // over
        QVERIFY(!watch.suspectSince());
        std::int64_t began = -1;
        for (std::int64_t step = 601; step <= 3000 && began < 0; ++step) {
            began = since("metric/d_accuracy", step, step < 1200 ? 0.6 : 1.0);
        }
        QVERIFY2(began > 1200 && began < 1700, std::to_string(began).c_str());
    }

    void aStartIsNoSuspicion() {
        AlarmWatch watch;
        watch.look({1, 0.0, {{"metric/d_accuracy", 1.0}}});
        watch.look({100, 0.0, {{"metric/d_accuracy", 1.0}, {sampleSpreadTag, 0.1}}});
        QVERIFY(!watch.suspectSince());
        watch.look({101, 0.0, {{"metric/d_accuracy", 1.0}}});
        QCOMPARE(watch.suspectSince().value_or(-1), 1);
    }

    void alarmsSpeakInSentences() {
        AlarmWatch watch;
        for (std::int64_t step = 100; step <= 300; step += 100) {
            for (const Alarm& alarm :
                 watch.look({step, 0.0, {{sampleSpreadTag, step == 100 ? 0.9 : 0.07}}})) {
                QCOMPARE(alarm.message,
                         std::string("The samples resemble each other: they differ by 7 % of what "
                                     "held-out pictures do."));
                QVERIFY(!alarm.hint.empty());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestAlarmWatch)
#include "tst_alarm_watch.moc"
