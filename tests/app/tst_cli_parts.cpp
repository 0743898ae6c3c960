// The parts of the command line that need no model: sentences, progress, ticks, curves, signals.

#include <cmath>
#include <csignal>
#include <limits>
#include <stdexcept>

#include <QtTest>

#include "app/curve_picture.h"
#include "app/drawing/axis.h"
#include "app/drawing/canvas.h"
#include "app/picture_output.h"
#include "app/progress_line.h"
#include "app/run_verb.h"
#include "app/stop_signals.h"
#include "app/text_table.h"
#include "engine/api/error.h"
#include "models/schema/parameter.h"

using namespace alphascope::app;
using alphascope::engine::Error;
using alphascope::engine::ErrorKind;
using alphascope::engine::Image;
using alphascope::engine::MetricPoint;

class TestCliParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sentencesAreOneLine() {
        QCOMPARE(oneSentence("There is no 'x'.", "Did you mean 'y'?"), "There is no 'x'; did you mean 'y'?");
        QCOMPARE(oneSentence("It is full", ""), "It is full.");
        QCOMPARE(oneSentence("A. Did it. Now.", ""), "A; did it; now.");
        QCOMPARE(oneSentence("No 'a. B' here. Look.", ""), "No 'a. B' here; look.");
        QCOMPARE(oneSentence("MNIST is not here.", "IDX files are."), "MNIST is not here; IDX files are.");
        QCOMPARE(oneSentence("a\nb\x1b[31m.", ""), "a b?[31m.");
    }

    void failuresBecomeExitCodes() {
        const auto codeOf = [](auto error) { return runGuarded([&] { throw error; }); };
        QCOMPARE(runGuarded([] {}), 0);
        QCOMPARE(codeOf(Error(ErrorKind::Usage, "x")), 2);
        QCOMPARE(codeOf(alphascope::models::SchemaError("x")), 2);
        QCOMPARE(codeOf(Error(ErrorKind::BadInput, "x")), 3);
        QCOMPARE(codeOf(Error(ErrorKind::InputOutput, "x")), 4);
        QCOMPARE(codeOf(Error(ErrorKind::TrainingFailed, "x")), 5);
        QCOMPARE(codeOf(Error(ErrorKind::Interrupted, "x")), 130);
        QCOMPARE(codeOf(std::bad_alloc()), 5);
        QCOMPARE(codeOf(std::runtime_error("x")), 5);
    }

    void durationsReadLikeClocks() {
        QCOMPARE(durationText(7.0), "0:07");
        QCOMPARE(durationText(754.0), "12:34");
        QCOMPARE(durationText(10921.0), "3:02:01");
        QCOMPARE(durationText(-1.0), "--:--");
        QCOMPARE(durationText(std::numeric_limits<double>::quiet_NaN()), "--:--");
        QCOMPARE(durationText(1e300), "--:--");
    }

    void progressFitsTheTerminal() {
        const Progress progress{.step = 500,
                                .target = 1000,
                                .stepsPerSecond = 20.0,
                                .secondsLeft = 25.0,
                                .state = {},
                                .losses = {{"E", 0.5}, {"G", 1.25}}};
        QCOMPARE(
            progressText(progress, 100, true),
            "[==============              ]  50%  step 500/1000  20.0 it/s  0:25 left  E 0.500  G 1.250");
        for (int width = 0; width < 120; ++width) {
            QVERIFY(progressText(progress, width, true).size() <= std::size_t(width));
        }
        QVERIFY(progressText(progress, 50, true).starts_with("step 500/1000"));
    }

    void endlessProgressHasNoBar() {
        Progress progress{
            .step = 12, .target = 0, .stepsPerSecond = 3.0, .secondsLeft = -1.0, .state = {}, .losses = {}};
        QCOMPARE(progressText(progress, 80, true), "step 12  3.0 it/s");
        progress.state = "saving";
        QCOMPARE(progressText(progress, 80, true), "step 12  saving");
    }

    void tablesAlignByCharacters() {
        QCOMPARE(textTable({{"λ", "a"}, {"bcd", "", "x"}}, " "), " λ    a\n bcd     x\n");
        QCOMPARE(textTable({}), "");
    }

    void ticksAreRound() {
        const Axis axis = makeAxis(0.0, 1.0, 5);
        QCOMPARE(axis.ticks.size(), std::size_t(6));
        QCOMPARE(axis.ticks.front(), 0.0);
        QCOMPARE(axis.ticks.back(), 1.0);
        QCOMPARE(makeAxis(3.0, 3.0, 5).place(3.0), 0.5);
        QCOMPARE(tickText(2000.0), "2000");
        QCOMPARE(tickText(15000.0), "15k");
        QCOMPARE(tickText(1.5e6), "1.5M");
        QCOMPARE(tickText(0.25), "0.25");
    }

    void linesAreAntiAliasedAndPaintedOnce() {
        Canvas canvas(20, 20, {255, 255, 255});
        canvas.line({{2.0, 10.0}, {18.0, 10.0}, {2.0, 10.0}}, 2.0, {0, 0, 0}, 0.5);
        const Image& image = canvas.image();
        const auto at = [&](int x, int y) { return int(image.pixels[(std::size_t(y) * 20 + x) * 3]); };
        QCOMPARE(at(10, 10), 128); // twice covered, once painted
        QCOMPARE(at(10, 9), 128);
        QCOMPARE(at(10, 5), 255);
        Canvas slanted(20, 20, {255, 255, 255});
        slanted.line({{1.0, 1.0}, {19.0, 12.0}}, 1.0, {0, 0, 0});
        int between = 0;
        for (const std::uint8_t value : slanted.image().pixels) {
            between += value > 20 && value < 235;
        }
        QVERIFY(between > 30);
    }

    void everyCharacterOfOurLabelsIsDrawn() {
        for (const char character :
             std::string("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:-+=/_()")) {
            const std::string text(1, character);
            QVERIFY2(!textStrokes(text).empty(), text.c_str());
        }
        QVERIFY(textStrokes(" \xCE\xB1").empty());
        QVERIFY(textWidth("ab") > textWidth("a"));
    }

    void curvesShowWhatThereIs() {
        std::vector<MetricPoint> history;
        for (int step = 1; step <= 500; ++step) {
            history.push_back({step, 0.0, {{"loss/E", 1.0 / step}, {"loss/G", std::sin(step * 0.05)}}});
        }
        history.back().values.emplace_back("metric/heldout_l1", 0.3);
        history.push_back({300, 0.0, {{"metric/kid_random", 0.5}}}); // some steps after that one
        const std::vector<CurvePanel> panels = trainingPanels(history);
        QCOMPARE(panels.size(), std::size_t(3));
        QCOMPARE(panels[2].curves[0].points.size(), std::size_t(1));
        QCOMPARE(panels[0].curves.size(), std::size_t(2));
        QCOMPARE(panels[0].curves[0].name, "E");
        QCOMPARE(panels[0].curves[0].points.size(), std::size_t(500));
        QCOMPARE(panels[1].curves[0].points.size(), std::size_t(1));
        const Image both = drawCurves("x", panels);
        const Image one = drawCurves("x", {panels[0]});
        QVERIFY(both.height > one.height);
        QCOMPARE(drawCurves("x", panels), both);
        std::size_t colored = 0;
        for (std::size_t i = 0; i < one.pixels.size(); i += 3) {
            colored += std::abs(one.pixels[i] - one.pixels[i + 2]) > 80;
        }
        QVERIFY(colored > 500);
    }

    void curvesOfNothingAreNoPicture() {
        QVERIFY(drawCurves("x", trainingPanels({})).empty());
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(drawCurves("x", trainingPanels({{1, 0.0, {{"loss/E", nan}}}})).empty());
        QVERIFY(!drawCurves("x", trainingPanels({{1, 0.0, {{"loss/E", nan}}}, {2, 0.0, {{"loss/E", 1.0}}}}))
                     .empty());
    }

    void picturesStandSideBySide() {
        Image left(2, 1, 1);
        left.pixels = {1, 2};
        Image right(1, 1, 1);
        right.pixels = {9};
        const Image both = sideBySide(left, right);
        QCOMPARE(both.width, 3);
        QCOMPARE(both.pixels, (std::vector<std::uint8_t>{1, 2, 9}));
    }

    void aSignalWakesAndIsCounted() {
        const WakePipe pipe;
        const StopSignals signals(pipe);
        QVERIFY(!signals.requested());
        std::raise(SIGTERM);
        pipe.wait(60000); // returns at once
        QVERIFY(signals.requested());
    }
};

QTEST_GUILESS_MAIN(TestCliParts)
#include "tst_cli_parts.moc"
