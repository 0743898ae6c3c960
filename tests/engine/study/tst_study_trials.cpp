// Trials on disk, ranking, figures.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <functional>

#include "engine/api/error.h"
#include "engine/api/study.h"
#include "engine/imaging/vector_drawing.h"
#include "engine/storage/event_file.h"
#include "engine/storage/run_folder.h"
#include "engine/study/figure_drawing.h"

using namespace alphascope::engine;

namespace {

constexpr const char* twoMethods =
    R"({"format": "alphascope-study", "version": 1, "name": "two", "steps": 10, "settings": 12, "seeds": 2,
        "data": [{"title": "Glyphs", "data": "glyphs"}],
        "methods": [
          {"method": "vae", "preset": "quick", "ranges": {
             "rateEncoder": {"from": 1e-4, "to": 1e-2},
             "likelihood": ["laplace", "gaussian"]}},
          {"method": "aae", "preset": "quick", "ranges": {"latentSize": [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]}}]})";

/// The figure of a trial of twoMethods: the VAE's are 0.5, 0.51, ..., the AAE's 0.3, 0.31, ...; the seeds are
/// 0.002 apart.
double figureOf(const Trial& trial) {
    return (trial.method == 0 ? 0.5 : 0.3) + 0.01 * double(trial.setting) + 0.002 * trial.repeat;
}

TrialResult resultOf(const Trial& trial) {
    TrialResult result{.step = 10, .seconds = 1.5};
    result.figures.push_back({.name = "critic",
                              .value = -figureOf(trial),
                              .low = -1.0,
                              .reference = -0.1,
                              .floor = -0.05,
                              .aim = FigureAim::Higher,
                              .convention = "Higher.",
                              .count = 7});
    result.figures.push_back({.name = "heldout_l1", .value = figureOf(trial), .convention = "Lower."});
    return result;
}

QByteArray bytesOf(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string sentenceOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.sentence();
    }
    return {};
}

} // namespace

class TestStudyTrials : public QObject {
    Q_OBJECT

private:
    QTemporaryDir home_;
    std::string folder_;
    StudyPlan plan_{studyFromJson(twoMethods, "two")};

    TrialRow row(std::size_t index) const { return readTrial(folder_, plan_, index); }

    void finishAll(std::size_t but = SIZE_MAX) const {
        for (std::size_t i = 0; i < plan_.size(); ++i) {
            if (i != but) {
                QDir().mkpath(QString::fromStdString(trialFolder(folder_, i)));
                saveTrialResult(folder_, plan_.trial(i), resultOf(plan_.trial(i)));
            }
        }
    }

private Q_SLOTS:
    void init() {
        static int count = 0;
        folder_ = home_.filePath(QString::number(++count)).toStdString();
        createStudy(folder_, plan_.study());
    }

    void oneProcessRunsATrial() {
        QCOMPARE(row(3).state, TrialState::Waiting);
        std::optional<TrialClaim> claim = TrialClaim::take(folder_, 3);
        QVERIFY(claim.has_value());
        QVERIFY(!TrialClaim::take(folder_, 3).has_value());
        QVERIFY(TrialClaim::take(folder_, 4).has_value());
        QCOMPARE(row(3).state, TrialState::Running);
        claim.reset();
        QCOMPARE(row(3).state, TrialState::Waiting);
        QVERIFY(TrialClaim::take(folder_, 3).has_value());
    }

    void resultsComeBack() {
        const Trial trial = plan_.trial(5);
        QVERIFY(TrialClaim::take(folder_, 5).has_value());
        TrialResult result = resultOf(trial);
        result.state = TrialState::Diverged;
        result.reason = "Loss E became nan at step 7.";
        result.warnings = {"Few."};
        saveTrialResult(folder_, trial, result);
        const std::optional<TrialResult> back = readTrialResult(folder_, 5);
        QVERIFY(back.has_value() && *back == result);
        QCOMPARE(row(5).state, TrialState::Diverged);
        QVERIFY(!readTrialResult(folder_, 6).has_value());
        result.figures.front().value = NAN; // is left out, since JSON has no such number
        saveTrialResult(folder_, trial, result);
        QCOMPARE(readTrialResult(folder_, 5)->figures.size(), std::size_t(1));
    }

    void brokenResultsAreRowsWithTheirReason_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no JSON") << QByteArray("{") << QByteArray("no JSON");
        QTest::newRow("another file") << QByteArray(R"({"format": "x"})") << QByteArray("'format'");
        QTest::newRow("a later version")
            << QByteArray(R"({"format": "alphascope-trial", "version": 9})") << QByteArray("reads up to 1");
        QTest::newRow("not over")
            << QByteArray(R"({"format": "alphascope-trial", "version": 1, "state": "running"})")
            << QByteArray("not over");
        QTest::newRow("unknown state")
            << QByteArray(R"({"format": "alphascope-trial", "version": 1, "state": "lost"})")
            << QByteArray("'lost'");
    }

    void brokenResultsAreRowsWithTheirReason() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, word);
        const QString trial = QString::fromStdString(trialFolder(folder_, 2));
        QVERIFY(QDir().mkpath(trial));
        QFile file(trial + QStringLiteral("/trial.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const TrialRow broken = row(2);
        QCOMPARE(broken.state, TrialState::Failed);
        QVERIFY2(broken.result.reason.find(word.toStdString()) != std::string::npos,
                 broken.result.reason.c_str());
    }

    void runsBeginGoOnOrAreRefused() {
        const Trial trial = plan_.trial(0);
        const std::string run = trialFolder(folder_, 0);
        RunConfig config = prepareTrialRun(folder_, trial);
        QCOMPARE(config.runFolder, run);
        QVERIFY(!config.resume);
        RunFolder::create(run, config, {}); // killed before its first checkpoint
        QCOMPARE(row(0).state, TrialState::Interrupted);
        QVERIFY(!prepareTrialRun(folder_, trial).resume);
        RunFolder::create(run, config, {});
        const QString checkpoints = QString::fromStdString(run) + QStringLiteral("/checkpoints");
        QVERIFY(QDir().mkpath(checkpoints));
        QFile checkpoint(checkpoints + QStringLiteral("/step-000000000004.safetensors"));
        QVERIFY(checkpoint.open(QIODevice::WriteOnly));
        checkpoint.close();
        QVERIFY(prepareTrialRun(folder_, trial).resume);
        QCOMPARE(row(0).step, std::int64_t(4));
        Trial other = trial;
        other.config.overrides["rateEncoder"] = "0.05";
        const std::string said = sentenceOf([&] { prepareTrialRun(folder_, other); });
        QVERIFY2(said.find(run) != std::string::npos && said.find("other settings") != std::string::npos,
                 said.c_str());
    }

    void runsSayWhatTheyRecorded() {
        const std::string run = trialFolder(folder_, 1);
        QVERIFY(TrialClaim::take(folder_, 1).has_value());
        {
            EventWriter writer(run, 0);
            for (int step = 1; step <= 20; ++step) {
                // A second each; a night between the tenth and the eleventh.
                writer.scalars({step,
                                1000.0 + step + (step > 10 ? 30000.0 : 0.0),
                                {{"loss/E", step <= 18 ? 5.0 : 1.0 + (step - 19)},
                                 {"metric/heldout_l1", 1.0 / step},
                                 {"metric/kid_random", 0.25},
                                 {"metric/kid_random_low", 0.125}}});
            }
        }
        const RecordedRun recorded = readRecordedRun(run);
        QCOMPARE(recorded.step, std::int64_t(20));
        QVERIFY2(std::abs(recorded.seconds - 19.0) < 0.01, std::to_string(recorded.seconds).c_str());
        QCOMPARE(recorded.figures.size(), std::size_t(3));
        QCOMPARE(recorded.figures[0].name, std::string("heldout_l1"));
        QVERIFY(std::abs(recorded.figures[0].value - 0.05) < 1e-6);
        QCOMPARE(recorded.figures[1].name, std::string("kid_random"));
        QCOMPARE(recorded.figures[1].value, 0.25);
        QCOMPARE(recorded.figures[2].name, std::string("loss_E"));
        QVERIFY(std::abs(recorded.figures[2].value - 1.5) < 1e-6); // of the last two
        QVERIFY(readRecordedRun(folder_ + "/nowhere").figures.empty());
    }

    void settingsAreRankedByTheMeanOverSeeds() {
        finishAll();
        const Ranking lower = rankStudy(plan_, readTrials(folder_, plan_), "heldout_l1");
        QCOMPARE(lower.settings.size(), std::size_t(24));
        QCOMPARE(lower.settings.front().method, std::size_t(1));
        QCOMPARE(lower.settings.front().setting, std::size_t(0));
        QVERIFY(std::abs(lower.settings.front().mean - 0.301) < 1e-9);
        QVERIFY(std::abs(lower.settings.front().spread - 0.002 / std::sqrt(2.0)) < 1e-9);
        QCOMPARE(lower.settings.back().method, std::size_t(0));
        QCOMPARE(lower.settings.front().rank, std::size_t(1));
        QCOMPARE(lower.settings.back().rank, std::size_t(24)); // one set: all stand in one list
        const Ranking higher = rankStudy(plan_, readTrials(folder_, plan_), "critic");
        QVERIFY(std::abs(higher.settings.front().mean + 0.301) < 1e-9);
        QVERIFY(higher.references.front() == std::optional(-0.1));
        QVERIFY(higher.floors.front() == std::optional(-0.05));
        const std::string said =
            sentenceOf([&] { rankStudy(plan_, readTrials(folder_, plan_), "heldout_l2"); });
        QVERIFY2(said.find("Did you mean 'heldout_l1'") != std::string::npos, said.c_str());
        QVERIFY(rankableFigures(readTrials(folder_, plan_)) ==
                (std::vector<std::string>{"critic", "heldout_l1"}));
    }

    void closerIsAgainstTheReference() {
        for (const std::size_t i : {std::size_t(0), std::size_t(2), std::size_t(4)}) {
            QDir().mkpath(QString::fromStdString(trialFolder(folder_, i)));
            TrialResult result;
            result.figures.push_back(
                {.name = "msssim", .value = 0.1 * double(i), .reference = 0.22, .aim = FigureAim::Closer});
            saveTrialResult(folder_, plan_.trial(i), result);
        }
        const Ranking ranking = rankStudy(plan_, readTrials(folder_, plan_), "msssim");
        QVERIFY(std::abs(ranking.settings.front().mean - 0.2) < 1e-9);
        QVERIFY(std::abs(ranking.settings.back().mean - 0.0) < 1e-9);
    }

    void namesOfFilesAreHarmless() {
        QCOMPARE(fileWord("MNIST (color)/../x\ny"), std::string("MNIST--color-----x-y"));
    }

    void figuresAreTheRankingsNumbers() {
        finishAll(1); // a trial of the AAE that diverged
        TrialResult diverged;
        diverged.state = TrialState::Diverged;
        diverged.reason = "Loss E became nan.";
        QVERIFY(TrialClaim::take(folder_, 1).has_value());
        saveTrialResult(folder_, plan_.trial(1), diverged);
        const StudyFigures figures = studyFigures(plan_, readTrials(folder_, plan_), "heldout_l1");
        QCOMPARE(figures.panels.size(), std::size_t(1));
        const StudyPanel& panel = figures.panels.front();
        QCOMPARE(panel.columns.size(), std::size_t(2));
        const StudyColumn& vae = panel.columns.front();
        QCOMPARE(vae.failed, std::size_t(0));
        QCOMPARE(vae.points.size(), std::size_t(12));
        QVERIFY(std::abs(vae.best - 0.501) < 1e-9 && std::abs(vae.low - 0.501) < 1e-9);
        QVERIFY(std::abs(vae.high - 0.611) < 1e-9);
        QVERIFY(std::abs(vae.median - 0.556) < 1e-9);
        QVERIFY(std::abs(vae.firstQuartile - 0.5285) < 1e-9); // numpy.quantile's
        int circles = 0;
        for (const StudyPoint& point : vae.points) {
            circles += point.amongBest ? 1 : 0;
        }
        QCOMPARE(circles, 10);
        QCOMPARE(panel.columns[1].failed, std::size_t(1));
        QCOMPARE(figures.sensitivity.size(), std::size_t(5)); // three parameters, and the time of each method
        QVERIFY(figures.sensitivity[0].logarithmic);
        QCOMPARE(figures.sensitivity[1].choices.size(), std::size_t(2));
        QCOMPARE(figures.sensitivity[3].points.front().x,
                 std::stod(plan_.trial(1).settings.at("latentSize")));
        QVERIFY(std::abs(figures.sensitivity[2].points.front().x - 1.5) < 1e-9);
    }

    void figuresAreDrawnAndWritten() {
        finishAll();
        const std::vector<TrialRow> rows = readTrials(folder_, plan_);
        const StudyFigures figures = studyFigures(plan_, rows, "critic");
        int black = 0;
        for (const DrawShape& shape : drawBestValues(figures).shapes) {
            black += shape.kind == DrawShape::Kind::Circle && shape.color.rgb == 0 ? 1 : 0;
        }
        QCOMPARE(black, 20); // the ten best of each
        const std::string output = folder_ + "/figures";
        const std::vector<std::string> files =
            writeStudyFigures(output, plan_, rows, {"critic", "heldout_l1"});
        QCOMPARE(files.size(), std::size_t(15));
        QVERIFY(bytesOf(output + "/best-critic.png").startsWith("\x89PNG"));
        QVERIFY(bytesOf(output + "/best-critic.pdf").startsWith("%PDF"));
        const QByteArray svg = bytesOf(output + "/sensitivity-critic-on-Glyphs.svg");
        QVERIFY(svg.startsWith("<svg") && svg.contains("VAE") && svg.endsWith("</svg>\n"));
        const QList<QByteArray> trials = bytesOf(output + "/trials.csv").split('\n');
        QCOMPARE(trials.size(), qsizetype(plan_.size()) + 2);
        QVERIFY(trials.front().startsWith("trial,data,method,setting,seed,state,reason,step,seconds,"));
        QCOMPARE(trials[1].split(',').size(), trials.front().split(',').size());
        const QByteArray page = bytesOf(output + "/study.md");
        QVERIFY(page.contains("48 of 48 trials done") && page.contains("(best-critic.png)"));
        QVERIFY(page.contains("-0.301") && page.contains("the data itself -0.1, floor -0.05"));
        const std::vector<std::string> again =
            writeStudyFigures(output, plan_, rows, {"critic", "heldout_l1"});
        QCOMPARE(again.size(), files.size());
        QVERIFY(!sentenceOf([&] { writeStudyFigures("/proc/figures", plan_, rows, {"critic"}); }).empty());
    }

    void wordsInDrawingsAreSafe() {
        VectorDrawing drawing{.width = 40, .height = 20};
        drawing.shapes.push_back(textShape(1, 10, "<script>&\"", 9, TextAnchor::Start, 0x112233));
        const std::string svg = vectorAsSvg(drawing);
        QVERIFY(svg.find("&lt;script&gt;&amp;&quot;") != std::string::npos);
        QVERIFY(svg.find("<script>") == std::string::npos);
        QCOMPARE(vectorAsPdf(drawing), vectorAsPdf(drawing));
        QVERIFY(drawVector(drawing).width == 80);
        QVERIFY_EXCEPTION_THROWN(drawVector({}), Error);
    }
};

QTEST_GUILESS_MAIN(TestStudyTrials)
#include "tst_study_trials.moc"
