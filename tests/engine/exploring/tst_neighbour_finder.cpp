// The finder turn by turn: the three spaces are what the networks say, what is kept in the run's folder
// serves and is never trusted, questions are answered while work goes on, and samples are judged as the
// command line does.

#include "explorer_support.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "engine/api/neighbour_finder.h"
#include "engine/exploring/neighbours/finder_core.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

namespace fs = std::filesystem;

template <typename Event>
const Event* lastOf(const std::vector<NeighbourEvent>& events) {
    const Event* found = nullptr;
    for (const NeighbourEvent& event : events) {
        if (const auto* one = std::get_if<Event>(&event)) {
            found = one;
        }
    }
    return found;
}

std::vector<NeighbourEvent> runDry(FinderCore& core) {
    while (core.turn()) {
    }
    return core.takeEvents();
}

/// Until there is something to search in.
void untilReady(FinderCore& core) {
    while (core.turn()) {
        const auto events = core.takeEvents();
        if (lastOf<NeighboursReady>(events)) {
            return;
        }
    }
}

} // namespace

class TestNeighbourFinder : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::string run() const { return folder_.path().toStdString(); }
    std::string kept() const { return run() + "/neighbours"; }

    NeighbourSource source(NeighbourSpace space, std::size_t count = 120) const {
        NeighbourSource wanted;
        wanted.checkpoint = run();
        wanted.space = space;
        wanted.count = count;
        wanted.heldOut = 40;
        return wanted;
    }
    std::string only(const char* ending) const {
        std::string found;
        for (const fs::directory_entry& entry : fs::directory_iterator(kept())) {
            if (entry.path().extension() == ending) {
                found = entry.path().string();
            }
        }
        return found;
    }

    static Codes rowsOf(Model& model, NeighbourSpace space, const std::vector<Image>& pictures) {
        if (space == NeighbourSpace::Code) {
            return model.encode(pictures);
        }
        if (space == NeighbourSpace::Feature) {
            return model.criticFeatures(pictures);
        }
        Codes rows(pictures.size(), pictures.front().pixels.size());
        for (std::size_t i = 0; i < rows.values.size(); ++i) {
            const Image& picture = pictures[i / rows.size];
            rows.values[i] = float(picture.pixels[i % rows.size]) / 127.5F - 1.0F;
        }
        return rows;
    }
    static void eachSpace() {
        QTest::addColumn<int>("space");
        for (const NeighbourSpace space :
             {NeighbourSpace::Pixel, NeighbourSpace::Code, NeighbourSpace::Feature}) {
            QTest::newRow(toText(space)) << int(space);
        }
    }

private Q_SLOTS:
    void initTestCase() { livelyCheckpoint(run()); }
    void init() { fs::remove_all(kept()); }

    void distancesAreThoseOfADirectComputation_data() { eachSpace(); }
    void distancesAreThoseOfADirectComputation() {
        QFETCH(int, space);
        const auto where = NeighbourSpace(space);
        Model model = Model::open(run());
        const Image query = model.decode(priorCodes(3, 1, model.info().latentSize)).front();
        const PreparedImages training = model.prepare({model.info().data}, "train", 120);
        const PreparedImages heldOut = model.prepare({model.info().data}, "test", 40);
        const Codes row = rowsOf(model, where, {query});
        const auto expected = exactNearest(rowsOf(model, where, training.images), row.row(0), 5);
        const Codes unseen = rowsOf(model, where, heldOut.images);
        const auto expectedUnseen = exactNearest(unseen, row.row(0), 1);

        FinderCore core({}, {.threads = 1, .k = 5});
        core.open(source(where));
        core.ask(9, query);
        runDry(core);
        core.ask(10, query);
        const auto events = runDry(core);
        const auto* found = lastOf<NeighboursFound>(events);
        QVERIFY(found);
        QCOMPARE(found->stamp, std::uint64_t(10));
        QCOMPARE(found->nearest.size(), std::size_t(5));
        for (std::size_t i = 0; i < 5; ++i) {
            const float distance = expected[i].distance;
            QVERIFY(std::abs(found->nearest[i].distance - distance) < 1e-3F * (1.0F + distance));
        }
        QCOMPARE(found->nearest[0].name, training.names[expected[0].index]);
        QCOMPARE(found->nearest[0].label, training.labels[expected[0].index]);
        QVERIFY(found->nearest[0].image == training.images[expected[0].index]);
        QCOMPARE(found->heldOut.name, heldOut.names[expectedUnseen[0].index]);
        QVERIFY(found->pValue && *found->pValue > 0.0 && *found->pValue <= 1.0);
    }

    void aTrainingPictureIsFoundOut() {
        Model model = Model::open(run());
        const PreparedImages training = model.prepare({model.info().data}, "train", 50);
        FinderCore core({}, {.threads = 1, .k = 3});
        core.open(source(NeighbourSpace::Pixel));
        runDry(core);
        core.ask(1, training.images[31]);
        const auto events = runDry(core);
        const auto* found = lastOf<NeighboursFound>(events);
        QVERIFY(found && found->nearest[0].distance == 0.0F);
        QCOMPARE(found->nearest[0].name, std::string("train #31"));
        QVERIFY(*found->pValue < 0.05);
    }

    void whatWasComputedIsKept_data() { eachSpace(); }
    void whatWasComputedIsKept() {
        QFETCH(int, space);
        const auto wanted = source(NeighbourSpace(space));
        FinderCore first({}, {.threads = 1, .k = 5});
        first.open(wanted);
        const auto before = runDry(first);
        QVERIFY(!lastOf<NeighboursFinished>(before)->fromCache);
        QVERIFY(fs::path(only(".safetensors")).filename().string().starts_with(toText(wanted.space)));
        FinderCore second({}, {.threads = 1, .k = 5});
        second.open(wanted);
        const auto after = runDry(second);
        QVERIFY(lastOf<NeighboursFinished>(after)->fromCache);
        QVERIFY(lastOf<NeighboursFinished>(after)->notes == lastOf<NeighboursFinished>(before)->notes);
        for (FinderCore* core : {&first, &second}) {
            core->judge(20, 4);
        }
        const auto judgedFirst = runDry(first);
        const auto judgedSecond = runDry(second);
        const auto& a = *lastOf<NeighboursJudged>(judgedFirst);
        const auto& b = *lastOf<NeighboursJudged>(judgedSecond);
        for (std::size_t i = 0; i < 20; ++i) {
            QCOMPARE(a.audit.pictures[i].nearest[0].distance, b.audit.pictures[i].nearest[0].distance);
            QCOMPARE(a.audit.pictures[i].memory.pValue, b.audit.pictures[i].memory.pValue);
        }
        // Without the cache nothing is kept and nothing is taken.
        fs::remove_all(kept());
        NeighbourSource apart = wanted;
        apart.cache = false;
        FinderCore third({}, {.threads = 1, .k = 5});
        third.open(apart);
        runDry(third);
        QVERIFY(!fs::exists(kept()));
    }

    void badKeptFilesAreMadeAnew_data() {
        QTest::addColumn<QString>("fault");
        for (const char* fault : {"truncated", "damaged", "foreign", "empty", "other count", "folder"}) {
            QTest::newRow(fault) << QString::fromLatin1(fault);
        }
    }
    void badKeptFilesAreMadeAnew() {
        QFETCH(QString, fault);
        const auto wanted = source(NeighbourSpace::Code);
        FinderCore first({}, {.threads = 1, .k = 5});
        first.open(wanted);
        runDry(first);
        const std::string file = only(".safetensors");
        std::string bytes;
        {
            std::ifstream in(file, std::ios::binary);
            bytes.assign(std::istreambuf_iterator<char>(in), {});
        }
        if (fault == QStringLiteral("truncated")) {
            bytes.resize(bytes.size() / 2);
        } else if (fault == QStringLiteral("damaged")) {
            bytes[bytes.size() - 20] = char(bytes[bytes.size() - 20] ^ 1);
        } else if (fault == QStringLiteral("foreign")) {
            bytes = std::string(5000, 'x');
        } else if (fault == QStringLiteral("empty")) {
            bytes.clear();
        } else if (fault == QStringLiteral("other count")) {
            // What another choice of pictures left, under this one's name.
            FinderCore other({}, {.threads = 1, .k = 5});
            other.open(source(NeighbourSpace::Code, 90));
            runDry(other);
            for (const fs::directory_entry& entry : fs::directory_iterator(kept())) {
                if (entry.path().string() != file) {
                    std::ifstream in(entry.path(), std::ios::binary);
                    bytes.assign(std::istreambuf_iterator<char>(in), {});
                }
            }
        }
        if (fault == QStringLiteral("folder")) {
            fs::remove(file);
            fs::create_directory(file);
        } else {
            std::ofstream(file, std::ios::binary) << bytes;
        }
        FinderCore second({}, {.threads = 1, .k = 5});
        second.open(wanted);
        const auto events = runDry(second);
        const auto* finished = lastOf<NeighboursFinished>(events);
        QVERIFY(finished && !finished->fromCache);
        QVERIFY(!finished->notes.empty());
        QVERIFY2(finished->notes.back().find("neighbours") != std::string::npos,
                 finished->notes.back().c_str());
        if (fault != QStringLiteral("folder")) { // which is in the way of the new one
            FinderCore third({}, {.threads = 1, .k = 5});
            third.open(wanted);
            const auto again = runDry(third);
            QVERIFY(lastOf<NeighboursFinished>(again)->fromCache);
        }
    }

    void onlyTheNewestFilesStay() {
        for (const std::size_t count : {60, 70, 80, 90, 100}) {
            FinderCore core({}, {.threads = 1, .k = 5});
            core.open(source(NeighbourSpace::Code, count));
            runDry(core);
        }
        std::size_t files = 0;
        for (const fs::directory_entry& entry : fs::directory_iterator(kept())) {
            files += entry.path().extension() == ".safetensors" ? 1 : 0;
        }
        QCOMPARE(files, std::size_t(3));
    }

    void theGraphIsKeptToo() {
        NeighbourSource wanted = source(NeighbourSpace::Code, 5000);
        FinderCore first({}, {.threads = 2, .k = 5});
        first.open(wanted);
        runDry(first);
        const std::string graph = only(".graph");
        QVERIFY(!graph.empty());
        const auto written = fs::last_write_time(graph);
        FinderCore second({}, {.threads = 2, .k = 5});
        second.open(wanted);
        const auto events = runDry(second);
        QVERIFY(lastOf<NeighboursFinished>(events)->fromCache);
        QCOMPARE(fs::last_write_time(graph), written);
        std::ofstream(graph, std::ios::binary) << "no graph";
        FinderCore third({}, {.threads = 2, .k = 5});
        third.open(wanted);
        const auto again = runDry(third);
        QVERIFY(lastOf<NeighboursFinished>(again)->notes.back().find("neighbour index") != std::string::npos);
        QVERIFY(fs::file_size(graph) > 1000);
    }

    void questionsAreAnsweredWhileTheIndexGrows() {
        Model model = Model::open(run());
        const Image query = model.prepare({model.info().data}, "train", 3).images[2];
        FinderCore core({}, {.threads = 1, .k = 2});
        core.open(source(NeighbourSpace::Pixel, 4500));
        untilReady(core);
        core.ask(1, query);
        core.ask(2, query);
        QVERIFY(core.turn());
        const auto events = core.takeEvents();
        const auto* found = lastOf<NeighboursFound>(events);
        QVERIFY(found);
        QCOMPARE(found->stamp, std::uint64_t(2)); // the newest wins
        QCOMPARE(found->nearest[0].name, std::string("train #2"));
        QVERIFY(!found->pValue); // not measured yet
        QVERIFY(!lastOf<NeighboursFinished>(events));
    }

    void workCanBeCancelledAndPaused() {
        FinderCore core({}, {.threads = 1, .k = 2});
        core.open(source(NeighbourSpace::Code, 4500));
        for (int i = 0; i < 5; ++i) {
            QVERIFY(core.turn());
        }
        core.setPaused(true);
        QVERIFY(!core.turn());
        core.setPaused(false);
        QVERIFY(core.turn());
        core.cancel(NeighbourTask::Open);
        const auto events = runDry(core);
        const auto* ended = lastOf<NeighboursEnded>(events);
        QVERIFY(ended && ended->task == NeighbourTask::Open && !ended->error);
        QVERIFY(!fs::exists(kept()));
        core.cancel(NeighbourTask::Judge); // nothing goes on
        QVERIFY(!lastOf<NeighboursJudged>(runDry(core)));

        core.open(source(NeighbourSpace::Pixel));
        core.judge(5000, 1);
        while (core.turn()) {
            const auto news = core.takeEvents();
            const auto* progress = lastOf<NeighbourProgress>(news);
            if (progress && progress->task == NeighbourTask::Judge) {
                break;
            }
        }
        core.cancel(NeighbourTask::Judge);
        const auto rest = runDry(core);
        ended = lastOf<NeighboursEnded>(rest);
        QVERIFY(ended && ended->task == NeighbourTask::Judge && !ended->error);
        QVERIFY(!lastOf<NeighboursJudged>(rest));
    }

    void samplesAreJudgedBeforeTheIndexIsThere() {
        FinderCore core({}, {.threads = 1, .k = 2});
        core.open(source(NeighbourSpace::Code, 4500));
        core.judge(12, 1);
        std::vector<NeighbourEvent> all;
        while (!lastOf<NeighboursJudged>(all) && core.turn()) {
            for (NeighbourEvent& event : core.takeEvents()) {
                all.push_back(std::move(event));
            }
        }
        QVERIFY(lastOf<NeighboursJudged>(all) && !lastOf<NeighboursFinished>(all));
        // Without its index it still answers, by looking at every picture.
        core.cancel(NeighbourTask::Open);
        Model model = Model::open(run());
        core.ask(3, model.prepare({model.info().data}, "train", 1).images[0]);
        const auto rest = runDry(core);
        QVERIFY(lastOf<NeighboursFinished>(rest) && !lastOf<NeighboursEnded>(rest));
        QCOMPARE(lastOf<NeighboursFound>(rest)->nearest[0].name, std::string("train #0"));
        QVERIFY(lastOf<NeighboursFound>(rest)->pValue);
    }

    void anotherOrderTakesThePlaceOfTheFirst() {
        FinderCore core({}, {.threads = 1, .k = 2});
        core.open(source(NeighbourSpace::Code, 4500));
        QVERIFY(core.turn());
        core.open(source(NeighbourSpace::Pixel, 60));
        const auto events = runDry(core);
        QCOMPARE(lastOf<NeighboursReady>(events)->space, NeighbourSpace::Pixel);
        QCOMPARE(lastOf<NeighboursReady>(events)->reference, std::size_t(60));
        QVERIFY(!lastOf<NeighboursEnded>(events));
    }

    void samplesAreJudgedAsByTheCommandLine() {
        FinderCore core({}, {.threads = 1, .k = 5});
        core.open(source(NeighbourSpace::Feature));
        core.judge(30, 7);
        const auto events = runDry(core);
        const auto* judged = lastOf<NeighboursJudged>(events);
        QVERIFY(judged);
        Model model = Model::open(run());
        AuditOptions options;
        options.space = NeighbourSpace::Feature;
        options.count = 120;
        options.heldOut = 40;
        options.cache = false;
        const auto pictures = model.decode(priorCodes(7, 30, model.info().latentSize));
        const Audit audit = auditPictures(model, pictures, options);
        QCOMPARE(judged->audit.memorisation.nearestInTraining, audit.memorisation.nearestInTraining);
        QVERIFY(std::abs(judged->audit.memorisation.copying.z - audit.memorisation.copying.z) < 0.05);
        QCOMPARE(judged->audit.pictures[3].nearest[0].name, audit.pictures[3].nearest[0].name);
        QVERIFY(judged->audit.codes && audit.codes);
        QCOMPARE(judged->audit.codes->codes, std::size_t(40));
        for (std::size_t i = 1; i < judged->suspicious.size(); ++i) {
            QVERIFY(judged->audit.pictures[judged->suspicious[i - 1]].suspicion() <=
                    judged->audit.pictures[judged->suspicious[i]].suspicion());
        }
    }

    void whatAModelLacksIsSaid() {
        QTemporaryDir other;
        Trainer trainer(tinyRun("vae", other.path().toStdString()));
        trainer.steps(1);
        trainer->saveCheckpoint();
        NeighbourSource wanted = source(NeighbourSpace::Feature);
        wanted.checkpoint = other.path().toStdString();
        FinderCore core({}, {});
        core.open(wanted);
        const auto events = runDry(core);
        const auto* ended = lastOf<NeighboursEnded>(events);
        QVERIFY(ended && ended->error);
        QCOMPARE(ended->error->kind(), ErrorKind::Usage);
        QVERIFY(QString::fromUtf8(ended->error->what()).contains(QStringLiteral("no discriminator")));
        wanted.checkpoint = "/nowhere";
        core.open(wanted);
        const auto lost = runDry(core);
        QVERIFY(lastOf<NeighboursEnded>(lost) && lastOf<NeighboursEnded>(lost)->error);
        core.open({});
        const auto none = runDry(core);
        QVERIFY(lastOf<NeighboursEnded>(none) && lastOf<NeighboursEnded>(none)->error);
    }

    void itHasAThreadOfItsOwn() {
        std::atomic<int> calls{0};
        NeighbourFinder finder([&] { ++calls; }, {.threads = 1, .k = 2});
        finder.open(source(NeighbourSpace::Pixel));
        std::vector<NeighbourEvent> all;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                for (NeighbourEvent& event : finder.takeEvents()) {
                    all.push_back(std::move(event));
                }
                return lastOf<NeighboursFinished>(all) != nullptr;
            }(),
            60'000);
        QVERIFY(calls > 0);
    }
};

QTEST_GUILESS_MAIN(TestNeighbourFinder)
#include "tst_neighbour_finder.moc"
