// Studies behind the window: read in the background and again when something changes, made, exported, run by
// another program; and all that can be wrong with them.

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "fake_engine.h"
#include "study_support.h"
#include "ui/session/study_controller.h"
#include "ui/session/study_pictures.h"
#include "ui/session/study_runner.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

class TestStudyController : public QObject {
    Q_OBJECT

    QTemporaryDir home_;
    int count_ = 0;

    struct Bench {
        EngineBridge bridge{std::make_shared<FakeEngine>()};
        StudyController controller{bridge};
        Bench() { controller.setActive(true); }
        bool open(const QString& folder) {
            controller.open(folder);
            return QTest::qWaitFor([this] { return !controller.busy(); }, 10000) && controller.reading();
        }
    };

    QString path() { return home_.filePath(QString::number(++count_)); }
    StudyFolder made(const engine::Study& study = sampleStudy()) { return {path(), study}; }

    /// What the last trial that ended and the end of a fake program say.
    struct Ran {
        StudyRunner runner;
        QSignalSpy ended{&runner, &StudyRunner::ended};
        QSignalSpy trials{&runner, &StudyRunner::trialEnded};
        explicit Ran(const QString& program) : runner(program) {}
        QString problem() const { return ended.isEmpty() ? QString() : ended.first().first().toString(); }
    };

private Q_SLOTS:
    void opensAndChoosesMetrics() {
        const StudyFolder folder = made();
        folder.finishAll();
        Bench bench;
        QSignalSpy opened(&bench.controller, &StudyController::opened);
        QVERIFY(bench.open(folder.path()));
        QCOMPARE(opened.size(), 1);
        QCOMPARE(bench.controller.figures(FirstSlot)->metric, std::string("critic"));
        QCOMPARE(bench.controller.figures(SecondSlot)->metric, std::string("is"));
        QCOMPARE(bench.controller.recent(), QStringList{folder.path()});

        const SettingKey best{0, 0, 0};
        QCOMPARE(bench.controller.rankedOf(FirstSlot, best), 0);
        QCOMPARE(*bench.controller.keyOf(FirstSlot, 0), best);
        QCOMPARE(bench.controller.rankedOf(SecondSlot, best), 3);
        QVERIFY(!bench.controller.keyOf(FirstSlot, -1) && !bench.controller.keyOf(FirstSlot, 99));
        QCOMPARE(bench.controller.bestSettings(), (std::vector<SettingKey>{{0, 0, 0}, {0, 1, 0}}));

        bench.controller.select(best);
        bench.controller.setMetric(FirstSlot, QStringLiteral("is"));
        QTRY_COMPARE(bench.controller.figures(FirstSlot)->metric, std::string("is"));
        QCOMPARE(bench.controller.reading()->table.metrics.front(), std::string("is"));
        QCOMPARE(*bench.controller.selected(), best); // whatever ranks
    }

    void brushesAndFiltersMeet() {
        const StudyFolder folder = made();
        folder.finishAll();
        Bench bench;
        QVERIFY(bench.open(folder.path()));
        bench.controller.setBrushed(SettingKeys{{0, 0, 1}, {0, 0, 2}, {0, 1, 0}});
        bench.controller.setFiltered(SettingKeys{{0, 0, 2}, {0, 0, 3}});
        QCOMPARE(*bench.controller.highlighted(), (SettingKeys{{0, 0, 2}}));
        QCOMPARE(bench.controller.bestSettings(), (std::vector<SettingKey>{{0, 0, 2}}));
        bench.controller.setBrushed(std::nullopt);
        QCOMPARE(bench.controller.highlighted()->size(), 2U);
        bench.controller.setFiltered(std::nullopt);
        QVERIFY(!bench.controller.highlighted());
    }

    void newResultsArriveByThemselves() {
        const StudyFolder folder = made();
        Bench bench;
        QVERIFY(bench.open(folder.path()));
        QCOMPARE(bench.controller.reading()->over(), 0U);
        folder.finish(0); // its folder appears in the study's
        QTRY_COMPARE_WITH_TIMEOUT(bench.controller.reading()->over(), 1U, 20000);
        QVERIFY(bench.controller.figures(FirstSlot));
    }

    void runningTrialsAreFollowed() {
        const StudyFolder folder = made();
        const auto claim = engine::TrialClaim::take(folder.path().toStdString(), 0);
        QVERIFY(claim);
        Bench bench;
        QVERIFY(bench.open(folder.path()));
        QCOMPARE(bench.controller.reading()->count(engine::TrialState::Running), 1U);
        folder.finish(0); // nothing appears in the study's own folder
        QTRY_COMPARE_WITH_TIMEOUT(bench.controller.reading()->over(), 1U, 20000);
    }

    void nothingNewTellsNobody() {
        const StudyFolder folder = made();
        Bench bench;
        QVERIFY(bench.open(folder.path()));
        QSignalSpy changed(&bench.controller, &StudyController::readingChanged);
        QSignalSpy idle(&bench.controller, &StudyController::idle);
        bench.controller.refresh();
        QTRY_COMPARE(idle.size(), 1);
        QCOMPARE(changed.size(), 0);
    }

    void badStudiesAreOneSentence_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("word");
        QTest::newRow("none") << QByteArray() << QStringLiteral("no study");
        QTest::newRow("no JSON") << QByteArray("{") << QStringLiteral("no JSON");
        QTest::newRow("another format")
            << QByteArray(R"({"format": "x", "version": 1})") << QStringLiteral("format");
        QTest::newRow("binary") << QByteArray(1000, '\xff') << QStringLiteral("no JSON");
    }

    void badStudiesAreOneSentence() {
        QFETCH(QByteArray, json);
        QFETCH(QString, word);
        const QString folder = path();
        QVERIFY(QDir().mkpath(folder));
        if (!json.isEmpty())
            QVERIFY(overwrite(folder + QStringLiteral("/study.json"), json));
        Bench bench;
        QSignalSpy failed(&bench.controller, &StudyController::openFailed);
        QVERIFY(!bench.open(folder));
        QCOMPARE(failed.size(), 1);
        const QString message = failed.first().first().toString();
        QVERIFY2(message.contains(word), qPrintable(message));
        QVERIFY(bench.controller.recent().isEmpty() && bench.controller.folder().isEmpty());
    }

    void whatCannotBeOpenedLeavesTheOpenOne() {
        const StudyFolder folder = made();
        Bench bench;
        QVERIFY(bench.open(folder.path()));
        QSignalSpy failed(&bench.controller, &StudyController::openFailed);
        bench.controller.open(home_.filePath(QStringLiteral("no study here")));
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(bench.controller.folder(), folder.path());
        QVERIFY(bench.controller.reading() && bench.controller.problem().isEmpty());
    }

    void aDeletedStudyIsToldOnceAndStaysShown() {
        const StudyFolder folder = made();
        folder.finishAll();
        Bench bench;
        QVERIFY(bench.open(folder.path()));
        QSignalSpy problems(&bench.controller, &StudyController::problemChanged);
        QVERIFY(QDir(folder.path()).removeRecursively());
        QTRY_COMPARE_WITH_TIMEOUT(problems.size(), 1, 20000);
        QVERIFY(bench.controller.problem().contains(QStringLiteral("no study")));
        QCOMPARE(bench.controller.reading()->over(), 7U);
        bench.controller.refresh();
        QTRY_VERIFY(!bench.controller.busy());
        QCOMPARE(problems.size(), 1);
        const StudyFolder again(folder.path(), sampleStudy());
        bench.controller.refresh();
        QTRY_VERIFY(bench.controller.problem().isEmpty());
        QTRY_COMPARE(bench.controller.reading()->over(), 0U);
    }

    void makesAStudyAndOpensIt() {
        Bench bench;
        const QString folder = path();
        QSignalSpy created(&bench.controller, &StudyController::created);
        bench.controller.create(sampleStudy(), folder);
        QTRY_COMPARE(created.size(), 1);
        QTRY_VERIFY(bench.controller.reading());
        QCOMPARE(bench.controller.folder(), folder);
        QSignalSpy failed(&bench.controller, &StudyController::createFailed);
        bench.controller.create(sampleStudy(), folder);
        bench.controller.create(sampleStudy(), QStringLiteral("/proc/study"));
        QTRY_COMPARE(failed.size(), 2);
        QVERIFY(failed[0].first().toString().contains(folder) ||
                failed[1].first().toString().contains(folder));
        QCOMPARE(bench.controller.folder(), folder); // the one that is open stays
    }

    void exportsWhatTheCommandLineDoes() {
        const StudyFolder folder = made();
        folder.finishAll();
        Bench bench;
        QVERIFY(bench.open(folder.path()));
        QSignalSpy exported(&bench.controller, &StudyController::exported);
        QSignalSpy failed(&bench.controller, &StudyController::exportFailed);
        const QString target = path();
        bench.controller.exportFigures(target);
        QTRY_COMPARE_WITH_TIMEOUT(exported.size() + failed.size(), 1, 30000);
        QVERIFY2(failed.isEmpty(), qPrintable(failed.value(0).value(0).toString()));
        QVERIFY(QFile::exists(target + QStringLiteral("/best-critic.png")) &&
                QFile::exists(target + QStringLiteral("/trials.csv")));
        bench.controller.exportFigures(QStringLiteral("/proc/figures"));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.first().first().toString().contains(QStringLiteral("/proc/figures")));
    }

    void picturesOfRunsWithoutPreviewsAreNone() {
        const StudyFolder folder = made();
        folder.finishAll();
        Bench bench;
        StudyPictures pictures(bench.bridge, bench.controller);
        QVERIFY(bench.open(folder.path()));
        QSignalSpy loaded(&pictures, &StudyPictures::loaded);
        QVERIFY(pictures.sheet(0).isNull() && pictures.busy());
        QTRY_COMPARE(loaded.size(), 1);
        QVERIFY(pictures.samples(0).isEmpty() && !pictures.busy()); // read once
    }

    // ---- running

    void runsTheProgramAndHearsOfTrials() {
        const StudyFolder folder = made();
        const QString words = path();
        Ran ran(fakeProgram(path(), "echo \"$@\" > '" + words.toUtf8() +
                                        "'\necho '{\"trial\": 3, \"state\": \"done\", \"reason\": \"\"}'\n"
                                        "echo 'no json'\n"));
        ran.runner.start({folder.path(), 2, true});
        QCOMPARE(ran.runner.state(), StudyRunner::State::Running);
        QTRY_COMPARE(ran.ended.size(), 1);
        QCOMPARE(ran.problem(), QString());
        QCOMPARE(ran.trials.size(), 1);
        QCOMPARE(ran.trials.first().first().toULongLong(), 3U);
        QFile file(words);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()).trimmed(),
                 QStringLiteral("study run %1 --json --jobs 2 --retry").arg(folder.path()));
        QCOMPARE(ran.runner.state(), StudyRunner::State::Idle);
    }

    void itsLastSentenceIsTheProblem() {
        Ran ran(fakeProgram(path(), "echo 'something else' >&2\n"
                                    "echo 'alphascope-cli: The disk is full; make room.' >&2\nexit 4\n"));
        ran.runner.start({made().path()});
        QTRY_COMPARE(ran.ended.size(), 1);
        QCOMPARE(ran.problem(), QStringLiteral("The disk is full; make room."));
        QVERIFY(!ran.ended.first()[1].toString().isEmpty());
    }

    void stoppingIsASignalAndNoProblem() {
        const QString marker = path();
        Ran ran(fakeProgram(path(), "trap 'echo saved > \"" + marker.toUtf8() +
                                        "\"; exit 130' INT\necho '{\"trial\": 0, \"state\": \"done\"}'\n"
                                        "while :; do sleep 0.05; done\n"));
        ran.runner.start({made().path()});
        QTRY_COMPARE(ran.trials.size(), 1); // its trap is set
        ran.runner.stop();
        QCOMPARE(ran.runner.state(), StudyRunner::State::Stopping);
        QTRY_COMPARE(ran.ended.size(), 1);
        QCOMPARE(ran.problem(), QString());
        QVERIFY(QFile::exists(marker));
    }

    void aMissingOrKilledProgramIsASentence() {
        Ran missing(home_.filePath(QStringLiteral("nowhere")));
        missing.runner.start({made().path()});
        QTRY_COMPARE(missing.ended.size(), 1);
        QVERIFY2(missing.problem().contains(QStringLiteral("nowhere")), qPrintable(missing.problem()));
        Ran killed(fakeProgram(path(), "kill -9 $$\n"));
        killed.runner.start({made().path()});
        QTRY_COMPARE(killed.ended.size(), 1);
        QVERIFY(killed.problem().contains(QStringLiteral("from outside")));
    }

    void trialsAreHandedOver() {
        const StudyFolder folder = made();
        const QString starts = path();
        Ran ran(fakeProgram(path(), "echo start >> '" + starts.toUtf8() + "'\n[ $(wc -l < '" +
                                        starts.toUtf8() +
                                        "') -gt 1 ] && exit 0\ntrap 'exit 130' INT\n"
                                        "echo '{\"trial\": 0, \"state\": \"done\"}'\n"
                                        "while :; do sleep 0.05; done\n"));
        ran.runner.start({folder.path()});
        QTRY_COMPARE(ran.trials.size(), 1);
        ran.runner.handOver();
        QTRY_COMPARE(ran.ended.size(), 1);
        QCOMPARE(ran.problem(), QString());
        const auto lines = [&] {
            QFile file(starts);
            return file.open(QIODevice::ReadOnly) ? int(file.readAll().count('\n')) : 0;
        };
        QTRY_COMPARE(lines(), 2); // once more, apart from us
    }
};

QTEST_GUILESS_MAIN(TestStudyController)
#include "tst_study_controller.moc"
