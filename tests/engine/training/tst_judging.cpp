// Judging while training: it costs no more than its share, gives the same figures each time, and changes
// nothing.

#include <QTest>

#include <map>

#include "engine/api/run_history.h"
#include "engine/training/judging_schedule.h"
#include "tests/engine/training/training_support.h"
#include "tests/support/manual_clock.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;
using namespace std::chrono_literals;

namespace {

using Figures = std::map<std::int64_t, std::map<std::string, double>>;

/// By step, without what time they took.
Figures judgedIn(const std::vector<MetricPoint>& points) {
    Figures figures;
    for (const MetricPoint& point : points) {
        for (const auto& [tag, value] : point.values) {
            for (const char* name : {"_random", "msssim", "mode_near", "modes_hit", "energy_distance"}) {
                if (tag.find(name) != std::string::npos) {
                    figures[point.step][tag] = value;
                }
            }
        }
    }
    return figures;
}

Figures judgedIn(const std::string& run) {
    return judgedIn(EventReader(run).poll());
}

std::vector<std::int64_t> stepsOf(const Figures& figures) {
    std::vector<std::int64_t> steps;
    for (const auto& [step, values] : figures) {
        steps.push_back(step);
    }
    return steps;
}

RunConfig judgedRun(const std::string& method, const std::string& folder, std::int64_t every) {
    RunConfig config = tinyRun(method, folder);
    config.metricsEvery = every;
    return config;
}

/// A clock that stands still: nothing takes time, so that every look is allowed.
Clock stoppedClock() {
    return [] { return TimePoint(); };
}

/// Classes by how bright a picture is.
class BrightnessNet : public FeatureNet {
public:
    FeatureBatch run(const torch::Tensor& pictures) override {
        const torch::Tensor brightness = pictures.to(torch::kFloat).flatten(1).mean(1);
        return {brightness.unsqueeze(1), torch::stack({brightness, 255.0 - brightness, 0.0 * brightness}, 1)};
    }
    std::int64_t batch() const override { return 64; }
    std::string title() const override { return "brightness"; }
    std::string checksum() const override { return "0"; }
    bool isPublished() const override { return false; }
};

/// Steps, looks and pieces of given lengths, as PacedJudge goes about it.
struct Simulation {
    JudgingSchedule schedule;
    std::chrono::nanoseconds step, look;
    std::chrono::nanoseconds piece = 20ms;
    std::chrono::nanoseconds trained{}, judged{}, left{};
    std::vector<std::int64_t> looks{}, skipped{};

    void run(std::int64_t steps) {
        for (std::int64_t i = 1; i <= steps; ++i) {
            schedule.trained(step);
            trained += step;
            if (schedule.begins(i, left > 0ns)) {
                left = look;
                looks.push_back(i);
            }
            for (int pieces = 0; left > 0ns && pieces < 2 && schedule.goesOn(); ++pieces) {
                const auto time = std::min(piece, left);
                schedule.judged(time, true);
                judged += time;
                left -= time;
                if (left == 0ns) {
                    skipped.push_back(schedule.done().skipped);
                }
            }
        }
    }
};

} // namespace

class JudgingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesItsShareAtMost_data() {
        QTest::addColumn<int>("every");
        QTest::addColumn<int>("stepMs");
        QTest::addColumn<int>("lookMs");
        QTest::newRow("each step") << 1 << 10 << 80;
        QTest::newRow("cheap") << 100 << 40 << 80;
        QTest::newRow("dear") << 100 << 5 << 400;
        QTest::newRow("dearer than the advance") << 10 << 30 << 5000;
    }
    void takesItsShareAtMost() {
        QFETCH(int, every);
        QFETCH(int, stepMs);
        QFETCH(int, lookMs);
        Simulation run{JudgingSchedule(every, true), std::chrono::milliseconds(stepMs),
                       std::chrono::milliseconds(lookMs)};
        for (int part = 0; part < 20; ++part) {
            run.run(1000);
            QVERIFY(run.judged <= run.trained / 20 + JudgingSchedule::advance + run.piece);
        }
        QCOMPARE(run.looks.front(), 1);
        QVERIFY(run.looks.size() >= 2);
        for (std::size_t i = 1; i < run.looks.size(); ++i) {
            QCOMPARE(run.looks[i] % every, 0);
        }
    }

    void affordableLooksAreAllTaken() {
        Simulation run{JudgingSchedule(100, false), 40ms, 80ms};
        run.run(1000);
        QCOMPARE(run.looks, (std::vector<std::int64_t>{100, 200, 300, 400, 500, 600, 700, 800, 900, 1000}));
        QCOMPARE(run.skipped.front(), 0);
        QCOMPARE(run.skipped.back(), 0);
    }

    void skippedLooksAreCounted() {
        // 80 ms need 1.6 s of training: of looks every 0.5 s, two or three are left out before each.
        Simulation run{JudgingSchedule(50, false), 10ms, 80ms};
        run.run(2000);
        QVERIFY(run.skipped.size() > 5);
        for (std::size_t i = 2; i < run.skipped.size(); ++i) {
            QVERIFY(run.skipped[i] == 2 || run.skipped[i] == 3);
            QCOMPARE(run.looks[i] - run.looks[i - 1], 50 * (run.skipped[i] + 1));
        }
    }

    void trainingIsTheSameWithAndWithout_data() { addMethods(); }
    void trainingIsTheSameWithAndWithout() {
        QFETCH(QString, method);
        const QTemporaryDir dir;
        Trainer without(judgedRun(method.toStdString(), folderIn(dir, "without"), 0));
        without.steps(5);

        const auto config = judgedRun(method.toStdString(), folderIn(dir, "with"), 2);
        {
            Trainer first(config, stoppedClock());
            first.steps(3);
            first->saveCheckpoint();
        }
        auto again = config;
        again.resume = true;
        Trainer second(again, stoppedClock());
        second.steps(2);
        second->takeMetrics();
        QCOMPARE(firstDifference(without->method(), second->method()), std::string());
        QVERIFY(judgedIn(folderIn(dir, "without")).empty());
        QCOMPARE(stepsOf(judgedIn(config.runFolder)), (std::vector<std::int64_t>{1, 2, 4}));
    }

    void figuresAreTheSameEachTime() {
        const QTemporaryDir dir;
        const auto trained = [&](const char* name, int stopAfter) {
            RunConfig config = judgedRun("dcgan", folderIn(dir, name), 3);
            {
                Trainer first(config, stoppedClock());
                first.steps(stopAfter);
                first->saveCheckpoint();
            }
            config.resume = true;
            Trainer second(config, stoppedClock());
            second.steps(7 - stopAfter);
            second->takeMetrics();
            return judgedIn(config.runFolder);
        };
        const Figures whole = trained("whole", 6);
        QCOMPARE(stepsOf(whole), (std::vector<std::int64_t>{1, 3, 6}));
        QVERIFY(whole == trained("again", 6));
        QVERIFY(whole == trained("resumed", 2));
        for (const char* tag : {"metric/kid_random", "metric/precision_random", "metric/recall_random"}) {
            const auto& figures = whole.at(6);
            QVERIFY(figures.contains(tag));
            QVERIFY(figures.at(std::string(tag) + "_low") <= figures.at(tag));
            QVERIFY(figures.at(std::string(tag) + "_high") >= figures.at(tag));
        }
        QVERIFY(whole.at(1).at("metric/kid_random_low") > 0.0); // noise is far from digits
    }

    void aSavedStepIsJudgedBeforeItIsSaved() {
        const QTemporaryDir dir;
        auto config = judgedRun("dcgan", folderIn(dir, "run"), 1);
        config.keepBest = "metric/kid_random";
        // Time goes on so that a look is spread over many steps.
        ManualClock time;
        Trainer trainer(config, [&time] {
            time.advance(1ms);
            return time.now();
        });
        trainer.steps(1);
        QVERIFY(judgedIn(trainer->takeMetrics()).empty()); // begun, but not done
        trainer->saveCheckpoint();
        QCOMPARE(stepsOf(judgedIn(trainer->takeMetrics())), std::vector<std::int64_t>{1});
    }

    void allKindsOfDataAreJudged_data() {
        QTest::addColumn<QString>("data");
        QTest::addColumn<int>("size");
        QTest::addColumn<QStringList>("tags");
        const QStringList pictures{QStringLiteral("metric/kid_random"),
                                   QStringLiteral("metric/precision_random"),
                                   QStringLiteral("metric/recall_random")};
        QTest::newRow("grey 28") << QStringLiteral("glyphs") << 28 << pictures;
        QTest::newRow("colour 32") << QStringLiteral("shapes") << 32 << pictures;
        QTest::newRow("colour 64") << QStringLiteral("shapes") << 64
                                   << pictures + QStringList{QStringLiteral("metric/msssim_diversity")};
        const QStringList points{QStringLiteral("metric/energy_distance"),
                                 QStringLiteral("metric/mode_near_share"),
                                 QStringLiteral("metric/modes_hit")};
        QTest::newRow("ring") << QStringLiteral("ring") << 0 << points;
        QTest::newRow("grid") << QStringLiteral("grid") << 0 << points;
    }
    void allKindsOfDataAreJudged() {
        QFETCH(QString, data);
        QFETCH(int, size);
        QFETCH(QStringList, tags);
        const QTemporaryDir dir;
        auto config = judgedRun("dcgan", folderIn(dir, "run"), 100);
        config.data = data.toStdString();
        config.size = size;
        Trainer trainer(config, stoppedClock());
        trainer.steps(1);
        const Figures figures = judgedIn(trainer->takeMetrics());
        QCOMPARE(stepsOf(figures), std::vector<std::int64_t>{1});
        for (const QString& tag : tags) {
            QVERIFY2(figures.at(1).contains(tag.toStdString()), qPrintable(tag));
        }
    }

    void classesAreJudgedWhereAClassifierIsAtHand() {
        const QTemporaryDir dir;
        const auto config = judgedRun("dcgan", folderIn(dir, "run"), 2);
        Trainer trainer(config, stoppedClock(), [](const DataSet&, const torch::Device&) {
            return std::make_unique<BrightnessNet>();
        });
        trainer.steps(2);
        const auto points = trainer->takeMetrics();
        int found = 0;
        for (const MetricPoint& point : points) {
            for (const auto& [tag, value] : point.values) {
                found += tag == "metric/class_kl" && value > 0.0 ? 1 : 0; // noise is no digit
            }
        }
        QCOMPARE(found, 2);
    }

    void partsAndForksAreNotTakenForIterations() {
        const QTemporaryDir dir;
        const auto config = judgedRun("alpha-gan", folderIn(dir, "run"), 1);
        {
            Trainer trainer(config, stoppedClock());
            trainer->step("D");
            QVERIFY(judgedIn(trainer->takeMetrics()).empty());
            trainer.steps(1);
            QCOMPARE(stepsOf(judgedIn(trainer->takeMetrics())), std::vector<std::int64_t>{1});
            trainer->saveCheckpoint();
        }
        auto fork = config;
        fork.runFolder = folderIn(dir, "fork");
        fork.forkFrom = config.runFolder;
        fork.overrides.clear();
        Trainer trainer(fork, stoppedClock());
        trainer.steps(1);
        QCOMPARE(stepsOf(judgedIn(trainer->takeMetrics())), std::vector<std::int64_t>{2});
    }

    void theBestIsOfAFigureThatExists() {
        const QTemporaryDir dir;
        auto config = judgedRun("dcgan", folderIn(dir, "run"), 10);
        config.keepBest = "metric/energy_distance"; // of points alone
        QCOMPARE(errorOf([&] { Trainer refused(config); }).kind(), ErrorKind::Usage);
        config.keepBest = "metric/kid_random";
        config.metricsEvery = 0;
        QCOMPARE(errorOf([&] { Trainer refused(config); }).kind(), ErrorKind::Usage);
        config.metricsEvery = 10;
        const Trainer taken(config);
    }
};

QTEST_GUILESS_MAIN(JudgingTest)
#include "tst_judging.moc"
