// Training N+M steps equals training N, saving, loading and training M, bit for bit, and looking changes
// nothing.

#include <QTest>

#include "engine/storage/run_folder.h"
#include "engine/training/snapshot.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

class ResumeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsAnUninterruptedRun_data() { addMethods(); }
    void equalsAnUninterruptedRun() {
        QFETCH(QString, method);
        const QTemporaryDir dir;
        Trainer whole(tinyRun(method.toStdString(), folderIn(dir, "whole")));
        whole.steps(9);

        const auto config = tinyRun(method.toStdString(), folderIn(dir, "parts"));
        {
            Trainer first(config);
            first.steps(4);
            first->saveCheckpoint();
        }
        auto again = config;
        again.resume = true;
        Trainer second(again);
        QCOMPARE(second->currentStep(), 4);
        QVERIFY(second.warnings.empty());
        second.steps(5);
        QCOMPARE(firstDifference(whole->method(), second->method()), std::string());
    }

    void singleStepsAreResumedToo() {
        const QTemporaryDir dir;
        const auto train = [](Trainer& trainer) {
            trainer->step("D");
            trainer->step({});
            trainer->step("E");
        };
        Trainer whole(tinyRun("alpha-gan", folderIn(dir, "whole")));
        train(whole);
        train(whole);

        const auto config = tinyRun("alpha-gan", folderIn(dir, "parts"));
        {
            Trainer first(config);
            train(first);
            first->saveCheckpoint();
        }
        auto again = config;
        again.resume = true;
        Trainer second(again);
        train(second);
        QCOMPARE(firstDifference(whole->method(), second->method()), std::string());
    }

    void lookingChangesNothing_data() { addMethods(); }
    void lookingChangesNothing() {
        QFETCH(QString, method);
        const QTemporaryDir dir;
        Trainer alone(tinyRun(method.toStdString(), folderIn(dir, "alone")));
        alone.steps(6);

        Trainer watched(tinyRun(method.toStdString(), folderIn(dir, "watched")));
        int woken = 0;
        watched->liveModel()->follow([&woken] { ++woken; });
        for (int i = 0; i < 6; ++i) {
            watched->makePreview(i % 2 == 0);
            watched.steps(1);
            watched->takeMetrics();
            watched->publishWeights(false);
            watched->liveModel()->take();
            if (i == 3) {
                watched->saveCheckpoint();
            }
        }
        QCOMPARE(woken, 6);
        QCOMPARE(firstDifference(alone->method(), watched->method()), std::string());
        watched->liveModel()->leave();
    }

    void aSnapshotStaysAsItWas() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("alpha-gan", folderIn(dir, "run")));
        trainer.steps(2);
        trainer->publishWeights(true);
        trainer->liveModel()->follow([] {});
        const auto snapshot = trainer->liveModel()->take();
        QVERIFY(snapshot);
        const ModelState before = *snapshot; // NOLINT(performance-unnecessary-copy-initialization): for later
        trainer.steps(5);
        QCOMPARE(snapshot->arrays.size(), before.arrays.size());
        for (std::size_t i = 0; i < before.arrays.size(); ++i) {
            QVERIFY2(snapshot->arrays[i].bytes == before.arrays[i].bytes, before.arrays[i].name.c_str());
        }
        trainer->liveModel()->leave();
    }

    void weightsAreMadeOnlyForWhoTakesThem() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("alpha-gan", folderIn(dir, "run")));
        const auto live = trainer->liveModel();
        trainer->publishWeights(false);
        QVERIFY(!live->fresh()); // nobody follows
        live->follow([] {});
        trainer->publishWeights(false);
        const auto first = live->take();
        QVERIFY(first);
        trainer->publishWeights(false);
        trainer.steps(1);
        trainer->publishWeights(false); // the one before has not been taken
        QCOMPARE(live->take()->metadata, first->metadata);
        QVERIFY(!live->take());
        live->leave();
    }

    void differencesAreWarnedAbout() {
        const QTemporaryDir dir;
        auto config = tinyRun("alpha-gan", folderIn(dir, "run"));
        {
            Trainer first(config);
            first.steps(1);
            first->saveCheckpoint();
        }
        config.resume = true;
        config.threads = 2;
        config.data = "glyphs";
        config.transform = "color";
        const Error channels = errorOf([&] { Trainer refused(config); });
        QCOMPARE(channels.kind(), ErrorKind::BadInput);
        QVERIFY2(std::string(channels.what()).find("28 x 28") != std::string::npos, channels.what());

        config.data = "color-glyphs";
        Trainer second(config);
        QCOMPARE(second.warnings.size(), 1U);
        QVERIFY(second.warnings[0].message.find('2') != std::string::npos);
    }

    void newRatesApplyAndChangedLivesStay() {
        const QTemporaryDir dir;
        auto config = tinyRun("alpha-gan", folderIn(dir, "run"));
        std::string name;
        for (const auto& spec : models::findMethod("alpha-gan").schema) {
            if (spec.live && spec.type == models::ParameterType::Real && name.empty()) {
                name = spec.name;
            }
        }
        {
            Trainer first(config);
            const std::string old = first->setParameter(name, "0.00025");
            QVERIFY(old != "0.00025");
            QCOMPARE(errorOf([&] { first->setParameter("filters", "8"); }).kind(), ErrorKind::Usage);
            QCOMPARE(errorOf([&] { first->setParameter("nonsense", "8"); }).kind(), ErrorKind::Usage);
            QCOMPARE(errorOf([&] { first->setParameter(name, "much"); }).kind(), ErrorKind::Usage);
            first.steps(1);
            first->saveCheckpoint();
        }
        config.resume = true;
        {
            Trainer second(config);
            QCOMPARE(second->method().spec().parameters.real(name), 0.00025);
        }
        config.overrides[name] = "0.0005";
        {
            Trainer third(config);
            QCOMPARE(third->method().spec().parameters.real(name), 0.0005);
        }
        config.overrides["filters"] = "8";
        QCOMPARE(errorOf([&] { Trainer refused(config); }).kind(), ErrorKind::Usage);
    }

    void aRunIsNotOverwritten() {
        const QTemporaryDir dir;
        const auto config = tinyRun("alpha-gan", folderIn(dir, "run"));
        { Trainer first(config); }
        const Error error = errorOf([&] { Trainer second(config); });
        QCOMPARE(error.kind(), ErrorKind::Usage);
    }
};

QTEST_GUILESS_MAIN(ResumeTest)
#include "tst_resume.moc"
