// A run on disk: making and opening it, its one writer, rotation, and which checkpoint a path stands for.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <limits>
#include <optional>

#include "engine/storage/best_checkpoint.h"
#include "engine/storage/checkpoint_files.h"
#include "engine/storage/run_folder.h"
#include "engine/storage/run_lock.h"
#include "engine/storage/safetensors.h"
#include "storage_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

RunConfig sampleConfig() {
    RunConfig config;
    config.method = "vae";
    config.data = "some folder/数据";
    config.transform = "color";
    config.crop = "148";
    config.size = 32;
    config.preset = "paper";
    config.overrides = {{"latent", "20"}, {"lr", "1e-3"}};
    config.steps = 123456789012;
    config.seed = 0xFFFFFFFFFFFFFFFFULL;
    config.threads = 3;
    config.device = "cpu";
    config.forkFrom = "other/x.safetensors";
    config.checkpointEvery = 500;
    config.metricsEvery = 25;
    config.keepNewest = 7;
    config.keepEvery = 0;
    config.keepBest = "metric/heldout_l1";
    config.commandLine = "alphascope-cli train \"--data\" 'x'";
    return config;
}

std::vector<std::int64_t> stepsIn(const std::string& run) {
    std::vector<std::int64_t> steps;
    for (const CheckpointFile& file : listCheckpoints(run)) {
        steps.push_back(file.step);
    }
    return steps;
}

using Steps = std::vector<std::int64_t>;

void damage(const std::string& path) {
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
}

} // namespace

class TestRunFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void manifestRoundTrips() {
        const Scratch scratch;
        RunFacts facts{"abc", "2.11.0", "CPU x 2", 2, {{"latent", "20"}}, 3, 32};
        RunFolder::create(scratch.path("a/b/run"), sampleConfig(), facts);
        const RunManifest back = readManifest(scratch.path("a/b/run"));
        RunManifest same = makeManifest(sampleConfig(), facts);
        same.started = back.started;
        QVERIFY(toJson(back) == toJson(same));
        QCOMPARE(back.config.seed, sampleConfig().seed);
        QCOMPARE(back.config.steps, sampleConfig().steps);
        QVERIFY(back.config.runFolder == scratch.path("a/b/run"));
        QVERIFY(!back.config.resume);
        QCOMPARE(back.facts.channels, 3);
        QCOMPARE(back.started.size(), 20U);
    }

    void aForkRemembersItsParent() {
        const Scratch scratch;
        RunFolder::create(scratch.path("runs/trunk"), {}, {});
        RunConfig config = sampleConfig();
        config.runFolder = scratch.path("runs/fork");
        RunFacts facts;
        facts.parent = RunParent{"trunk", scratch.path("runs/trunk"), "00ff", 3000};
        RunFolder::create(config.runFolder, config, facts);
        QVERIFY(readManifest(scratch.path("runs/fork")).facts.parent == facts.parent);
        QVERIFY(!readManifest(scratch.path("runs/trunk")).facts.parent);

        std::filesystem::rename(scratch.path("runs"), scratch.path("moved"));
        const auto moved = readManifest(scratch.path("moved/fork")).facts.parent;
        QVERIFY(moved && moved->folder == scratch.path("moved/trunk"));
        QVERIFY(moved->run == "trunk" && moved->checksum == "00ff" && moved->step == 3000);

        config.runFolder = scratch.path("orphan");
        facts.parent = RunParent{"x.safetensors", "", "00ff", 5}; // a file that lay in no run
        RunFolder::create(config.runFolder, config, facts);
        QVERIFY(readManifest(scratch.path("orphan")).facts.parent == facts.parent);
        writeAll(scratch.path("run.json"), "{\"format\":1,\"config\":{},\"facts\":{},\"parent\":[]}");
        QVERIFY(errorOf([&] { readManifest(scratch.path()); }));
    }

    void badManifest_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* text, const char* says) {
            QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(says);
        };
        row("empty", "", "no JSON object");
        row("truncated", "{\"format\":1,\"config\":{", "no JSON object");
        row("list", "[]", "no JSON object");
        row("binary", "\xff\xfe\x01", "no JSON object");
        row("no version", "{}", "format version is missing");
        row("text version", "{\"format\":\"1\"}", "format version is missing");
        row("future", "{\"format\":2}", "newer Alphascope");
        row("no config", "{\"format\":1}", "'config' is missing");
        row("config list", "{\"format\":1,\"config\":[],\"facts\":{}}", "'config' is missing");
        row("no facts", "{\"format\":1,\"config\":{}}", "'facts' is missing");
        row("wrong type", "{\"format\":1,\"config\":{\"method\":3},\"facts\":{}}",
            "'method' has the wrong type");
        row("fraction", "{\"format\":1,\"config\":{\"size\":1.5},\"facts\":{}}", "'size' has the wrong type");
        row("too large", "{\"format\":1,\"config\":{\"size\":4294967296},\"facts\":{}}", "'size'");
        row("negative seed", "{\"format\":1,\"config\":{\"seed\":-1},\"facts\":{}}", "'seed'");
        row("overrides", "{\"format\":1,\"config\":{\"overrides\":{\"a\":1}},\"facts\":{}}", "'overrides'");
        row("deep", QByteArray("{\"format\":1,\"a\":" + QByteArray("[").repeated(100000)).constData(),
            "no JSON object");
    }
    void badManifest() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const Scratch scratch;
        writeAll(scratch.path("run.json"), text.toStdString());
        const auto error = errorOf([&] { readManifest(scratch.path()); });
        QVERIFY(error && error->kind() == ErrorKind::BadInput);
        const std::string what = error->what();
        QVERIFY2(what.find(says.toStdString()) != std::string::npos && isSentence(what), what.c_str());
    }

    void createRefusesARun() {
        const Scratch scratch;
        RunFolder::create(scratch.path("run"), {}, {});
        const auto error = errorOf([&] { RunFolder::create(scratch.path("run"), {}, {}); });
        QVERIFY(error && error->kind() == ErrorKind::Usage);
        QVERIFY(error->hint().find("--resume") != std::string::npos);
        std::filesystem::create_directories(scratch.path("lost/checkpoints"));
        writeAll(scratch.path("lost/checkpoints/step-000000000001.safetensors"), "x");
        QCOMPARE(errorOf([&] { RunFolder::create(scratch.path("lost"), {}, {}); })->kind(), ErrorKind::Usage);
        QCOMPARE(errorOf([&] { RunFolder::create("", {}, {}); })->kind(), ErrorKind::Usage);
    }

    void foreignFilesAreLeftAlone() {
        const Scratch scratch;
        std::filesystem::create_directories(
            scratch.path("run/checkpoints/step-000000000001.safetensors")); // a folder
        const std::vector<std::string> foreign{"notes.txt",
                                               "checkpoints/model.safetensors",
                                               "checkpoints/step-7.safetensors",
                                               "checkpoints/step-0000000000007.safetensors",
                                               "checkpoints/step-000000000002.safetensors.bak",
                                               "checkpoints/.alphascope-note"};
        for (const std::string& name : foreign) {
            writeAll(scratch.path("run/" + name), name);
        }
        std::filesystem::create_symlink("model.safetensors",
                                        scratch.path("run/checkpoints/step-000000000003.safetensors"));
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        for (std::int64_t step = 10; step < 20; ++step) {
            run.saveCheckpoint(sampleState(step), step, {1, 0});
        }
        QVERIFY(stepsIn(run.path()) == Steps{19});
        for (const std::string& name : foreign) {
            QVERIFY2(readAll(scratch.path("run/" + name)) == name, name.c_str());
        }
        QVERIFY(std::filesystem::is_symlink(scratch.path("run/checkpoints/step-000000000003.safetensors")));
        QVERIFY(std::filesystem::is_directory(scratch.path("run/checkpoints/step-000000000001.safetensors")));
    }

    void unusableFolders_data() {
        QTest::addColumn<QString>("folder");
        QTest::newRow("file") << QStringLiteral("file");
        QTest::newRow("below a file") << QStringLiteral("file/run");
        QTest::newRow("long name") << QString(300, QLatin1Char('n'));
        QTest::newRow("not for people") << QStringLiteral("/proc/run");
    }
    void unusableFolders() {
        QFETCH(QString, folder);
        const Scratch scratch;
        writeAll(scratch.path("file"), "x");
        const std::string path =
            folder.startsWith(QLatin1Char('/')) ? folder.toStdString() : scratch.path(folder.toStdString());
        const auto error = errorOf([&] { RunFolder::create(path, {}, {}); });
        QVERIFY(error && error->kind() == ErrorKind::InputOutput);
        QVERIFY2(isSentence(error->what()), error->what());
        QVERIFY(errorOf([&] { RunFolder::openForWriting(path); })->kind() == ErrorKind::BadInput);
    }

    void oneWriterInAProcess() {
        const Scratch scratch;
        const std::string folder = scratch.path("run");
        QVERIFY(!isRunActive(folder));
        std::optional<RunFolder> run(RunFolder::create(folder, {}, {}));
        QVERIFY(isRunActive(folder));
        const auto error = errorOf([&] { RunFolder::openForWriting(folder); });
        QVERIFY(error && error->kind() == ErrorKind::InputOutput);
        const std::string process = "(process " + std::to_string(::getpid()) + " on ";
        QVERIFY2(std::string(error->what()).find(process) != std::string::npos, error->what());
        run.reset();
        QVERIFY(!isRunActive(folder));
        RunFolder::openForWriting(folder);
    }

    void oneWriterAmongProcesses() {
        const Scratch scratch;
        const std::string folder = scratch.path("run");
        RunFolder::create(folder, {}, {}).saveCheckpoint(sampleState(1), 1, {1, 0});
        int ready[2];
        int done[2];
        QCOMPARE(::pipe2(ready, O_CLOEXEC), 0);
        QCOMPARE(::pipe2(done, O_CLOEXEC), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(done[1]);
            const RunFolder run = RunFolder::openForWriting(folder);
            char byte = 'r';
            ::_exit(::write(ready[1], &byte, 1) == 1 && ::read(done[0], &byte, 1) == 0 ? 0 : 1);
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), 1);
        const auto error = errorOf([&] { RunFolder::openForWriting(folder); });
        QVERIFY(error);
        QVERIFY2(std::string(error->what()).find("process " + std::to_string(child)) != std::string::npos,
                 error->what());
        QVERIFY(isRunActive(folder));
        QVERIFY(resolveCheckpoint(folder).path.ends_with("1.safetensors")); // readers do not care
        ::close(done[1]);
        int status = 0;
        ::waitpid(child, &status, 0);
        QCOMPARE(status, 0); // it left with _exit: its text stays in run.lock, its lock does not
        QVERIFY(readAll(folder + "/run.lock").find(std::to_string(child)) != std::string::npos);
        QVERIFY(!isRunActive(folder));
        RunFolder::openForWriting(folder);
    }

    void staleOrStrangeLockFilesDoNoHarm_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("stale") << QByteArray("alphascope (process 1 on here)\n");
        QTest::newRow("binary") << QByteArray("\x00\xff\x1b[2J", 6);
        QTest::newRow("long") << QByteArray(100000, 'x');
    }
    void staleOrStrangeLockFilesDoNoHarm() {
        QFETCH(QByteArray, text);
        const Scratch scratch;
        RunFolder::create(scratch.path("run"), {}, {});
        writeAll(scratch.path("run/run.lock"), text.toStdString());
        QVERIFY(!isRunActive(scratch.path("run")));
        const RunFolder run = RunFolder::openForWriting(scratch.path("run"));
        writeAll(scratch.path("run/run.lock"), text.toStdString());
        const auto error = errorOf([&] { RunFolder::openForWriting(scratch.path("run")); });
        QVERIFY(error && isSentence(error->what()));
        QVERIFY(std::string(error->what()).size() < 1000);
    }

    void rotation_data() {
        QTest::addColumn<int>("keepNewest");
        QTest::addColumn<int>("keepEvery");
        QTest::addColumn<QString>("left");
        QTest::newRow("newest 3") << 3 << 0 << "10 11 12";
        QTest::newRow("newest 1") << 1 << 0 << "12";
        QTest::newRow("never none") << 0 << 0 << "12";
        QTest::newRow("negative") << -5 << 0 << "12";
        QTest::newRow("every 5th") << 2 << 5 << "5 10 11 12";
        QTest::newRow("all") << 100 << 0 << "1 2 3 4 5 6 7 8 9 10 11 12";
    }
    void rotation() {
        QFETCH(int, keepNewest);
        QFETCH(int, keepEvery);
        QFETCH(QString, left);
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        for (std::int64_t step = 1; step <= 12; ++step) {
            const std::string path = run.saveCheckpoint(sampleState(step), step, {keepNewest, keepEvery});
            QVERIFY(path == checkpointPath(run.path(), step));
        }
        QStringList steps;
        for (const std::int64_t step : stepsIn(run.path())) {
            steps << QString::number(step);
        }
        QCOMPARE(steps.join(QLatin1Char(' ')), left);
    }

    void rotationSparesPinnedAndProtected() {
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        const std::string resumedFrom = run.saveCheckpoint(sampleState(1), 1, {1, 0});
        const std::string pinned = run.saveCheckpoint(sampleState(2), 2, {9, 0});
        writeAll(pinPath(pinned), "");
        const std::string otherSpelling =
            scratch.path("run/../run/checkpoints/step-000000000001.safetensors");
        for (std::int64_t step = 3; step < 9; ++step) {
            run.saveCheckpoint(sampleState(step), step, {2, 0, otherSpelling});
        }
        QVERIFY((stepsIn(run.path()) == Steps{1, 2, 7, 8}));
        QVERIFY(listCheckpoints(run.path())[1].pinned && !listCheckpoints(run.path())[0].pinned);
        std::filesystem::remove(pinPath(pinned));
        run.saveCheckpoint(sampleState(9), 9, {1, 0});
        QVERIFY(stepsIn(run.path()) == Steps{9});
        QVERIFY(!std::filesystem::exists(resumedFrom));
    }

    void theWayBackIsKept() {
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        QVERIFY(!run.keepBefore(100));
        const auto save = [&](std::int64_t step, std::optional<std::int64_t> suspect) {
            run.saveCheckpoint(sampleState(step), step, {.newest = 2, .every = 0, .before = suspect});
        };
        save(100, {});
        save(200, {});
        save(300, 250); // something went wrong after 250: 200 may be wanted
        save(400, 250);
        save(500, 250);
        QVERIFY((stepsIn(run.path()) == Steps{200, 400, 500}));
        QCOMPARE(run.keepBefore(250).value_or(-1), 200);
        save(600, {});
        QVERIFY((stepsIn(run.path()) == Steps{200, 500, 600}));
        QVERIFY(listCheckpoints(run.path())[0].pinned);
        QCOMPARE(run.keepBefore(5).value_or(-1), 200); // nothing is that old: the nearest
        std::filesystem::create_directory(pinPath(checkpointPath(run.path(), 600)));
        QVERIFY(!run.keepBefore(900)); // cannot be pinned, and says so
    }

    void rotationSparesTheBest() {
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        const auto save = [&](std::int64_t step, std::optional<double> value, const char* scalar = "loss/x") {
            run.saveCheckpoint(sampleState(step), step,
                               {.newest = 2, .every = 0, .best = scalar, .value = value});
        };
        const auto bestStep = [&] {
            std::int64_t step = -1;
            for (const CheckpointFile& file : listCheckpoints(run.path())) {
                step = file.best ? file.step : step;
            }
            return step;
        };
        const double nan = std::numeric_limits<double>::quiet_NaN();
        save(1, std::nullopt); // not known yet
        QCOMPARE(bestStep(), -1);
        save(2, 0.5);
        save(3, 0.3);
        save(4, 0.3); // no better than the third
        save(5, nan);
        save(6, 0.4);
        QCOMPARE(bestStep(), 3);
        QVERIFY((stepsIn(run.path()) == Steps{3, 5, 6}));
        QCOMPARE(readBest(run.path())->value, 0.3);

        save(7, 0.1); // what was the best may go
        QCOMPARE(bestStep(), 7);
        save(8, 0.2);
        QVERIFY((stepsIn(run.path()) == Steps{7, 8}));
        save(9, 5.0, "loss/y"); // another scalar begins anew
        QCOMPARE(bestStep(), 9);
        save(10, 0.7, "");
        QCOMPARE(bestStep(), -1);
        QVERIFY((stepsIn(run.path()) == Steps{9, 10}));
    }

    void theBestIsForgottenWhenItIsGone() {
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        const auto save = [&](std::int64_t step, double value) {
            return run.saveCheckpoint(sampleState(step), step,
                                      {.newest = 9, .best = "loss/x", .value = value});
        };
        save(1, 0.1);
        save(1, 0.9); // written over by a branch that went on from earlier
        QCOMPARE(readBest(run.path())->value, 0.9);
        const std::string best = save(2, 0.2);
        std::filesystem::remove(best);
        save(3, 0.8);
        QCOMPARE(readBest(run.path())->name, std::string("step-000000000003.safetensors"));
        for (const char* text :
             {"", "nonsense", "step-1.safetensors loss/x 0.1", "../x loss/x 0.1",
              "step-000000000003.safetensors loss/x nan", "step-000000000003.safetensors loss/x 0.1 more"}) {
            writeAll(scratch.path("run/checkpoints/best.txt"), text);
            QVERIFY2(!readBest(run.path()), text);
        }
        save(4, 7.0);
        QCOMPARE(readBest(run.path())->value, 7.0);
    }

    void goingOnFromAnEarlierStep() {
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        for (const std::int64_t step : {100, 200, 300, 400}) {
            run.saveCheckpoint(sampleState(step), step, {9, 0});
        }
        run.saveCheckpoint(sampleState(150), 150, {9, 0}); // resumed from 100
        QVERIFY(resolveCheckpoint(run.path()).path == checkpointPath(run.path(), 150));
        run.saveCheckpoint(sampleState(200), 200, {3, 0}); // the old branch goes first
        QVERIFY((stepsIn(run.path()) == Steps{100, 150, 200}));
        QVERIFY(resolveCheckpoint(run.path()).path == checkpointPath(run.path(), 200));
        run.saveCheckpoint(sampleState(300), 300, {9, 0});
        QVERIFY(resolveCheckpoint(run.path()).path == checkpointPath(run.path(), 300));
        for (const CheckpointFile& file : listCheckpoints(run.path())) {
            QVERIFY(!file.superseded);
        }
    }

    void savesAfterSomebodyTidiedUp() {
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        std::filesystem::remove_all(scratch.path("run/checkpoints"));
        run.saveCheckpoint(sampleState(1), 1, {1, 0});
        std::filesystem::remove_all(scratch.path("run"));
        const auto error = errorOf([&] { run.saveCheckpoint(sampleState(2), 2, {1, 0}); });
        QVERIFY(error && error->kind() == ErrorKind::InputOutput);
        QVERIFY2(std::string(error->what()).find("does not exist") != std::string::npos, error->what());
        QVERIFY(!std::filesystem::exists(scratch.path("run")));
    }

    void openForWritingSweeps() {
        const Scratch scratch;
        RunFolder::create(scratch.path("run"), {}, {});
        const std::string leftover = scratch.path("run/checkpoints/.alphascope-999999999-0.tmp");
        writeAll(leftover, "half a checkpoint");
        RunFolder::openForWriting(scratch.path("run"));
        QVERIFY(!std::filesystem::exists(leftover));
    }

    void previewsHaveTheirPlace() {
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        run.savePreview(12000, "samples", "png");
        QVERIFY(readAll(scratch.path("run/previews/step-000000012000-samples.png")) == "png");
        QCOMPARE(errorOf([&] { run.savePreview(1, "../x", "png"); })->kind(), ErrorKind::Internal);
        QVERIFY(errorOf([&] { run.savePreview(1, "", "png"); }));
    }

    void resolves() {
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        for (const std::int64_t step : {1, 2, 3}) {
            run.saveCheckpoint(sampleState(step), step, {9, 0});
        }
        const std::string newest = checkpointPath(run.path(), 3);
        for (const char* path : {"run", "run/", "run/checkpoints", "run/checkpoints/", "run/run.json"}) {
            const ResolvedCheckpoint resolved = resolveCheckpoint(scratch.path(path));
            QVERIFY2(std::filesystem::equivalent(resolved.path, newest), path);
            QVERIFY(sameArrays(resolved.state, sampleState(3)) && resolved.passedOver.empty());
        }
        const ResolvedCheckpoint exact = resolveCheckpoint(checkpointPath(run.path(), 2));
        QVERIFY(exact.path == checkpointPath(run.path(), 2) && sameArrays(exact.state, sampleState(2)));
    }

    void passesOverDamagedOnes() {
        const Scratch scratch;
        RunFolder run = RunFolder::create(scratch.path("run"), {}, {});
        for (const std::int64_t step : {1, 2, 3, 4, 5}) {
            run.saveCheckpoint(sampleState(step), step, {9, 0});
        }
        damage(checkpointPath(run.path(), 5));
        ModelState broken = sampleState(4);
        const float nan = std::numeric_limits<float>::quiet_NaN();
        std::memcpy(broken.arrays[0].bytes.data(), &nan, 4);
        writeSafetensors(checkpointPath(run.path(), 4), broken);
        ModelState foreign = sampleState(3);
        foreign.metadata.clear();
        writeSafetensors(checkpointPath(run.path(), 3), foreign);
        const ResolvedCheckpoint resolved = resolveCheckpoint(run.path());
        QVERIFY(resolved.path == checkpointPath(run.path(), 2));
        QCOMPARE(resolved.passedOver.size(), 3U);
        QVERIFY(resolved.passedOver[0].starts_with(checkpointPath(run.path(), 5) + ": "));
        QVERIFY(resolved.passedOver[1].find("'G.conv1.weight' are NaN") != std::string::npos);
        const auto error = errorOf([&] { resolveCheckpoint(checkpointPath(run.path(), 4)); });
        QVERIFY(error && error->kind() == ErrorKind::BadInput);
        damage(checkpointPath(run.path(), 2));
        damage(checkpointPath(run.path(), 1));
        const auto none = errorOf([&] { resolveCheckpoint(run.path()); });
        QVERIFY(none && none->kind() == ErrorKind::BadInput && isSentence(none->what()));
    }

    void resolveErrors_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        QTest::newRow("missing") << QStringLiteral("nothing") << QStringLiteral("no such file");
        QTest::newRow("empty folder") << QStringLiteral("empty") << QStringLiteral("is no run");
        QTest::newRow("run without") << QStringLiteral("run") << QStringLiteral("no checkpoint yet");
        QTest::newRow("text") << QStringLiteral("text") << QStringLiteral("no safetensors");
    }
    void resolveErrors() {
        QFETCH(QString, path);
        QFETCH(QString, says);
        const Scratch scratch;
        std::filesystem::create_directory(scratch.path("empty"));
        RunFolder::create(scratch.path("run"), {}, {});
        writeAll(scratch.path("text"), "just some text");
        const auto error = errorOf([&] { resolveCheckpoint(scratch.path(path.toStdString())); });
        QVERIFY(error && error->kind() == ErrorKind::BadInput);
        QVERIFY2(std::string(error->what()).find(says.toStdString()) != std::string::npos, error->what());
    }
};

QTEST_APPLESS_MAIN(TestRunFolder)
#include "tst_run_folder.moc"
