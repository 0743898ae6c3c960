// The way through the keyframes in the window: its kinds, its length and speed, geodesics as they are found,
// what is saved of it, and A - B + C.

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include <algorithm>
#include <cmath>

#include "fake_engine.h"
#include "ui/dialogs/video_dialog.h"
#include "ui/models/code_payload.h"
#include "ui/panels/arithmetic_panel.h"
#include "ui/panels/film_panel.h"
#include "ui/panels/long_work_view.h"
#include "ui/session/explore_exports.h"
#include "ui/theme/theme.h"
#include "ui/widgets/curve_plot.h"
#include "ui/widgets/image_view.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::ExploreLane;
using engine::PathKind;

class TestExplorePaths : public QObject {
    Q_OBJECT

    struct Bench {
        std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
        EngineBridge bridge{engine};
        ExploreController explore{bridge};

        explicit Bench(unsigned keyframes = 0, unsigned capabilities = 31) {
            bridge.openModel("model");
            engine->explorer->pushModel(8, capabilities);
            [this] { QTRY_VERIFY(explore.hasModel()); }();
            for (unsigned i = 0; i < keyframes; ++i) {
                explore.setSeed(10 + i);
                explore.addKeyframe();
            }
        }
        FakeExplorer& explorer() { return *engine->explorer; }
        std::size_t asked(ExploreLane lane) { return explorer().requestsOf(lane).size(); }
        engine::ExploreRequest last(ExploreLane lane) { return explorer().requestsOf(lane).back(); }
        const std::vector<float>& keyframe(std::size_t i) { return explore.view().keyframes[i].code; }
        void settle() { QTRY_VERIFY(explore.pathLength().pictures.has_value()); }
    };

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    // ---- kinds
    void theCubicGoesThroughAllKeyframes() {
        Bench bench(4);
        bench.explore.setPath(PathKind::Cubic);
        bench.explore.setLoop(true);
        const engine::KeyframePath& path = bench.explore.path();
        QCOMPARE(path.ways(), std::size_t(4));
        QCOMPARE(path.at(0.25), bench.keyframe(1));
        QCOMPARE(path.at(1.0), bench.keyframe(0));
        const auto slerp = engine::interpolate(bench.keyframe(0), bench.keyframe(1), 0.5, PathKind::Slerp);
        QVERIFY(path.at(0.125) != slerp);
        bench.explore.setPosition(0.125); // and that is what is shown
        const engine::Codes shown =
            std::get<engine::DecodeCodes>(bench.last(ExploreLane::Picture).what).codes;
        QCOMPARE(shown.values, path.at(0.125));
        bench.explore.undoStack().undo();
        bench.explore.undoStack().undo();
        QCOMPARE(bench.explore.path().at(1.0 / 6.0), slerp);
    }

    // ---- length and speed
    void theWayIsMeasured() {
        Bench bench(3);
        bench.explore.setPath(PathKind::Lerp);
        bench.settle();
        double codes = 0.0;
        double pictures = 0.0;
        for (std::size_t way = 0; way < 2; ++way) {
            double square = 0.0;
            for (std::size_t i = 0; i < 8; ++i)
                square += std::pow(double(bench.keyframe(way + 1)[i]) - bench.keyframe(way)[i], 2);
            codes += std::sqrt(square);
            pictures += std::abs(double(bench.keyframe(way + 1)[0]) - bench.keyframe(way)[0]);
        }
        QVERIFY(std::abs(bench.explore.pathLength().codes - codes) < 1e-4);
        QVERIFY(std::abs(*bench.explore.pathLength().pictures - pictures) < 1e-4);
        bench.explorer().automatic = false;
        bench.explore.removeKeyframe(bench.explore.view().keyframes[0].id);
        QVERIFY(!bench.explore.pathLength().pictures.has_value()); // of another way
    }

    /// The fake's pictures change by the first number alone.
    void evenSpeedChangesPicturesEvenly() {
        Bench bench(3);
        bench.explore.setPath(PathKind::Lerp);
        bench.explore.setEvenSpeed(true);
        bench.settle();
        const engine::Codes even = bench.explore.filmCodes(21);
        const double whole = *bench.explore.pathLength().pictures;
        double passed = 0.0;
        for (std::size_t i = 1; i < even.count; ++i)
            passed += std::abs(double(even.row(i)[0]) - even.row(i - 1)[0]);
        QVERIFY(std::abs(passed - whole) < 0.06 * whole);
        std::vector<double> steps;
        for (std::size_t i = 1; i < even.count; ++i)
            steps.push_back(std::abs(double(even.row(i)[0]) - even.row(i - 1)[0]));
        // But for the one that turns at the middle keyframe.
        const auto uneven = std::count_if(steps.begin(), steps.end(), [&](double step) {
            return std::abs(step - whole / 20.0) > 0.02 * whole / 20.0;
        });
        QVERIFY2(uneven <= 1, QByteArray::number(int(uneven)).constData());
        QVERIFY(bench.explore.filmCodes(21) != bench.explore.path().sample(std::size_t(21)));
        bench.explore.setEvenSpeed(false);
        QVERIFY(bench.explore.filmCodes(21) == bench.explore.path().sample(std::size_t(21)));
    }

    void playingAtAnEvenSpeedEnds() {
        Bench bench(3);
        bench.explore.setEvenSpeed(true);
        bench.settle();
        bench.explore.setFramesPerSecond(60);
        bench.explore.setSecondsPerSegment(0.1);
        QSignalSpy playing(&bench.explore, &ExploreController::playingChanged);
        bench.explore.setPlaying(true);
        QTRY_COMPARE(playing.size(), 2);
        QCOMPARE(bench.explore.position(), 1.0);
    }

    void anUnmeasuredFilmIsNotSaved() {
        Bench bench(2);
        ExploreExports exports(bench.bridge, bench.explore);
        QSignalSpy failed(&exports, &ExploreExports::failed);
        bench.explorer().automatic = false;
        bench.explore.setEvenSpeed(true);
        QVERIFY(!bench.explore.filmReady());
        exports.saveVideo(QStringLiteral("/out/film.mp4"), exports.usualVideo());
        exports.saveStrip(QStringLiteral("/out/strip.png"), 9, 1);
        QCOMPARE(failed.size(), 2);
        QVERIFY(!exports.makingVideo());
    }

    // ---- geodesics
    void geodesicsAreFoundOneAfterTheOther() {
        Bench bench(3);
        FilmPanel panel(bench.explore);
        panel.show();
        auto* find = panel.findChild<QPushButton*>(QStringLiteral("findGeodesics"));
        auto* told = panel.findChild<QLabel*>(QStringLiteral("waysLabel"));
        bench.explorer().automatic = false;
        QVERIFY(!find->isVisible() && !told->isVisible());
        bench.explore.findWays(); // of a slerp path: nothing to find
        QCOMPARE(bench.asked(ExploreLane::Geodesic), std::size_t(0));
        const std::size_t stripsBefore = bench.asked(ExploreLane::Strip);
        bench.explore.setPath(PathKind::Geodesic);
        QTRY_COMPARE(bench.asked(ExploreLane::Strip), stripsBefore + 1);
        QVERIFY(find->isVisible());
        QVERIFY(told->text().contains(QStringLiteral("0 of 2")) &&
                told->text().contains(QStringLiteral("slerp")));
        const auto slerp = engine::interpolate(bench.keyframe(0), bench.keyframe(1), 0.5, PathKind::Slerp);
        QCOMPARE(bench.explore.path().at(0.25), slerp); // until it is found

        find->click();
        QVERIFY(!find->isVisible());
        QCOMPARE(bench.asked(ExploreLane::Geodesic), std::size_t(1));
        const auto first = std::get<engine::FindGeodesic>(bench.last(ExploreLane::Geodesic).what);
        QCOMPARE(first.from, bench.keyframe(0));
        QCOMPARE(first.to, bench.keyframe(1));
        bench.explorer().push(bench.explorer().wayStep(bench.last(ExploreLane::Geodesic), 2, 3));
        QTRY_VERIFY(panel.search()->isVisible());
        QCOMPARE(panel.search()->plot()->pointCount(QStringLiteral("curve")), 2);
        QCOMPARE(bench.explore.path().at(0.25), slerp);
        bench.explorer().push(bench.explorer().wayStep(bench.last(ExploreLane::Geodesic), 3, 3));
        QTRY_COMPARE(bench.asked(ExploreLane::Geodesic), std::size_t(2));
        QCOMPARE(bench.explore.path().at(0.25), std::vector<float>(8, 0.25F));
        QVERIFY(told->text().contains(QStringLiteral("1 of 2")));
        QVERIFY(bench.explore.findingWays());
        const std::size_t strips = bench.asked(ExploreLane::Strip);
        bench.explorer().push(bench.explorer().wayStep(bench.last(ExploreLane::Geodesic), 3, 3));
        QTRY_VERIFY(!bench.explore.findingWays());
        QVERIFY(told->text().contains(QStringLiteral("every")));
        QVERIFY(!panel.search()->isVisible() && !find->isVisible());
        QCOMPARE(bench.asked(ExploreLane::Strip), strips + 1);

        // Kept per pair of codes: backwards too, and after another kind of path.
        bench.explore.reorderKeyframes({bench.explore.view().keyframes[2].id,
                                        bench.explore.view().keyframes[1].id,
                                        bench.explore.view().keyframes[0].id});
        bench.explore.setPath(PathKind::Lerp);
        bench.explore.setPath(PathKind::Geodesic);
        QCOMPARE(bench.explore.path().waysMissing(), std::size_t(0));
        bench.explore.setLoop(true);
        QCOMPARE(bench.explore.path().waysMissing(), std::size_t(1));
        // But not for another model.
        bench.explorer().pushModel(8, 31, 2);
        QTRY_COMPARE(bench.explore.path().waysMissing(), std::size_t(3));
    }

    void aCancelledGeodesicIsKeptAndEndsTheRow() {
        Bench bench(3);
        FilmPanel panel(bench.explore);
        panel.show();
        bench.explorer().automatic = false;
        bench.explore.setPath(PathKind::Geodesic);
        bench.explore.findWays();
        bench.explorer().push(bench.explorer().wayStep(bench.last(ExploreLane::Geodesic), 1, 3));
        QTRY_VERIFY(panel.search()->isVisible());
        panel.search()->findChild<QPushButton*>(QStringLiteral("progressCancel"))->click();
        QCOMPARE(bench.explorer().cancelled.back(), ExploreLane::Geodesic);
        engine::ExploreResult best = bench.explorer().wayStep(bench.last(ExploreLane::Geodesic), 1, 3);
        best.finished = best.cancelled = true;
        bench.explorer().push(best);
        QTRY_VERIFY(!bench.explore.findingWays());
        QCOMPARE(bench.explore.path().waysMissing(), std::size_t(1));
        QCOMPARE(bench.asked(ExploreLane::Geodesic), std::size_t(1)); // the next one is not begun
        QVERIFY(panel.findChild<QPushButton*>(QStringLiteral("findGeodesics"))->isVisible());
    }

    void aFailedGeodesicSaysSo() {
        Bench bench(2);
        bench.explorer().automatic = false;
        QSignalSpy problems(&bench.explore, &ExploreController::problem);
        bench.explore.setPath(PathKind::Geodesic);
        bench.explore.findWays();
        engine::ExploreResult failed;
        failed.lane = ExploreLane::Geodesic;
        failed.stamp = bench.last(ExploreLane::Geodesic).stamp;
        failed.epoch = 1;
        failed.error = engine::Error(engine::ErrorKind::Usage, "It cannot generate.");
        bench.explorer().push(failed);
        QTRY_COMPARE(problems.size(), 1);
        QVERIFY(!bench.explore.findingWays());
        QCOMPARE(bench.explore.path().waysMissing(), std::size_t(1));
    }

    void thePanelShowsLengthAndKind() {
        Bench bench;
        FilmPanel panel(bench.explore);
        panel.show();
        auto* length = panel.findChild<QLabel*>(QStringLiteral("pathLength"));
        QVERIFY(!length->isVisible());
        for (unsigned i = 0; i < 2; ++i) {
            bench.explore.setSeed(10 + i);
            bench.explore.addKeyframe();
        }
        QVERIFY(length->isVisible());
        bench.settle();
        QVERIFY(!length->text().contains(QStringLiteral("…")));
        auto* box = panel.findChild<QComboBox*>(QStringLiteral("pathBox"));
        QCOMPARE(box->count(), 4);
        for (const PathKind kind : {PathKind::Cubic, PathKind::Geodesic, PathKind::Lerp, PathKind::Slerp}) {
            box->setCurrentIndex(box->findData(int(kind)));
            Q_EMIT box->activated(box->currentIndex());
            QCOMPARE(bench.explore.view().path, kind);
        }
        bench.explore.undoStack().undo();
        QCOMPARE(box->currentData().toInt(), int(PathKind::Lerp));
        auto* even = panel.findChild<QCheckBox*>(QStringLiteral("evenSpeed"));
        even->click();
        QVERIFY(bench.explore.view().evenSpeed);
        bench.explore.undoStack().undo();
        QVERIFY(!even->isChecked());
    }

    void whatLiesBetweenKeyframesIsPulledToTheData() {
        Bench bench(2);
        FilmPanel panel(bench.explore);
        QTRY_VERIFY(!bench.explore.decoded().empty());
        auto* pull = panel.findChild<QSpinBox*>(QStringLiteral("pullToData"));
        pull->setValue(40);
        QCOMPARE(bench.explore.pull(), 0.4);
        bench.settle();
        const auto strip = std::get<engine::DecodeCodes>(bench.last(ExploreLane::Strip).what);
        QCOMPARE(strip.pull, 0.4);
        QCOMPARE(strip.asIs, std::size_t(2)); // the keyframes
        QCOMPARE(std::get<engine::MeasurePath>(bench.last(ExploreLane::Measure).what).pull, 0.4);
        bench.explore.setPosition(0.5);
        QCOMPARE(std::get<engine::DecodeCodes>(bench.last(ExploreLane::Picture).what).pull, 0.4);
        QCOMPARE(bench.explore.document(engine::ViewKind::Film).pull, 0.4);
        ExploreExports exports(bench.bridge, bench.explore);
        QSignalSpy saved(&exports, &ExploreExports::saved);
        exports.saveStrip(QStringLiteral("/out/strip.png"), 3, 1);
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(std::get<engine::DecodeCodes>(bench.last(ExploreLane::Sheet).what).pull, 0.4);
        QCOMPARE(bench.engine->readView("/out/strip.png").pull, 0.4);
        bench.explore.undoStack().undo();
        QCOMPARE(pull->value(), 0);
    }

    void theCodeInViewIsPulledOnce() {
        Bench bench(2);
        QTRY_VERIFY(!bench.explore.decoded().empty());
        const std::vector<float> before = bench.explore.view().code;
        bench.explore.pullCode();
        QCOMPARE(std::get<engine::DecodeCodes>(bench.last(ExploreLane::Picture).what).pull, 1.0);
        QTRY_VERIFY(bench.explore.view().source.contains(QStringLiteral("pulled")));
        QVERIFY(bench.explore.view().code != before); // the fake's answer
        bench.settle();
        QCOMPARE(bench.explore.view().source.count(QStringLiteral("pulled")), 1);
        bench.explore.undoStack().undo();
        QCOMPARE(bench.explore.view().code, before);
    }

    // ---- files
    void filmsAreSavedAsChosen() {
        Bench bench(2);
        QTRY_VERIFY(!bench.explore.decoded().empty());
        ExploreExports exports(bench.bridge, bench.explore);
        QSignalSpy saved(&exports, &ExploreExports::saved);
        QSignalSpy failed(&exports, &ExploreExports::failed);
        QCOMPARE(exports.usualVideo().scale, 10);
        VideoChoice choice;
        choice.side = 300;
        choice.framesPerSecond = 20.0;
        exports.saveVideo(QStringLiteral("/out/film.gif"), choice);
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(bench.engine->log().back(), std::string("video /out/film.gif 21 20 300 px"));
        choice.framesPerSecond = 60.0;
        const std::size_t sheets = bench.asked(ExploreLane::Sheet);
        exports.saveVideo(QStringLiteral("/out/fast.gif"), choice);
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("50")));
        QCOMPARE(bench.asked(ExploreLane::Sheet), sheets); // refused before any work
    }

    void theDialogAsksForSizeAndRate() {
        VideoChoice usual;
        usual.scale = 10;
        usual.framesPerSecond = 60.0;
        VideoDialog film(QStringLiteral("/out/a.mp4"), 28, usual);
        QCOMPARE(film.choice(), usual);
        VideoDialog gif(QStringLiteral("/out/a.GIF"), 28, usual);
        QCOMPARE(gif.choice().framesPerSecond, 50.0);
        gif.findChild<QComboBox*>(QStringLiteral("videoBy"))->setCurrentIndex(1);
        auto* pixels = gif.findChild<QSpinBox*>(QStringLiteral("videoPixels"));
        QCOMPARE(pixels->value(), 280);
        pixels->setValue(123);
        gif.findChild<QCheckBox*>(QStringLiteral("videoLoop"))->click();
        QCOMPARE(gif.choice().side, 123);
        QVERIFY(!gif.choice().loop);
        pixels->setValue(1'000'000'000);
        QVERIFY(gif.choice().side <= 4096);
        gif.findChild<QComboBox*>(QStringLiteral("videoBy"))->setCurrentIndex(0);
        QCOMPARE(gif.choice().side, 0);
        auto* scale = gif.findChild<QSpinBox*>(QStringLiteral("videoScale"));
        scale->setValue(0);
        QCOMPARE(gif.choice().scale, 1);
    }

    void theGridLiesBetweenFourKeyframes() {
        Bench bench(3);
        ExploreExports exports(bench.bridge, bench.explore);
        QSignalSpy saved(&exports, &ExploreExports::saved);
        QSignalSpy failed(&exports, &ExploreExports::failed);
        exports.saveGrid(QStringLiteral("/out/grid.png"), 5);
        QCOMPARE(failed.size(), 1);
        bench.explore.setSeed(20);
        bench.explore.addKeyframe();
        bench.explore.setSeed(21);
        bench.explore.addKeyframe();
        exports.saveGrid(QStringLiteral("/out/grid.png"), 5);
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(bench.engine->log().back(), std::string("write /out/grid.png grid of 25 x1"));
        const engine::Codes codes = std::get<engine::DecodeCodes>(bench.last(ExploreLane::Sheet).what).codes;
        const auto corner = [&](std::size_t i) {
            return std::vector<float>(codes.row(i).begin(), codes.row(i).end());
        };
        QCOMPARE(corner(0), bench.keyframe(0));
        QCOMPARE(corner(4), bench.keyframe(1));
        QCOMPARE(corner(20), bench.keyframe(2));
        QCOMPARE(corner(24), bench.keyframe(3));
    }

    // ---- A - B + C
    void operandsAreCodesSeedsFilesAndPictures() {
        Bench bench;
        ArithmeticPanel panel(bench.bridge, bench.explore);
        CodeArithmetic& sum = panel.arithmetic();
        QVERIFY(!panel.applyButton()->isEnabled());
        Q_EMIT panel.target(0)->payloadDropped(
            packCode({std::vector<float>(8, 0.75F), QStringLiteral("A's")}));
        Q_EMIT panel.target(1)->fileDropped(QStringLiteral("/pictures/seven.jpg"));
        sum.setSeed(2, 7);
        QCOMPARE(bench.asked(ExploreLane::Operand), std::size_t(1)); // one after the other
        QTRY_VERIFY(panel.applyButton()->isEnabled());
        QTRY_VERIFY(!panel.target(2)->image().isNull());
        QVERIFY(!panel.target(0)->image().isNull() && !panel.target(1)->image().isNull());
        QCOMPARE(sum.operand(1).code, std::vector<float>(8, 0.5F));
        QCOMPARE(sum.operand(2).code, engine::priorCodes(7, 1, 8).values);
        const auto before = bench.explore.view();
        const int steps = bench.explore.undoStack().count();
        panel.applyButton()->click();
        QCOMPARE(bench.explore.view().code,
                 engine::codeAnalogy(sum.operand(0).code, sum.operand(1).code, sum.operand(2).code));
        QCOMPARE(bench.explore.view().source, QStringLiteral("A's − seven.jpg + seed 7"));
        QCOMPARE(bench.explore.undoStack().count(), steps + 1);
        bench.explore.undoStack().undo();
        QVERIFY(bench.explore.view() == before);
        Q_EMIT panel.target(1)->imageDropped(QImage(28, 28, QImage::Format_RGB888));
        QVERIFY(!panel.applyButton()->isEnabled());
        QTRY_VERIFY(panel.applyButton()->isEnabled());
        sum.clear(0);
        QVERIFY(!panel.applyButton()->isEnabled());
        sum.apply(); // nothing
        QVERIFY(bench.explore.view() == before);
    }

    void badOperandsAreRefused() {
        Bench bench;
        ArithmeticPanel panel(bench.bridge, bench.explore);
        CodeArithmetic& sum = panel.arithmetic();
        QSignalSpy problems(&bench.explore, &ExploreController::problem);
        Q_EMIT panel.target(0)->payloadDropped("no payload of ours");
        Q_EMIT panel.target(0)->payloadDropped(packCode({std::vector<float>(5, 0.5F), {}}));
        QCOMPARE(bench.asked(ExploreLane::Operand), std::size_t(0));
        bench.explorer().encodeError =
            engine::Error(engine::ErrorKind::BadInput, "note.txt is no picture.", "Drop a PNG.");
        sum.setFile(1, QStringLiteral("/note.txt"));
        sum.setSeed(2, 3);
        QTRY_COMPARE(problems.size(), 1);
        QTRY_VERIFY(!sum.operand(2).thumbnail.isNull()); // the next one goes on
        QVERIFY(sum.operand(1).code.empty() && !sum.operand(1).busy);
    }

    void anotherOperandTakesThePlaceOfOneBeingSearched() {
        Bench bench(0, unsigned(models::Capability::Generate));
        ArithmeticPanel panel(bench.bridge, bench.explore);
        CodeArithmetic& sum = panel.arithmetic();
        bench.explorer().automatic = false;
        sum.setFile(0, QStringLiteral("/slow.png"));
        const auto slow = bench.last(ExploreLane::Operand);
        bench.explorer().push(bench.explorer().searchStep(slow, 1, 3));
        sum.setSeed(0, 4);
        QCOMPARE(bench.explorer().cancelled, std::vector<ExploreLane>{ExploreLane::Operand});
        engine::ExploreResult ended = bench.explorer().searchStep(slow, 1, 3);
        ended.finished = ended.cancelled = true;
        bench.explorer().push(ended);
        QTRY_COMPARE(bench.asked(ExploreLane::Operand), std::size_t(2));
        bench.explorer().push(bench.explorer().answer(bench.last(ExploreLane::Operand)));
        QTRY_VERIFY(!sum.operand(0).thumbnail.isNull());
        QCOMPARE(sum.operand(0).code, engine::priorCodes(4, 1, 8).values);
        QCOMPARE(sum.operand(0).label, QStringLiteral("seed 4"));
    }

    void anotherModelForgetsOperandsThatDoNotFit() {
        Bench bench;
        ArithmeticPanel panel(bench.bridge, bench.explore);
        CodeArithmetic& sum = panel.arithmetic();
        sum.setSeed(0, 4);
        QTRY_VERIFY(!sum.operand(0).busy);
        bench.explorer().pushModel(8, 31, 2);
        QTRY_COMPARE(bench.asked(ExploreLane::Operand), std::size_t(2)); // it looks otherwise now
        QVERIFY(!sum.operand(0).code.empty());
        bench.explorer().pushModel(16, 31, 3);
        QTRY_VERIFY(sum.operand(0).code.empty());
    }

    // ---- the window
    void theWindowAsksAndSaves() {
        WindowBench bench;
        bench.window->bridge().openModel("model");
        bench.engine->explorer->pushModel(8);
        QTRY_VERIFY(bench.enabled("keyframe"));
        for (int i = 0; i < 2; ++i) {
            bench.trigger("random");
            bench.trigger("keyframe");
        }
        QTRY_VERIFY(bench.enabled("saveVideo"));
        bench.dialogs->picked = QStringLiteral("/out/window.gif");
        bench.dialogs->cancelVideo = true;
        bench.trigger("saveVideo");
        bench.dialogs->cancelVideo = false;
        bench.dialogs->videoChoice =
            VideoChoice{.scale = 3, .side = 0, .framesPerSecond = 10.0, .loop = true};
        bench.trigger("saveVideo");
        const auto filmed = [&] {
            const auto log = bench.engine->log();
            return std::count_if(log.begin(), log.end(), [](const std::string& line) {
                return line.find("video /out/window.gif 11 10 x3") == 0;
            });
        };
        QTRY_COMPARE(filmed(), 1);
    }
};

QTEST_MAIN(TestExplorePaths)
#include "tst_explore_paths.moc"
