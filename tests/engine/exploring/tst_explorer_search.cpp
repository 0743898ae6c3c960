// Work of many steps in the explorer, searches for codes and walks towards classes: shown as it goes on,
// never in the way of a slider, of one model from beginning to end, and ended when it is told to.

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/api/explorer.h"
#include "engine/api/model.h"
#include "tests/engine/exploring/explorer_support.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

Image somePicture() {
    Image picture(50, 40, 3);
    std::fill(picture.pixels.begin(), picture.pixels.end(), std::uint8_t{200});
    return picture;
}

ExploreRequest searchRequest(std::uint64_t stamp, int steps) {
    return {ExploreLane::Encode, stamp,
            EncodeImage{somePicture(), {EncodeBy::Search, {.steps = steps, .starts = 2}}}};
}

/// All results until nothing is left to do, as a reader takes them who comes after every turn.
std::vector<ExploreResult> resultsOf(ExplorerCore& core) {
    std::vector<ExploreResult> all;
    while (core.turn()) {
        for (ExploreResult& result : core.takeResults()) {
            all.push_back(std::move(result));
        }
    }
    return all;
}

} // namespace

class ExplorerSearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { path_ = livelyCheckpoint(folderIn(dir_, "run")); }

    void aSearchIsShownStepByStep() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        core.request(searchRequest(7, 12));
        const auto results = resultsOf(core);
        QCOMPARE(results.size(), 12U);
        for (std::size_t i = 0; i < results.size(); ++i) {
            const ExploreResult& result = results[i];
            QVERIFY(!result.error && result.searched && !result.cancelled);
            QCOMPARE(result.stamp, 7U);
            QCOMPARE(result.finished, i + 1 == results.size());
            QCOMPARE(result.progress, double(i + 1) / 12.0);
            QCOMPARE(result.curve.size(), i + 1);
            QCOMPARE(result.curve.back(), result.l1);
            QCOMPARE(result.original.width, 28);
            QCOMPARE(result.images.size(), 1U);
            QCOMPARE(result.codes.count, 1U);
            QCOMPARE(result.errorMap.channels, 3);
        }
        QVERIFY(results.back().l1 < results.front().l1);
        QCOMPARE(results.back().logits.size(), 1U);
        QVERIFY(!core.turn());

        core.request({ExploreLane::Picture, 1, DecodeCodes{results.back().codes}});
        runDry(core);
        const ExploreResult decoded = onlyResult(core);
        QCOMPARE(decoded.images.size(), 1U);
        QVERIFY(largestDifference(decoded.images[0], results.back().images[0]) <= 1);
    }

    void everythingElseGoesFirst() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        core.request(searchRequest(1, 50));
        QVERIFY(core.turn());
        QVERIFY(core.turn());
        core.takeResults();
        core.request(decodeRequest(1, 20, 6, ExploreLane::Sheet));
        core.request(decodeRequest(1));
        QVERIFY(core.turn());
        QCOMPARE(onlyResult(core).lane, ExploreLane::Picture);
        for (int piece = 0; piece < 3; ++piece) {
            QVERIFY(core.takeResults().empty());
            QVERIFY(core.turn());
        }
        QCOMPARE(onlyResult(core).lane, ExploreLane::Sheet);
        QVERIFY(core.turn());
        const ExploreResult next = onlyResult(core);
        QCOMPARE(next.lane, ExploreLane::Encode);
        QCOMPARE(next.curve.size(), 2U); // it went on where it was
    }

    void trainingDoesNotWaitForASearch() {
        const auto live = std::make_shared<LiveModel>();
        ExplorerCore core({}, {});
        core.follow(live);
        core.open(path_);
        runDry(core);
        core.request(searchRequest(1, 50));
        QVERIFY(live->gate()->wanted()); // until it is known how long it takes
        QVERIFY(core.turn());
        QVERIFY(!live->gate()->wanted());
    }

    void aNewerRequestTakesItsPlace() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        core.request(searchRequest(1, 1000));
        QVERIFY(core.turn());
        QVERIFY(core.turn());
        core.takeResults();
        core.request(searchRequest(2, 3));
        const auto results = resultsOf(core);
        QCOMPARE(results.size(), 3U);
        QCOMPARE(results.front().stamp, 2U);
        QVERIFY(results.back().finished);
    }

    void cancelGivesWhatThereIs() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        core.cancel(ExploreLane::Encode); // nothing there
        runDry(core);
        QVERIFY(core.takeResults().empty());

        core.request(searchRequest(1, 1000));
        for (int turn = 0; turn < 4; ++turn) {
            QVERIFY(core.turn());
        }
        core.cancel(ExploreLane::Encode);
        runDry(core);
        const ExploreResult found = onlyResult(core);
        QVERIFY(!found.error && found.cancelled && found.finished);
        QCOMPARE(found.curve.size(), 3U);
        QCOMPARE(found.images.size(), 1U);

        core.request(searchRequest(2, 1000)); // before it begins
        core.cancel(ExploreLane::Encode);
        runDry(core);
        const ExploreResult nothing = onlyResult(core);
        QVERIFY(nothing.cancelled && nothing.images.empty());
        QCOMPARE(nothing.stamp, 2U);

        core.request(searchRequest(3, 1000));
        core.cancel(ExploreLane::Encode);
        core.request(searchRequest(4, 2)); // asked for after the cancel: not meant
        runDry(core);
        const ExploreResult next = onlyResult(core);
        QCOMPARE(next.stamp, 4U);
        QVERIFY(next.finished && !next.cancelled);
    }

    void newWeightsWaitForItsEnd() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("alpha-gan", folderIn(dir, "run")));
        ExplorerCore core({}, {});
        core.follow(trainer->liveModel());
        runDry(core);
        trainer->publishWeights(false);
        runDry(core);
        core.takeEvents();
        core.request(searchRequest(1, 10));
        QVERIFY(core.turn());
        trainer.steps(1);
        trainer->publishWeights(false);
        for (int step = 0; step < 9; ++step) {
            QVERIFY(core.turn());
            QVERIFY(core.takeEvents().empty());
        }
        core.takeResults();
        core.request(decodeRequest(1)); // of the same weights as the search
        QVERIFY(core.turn());
        QCOMPARE(onlyResult(core).modelStep, 0);
        runDry(core);
        QCOMPARE(onlyResult(core).modelStep, 0);
        const auto events = core.takeEvents();
        QVERIFY(firstOf<WeightsUpdated>(events));
        core.request(decodeRequest(2));
        runDry(core);
        QCOMPARE(onlyResult(core).modelStep, 1);
    }

    void anotherModelBeginsItAnew() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        core.request(searchRequest(1, 6));
        for (int turn = 0; turn < 4; ++turn) {
            QVERIFY(core.turn());
        }
        core.open(path_);
        const auto results = resultsOf(core);
        QCOMPARE(results.size(), 6U);
        QCOMPARE(results.front().epoch, 2U);
        QCOMPARE(results.front().curve.size(), 1U);
    }

    void impossibleSearchesAreValues() {
        ExplorerCore core({}, {});
        core.open(path_);
        core.request(searchRequest(1, 0));
        runDry(core);
        const ExploreResult result = onlyResult(core);
        QVERIFY(result.error && result.finished);
        QCOMPARE(result.error->kind(), ErrorKind::Usage);
    }

    /// Conditional methods walk step by step; the others say that they cannot.
    void walksTowardsAClass_data() { addMethods(); }
    void walksTowardsAClass() {
        QFETCH(QString, method);
        const QTemporaryDir dir;
        Trainer trainer(tinyRun(method.toStdString(), folderIn(dir, "run")));
        trainer.steps(1);
        ExplorerCore core({}, {});
        core.open(trainer->saveCheckpoint().path);
        runDry(core);
        const auto events = core.takeEvents();
        const auto* opened = firstOf<ModelOpened>(events);
        QVERIFY(opened);
        core.request({ExploreLane::Class, 1, SampleClass{.label = 3, .steps = 5, .seed = 2, .start = {}}});
        const auto results = resultsOf(core);
        if (!models::findMethod(method.toStdString()).can(models::Capability::Conditional)) {
            QVERIFY(opened->info.classes.empty());
            QCOMPARE(results.size(), 1U);
            QVERIFY(results[0].error);
            return;
        }
        QCOMPARE(opened->info.classes.size(), 10U);
        QCOMPARE(results.size(), 6U); // the start and five steps
        for (std::size_t i = 0; i < results.size(); ++i) {
            QVERIFY2(!results[i].error, results[i].error ? results[i].error->what() : "");
            QCOMPARE(results[i].curve.size(), i);
            QCOMPARE(results[i].images.size(), 1U);
            QCOMPARE(results[i].finished, i == 5);
            QCOMPARE(results[i].progress, double(i) / 5.0);
        }
        QVERIFY(results[0].codes == priorCodes(2, 1, 6));
        QVERIFY(results[5].codes != results[0].codes);
        core.request({ExploreLane::Class, 2, SampleClass{.label = 10, .steps = 5, .seed = 2, .start = {}}});
        runDry(core);
        QVERIFY(onlyResult(core).error);
    }

    // ---- ways between codes
    void aPathIsMeasured() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        const Codes path =
            interpolatePath(priorCodes(1, 1, 6).row(0), priorCodes(2, 1, 6).row(0), 40, PathKind::Slerp);
        core.request({ExploreLane::Measure, 1, MeasurePath{path}});
        runDry(core);
        const ExploreResult result = onlyResult(core);
        QVERIFY(!result.error && result.finished);
        QCOMPARE(result.curve.size(), 39U);
        QVERIFY(result.codes == path);
        Model model = Model::open(path_);
        const std::vector<float> whole = model.pictureSteps(path);
        QCOMPARE(whole.size(), 39U);
        for (std::size_t i = 0; i < whole.size(); ++i) {
            QVERIFY(whole[i] > 0.0F);
            QVERIFY(std::abs(result.curve[i] - whole[i]) < 1e-3F * whole[i] + 1e-5F);
        }
        QVERIFY(model.pictureSteps(priorCodes(1, 1, 6)).empty());
        core.request({ExploreLane::Measure, 2, MeasurePath{priorCodes(1, 4, 7)}});
        runDry(core);
        QVERIFY(onlyResult(core).error);
    }

    void aGeodesicIsFoundStepByStep() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        const std::vector<float> from = priorCodes(1, 1, 6).values;
        const std::vector<float> to = priorCodes(2, 1, 6).values;
        const GeodesicOptions options{.points = 9, .steps = 30};
        core.request({ExploreLane::Geodesic, 1, FindGeodesic{from, to, options}});
        const auto results = resultsOf(core);
        QCOMPARE(results.size(), 30U);
        for (std::size_t i = 0; i < results.size(); ++i) {
            QVERIFY(!results[i].error);
            QCOMPARE(results[i].curve.size(), i + 1);
            QCOMPARE(results[i].codes.count, 9U);
            QCOMPARE(results[i].finished, i == 29);
        }
        const ExploreResult& last = results.back();
        QVERIFY(last.curve.back() < last.curve.front());
        QVERIFY(std::equal(from.begin(), from.end(), last.codes.row(0).begin()));
        QVERIFY(std::equal(to.begin(), to.end(), last.codes.row(8).begin()));

        Model model = Model::open(path_);
        int told = 0;
        const GeodesicPath found = model.findGeodesic(from, to, options, [&](double, float) { ++told; });
        QCOMPARE(told, 30);
        QCOMPARE(found.curve.size(), 30U);
        QVERIFY(std::abs(found.curve.back() - last.curve.back()) < 1e-2F * last.curve.back());
        // In pictures it is shorter than slerp is.
        const auto length = [&](const Codes& path) {
            double sum = 0.0;
            for (const float step : model.pictureSteps(path)) {
                sum += step;
            }
            return sum;
        };
        QVERIFY(length(found.codes) < length(interpolatePath(from, to, 9, PathKind::Slerp)));
    }

    void aCancelledGeodesicKeepsItsBest() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        const FindGeodesic order{priorCodes(1, 1, 6).values, priorCodes(2, 1, 6).values, {.steps = 1000}};
        core.request({ExploreLane::Geodesic, 1, order});
        for (int turn = 0; turn < 5; ++turn) {
            QVERIFY(core.turn());
        }
        core.cancel(ExploreLane::Geodesic);
        runDry(core);
        const ExploreResult found = onlyResult(core);
        QVERIFY(!found.error && found.cancelled && found.finished);
        QCOMPARE(found.codes.count, 17U);
        QCOMPARE(found.curve.size(), 4U);
        core.request({ExploreLane::Geodesic, 2, FindGeodesic{{1.0F}, {2.0F}, {}}});
        runDry(core);
        QVERIFY(onlyResult(core).error);
    }

private:
    QTemporaryDir dir_;
    std::string path_;
};

QTEST_GUILESS_MAIN(ExplorerSearchTest)
#include "tst_explorer_search.moc"
