// Runs as lists and live views.
#include <atomic>

#include "engine/api/runs.h"
#include "engine/storage/checkpoint_files.h"
#include "engine/storage/event_file.h"
#include "engine/storage/run_folder.h"
#include "engine/storage/runs/preview_sheet.h"
#include "preview_support.h"
#include "storage_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

RunFolder makeRun(const std::string& folder) {
    RunConfig config;
    config.method = "vae";
    config.data = "glyphs";
    config.transform = "color";
    return RunFolder::create(folder, config, {});
}

void savePreview(RunFolder& run, const Preview& preview) {
    const PreviewSheets sheets = composePreview(preview);
    run.savePreview(preview.step, "reconstructions", sheets.reconstructions.png);
    run.savePreview(preview.step, "samples", sheets.samples.png);
}

/// For QTRY_VERIFY, which asks again after a yes: what was taken once stays.
template <typename Value>
bool keepNewer(std::shared_ptr<const Value>& kept, std::shared_ptr<const Value> taken) {
    kept = taken ? std::move(taken) : kept;
    return kept != nullptr;
}

} // namespace

class TestRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsARun() {
        const Scratch scratch;
        RunFolder run = makeRun(scratch.path("my run"));
        savePreview(run, makePreview(1000, 4, 9, 28, 28, 3));
        for (const std::int64_t step : {500, 1000, 2000}) {
            run.saveCheckpoint(sampleState(step), step, {9, 0});
        }
        setPinned(checkpointPath(run.path(), 1000), true);
        const RunEntry entry = readRun(run.path());
        QVERIFY(entry.name == "my run" && entry.method == "vae" && entry.data == "glyphs" &&
                entry.transform == "color");
        QVERIFY(entry.active && entry.problem.empty());
        QCOMPARE(entry.lastStep, 2000);
        QCOMPARE(entry.checkpoints.size(), 3U);
        QCOMPARE(entry.checkpoints[1].step, 1000);
        QVERIFY(entry.checkpoints[1].pinned && !entry.checkpoints[0].pinned);
        QVERIFY(entry.checkpoints[0].bytes == std::filesystem::file_size(entry.checkpoints[0].path));
        QVERIFY(entry.checkpoints[0].thumbnail.empty()); // before the first preview
        QVERIFY(entry.checkpoints[1].thumbnail.width >= 56 && entry.checkpoints[1].thumbnail.channels == 3);
        QVERIFY(entry.checkpoints[2].thumbnail == entry.checkpoints[1].thumbnail);
        QVERIFY(readLastSamples(run.path()) == makePreview(1000, 4, 9, 28, 28, 3).samples);
        QVERIFY(readRunConfig(run.path()).method == "vae");
        QVERIFY(readRun(run.path() + "/").name == "my run");
    }

    void listsRuns() {
        const Scratch scratch;
        QVERIFY(listRuns(scratch.path("missing")).empty());
        makeRun(scratch.path("b"));
        makeRun(scratch.path("a"));
        std::filesystem::create_directory(scratch.path("no run"));
        std::filesystem::create_directory(scratch.path("broken"));
        writeAll(scratch.path("broken/run.json"), "{");
        std::filesystem::create_symlink("self", scratch.path("self"));
        const auto runs = listRuns(scratch.path());
        QCOMPARE(runs.size(), 3U);
        QVERIFY(runs[0].name == "a" && runs[1].name == "b" && runs[2].name == "broken");
        QVERIFY(!runs[0].active && runs[0].problem.empty() && isSentence(runs[2].problem));
        QCOMPARE(listRuns(scratch.path("a")).size(), 1U);
        QCOMPARE(errorOf([&] { readRunConfig(scratch.path("broken")); })->kind(), ErrorKind::BadInput);
    }

    void damagedPreviewsAreLeftOut() {
        const Scratch scratch;
        RunFolder run = makeRun(scratch.path("run"));
        run.saveCheckpoint(sampleState(1), 1, {9, 0});
        run.savePreview(1, "samples", "no picture");
        writeAll(run.path() + "/previews/step-000000000001-notes.png", "x");
        writeAll(run.path() + "/previews/step-1-samples.png", "x");
        writeAll(run.path() + "/previews/.png", "x");
        writeAll(run.path() + "/previews/step-.png", "x");
        const RunEntry entry = readRun(run.path());
        QVERIFY(entry.checkpoints[0].thumbnail.empty() && entry.problem.empty());
        QVERIFY(readLastSamples(run.path()).empty() && readLastSamples(scratch.path("none")).empty());
    }

    void findsTheRunOfAPath() {
        const Scratch scratch;
        RunFolder run = makeRun(scratch.path("run"));
        const std::string checkpoint = run.saveCheckpoint(sampleState(1), 1, {9, 0});
        std::string folder;
        for (const std::string& path : {run.path(), run.path() + "/", checkpoint, run.path() + "/run.json",
                                        run.path() + "/checkpoints/"}) {
            folder.clear();
            QVERIFY2(findRunFolder(path, &folder), path.c_str());
            QVERIFY2(std::filesystem::equivalent(folder, run.path()) && !folder.ends_with('/'),
                     folder.c_str());
        }
        QVERIFY(!findRunFolder(scratch.path(), &folder));
        QVERIFY(!findRunFolder("", &folder));
        QVERIFY(!findRunFolder("/", &folder));
        QVERIFY(!findRunFolder(scratch.path("missing/checkpoints/x"), &folder));
    }

    void forksShowWhatCameBefore() {
        const Scratch scratch;
        const auto write = [&](const std::string& run, std::int64_t from, std::int64_t to, double value) {
            EventWriter events(run, from);
            for (std::int64_t step = from + 1; step <= to; ++step) {
                events.scalars({step, double(step), {{"loss/E", value}}});
            }
        };
        const auto fork = [&](const std::string& name, const std::string& parent, std::int64_t step) {
            RunConfig config;
            config.runFolder = scratch.path(name);
            RunFacts facts;
            facts.parent = RunParent{parent, scratch.path(parent), "", step};
            RunFolder::create(config.runFolder, config, facts);
        };
        makeRun(scratch.path("trunk"));
        write(scratch.path("trunk"), 0, 9, 1.0);
        fork("branch", "trunk", 5);
        write(scratch.path("branch"), 5, 9, 2.0);
        fork("twig", "branch", 7);
        QVERIFY(readRun(scratch.path("twig")).parent->folder == scratch.path("branch"));
        QVERIFY(!readRun(scratch.path("trunk")).parent);
        QVERIFY(readAncestorMetrics(scratch.path("trunk")).empty());
        std::string values;
        for (const MetricPoint& point : readAncestorMetrics(scratch.path("twig"))) {
            values += std::to_string(point.step) + (point.values[0].second == 1.0 ? "a " : "b ");
        }
        QCOMPARE(values, std::string("1a 2a 3a 4a 5a 6b 7b "));
        std::filesystem::remove_all(scratch.path("trunk"));
        QCOMPARE(readAncestorMetrics(scratch.path("twig")).size(), 2U);
        fork("trunk", "twig", 3); // a circle
        QVERIFY(readAncestorMetrics(scratch.path("twig")).size() < 1000);
    }

    void pins() {
        const Scratch scratch;
        RunFolder run = makeRun(scratch.path("run"));
        const std::string checkpoint = run.saveCheckpoint(sampleState(1), 1, {9, 0});
        setPinned(checkpoint, true);
        setPinned(checkpoint, true);
        run.saveCheckpoint(sampleState(2), 2, {1, 0});
        QCOMPARE(readRun(run.path()).checkpoints.size(), 2U);
        setPinned(checkpoint, false);
        setPinned(checkpoint, false);
        run.saveCheckpoint(sampleState(3), 3, {1, 0});
        QCOMPARE(readRun(run.path()).checkpoints.size(), 1U);
        QCOMPARE(errorOf([&] { setPinned(checkpoint, true); })->kind(), ErrorKind::BadInput);
        QCOMPARE(errorOf([&] { setPinned(run.path() + "/run.json", true); })->kind(), ErrorKind::BadInput);
    }

    void followsARunFromBeforeItsBeginningToItsEnd() {
        const Scratch scratch;
        std::atomic<int> notified{0};
        RunWatcher watcher(scratch.path("run"), [&] { ++notified; });
        std::shared_ptr<const RunEntry> entry;
        std::shared_ptr<const Preview> preview;
        std::vector<MetricPoint> points;
        std::vector<SessionEvent> told;
        const auto take = [&] {
            for (SessionEvent& event : watcher.takeEvents()) {
                told.push_back(std::move(event));
            }
            keepNewer(entry, watcher.takeRun());
            keepNewer(preview, watcher.takePreview());
            for (MetricPoint& point : watcher.takeMetrics()) {
                points.push_back(std::move(point));
            }
        };
        {
            RunFolder run = makeRun(scratch.path("run"));
            QTRY_VERIFY((take(), entry && entry->active && entry->method == "vae"));
            EventWriter events(run.path(), 0);
            events.scalars({1, 1.0, {{"loss/E", 0.5}}});
            events.text("alarm/collapse", 1, 1.0, "The samples resemble each other.");
            events.flush();
            QTRY_VERIFY((take(), points.size() == 1 && told.size() == 1));
            QVERIFY(std::get<Alarm>(told[0]).kind == "collapse");
            const Preview first = makePreview(1, 4, 9, 28, 28, 3);
            savePreview(run, first);
            QTRY_VERIFY((take(), preview && preview->samples == first.samples &&
                                     preview->originals == first.originals));
            QVERIFY(preview->reconstructions == first.reconstructions && preview->l1 == first.l1);
            run.saveCheckpoint(sampleState(7), 7, {9, 0});
            QTRY_VERIFY((take(), entry->checkpoints.size() == 1 && entry->lastStep == 7));
            QVERIFY(!entry->checkpoints[0].thumbnail.empty());
            setPinned(entry->checkpoints[0].path, true);
            QTRY_VERIFY((take(), entry->checkpoints[0].pinned));
            savePreview(run, makePreview(9, 4, 9, 28, 28, 3));
            QTRY_VERIFY((take(), preview->step == 9));
            events.scalars({2, 2.0, {{"loss/E", 0.25}}});
        }
        QTRY_VERIFY((take(), !entry->active && points.size() == 2));
        QVERIFY(notified > 0);
        std::filesystem::remove_all(scratch.path("run"));
        QTRY_VERIFY((take(), entry->checkpoints.empty() && !entry->problem.empty()));
    }

    void newestPreviewIsTheOneWrittenLast() {
        const Scratch scratch;
        RunFolder run = makeRun(scratch.path("run"));
        savePreview(run, makePreview(500, 4, 9, 28, 28, 3));
        for (const char* name : {"samples", "reconstructions"}) {
            const std::string old = run.path() + "/previews/step-000000000500-" + name + ".png";
            std::filesystem::last_write_time(old, std::filesystem::file_time_type::clock::now() -
                                                      std::chrono::seconds(9));
        }
        savePreview(run, makePreview(100, 4, 9, 28, 28, 3)); // went on from an earlier step
        RunWatcher watcher(run.path(), {});
        std::shared_ptr<const Preview> preview;
        QTRY_VERIFY(keepNewer(preview, watcher.takePreview()));
        QCOMPARE(preview->step, 100);
    }

    void notifiesOnceUntilTaken() {
        const Scratch scratch;
        RunFolder run = makeRun(scratch.path("run"));
        EventWriter events(run.path(), 0);
        std::atomic<int> notified{0};
        RunWatcher watcher(run.path(), [&] { ++notified; });
        QTRY_COMPARE(notified.load(), 1);
        run.saveCheckpoint(sampleState(1), 1, {9, 0});
        RunWatcher second(run.path(), {}); // its first look is later than the first watcher's second or third
        std::shared_ptr<const RunEntry> entry;
        QTRY_VERIFY(keepNewer(entry, second.takeRun()) && entry->checkpoints.size() == 1);
        QCOMPARE(notified.load(), 1);
        QVERIFY(watcher.takeRun());
        run.saveCheckpoint(sampleState(2), 2, {9, 0});
        QTRY_VERIFY(notified.load() >= 2);
    }

    void damagedCurvesAreAProblemOfTheRun() {
        const Scratch scratch;
        RunFolder run = makeRun(scratch.path("run"));
        writeAll(run.path() + "/events.out.tfevents.1", std::string(64, '\0'));
        RunWatcher watcher(run.path(), {});
        std::shared_ptr<const RunEntry> entry;
        QTRY_VERIFY(keepNewer(entry, watcher.takeRun()));
        QVERIFY(entry->problem.find("tfevents") != std::string::npos);
    }

    void manyWatchersComeAndGo() {
        const Scratch scratch;
        RunFolder run = makeRun(scratch.path("run"));
        for (int i = 0; i < 200; ++i) {
            const RunWatcher watcher(run.path(),
                                     {}); // would take 100 seconds if leaving meant waiting for a look
        }
    }
};

QTEST_GUILESS_MAIN(TestRuns)
#include "tst_runs.moc"
