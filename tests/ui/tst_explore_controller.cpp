#include <QSignalSpy>
#include <QTest>

#include <cmath>

#include "fake_engine.h"
#include "ui/session/explore_controller.h"
#include "ui/session/explore_exports.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::ExploreLane;

class TestExploreController : public QObject {
    Q_OBJECT

    struct Bench {
        std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
        EngineBridge bridge{engine};
        ExploreController explore{bridge};
        int pictures = 0;

        explicit Bench(unsigned capabilities = 31) {
            QObject::connect(&explore, &ExploreController::pictureDecoded, &explore, [this] { ++pictures; });
            bridge.openModel("model");
            engine->explorer->pushModel(8, capabilities);
            QTRY_VERIFY(explore.hasModel());
        }
        FakeExplorer& explorer() { return *engine->explorer; }
        std::size_t asked(ExploreLane lane) { return explorer().requestsOf(lane).size(); }
    };

private Q_SLOTS:
    void aModelShowsSomethingAtOnce() {
        Bench bench;
        QCOMPARE(bench.explore.view().code, engine::priorCodes(1, 1, 8).values);
        QTRY_VERIFY(bench.pictures > 0);
        QVERIFY(bench.asked(ExploreLane::Field) > 0);
        QVERIFY(!bench.explore.decoded().empty());
    }

    void everyMoveIsAsked() {
        Bench bench;
        const std::size_t before = bench.asked(ExploreLane::Picture);
        for (int i = 1; i <= 25; ++i)
            bench.explore.setDimension(3, i * 0.1);
        QCOMPARE(bench.asked(ExploreLane::Picture), before + 25);
        QCOMPARE(bench.explorer().requestsOf(ExploreLane::Picture).back().stamp, before + 25);
    }

    void oneDragIsOneUndoStep() {
        Bench bench;
        const auto start = bench.explore.view().code;
        for (int i = 1; i <= 10; ++i)
            bench.explore.setDimension(3, i * 0.1);
        bench.explore.endGesture();
        for (int i = 1; i <= 10; ++i)
            bench.explore.movePad({i * 0.1, 0.0});
        bench.explore.endGesture();
        const auto end = bench.explore.view().code;
        QCOMPARE(bench.explore.undoStack().count(), 2);
        bench.explore.undoStack().undo();
        QCOMPARE(bench.explore.view().code[3], 1.0F);
        QCOMPARE(bench.explore.view().code[0], start[0]);
        bench.explore.undoStack().undo();
        QCOMPARE(bench.explore.view().code, start);
        bench.explore.undoStack().redo();
        bench.explore.undoStack().redo();
        QCOMPARE(bench.explore.view().code, end);
    }

    void onlyAnotherPlaneNeedsAnotherField() {
        Bench bench;
        QSignalSpy outdated(&bench.explore, &ExploreController::fieldOutdated);
        bench.explore.movePad({0.5, 0.25});
        QCOMPARE(outdated.size(), 0);
        bench.explore.setDimension(5, 1.0);
        QCOMPARE(outdated.size(), 1);
        bench.explore.setTruncation(0.5);
        QCOMPARE(outdated.size(), 2);
        bench.explore.setAxes(2, 3);
        QCOMPARE(outdated.size(), 3);
    }

    void undoShowsWhatWasThere() {
        Bench bench;
        bench.explore.setSeed(7);
        const auto seven = bench.explore.view().code;
        QCOMPARE(seven, engine::priorCodes(7, 1, 8).values);
        bench.explore.setSeed(8);
        const int before = bench.pictures;
        bench.explore.undoStack().undo();
        QCOMPARE(bench.explore.view().code, seven);
        QTRY_VERIFY(bench.pictures > before);
        QCOMPARE(bench.explore.view().source, QStringLiteral("seed 7"));
    }

    void truncationShortensWhatIsDecoded() {
        Bench bench;
        bench.explore.setTruncation(0.5);
        const auto request = bench.explorer().requestsOf(ExploreLane::Picture).back();
        const auto& codes = std::get<engine::DecodeCodes>(request.what).codes;
        QCOMPARE(codes.values[0], bench.explore.view().code[0] * 0.5F);
        bench.explore.resetCode();
        QCOMPARE(bench.explore.view().truncation, 1.0);
        QCOMPARE(bench.explore.view().code, std::vector<float>(8, 0.0F));
    }

    void anEncodedPictureSetsTheCode() {
        Bench bench;
        float l1 = 0.0F;
        connect(&bench.explore, &ExploreController::pictureEncoded, this,
                [&](const engine::ExploreResult& result) { l1 = result.l1; });
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        QTRY_COMPARE(bench.explore.view().code, std::vector<float>(8, 0.5F));
        QCOMPARE(bench.explore.view().source, QStringLiteral("seven.jpg"));
        QCOMPARE(l1, 0.08F);
        bench.explore.undoStack().undo();
        QCOMPARE(bench.explore.view().code, engine::priorCodes(1, 1, 8).values);
    }

    /// The explorer encodes what waits with the new model, under the stamp it was asked for with.
    void aPictureOnItsWaySurvivesAReopenedModel() {
        Bench bench;
        bench.explorer().automatic = false;
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"), 0);
        const auto request = bench.explorer().requestsOf(ExploreLane::Encode).back();
        bench.explorer().pushModel(8, 31, 2);
        QSignalSpy opened(&bench.explore, &ExploreController::modelChanged);
        QTRY_COMPARE(opened.size(), 1);
        bench.explorer().push(bench.explorer().answer(request));
        QTRY_COMPARE(bench.explore.view().keyframes.size(), std::size_t(1));
        QCOMPARE(bench.explore.view().source, QStringLiteral("seven.jpg"));
    }

    void inspectingAPictureMovesNothing() {
        Bench bench;
        bool done = false;
        const auto before = bench.explore.view();
        bench.explore.inspectPicture(plainImage(28, 3, 1),
                                     [&](const engine::ExploreResult&) { done = true; });
        QTRY_VERIFY(done);
        QVERIFY(bench.explore.view() == before);
    }

    void withoutAnEncoderTheCodeIsSearchedFor() {
        Bench bench{unsigned(models::Capability::Generate)};
        bench.explorer().automatic = false;
        QVERIFY(bench.explore.searchesCodes());
        QCOMPARE(bench.asked(ExploreLane::Field), std::size_t(0));
        QSignalSpy steps(&bench.explore, &ExploreController::searchProgressed);
        QSignalSpy encoded(&bench.explore, &ExploreController::pictureEncoded);
        QSignalSpy busy(&bench.explore, &ExploreController::encodingChanged);
        const auto before = bench.explore.view().code;
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        QCOMPARE(bench.asked(ExploreLane::Encode), std::size_t(1));
        const auto request = bench.explorer().requestsOf(ExploreLane::Encode).back();
        for (int step = 1; step <= 3; ++step) {
            bench.explorer().push(bench.explorer().searchStep(request, step, 3));
            QTRY_COMPARE(steps.size(), step);
            QCOMPARE(encoded.size(), step == 3 ? 1 : 0);
        }
        QVERIFY(bench.explore.view().code != before);
        QCOMPARE(bench.explore.view().source, QStringLiteral("seven.jpg"));
        QCOMPARE(busy.back()[0].toBool(), false);
        QCOMPARE(bench.explore.undoStack().count(), 1);
    }

    void aSearchThatFoundNothingChangesNothing() {
        Bench bench{unsigned(models::Capability::Generate)};
        bench.explorer().automatic = false;
        QSignalSpy steps(&bench.explore, &ExploreController::searchProgressed);
        QSignalSpy busy(&bench.explore, &ExploreController::encodingChanged);
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        bench.explore.cancelSearch();
        QCOMPARE(bench.explorer().cancelled, std::vector<ExploreLane>{ExploreLane::Encode});
        engine::ExploreResult result;
        result.lane = ExploreLane::Encode;
        result.stamp = bench.explorer().requestsOf(ExploreLane::Encode).back().stamp;
        result.epoch = 1;
        result.searched = result.cancelled = true;
        bench.explorer().push(result);
        QTRY_COMPARE(steps.size(), 1);
        QCOMPARE(busy.back()[0].toBool(), false);
        QCOMPARE(bench.explore.undoStack().count(), 0);
    }

    void pointsHaveNoPicturesToEncode() {
        Bench bench{unsigned(models::Capability::Generate)};
        bench.explorer().pushPointsModel(8);
        QTRY_VERIFY(!bench.explore.searchesCodes());
        QSignalSpy problems(&bench.explore, &ExploreController::problem);
        bench.explore.encodeFile(QStringLiteral("/pictures/seven.jpg"));
        QCOMPARE(problems.size(), 1);
        QVERIFY(problems[0][0].toString().contains(QStringLiteral("points")));
        QCOMPARE(bench.asked(ExploreLane::Encode), std::size_t(0));
    }

    void aClassIsWalkedTo() {
        Bench bench(models::capabilities({models::Capability::Generate, models::Capability::Conditional}));
        bench.explorer().automatic = false;
        QCOMPARE(bench.explore.classes().size(), std::size_t(3));
        bench.explore.sampleClass(7, 10, 1); // there is no such class
        QCOMPARE(bench.asked(ExploreLane::Class), std::size_t(0));
        bench.explore.sampleClass(2, 10, 5);
        const auto request = bench.explorer().requestsOf(ExploreLane::Class).back();
        const auto& order = std::get<engine::SampleClass>(request.what);
        QCOMPARE(order.label, std::int64_t(2));
        QCOMPARE(order.steps, 10);
        QCOMPARE(order.seed, std::uint64_t(5));
        QSignalSpy steps(&bench.explore, &ExploreController::walkProgressed);
        const auto before = bench.explore.view().code;
        bench.explorer().push(bench.explorer().searchStep(request, 1, 2));
        QTRY_COMPARE(steps.size(), 1);
        QCOMPARE(bench.explore.view().code, before);
        bench.explore.cancelWalk();
        QCOMPARE(bench.explorer().cancelled.back(), ExploreLane::Class);
        bench.explorer().push(bench.explorer().searchStep(request, 2, 2));
        QTRY_COMPARE(steps.size(), 2);
        QVERIFY(bench.explore.view().code != before);
        QVERIFY(bench.explore.view().source.contains(QStringLiteral("bird")));
    }

    void unconditionalModelsHaveNoClasses() {
        Bench bench;
        QVERIFY(bench.explore.classes().empty());
        bench.explore.sampleClass(0, 10, 1);
        QCOMPARE(bench.asked(ExploreLane::Class), std::size_t(0));
    }

    void aPictureThatIsNoneIsAProblem() {
        Bench bench;
        bench.explorer().encodeError =
            engine::Error(engine::ErrorKind::BadInput, "note.txt is no picture.", "Drop a PNG.");
        QSignalSpy problems(&bench.explore, &ExploreController::problem);
        bench.explore.encodeFile(QStringLiteral("/note.txt"));
        QTRY_COMPARE(problems.size(), 1);
        QCOMPARE(problems[0][0].toString(), QStringLiteral("note.txt is no picture."));
        QCOMPARE(bench.explore.undoStack().count(), 0);
    }

    void keyframesAndTheirUndo() {
        Bench bench;
        QVector<QImage> frames;
        connect(&bench.explore, &ExploreController::stripDecoded, this,
                [&](const QVector<QImage>& decoded) { frames = decoded; });
        bench.explore.addKeyframe();
        bench.explore.setSeed(5);
        bench.explore.addKeyframe();
        QCOMPARE(bench.explore.view().keyframes.size(), std::size_t(2));
        QCOMPARE(bench.explore.view().keyframes[1].label, QStringLiteral("seed 5"));
        QTRY_COMPARE(frames.size(), 9);
        const int first = bench.explore.view().keyframes[0].id;
        const int second = bench.explore.view().keyframes[1].id;
        bench.explore.reorderKeyframes({second, first});
        QCOMPARE(bench.explore.view().keyframes[0].id, second);
        bench.explore.removeKeyframe(second);
        QTRY_COMPARE(frames.size(), 0);
        bench.explore.undoStack().undo();
        bench.explore.undoStack().undo();
        QCOMPARE(bench.explore.view().keyframes[0].id, first);
        QCOMPARE(bench.explore.view().keyframes.size(), std::size_t(2));
    }

    void theFilmPlaysToItsEnd() {
        Bench bench;
        bench.explore.setPlaying(true);
        QVERIFY(!bench.explore.playing()); // no keyframes, no film
        bench.explore.addKeyframe();
        bench.explore.setSeed(5);
        bench.explore.addKeyframe();
        bench.explore.setFramesPerSecond(60);
        bench.explore.setSecondsPerSegment(0.1);
        QSignalSpy playing(&bench.explore, &ExploreController::playingChanged);
        QSignalSpy positions(&bench.explore, &ExploreController::positionChanged);
        const std::size_t before = bench.asked(ExploreLane::Picture);
        bench.explore.setPlaying(true);
        QTRY_COMPARE(playing.size(), 2);
        QVERIFY(!bench.explore.playing());
        QCOMPARE(positions.back()[0].toDouble(), 1.0);
        QCOMPARE(bench.asked(ExploreLane::Picture), before + std::size_t(positions.size()));
        // The last frame is the last keyframe.
        const auto request = bench.explorer().requestsOf(ExploreLane::Picture).back();
        const auto& shown = std::get<engine::DecodeCodes>(request.what).codes.values;
        const auto& last = bench.explore.view().keyframes.back().code;
        for (std::size_t i = 0; i < last.size(); ++i)
            QVERIFY(std::abs(shown[i] - last[i]) < 1e-4F);
    }

    void aLoopGoesOn() {
        Bench bench;
        bench.explore.addKeyframe();
        bench.explore.setSeed(5);
        bench.explore.addKeyframe();
        bench.explore.setLoop(true);
        bench.explore.setFramesPerSecond(60);
        bench.explore.setSecondsPerSegment(0.1);
        bool wrapped = false;
        double last = 0.0;
        connect(&bench.explore, &ExploreController::positionChanged, this, [&](double t) {
            wrapped = wrapped || t < last;
            last = t;
        });
        bench.explore.setPlaying(true);
        QTRY_VERIFY(wrapped);
        QVERIFY(bench.explore.playing());
    }

    void newWeightsRefreshOnlyWhatIsInFront() {
        Bench bench;
        bench.explore.setActive(false);
        const std::size_t before = bench.asked(ExploreLane::Picture);
        QSignalSpy weights(&bench.bridge, &EngineBridge::weightsUpdated);
        bench.explorer().push(engine::WeightsUpdated{10});
        QTRY_COMPARE(weights.size(), 1);
        QCOMPARE(bench.asked(ExploreLane::Picture), before);
        bench.explore.setActive(true);
        QCOMPARE(bench.asked(ExploreLane::Picture), before + 1);
        bench.explorer().push(engine::WeightsUpdated{11});
        QTRY_COMPARE(bench.asked(ExploreLane::Picture), before + 2);
    }

    void anotherModelOfTheSameSizeKeepsTheView() {
        Bench bench;
        bench.explore.setSeed(77);
        bench.explore.addKeyframe();
        bench.explorer().pushModel(8, 31, 2);
        QSignalSpy changed(&bench.explore, &ExploreController::modelChanged);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(bench.explore.view().source, QStringLiteral("seed 77"));
        QCOMPARE(bench.explore.view().keyframes.size(), std::size_t(1));
        bench.explorer().pushModel(16, 31, 3);
        QTRY_COMPARE(bench.explore.view().code.size(), std::size_t(16));
        QVERIFY(bench.explore.view().keyframes.empty());
        QCOMPARE(bench.explore.undoStack().count(), 0);
    }

    void exports() {
        Bench bench;
        ExploreExports exports(bench.bridge, bench.explore);
        QSignalSpy saved(&exports, &ExploreExports::saved);
        QSignalSpy problems(&bench.bridge, &EngineBridge::problem);
        QTRY_VERIFY(!bench.explore.decoded().empty());
        exports.savePicture(QStringLiteral("/out/a.png"), 8);
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(bench.engine->log().back(), std::string("write /out/a.png picture of 1 x8"));
        QCOMPARE(bench.engine->readView("/out/a.png").at->code, bench.explore.view().code);
        bench.explore.addKeyframe();
        bench.explore.setSeed(5);
        bench.explore.addKeyframe();
        exports.saveStrip(QStringLiteral("/out/strip.png"), 9, 1);
        QTRY_COMPARE(saved.size(), 2);
        QCOMPARE(bench.engine->log().back(), std::string("write /out/strip.png strip of 9 x1"));
        bench.explore.setFramesPerSecond(24);
        bench.explore.setSecondsPerSegment(2.0);
        exports.saveVideo(QStringLiteral("/out/film.mp4"), exports.usualVideo());
        QTRY_COMPARE(saved.size(), 3);
        QCOMPARE(bench.engine->log().back(), std::string("video /out/film.mp4 49 24 x10"));
        exports.saveVideo(QStringLiteral("/unwritable/film.mp4"), exports.usualVideo());
        QTRY_COMPARE(problems.size(), 1);
        QSignalSpy failed(&exports, &ExploreExports::failed);
        bench.explore.setFramesPerSecond(60);
        bench.explore.setSecondsPerSegment(60.0);
        exports.saveVideo(QStringLiteral("/out/long.mp4"), exports.usualVideo());
        QCOMPARE(failed.size(), 1);
    }

    void aVideoTellsItsProgressAndCanBeCancelled() {
        Bench bench;
        ExploreExports exports(bench.bridge, bench.explore);
        QSignalSpy progressed(&exports, &ExploreExports::progressed);
        QSignalSpy finished(&exports, &ExploreExports::finished);
        QSignalSpy saved(&exports, &ExploreExports::saved);
        QSignalSpy failed(&exports, &ExploreExports::failed);
        bench.explore.addKeyframe();
        bench.explore.setSeed(5);
        bench.explore.addKeyframe();
        bench.explore.setFramesPerSecond(60);
        bench.explore.setSecondsPerSegment(2.0);
        exports.saveVideo(QStringLiteral("/out/pieces.mp4"), exports.usualVideo());
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(saved.size(), 1);
        QCOMPARE(bench.explorer().requestsOf(engine::ExploreLane::Sheet).size(), std::size_t(3));
        QCOMPARE(bench.engine->log().back(), std::string("video /out/pieces.mp4 121 60 x10"));

        // While it is written.
        exports.saveVideo(QStringLiteral("/out/endless.mp4"), exports.usualVideo());
        const auto done = [&] { return progressed.last()[0].toLongLong(); };
        QTRY_VERIFY(done() > 121);
        QCOMPARE(progressed.last()[1].toLongLong(), qint64(242));
        exports.saveStrip(QStringLiteral("/out/strip.png"), 9, 1);
        QCOMPARE(failed.size(), 1); // one at a time
        exports.cancel();
        QTRY_COMPARE(finished.size(), 2);

        // While it is decoded.
        bench.explorer().automatic = false;
        exports.saveVideo(QStringLiteral("/out/never.mp4"), exports.usualVideo());
        QVERIFY(exports.makingVideo());
        exports.cancel();
        QCOMPARE(finished.size(), 3);

        // Another model would give the rest of the film another face.
        exports.saveVideo(QStringLiteral("/out/never.mp4"), exports.usualVideo());
        bench.explorer().pushModel(8, 31, 2);
        QTRY_COMPARE(finished.size(), 4);
        QCOMPARE(failed.size(), 2);
        QCOMPARE(saved.size(), 1);
        QCOMPARE(bench.engine->log().back(), std::string("video /out/pieces.mp4 121 60 x10"));
    }
};

QTEST_MAIN(TestExploreController)
#include "tst_explore_controller.moc"
