// The explorer turn by turn and on its thread: latest wins, stamps grow, the last request is always answered,
// a fault is a value, another model is another epoch.

#include <QTest>

#include <condition_variable>
#include <functional>
#include <mutex>

#include "engine/api/explorer.h"
#include "engine/imaging/images.h"
#include "tests/engine/exploring/explorer_support.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// Waits for the explorer's notifications.
class Bell {
public:
    std::function<void()> rope() {
        return [this] {
            const std::lock_guard lock(mutex_);
            rung_ = true;
            changed_.notify_all();
        };
    }
    bool wait() {
        std::unique_lock lock(mutex_);
        const bool rang = changed_.wait_for(lock, std::chrono::seconds(60), [this] { return rung_; });
        rung_ = false;
        return rang;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool rung_ = false;
};

} // namespace

class ExplorerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        Trainer trainer(tinyRun("alpha-gan", folderIn(dir_, "run")));
        trainer.steps(2);
        path_ = trainer->saveCheckpoint().path;
    }

    void opensAndDecodes() {
        ExplorerCore core({}, {});
        core.open(path_);
        core.request(decodeRequest(5, 3));
        runDry(core);
        const auto events = core.takeEvents();
        const auto* opened = firstOf<ModelOpened>(events);
        QVERIFY(opened);
        QCOMPARE(opened->info.step, 2);
        QVERIFY(!opened->live);
        const auto results = core.takeResults();
        QCOMPARE(results.size(), 1U);
        QVERIFY(!results[0].error);
        QCOMPARE(results[0].stamp, 5U);
        QCOMPARE(results[0].epoch, opened->epoch);
        QCOMPARE(results[0].modelStep, 2);
        QCOMPARE(results[0].images.size(), 3U);
        QCOMPARE(results[0].logits.size(), 3U);
        QVERIFY(results[0].codes == priorCodes(5, 3, 6));
        QVERIFY(!core.turn());
    }

    void theLatestRequestWins() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        for (std::uint64_t stamp = 1; stamp <= 50; ++stamp) {
            core.request(decodeRequest(stamp));
        }
        runDry(core);
        const auto results = core.takeResults();
        QCOMPARE(results.size(), 1U);
        QCOMPARE(results[0].stamp, 50U);
        QVERIFY(core.takeResults().empty());
    }

    void aPictureGoesBeforeASheetThatIsHalfDone() {
        ExplorerCore core({}, {});
        core.open(path_);
        runDry(core);
        core.request(decodeRequest(1, 100, 6, ExploreLane::Sheet));
        QVERIFY(core.turn()); // the first piece of the sheet
        QVERIFY(core.takeResults().empty());
        core.request(decodeRequest(2));
        QVERIFY(core.turn());
        const auto first = core.takeResults();
        QCOMPARE(first.size(), 1U);
        QCOMPARE(first[0].lane, ExploreLane::Picture);
        runDry(core);
        const auto second = core.takeResults();
        QCOMPARE(second.size(), 1U);
        QCOMPARE(second[0].lane, ExploreLane::Sheet);
        QCOMPARE(second[0].images.size(), 100U);
    }

    void faultsAreValues() {
        ExplorerCore core({}, {});
        core.request(decodeRequest(1));
        runDry(core);
        auto results = core.takeResults();
        QCOMPARE(results.size(), 1U);
        QVERIFY(results[0].error && results[0].images.empty());

        core.open(folderIn(dir_, "nowhere"));
        runDry(core);
        auto events = core.takeEvents();
        QVERIFY(firstOf<ModelFailed>(events));

        core.open(path_);
        core.request(decodeRequest(2, 1, 5));
        core.request({ExploreLane::Encode, 1, EncodeFile{folderIn(dir_, "none.png")}});
        runDry(core);
        results = core.takeResults();
        QCOMPARE(results.size(), 2U);
        QVERIFY(results[0].error && results[1].error);
        core.open(folderIn(dir_, "nowhere")); // the open model stays
        core.request(decodeRequest(3));
        runDry(core);
        results = core.takeResults();
        QVERIFY(!results.at(0).error);
    }

    void encodesPictures() {
        ExplorerCore core({}, {});
        core.open(path_);
        Image picture(50, 40, 3);
        std::fill(picture.pixels.begin(), picture.pixels.end(), std::uint8_t{200});
        core.request({ExploreLane::Encode, 1, EncodeImage{picture}});
        runDry(core);
        auto results = core.takeResults();
        QCOMPARE(results.size(), 1U);
        QVERIFY(!results[0].error);
        QCOMPARE(results[0].original.width, 28);
        QCOMPARE(results[0].images.size(), 1U);
        QCOMPARE(results[0].errorMap.channels, 3);
        QCOMPARE(results[0].codes.count, 1U);
        QVERIFY(results[0].l1 > 0.0F);

        const std::string file = folderIn(dir_, "picture.png");
        writeImage(file, picture);
        core.request({ExploreLane::Encode, 2, EncodeFile{file}});
        core.request({ExploreLane::Field, 1, CodeField{priorCodes(1, 600, 6)}});
        runDry(core);
        results = core.takeResults();
        QCOMPARE(results.size(), 2U);
        QCOMPARE(results[0].name, std::string("picture.png"));
        QCOMPARE(results[1].logits.size(), 600U);
        QVERIFY(results[1].images.empty());
    }

    void anotherModelIsAnotherEpoch() {
        ExplorerCore core({}, {});
        core.open(path_);
        core.request(decodeRequest(1));
        runDry(core);
        core.open(path_);
        core.request(decodeRequest(2, 100, 6, ExploreLane::Sheet));
        runDry(core);
        const auto results = core.takeResults(); // the first one's was of the old epoch
        QCOMPARE(results.size(), 1U);
        QCOMPARE(results[0].epoch, 2U);
    }

    void followsTheModelInTraining() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("alpha-gan", folderIn(dir, "run")));
        ExplorerCore core({}, {});
        core.follow(trainer->liveModel());
        runDry(core);
        QVERIFY(core.takeEvents().empty());
        trainer.steps(1);
        trainer->publishWeights(false);
        runDry(core);
        auto events = core.takeEvents();
        const auto* opened = firstOf<ModelOpened>(events);
        QVERIFY(opened && opened->live);
        QCOMPARE(opened->info.step, 1);
        for (int i = 0; i < 3; ++i) {
            trainer.steps(1);
            trainer->publishWeights(false);
            runDry(core);
        }
        events = core.takeEvents();
        QCOMPARE(events.size(), 1U); // the newest alone
        QVERIFY(firstOf<WeightsUpdated>(events));
        QCOMPARE(firstOf<WeightsUpdated>(events)->step, 4);
        core.request(decodeRequest(1, 64));
        runDry(core);
        const auto results = core.takeResults();
        QCOMPARE(results.at(0).modelStep, 4);
        QCOMPARE(results.at(0).epoch, 1U);
        QVERIFY(results.at(0).images == trainer->makePreview(false)->samples ||
                results.at(0).codes == priorCodes(1, 64, 6));
        core.open(path_);
        runDry(core);
        QVERIFY(!trainer->liveModel()->wanted()); // opening ends following
    }

    void aJobKeepsItsModel() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("alpha-gan", folderIn(dir, "run")));
        ExplorerCore core({}, {});
        core.follow(trainer->liveModel());
        runDry(core);
        trainer->publishWeights(false);
        runDry(core);
        core.request(decodeRequest(1, 100, 6, ExploreLane::Sheet));
        QVERIFY(core.turn());
        for (int i = 0; i < 2; ++i) { // both replicas are in use or waiting now
            trainer.steps(1);
            trainer->publishWeights(false);
            QVERIFY(core.turn());
        }
        runDry(core);
        const auto results = core.takeResults();
        QCOMPARE(results.at(0).modelStep, 0);
        core.request(decodeRequest(2));
        runDry(core);
        QCOMPARE(core.takeResults().at(0).modelStep, 2);
    }

    void trainingGivesWay() {
        const auto live = std::make_shared<LiveModel>();
        ExplorerCore core({}, {});
        core.follow(live);
        core.open(path_);
        runDry(core);
        core.request(decodeRequest(1));
        QVERIFY(live->gate()->wanted());
        runDry(core);
        QVERIFY(!live->gate()->wanted());
        core.request(decodeRequest(1, 30, 6, ExploreLane::Sheet));
        QVERIFY(!live->gate()->wanted());
    }

    void onItsThread() {
        Bell bell;
        std::uint64_t shown = 0;
        {
            Explorer explorer(bell.rope());
            explorer.open(path_);
            constexpr std::uint64_t last = 300;
            for (std::uint64_t stamp = 1; stamp <= last; ++stamp) {
                explorer.request(decodeRequest(stamp));
            }
            while (shown < last) {
                QVERIFY(bell.wait());
                explorer.takeEvents();
                for (const ExploreResult& result : explorer.takeResults()) {
                    QVERIFY(result.stamp > shown);
                    shown = result.stamp;
                }
            }
            explorer.request(decodeRequest(last + 1, 500, 6, ExploreLane::Sheet));
        } // ends although a sheet is half done
        QCOMPARE(shown, 300U);
    }

private:
    QTemporaryDir dir_;
    std::string path_;
};

QTEST_GUILESS_MAIN(ExplorerTest)
#include "tst_explorer.moc"
