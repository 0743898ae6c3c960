// A new run that begins as a checkpoint of another one: bit for bit without a change, with other settings
// where that is possible, and with one sentence where it is not.

#include <QTest>

#include <filesystem>

#include "engine/api/fork.h"
#include "engine/api/runs.h"
#include "engine/storage/checkpoint_files.h"
#include "engine/storage/run_folder.h"
#include "engine/storage/safetensors.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// A run of four steps of a method, with a checkpoint at its end; gives that.
std::string trunk(const std::string& method, const QTemporaryDir& dir) {
    Trainer trainer(tinyRun(method, folderIn(dir, "trunk")));
    trainer.steps(4);
    return trainer->saveCheckpoint().path;
}

/// As the window and the command line order one.
RunConfig forkOf(const std::string& checkpoint, const std::string& folder) {
    RunConfig config = readForkPoint(checkpoint).config;
    config.runFolder = folder;
    return config;
}

Error refusal(const RunConfig& config) {
    return errorOf([&] { Trainer refused(config); });
}

bool says(const Error& error, const char* part) {
    return std::string(error.what()).find(part) != std::string::npos;
}

} // namespace

class ForkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutAChangeItIsTheSameRun_data() { addMethods(); }
    void withoutAChangeItIsTheSameRun() {
        QFETCH(QString, method);
        const QTemporaryDir dir;
        const std::string checkpoint = trunk(method.toStdString(), dir);
        Trainer whole(tinyRun(method.toStdString(), folderIn(dir, "whole")));
        whole.steps(8);

        const RunConfig config = forkOf(checkpoint, folderIn(dir, "fork"));
        {
            Trainer fork(config);
            QCOMPARE(fork->currentStep(), 4);
            QVERIFY(fork.warnings.empty());
            fork.steps(2);
            fork->saveCheckpoint();
        }
        auto resumed = readRunConfig(config.runFolder);
        resumed.resume = true;
        Trainer second(resumed);
        QCOMPARE(second->currentStep(), 6);
        second.steps(2);
        QCOMPARE(firstDifference(whole->method(), second->method()), std::string());
        QCOMPARE(listCheckpoints(folderIn(dir, "trunk")).size(), 1U); // the old run stays as it was
    }

    void otherSettingsAreTakenAndStay() {
        const QTemporaryDir dir;
        const std::string checkpoint = trunk("alpha-gan", dir);
        const RunConfig plain = forkOf(checkpoint, folderIn(dir, "same"));
        Trainer same(plain);
        same.steps(2);

        RunConfig config = forkOf(checkpoint, folderIn(dir, "other"));
        config.overrides["lambdaEncoder"] = "7.5"; // may change while training
        config.overrides["batchSize"] = "6";       // may not, but shapes nothing
        config.overrides["adamBeta1"] = "0.25";
        {
            Trainer fork(config);
            fork.steps(2);
            fork->saveCheckpoint();
            QVERIFY(!firstDifference(same->method(), fork->method()).empty());
        }
        auto resumed = readRunConfig(config.runFolder);
        resumed.resume = true;
        Trainer second(resumed);
        const auto& parameters = second->method().spec().parameters;
        QCOMPARE(parameters.real("lambdaEncoder"), 7.5);
        QCOMPARE(parameters.integer("batchSize"), 6);
        QCOMPARE(parameters.real("adamBeta1"), 0.25);
        QCOMPARE(parameters.integer("latentSize"), 6);
    }

    void theStepsOwnSettingsCount() {
        const QTemporaryDir dir;
        const auto config = tinyRun("alpha-gan", folderIn(dir, "trunk"));
        std::string checkpoint;
        {
            Trainer trainer(config);
            trainer.steps(1);
            trainer->setParameter("lambdaEncoder", "3");
            trainer.steps(1);
            checkpoint = trainer->saveCheckpoint().path;
        }
        const ForkPoint point = readForkPoint(checkpoint);
        QCOMPARE(point.step, 2);
        QVERIFY(std::filesystem::equivalent(point.run, config.runFolder));
        QCOMPARE(point.config.overrides.at("lambdaEncoder"), std::string("3"));
        QCOMPARE(point.config.overrides.at("latentSize"), std::string("6"));
        QVERIFY(!point.config.overrides.contains("rateEncoder")); // as the preset has it
        QVERIFY(point.config.runFolder.empty() && !point.config.resume);

        // Back to what the run was started with is a change too.
        RunConfig back = point.config;
        back.runFolder = folderIn(dir, "back");
        back.overrides["lambdaEncoder"] = "10";
        Trainer fork(back);
        QCOMPARE(fork->method().spec().parameters.real("lambdaEncoder"), 10.0);
    }

    void itsParentIsWrittenDown() {
        const QTemporaryDir dir;
        const std::string checkpoint = trunk("alpha-gan", dir);
        { Trainer fork(forkOf(checkpoint, folderIn(dir, "fork"))); }
        const auto parent = readRun(folderIn(dir, "fork")).parent;
        QVERIFY(parent);
        QCOMPARE(parent->run, std::string("trunk"));
        QVERIFY(std::filesystem::equivalent(parent->folder, folderIn(dir, "trunk")));
        QCOMPARE(parent->step, 4);
        QCOMPARE(parent->checksum.size(), 16U);
        QVERIFY(!readRun(folderIn(dir, "trunk")).parent);
    }

    void aFileOnItsOwnWillDo() {
        const QTemporaryDir dir;
        const std::string alone = folderIn(dir, "alone.safetensors");
        std::filesystem::copy_file(trunk("dcgan", dir), alone);
        std::filesystem::remove_all(folderIn(dir, "trunk"));
        const ForkPoint point = readForkPoint(alone);
        QVERIFY(point.run.empty());
        RunConfig config = point.config;
        config.runFolder = folderIn(dir, "fork");
        Trainer fork(config);
        QCOMPARE(fork->currentStep(), 4);
        QCOMPARE(readRun(config.runFolder).parent->run, std::string("alone.safetensors"));
    }

    void whatCannotBeIsRefused() {
        const QTemporaryDir dir;
        const std::string checkpoint = trunk("alpha-gan", dir);
        const RunConfig plain = forkOf(checkpoint, folderIn(dir, "fork"));
        auto config = plain;
        config.overrides["latentSize"] = "8";
        Error error = refusal(config);
        QCOMPARE(error.kind(), ErrorKind::Usage);
        QVERIFY2(says(error, "latentSize cannot become 8 in a fork"), error.what());

        config = plain;
        config.overrides["lambdaEncodr"] = "8";
        error = refusal(config);
        QCOMPARE(error.kind(), ErrorKind::Usage);
        QVERIFY2(says(error, "lambdaEncoder"), error.what()); // did you mean

        config = plain;
        config.overrides["lambdaEncoder"] = "much";
        QCOMPARE(refusal(config).kind(), ErrorKind::Usage);

        config = plain;
        config.runFolder = folderIn(dir, "trunk") + "/.";
        error = refusal(config);
        QCOMPARE(error.kind(), ErrorKind::Usage);
        QVERIFY2(says(error, "folder of its own"), error.what());

        config = plain;
        config.method = "vae";
        QCOMPARE(refusal(config).kind(), ErrorKind::Usage);
        QVERIFY(!std::filesystem::exists(plain.runFolder)); // nothing was begun
        QCOMPARE(listCheckpoints(folderIn(dir, "trunk")).size(), 1U);
    }

    void unusableCheckpointsAreRefused() {
        const QTemporaryDir dir;
        QVERIFY(errorOf([&] { readForkPoint(folderIn(dir, "missing.safetensors")); }).kind() !=
                ErrorKind::Internal);
        const std::string checkpoint = trunk("dcgan", dir);
        const std::string damaged = folderIn(dir, "damaged.safetensors");
        std::filesystem::copy_file(checkpoint, damaged);
        std::filesystem::resize_file(damaged, std::filesystem::file_size(damaged) / 2);
        QCOMPARE(errorOf([&] { readForkPoint(damaged); }).kind(), ErrorKind::BadInput);

        auto state = resolveCheckpoint(checkpoint).state;
        state.metadata["alphascope.format"] = "99";
        const std::string later = folderIn(dir, "later.safetensors");
        writeSafetensors(later, state);
        const Error error = errorOf([&] { readForkPoint(later); });
        QCOMPARE(error.kind(), ErrorKind::BadInput);
        QVERIFY2(says(error, "newer Alphascope"), error.what());
    }
};

QTEST_GUILESS_MAIN(ForkTest)
#include "tst_fork.moc"
