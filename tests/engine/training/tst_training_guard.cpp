// Numbers that are no longer finite end a run before anything is saved; wrong input is told in one sentence.

#include <QTest>

#include <filesystem>

#include "engine/api/run_history.h"
#include "engine/api/runs.h"
#include "engine/api/session.h"
#include "engine/storage/safetensors.h"
#include "engine/training/scalar_log.h"
#include "engine/training/snapshot.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// Turns the first weights into NaN.
class Breaker final : public models::StateVisitor {
public:
    void tensor(const std::string& name, models::StateKind kind, torch::Tensor& tensor) override {
        if (broken.empty() && kind == models::StateKind::Parameter) {
            const torch::NoGradGuard guard;
            tensor.fill_(std::numeric_limits<float>::quiet_NaN());
            broken = name;
        }
    }
    void counter(const std::string&, std::int64_t&) override {}
    std::string broken;
};

std::size_t checkpointsIn(const std::string& run) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(run + "/checkpoints")) {
        count += entry.path().extension() == ".safetensors" ? 1 : 0;
    }
    return count;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TrainingGuardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void brokenLossesStopTheRunAndNothingIsSaved() {
        const QTemporaryDir dir;
        const std::string folder = folderIn(dir, "run");
        Trainer trainer(tinyRun("alpha-gan", folder));
        trainer.steps(2);
        const SavedCheckpoint good = trainer->saveCheckpoint();
        trainer->takeMetrics();
        Breaker breaker;
        trainer->method().visitState(breaker);
        trainer.steps(1);

        const Error error = errorOf([&] { trainer->takeMetrics(); });
        QCOMPARE(error.kind(), ErrorKind::TrainingFailed);
        QVERIFY2(contains(error.what(), "became NaN at step 3."), error.what());
        QVERIFY2(contains(error.hint(), good.path), error.hint().c_str());
        QCOMPARE(errorOf([&] { trainer->saveCheckpoint(); }).kind(), ErrorKind::TrainingFailed);
        QCOMPARE(errorOf([&] { trainer->step({}); }).kind(), ErrorKind::TrainingFailed);
        QCOMPARE(trainer->lastGoodCheckpoint(), good.path);
        QCOMPARE(checkpointsIn(folder), 1U);
        // It has rung, once, and the way back is kept.
        QCOMPARE(trainer.alarms.size(), 1U);
        const Alarm& alarm = trainer.alarms.front();
        QVERIFY(alarm.kind == "not_finite" && alarm.message == error.what() && alarm.since == 3);
        QVERIFY2(contains(alarm.hint, "step 2 is kept"), alarm.hint.c_str());
        QVERIFY(readRun(folder).checkpoints.front().pinned);
        trainer->finish();
        EventReader reader(folder);
        reader.poll();
        const auto events = reader.takeEvents();
        QCOMPARE(events.size(), 1U);
        QCOMPARE(std::get<Alarm>(events.front()).message, alarm.message);
    }

    void brokenWeightsAreNotSavedEither() {
        const QTemporaryDir dir;
        const std::string folder = folderIn(dir, "run");
        Trainer trainer(tinyRun("alpha-gan", folder));
        trainer.steps(1);
        Breaker breaker;
        trainer->method().visitState(breaker);
        const Error error = errorOf([&] { trainer->saveCheckpoint(); });
        QCOMPARE(error.kind(), ErrorKind::TrainingFailed);
        QVERIFY2(contains(error.what(), breaker.broken), error.what());
        QCOMPARE(checkpointsIn(folder), 0U);
    }

    void aSessionFailsAndCanStartAgain() {
        const QTemporaryDir dir;
        auto config = tinyRun("alpha-gan", folderIn(dir, "bad"));
        config.overrides["filters"] = "many";
        TrainingSession session([] {});
        session.start(config);
        QVERIFY(session.waitUntilFinished(60'000));
        QCOMPARE(session.status().state, SessionState::Failed);

        config = tinyRun("alpha-gan", folderIn(dir, "good"));
        config.steps = 3;
        config.metricsEvery = 0; // only what the iterations tell is counted
        session.start(config);
        QVERIFY(session.waitUntilFinished(60'000));
        QCOMPARE(session.status().state, SessionState::Stopped);
        QCOMPARE(session.takeMetrics().size(), 3U);
        QCOMPARE(checkpointsIn(config.runFolder), 1U);
    }

    void scalarsBeforeABrokenOneAreKept() {
        ScalarLog log;
        models::UpdateReport report;
        report.scalars = {{"loss/D", torch::tensor(1.0F)}};
        log.add(1, report);
        log.add(1, "metric/x", 0.5);
        report.scalars = {{"loss/D", torch::tensor(std::numeric_limits<float>::infinity())}};
        log.add(2, report);
        const auto points = log.read();
        QCOMPARE(points.size(), 1U);
        QCOMPARE(points[0].values.size(), 2U);
        QCOMPARE(points[0].values[1].second, 0.5);
        QVERIFY(log.broken());
        QCOMPARE(log.broken()->step, 2);
        QVERIFY(log.read().empty());
    }

    void wrongInputIsToldInOneSentence_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::newRow("method") << "method"
                                << "alpha-gam";
        QTest::newRow("preset") << "preset"
                                << "quik";
        QTest::newRow("device") << "device"
                                << "tpu";
        QTest::newRow("parameter") << "filtres"
                                   << "4";
        QTest::newRow("value") << "filters"
                               << "1000000";
        QTest::newRow("folder") << "folder"
                                << "";
    }
    void wrongInputIsToldInOneSentence() {
        QFETCH(QString, field);
        QFETCH(QString, value);
        const QTemporaryDir dir;
        auto config = tinyRun("alpha-gan", folderIn(dir, "run"));
        const std::string text = value.toStdString();
        if (field == QLatin1String("method")) {
            config.method = text;
        } else if (field == QLatin1String("preset")) {
            config.preset = text;
        } else if (field == QLatin1String("device")) {
            config.device = text;
        } else if (field == QLatin1String("folder")) {
            config.runFolder = text;
        } else {
            config.overrides[field.toStdString()] = text;
        }
        const Error error = errorOf([&] { Trainer refused(config); });
        QCOMPARE(error.kind(), ErrorKind::Usage);
        QVERIFY(!std::filesystem::exists(folderIn(dir, "run")));
    }

    void anotherModelsStateIsRefused() {
        const QTemporaryDir dir;
        auto config = tinyRun("alpha-gan", folderIn(dir, "run"));
        Trainer trainer(config);
        trainer.steps(1);
        const auto saved = trainer->saveCheckpoint();
        const ModelState state = readSafetensors(saved.path);

        ModelState missing = state;
        missing.arrays.pop_back();
        ModelState foreign = state;
        foreign.arrays[0].name = "somebody.elses";
        ModelState reshaped = state;
        reshaped.arrays[0].shape = {static_cast<std::int64_t>(reshaped.arrays[0].bytes.size() / 4)};
        for (const ModelState& wrong : {missing, foreign, reshaped}) {
            const Error error = errorOf([&] { restoreState(trainer->method(), wrong, "some.safetensors"); });
            QCOMPARE(error.kind(), ErrorKind::BadInput);
            QVERIFY2(contains(error.what(), "some.safetensors"), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TrainingGuardTest)
#include "tst_training_guard.moc"
