// The atlas turn by turn: a set is encoded as the model's own data was, mapped, measured and judged; what is
// cancelled ends, what cannot be is said, and what was loaded before stays.

#include "explorer_support.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "engine/api/error.h"
#include "engine/exploring/atlas/atlas_core.h"
#include "engine/exploring/atlas/critic_work.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

template <typename Event>
const Event* lastOf(const std::vector<AtlasEvent>& events) {
    const Event* found = nullptr;
    for (const AtlasEvent& event : events) {
        if (const auto* one = std::get_if<Event>(&event)) {
            found = one;
        }
    }
    return found;
}

std::vector<AtlasEvent> runDry(AtlasCore& core) {
    while (core.turn()) {
    }
    return core.takeEvents();
}

AtlasSource sourceOf(const QTemporaryDir& folder, std::size_t count, const std::string& split = "train") {
    AtlasSource source;
    source.checkpoint = folder.path().toStdString();
    source.count = count;
    source.split = split;
    return source;
}

/// Codes without pictures: N(mean, 1) in every number.
std::shared_ptr<const CodeSet> cloud(std::size_t count, std::size_t size, float mean) {
    auto set = std::make_shared<CodeSet>();
    set->codes = priorCodes(77, count, size);
    for (float& number : set->codes.values) {
        number += mean;
    }
    return set;
}

CodeCriticReport judged(std::shared_ptr<const CodeSet> codes) {
    CriticWork work(std::move(codes), 1);
    while (work.step()) {
    }
    return work.take().report;
}

} // namespace

class TestAtlas : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { livelyCheckpoint(folder_.path().toStdString()); }

    void aSetIsEncodedAsTheCommandLineDoes() {
        AtlasCore core({}, {});
        core.load(sourceOf(folder_, 70, "test"));
        const auto events = runDry(core);
        const auto* loaded = lastOf<CodesLoaded>(events);
        QVERIFY(loaded);
        QCOMPARE(loaded->codes->count(), std::size_t{70});
        Model model = Model::open(folder_.path().toStdString());
        const PreparedImages prepared = model.prepare({model.info().data}, "test", 70);
        const Codes codes = model.encode(prepared.images);
        for (std::size_t i = 0; i < codes.values.size(); ++i) {
            QVERIFY(std::abs(loaded->codes->codes.values[i] - codes.values[i]) < 1e-4F);
        }
        QVERIFY(loaded->codes->picture(69) == prepared.images[69]);
        QCOMPARE(loaded->codes->labels[3], prepared.labels[3]);
        QVERIFY(!loaded->components.empty());
        QCOMPARE(loaded->components.front().vector.size(), std::size_t{6});
    }

    void codesOfThePriorAreMappedWithTheirPictures() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("dcgan", dir.path().toStdString())); // without an encoder
        trainer.steps(1);
        trainer->saveCheckpoint();
        AtlasCore core({}, {});
        AtlasSource source = sourceOf(dir, 300);
        core.load(source);
        const auto refused = runDry(core);
        QVERIFY(lastOf<AtlasEnded>(refused)->error);
        QCOMPARE(lastOf<AtlasEnded>(refused)->error->kind(), ErrorKind::Usage);
        source.codes = AtlasCodes::Prior;
        core.load(source);
        const auto events = runDry(core);
        const CodeSet& set = *lastOf<CodesLoaded>(events)->codes;
        QVERIFY(set.source == AtlasCodes::Prior && set.data.empty());
        QCOMPARE(set.count(), std::size_t{300});
        QVERIFY(lastOf<MapMoved>(events)->map->finished);
        Model model = Model::open(dir.path().toStdString());
        const Codes second = priorCodes(2, 1, model.info().latentSize); // seed 1 + row 1
        QVERIFY(std::equal(second.values.begin(), second.values.end(), set.codes.row(1).begin()));
        QVERIFY(largestDifference(model.decode(second).front(), set.picture(1)) <= 1);
        double square = 0.0;
        for (const float number : set.codes.values) {
            square += double(number) * number;
        }
        QVERIFY(std::abs(square / double(set.codes.values.size()) - 1.0) < 0.15);
        core.trainCritic(1);
        const auto critic = runDry(core);
        QVERIFY(lastOf<AtlasEnded>(critic)->error);
        core.measureErrors();
        const auto errors = runDry(core);
        QVERIFY(lastOf<AtlasEnded>(errors)->error);
    }

    void codesAreSearchedForWithoutAnEncoder() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("dcgan", dir.path().toStdString()));
        trainer.steps(1);
        trainer->saveCheckpoint();
        AtlasCore core({}, {});
        AtlasSource source = sourceOf(dir, 6, "test");
        source.codes = AtlasCodes::Search;
        core.load(source);
        const auto events = runDry(core);
        const CodeSet& set = *lastOf<CodesLoaded>(events)->codes;
        QCOMPARE(set.count(), std::size_t{6});
        QVERIFY(set.source == AtlasCodes::Search && set.split == "test");
        Model model = Model::open(dir.path().toStdString());
        const PreparedImages prepared = model.prepare({model.info().data}, "test", 6);
        QVERIFY(set.picture(5) == prepared.images[5]);
        QCOMPARE(set.labels[5], prepared.labels[5]);
        const Codes expected = model.encode({prepared.images[5]}); // by search too
        for (std::size_t i = 0; i < expected.size; ++i) {
            QVERIFY(std::abs(set.codes.row(5)[i] - expected.row(0)[i]) < 0.05F);
        }
        core.load(source);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(core.turn());
        }
        core.cancel(AtlasTask::Load);
        const auto rest = runDry(core);
        QVERIFY(!lastOf<AtlasEnded>(rest)->error && !lastOf<CodesLoaded>(rest));
    }

    void aCriticIsReliableOrNot() {
        CodeCriticReport report;
        report.calibration = 0.02;
        report.heldOut = 500;
        QVERIFY(report.reliable());
        report.calibration = 0.2;
        QVERIFY(!report.reliable());
        report.calibration = 0.02;
        report.heldOut = 20;
        QVERIFY(!report.reliable());
    }

    void aMapOfComponentsComesByItselfAndLiesInItsPlane() {
        AtlasCore core({}, {});
        core.load(sourceOf(folder_, 60));
        const auto events = runDry(core);
        const auto* moved = lastOf<MapMoved>(events);
        QVERIFY(moved && moved->map->finished);
        const CodeMap& map = *moved->map;
        const CodeSet& set = *lastOf<CodesLoaded>(events)->codes;
        QVERIFY(map.judgedRows > 0 && map.trustworthiness > 0.5);
        for (std::size_t i = 0; i < 60; ++i) {
            double x = 0.0;
            for (std::size_t k = 0; k < 6; ++k) {
                x += double(set.codes.row(i)[k] - map.origin[k]) * map.across[k];
            }
            QVERIFY(std::abs(x - map.positions[2 * i]) < 1e-4);
        }
        // Loaded anew it lies as before, and so do its axes.
        core.load(sourceOf(folder_, 60));
        const auto again = runDry(core);
        const CodeMap& second = *lastOf<MapMoved>(again)->map;
        for (std::size_t i = 0; i < map.positions.size(); ++i) {
            QVERIFY(std::abs(second.positions[i] - map.positions[i]) < 1e-3F);
        }
    }

    void componentsAreSeenBeforeTheyAreJudged() {
        AtlasCore core({}, {});
        core.load(sourceOf(folder_, 60));
        std::vector<std::shared_ptr<const CodeMap>> told;
        while (core.turn()) {
            const auto events = core.takeEvents();
            if (const auto* moved = lastOf<MapMoved>(events)) {
                told.push_back(moved->map);
            }
        }
        QCOMPARE(told.size(), std::size_t{2});
        QVERIFY(!told[0]->finished && told[0]->trustworthiness == 0.0);
        QVERIFY(told[1]->finished && told[1]->trustworthiness > 0.0);
        QVERIFY(told[0]->positions == told[1]->positions && told[0]->up == told[1]->up);
    }

    void layoutsGrowAndCanBeCancelled() {
        AtlasCore core({}, {});
        core.load(sourceOf(folder_, 60));
        runDry(core);
        MapOrder order;
        order.kind = MapKind::TSne;
        order.perplexity = 10.0;
        order.iterations = 50;
        core.map(order);
        const auto events = runDry(core);
        QVERIFY(lastOf<MapMoved>(events)->map->finished);
        QCOMPARE(lastOf<MapMoved>(events)->map->iteration, 50);
        order.iterations = 1'000'000;
        core.map(order);
        for (int i = 0; i < 20; ++i) {
            QVERIFY(core.turn());
        }
        core.cancel(AtlasTask::Map);
        const auto rest = runDry(core);
        const auto* ended = lastOf<AtlasEnded>(rest);
        QVERIFY(ended && ended->task == AtlasTask::Map && !ended->error);
    }

    void errorsAreThoseOfReconstructions() {
        AtlasCore core({}, {});
        core.load(sourceOf(folder_, 30, "test"));
        runDry(core);
        core.measureErrors();
        const auto events = runDry(core);
        const auto* measured = lastOf<ErrorsMeasured>(events);
        QVERIFY(measured);
        Model model = Model::open(folder_.path().toStdString());
        std::vector<float> l1;
        model.reconstruct(model.prepare({model.info().data}, "test", 30).images, &l1);
        for (std::size_t i = 0; i < 30; ++i) {
            QVERIFY(std::abs((*measured->l1)[i] - l1[i]) < 1e-4F);
        }
    }

    void whatCannotBeIsSaidAndNothingIsLost() {
        AtlasCore core({}, {});
        core.map({});
        QVERIFY(lastOf<AtlasEnded>(runDry(core))->error);
        core.load(sourceOf(folder_, 30));
        QVERIFY(lastOf<CodesLoaded>(runDry(core)));
        AtlasSource wrong = sourceOf(folder_, 30);
        wrong.data = folder_.path().toStdString() + "/nowhere";
        core.load(wrong);
        auto events = runDry(core);
        QVERIFY(lastOf<AtlasEnded>(events)->error && !lastOf<CodesLoaded>(events));
        wrong.checkpoint = wrong.data;
        core.load(wrong);
        QVERIFY(lastOf<AtlasEnded>(runDry(core))->error);
        wrong = {};
        core.load(wrong); // the model in training, of which there is none
        QVERIFY(lastOf<AtlasEnded>(runDry(core))->error);
        MapOrder order;
        order.kind = MapKind::TSne;
        order.perplexity = 1e9;
        core.map(order);
        QVERIFY(lastOf<AtlasEnded>(runDry(core))->error);
        core.map({}); // of the codes that were loaded first
        events = runDry(core);
        QVERIFY(lastOf<MapMoved>(events) && lastOf<MapMoved>(events)->map->rows->size() == 30);
    }

    void aMethodWithoutAnEncoderIsRefused() {
        const QTemporaryDir folder;
        Trainer trainer(tinyRun("dcgan", folder.path().toStdString()));
        trainer.steps(1);
        trainer->saveCheckpoint();
        AtlasCore core({}, {});
        core.load(sourceOf(folder, 10));
        const auto events = runDry(core);
        const auto* ended = lastOf<AtlasEnded>(events);
        QVERIFY(ended && ended->error && ended->error->kind() == ErrorKind::Usage);
    }

    void aLoadThatIsCancelledEnds() {
        AtlasCore core({}, {});
        core.load(sourceOf(folder_, 100'000));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(core.turn());
        }
        core.cancel(AtlasTask::Load);
        const auto events = runDry(core);
        QVERIFY(!lastOf<CodesLoaded>(events));
        QVERIFY(!lastOf<AtlasEnded>(events)->error);
    }

    void aCriticKnowsThePriorFromWhatIsNot() {
        const CodeCriticReport same = judged(cloud(3000, 4, 0.0F));
        QVERIFY(std::abs(same.accuracy - 0.5) < 0.06);
        QVERIFY(same.calibration < 0.06);
        QVERIFY(same.holes < 0.01);
        const CodeCriticReport far = judged(cloud(3000, 4, 2.0F));
        // Two normal clouds 4 apart: the best possible accuracy is Phi(2) = 97.7 %.
        QVERIFY(far.accuracy > 0.95 && far.accuracy < 0.995);
        QVERIFY(far.holes > 0.8);
        QVERIFY(far.leaks > 0.8);
        QVERIFY_EXCEPTION_THROWN(CriticWork(cloud(50, 4, 0.0F), 1), Error);
    }

    void aReportCountsWhatWasStated() {
        // Certain and right about the data, undecided about the prior's.
        const CodeCriticReport report = criticReport({10.0F, 10.0F}, {0.0F, 0.0F});
        QCOMPARE(report.accuracy, 1.0);                      // a logit of 0 does not say "data"
        QVERIFY(std::abs(report.calibration - 0.25) < 1e-4); // half of them state 0.5 and are never right
        QCOMPARE(report.leaks, 1.0);
        QCOMPARE(report.holes, 0.0);
        QCOMPARE(report.reliability.size(), std::size_t{10});
        QVERIFY(std::isnan(report.reliability[0]));
        QCOMPARE(report.reliability[5], 0.0F);
    }

    void aFieldWithoutACriticIsEmpty() {
        AtlasCore core({}, {});
        core.askField(7, priorCodes(1, 3, 6));
        auto events = runDry(core);
        QCOMPARE(lastOf<CriticField>(events)->stamp, std::uint64_t{7});
        QVERIFY(lastOf<CriticField>(events)->logRatios.empty());
        core.load(sourceOf(folder_, 150));
        runDry(core);
        core.trainCritic(1);
        QVERIFY(lastOf<CriticTrained>(runDry(core)));
        core.askField(8, priorCodes(1, 3, 6));
        QCOMPARE(lastOf<CriticField>(runDry(core))->logRatios.size(), std::size_t{3});
    }

private:
    QTemporaryDir folder_;
};

QTEST_GUILESS_MAIN(TestAtlas)
#include "tst_atlas.moc"
