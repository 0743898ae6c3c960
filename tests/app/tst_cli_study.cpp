// alphascope-cli study as a person runs it: made, run, killed, gone on with, ranked, drawn; and bad input.

#include <algorithm>
#include <csignal>

#include <QtTest>

#include <sys/resource.h>

#include "app/study_runner.h"
#include "cli_process.h"

namespace {

QString text(const char* latin) {
    return QString::fromLatin1(latin);
}

/// Networks so small that a step takes milliseconds; the VAE's second rate makes its loss overflow.
QByteArray tinyStudy(const QByteArray& steps, const QByteArray& methods) {
    return R"({"format": "alphascope-study", "version": 1, "name": "tiny", "search": "grid", "seeds": 2,
               "device": "cpu", "checkpoint_every": 2, "steps": )" +
           steps + R"(, "data": [{"title": "Glyphs", "data": "glyphs", "set": {"filters": 4, "latentSize": 6,
               "batchSize": 4}}], "methods": [)" +
           methods + "]}";
}

QByteArray vae(const QByteArray& rates) {
    return R"({"method": "vae", "preset": "quick", "ranges": {"rateEncoder": )" + rates + "}}";
}

} // namespace

class TestCliStudy : public QObject {
    Q_OBJECT

private:
    QTemporaryDir home_;
    int count_ = 0;

    /// Makes a study; gives its folder, or nothing.
    QString made(const QByteArray& json) {
        const QString file = home_.filePath(QString::number(++count_) + text(".json"));
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(json) != json.size()) {
            return {};
        }
        out.close();
        const QString folder = home_.filePath(QString::number(count_));
        return runCli({text("study"), text("new"), file, text("--output"), folder}).code == 0 ? folder
                                                                                              : QString();
    }

    static CliResult study(const QString& verb, const QString& folder, const QStringList& more = {}) {
        return runCli(QStringList{text("study"), verb, folder} + more);
    }

    static QStringList states(const QString& folder) {
        QStringList list;
        for (const QJsonObject& line : study(text("status"), folder, {text("--json")}).jsonLines()) {
            list.append(line.value(text("state")).toString());
        }
        return list;
    }

    /// Whether each of the trials has saved one: stopped from now on, it is an interrupted one.
    static bool haveCheckpoints(const QString& folder, std::initializer_list<const char*> trials) {
        return std::all_of(trials.begin(), trials.end(), [&folder](const char* trial) {
            const QDir checkpoints(folder + text("/trial-") + text(trial) + text("/checkpoints"));
            return !checkpoints.entryList({text("*.safetensors")}).isEmpty();
        });
    }

    static QByteArray checkpoint(const QString& folder, const char* trial, const char* step) {
        return contentsOf(folder + text("/trial-") + text(trial) + text("/checkpoints/step-00000000") +
                          text(step) + text(".safetensors"));
    }

private Q_SLOTS:
    void fromNewToFigures() {
        const QString folder =
            made(tinyStudy("100", vae("[0.001, 0.002]") + R"(, {"method": "aae", "preset": "quick",
                                      "set": {"codeWidth": 8}, "ranges": {"rateEncoder": [0.001]}})"));
        QVERIFY(!folder.isEmpty());
        QCOMPARE(states(folder), QStringList(6, text("waiting")));
        const CliResult ran = study(text("run"), folder, {text("--jobs"), text("2"), text("--json")});
        QVERIFY2(ran.code == 0, ran.errors.constData());
        QCOMPARE(ran.jsonLines().size(), 6);
        QCOMPARE(states(folder), QStringList(6, text("done")));
        const QByteArray before = checkpoint(folder, "0000", "0100");
        QVERIFY(!before.isEmpty());
        const CliResult again = study(text("run"), folder, {text("--json")});
        QVERIFY(again.code == 0 && again.output.isEmpty()); // nothing was left to do
        QCOMPARE(checkpoint(folder, "0000", "0100") == before, true);

        const CliResult table = study(text("status"), folder);
        QVERIFY(table.output.contains("6 trials: 6 done") && table.output.contains("rateEncoder=0.001"));
        const CliResult ranked = study(text("rank"), folder, {text("--json")});
        const QList<QJsonObject> lines = ranked.jsonLines();
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0].value(text("metric")).toString(), text("heldout_l1"));
        QVERIFY(lines[0].value(text("mean")).toDouble() <= lines[1].value(text("mean")).toDouble());
        QCOMPARE(lines[0].value(text("values")).toArray().size(), 2);
        QVERIFY(study(text("rank"), folder, {text("--metric"), text("loss_total")}).output.contains("±"));
        const QString figures = folder + text("/figures");
        const CliResult drawn =
            study(text("figures"), folder, {text("--output"), figures, text("--sheets"), text("--json")});
        QVERIFY2(drawn.code == 0, drawn.errors.constData());
        for (const char* name : {"best-heldout_l1.png", "best-heldout_l1.svg", "best-heldout_l1.pdf",
                                 "sensitivity-heldout_l1-on-Glyphs.png", "samples-Glyphs.png", "trials.csv",
                                 "settings.csv", "study.md"}) {
            QVERIFY2(QFile::exists(figures + text("/") + text(name)), name);
        }
    }

    void trialsAreJudged() {
        QByteArray json = tinyStudy("2", vae("[0.001]"));
        json.replace("\"methods\"", R"("judging": {"metrics": ["critic", "reconstruction"], "count": 200,
                     "critic_seeds": 2, "critic_steps": 2}, "methods")");
        const QString folder = made(json);
        QVERIFY(!folder.isEmpty());
        const CliResult ran = study(text("run"), folder, {text("--trial"), text("0")});
        QVERIFY2(ran.code == 0, ran.errors.constData());
        const QJsonObject trial = study(text("status"), folder, {text("--json")}).jsonLines().first();
        const QJsonObject figures = trial.value(text("figures")).toObject();
        const QJsonObject critic = figures.value(text("critic")).toObject();
        QVERIFY2(critic.value(text("value")).isDouble() && critic.value(text("floor")).isDouble(),
                 QJsonDocument(trial).toJson().constData());
        QVERIFY(!figures.contains(text("critic_floor")) && figures.size() > 4);
        QVERIFY(study(text("rank"), folder).output.contains("critic"));

        json.replace("\"reconstruction\"", "\"crtic\"");
        const QString file = home_.filePath(text("misspelt.json"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(json) == json.size());
        out.close();
        const QByteArray fault =
            runCli({text("study"), text("new"), file, text("--output"), home_.filePath(text("never"))})
                .faultUnless(2, {"crtic", "'critic'"});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    /// Every process killed in the middle: the same bytes come out as without.
    void killedAndGoneOnWith() {
        const QByteArray json = tinyStudy("60", vae("[0.001]"));
        const QString straight = made(json);
        const QString broken = made(json);
        const CliResult whole = study(text("run"), straight, {text("--jobs"), text("2")});
        QVERIFY2(whole.code == 0, whole.errors.constData());

        const auto runner = startCli({text("study"), text("run"), broken, text("--trial"), text("0")});
        QTRY_VERIFY_WITH_TIMEOUT(haveCheckpoints(broken, {"0000"}), 60000);
        ::kill(static_cast<pid_t>(runner->processId()), SIGKILL);
        finishCli(*runner);
        QCOMPARE(states(broken).first(), text("interrupted"));
        const CliResult rest = study(text("run"), broken, {text("--jobs"), text("2")});
        QVERIFY2(rest.code == 0, rest.errors.constData());
        QCOMPARE(states(broken), QStringList(2, text("done")));
        for (const char* trial : {"0000", "0001"}) {
            const QByteArray expected = checkpoint(straight, trial, "0060");
            QVERIFY(!expected.isEmpty());
            QCOMPARE(checkpoint(broken, trial, "0060") == expected, true);
        }
    }

    void aKilledRunnersTrialsSaveAndGoOn() {
        const QString folder = made(tinyStudy("100000", vae("[0.001]")));
        const auto runner = startCli({text("study"), text("run"), folder, text("--jobs"), text("2")});
        QTRY_VERIFY_WITH_TIMEOUT(haveCheckpoints(folder, {"0000", "0001"}), 60000);
        QCOMPARE(states(folder), QStringList(2, text("running")));
        // Another runner finds nothing to take.
        const CliResult second = study(text("run"), folder);
        QVERIFY2(second.code == 0 && second.errors.contains("2 left to other processes"),
                 second.errors.constData());
        const QByteArray taken =
            study(text("run"), folder, {text("--trial"), text("1")}).faultUnless(4, {"another process"});
        QVERIFY2(taken.isEmpty(), taken.constData());
        ::kill(static_cast<pid_t>(runner->processId()), SIGKILL);
        finishCli(*runner);
        QTRY_COMPARE_WITH_TIMEOUT(states(folder), QStringList(2, text("interrupted")), 60000);
    }

    void aSignalStopsAllPolitely() {
        const QString folder = made(tinyStudy("100000", vae("[0.001]")));
        const auto runner = startCli({text("study"), text("run"), folder, text("--jobs"), text("2")});
        QTRY_VERIFY_WITH_TIMEOUT(haveCheckpoints(folder, {"0000", "0001"}), 60000);
        ::kill(static_cast<pid_t>(runner->processId()), SIGINT);
        const QByteArray fault = finishCli(*runner).faultUnless(130, {"0 of 2", "study run"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        QCOMPARE(states(folder), QStringList(2, text("interrupted")));
    }

    void divergedTrialsAreRows() {
        const QString folder = made(tinyStudy(
            "400", R"({"method": "vae", "preset": "quick", "set": {"adamBeta2": 0, "rateGenerator": 0.1},)"
                   R"( "ranges": {"rateEncoder": [0.1, 0.0001]}})"));
        QVERIFY(!folder.isEmpty());
        const CliResult ran = study(text("run"), folder, {text("--jobs"), text("2"), text("--json")});
        QVERIFY2(ran.code == 0, ran.errors.constData());
        bool found = false;
        for (const QJsonObject& line : ran.jsonLines()) {
            const QString state = line.value(text("state")).toString();
            const QString reason = line.value(text("reason")).toString();
            found = found || state == text("diverged");
            // Whether a loss told first or the weights, when a checkpoint was to be saved.
            const bool told = reason.contains(text(" became ")) || reason.contains(text("no longer finite"));
            QVERIFY2(state == text("done") || (state == text("diverged") && told), qPrintable(reason));
        }
        QVERIFY2(found, ran.output.constData());
        QVERIFY(study(text("status"), folder).output.contains("diverged"));
        const CliResult again = study(text("run"), folder, {text("--json")});
        QVERIFY(again.code == 0 && again.output.isEmpty()); // it is over
    }

    void aFullDiskIsOneSentence() {
        const QString folder = made(tinyStudy("8", vae("[0.001]")));
        QCOMPARE(study(text("run"), folder, {text("--trial"), text("0")}).code, 0);
        const QByteArray before = checkpoint(folder, "0000", "0008");
        // Enough for the run's description, too little for its events and checkpoints.
        const auto process = startCli({text("study"), text("run"), folder, text("--trial"), text("1")}, [] {
            const rlimit small{40000, 40000};
            setrlimit(RLIMIT_FSIZE, &small);
        });
        QVERIFY(!readUntil(*process, QProcess::StandardError, "step-000000000002").isEmpty());
        ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
        const QByteArray fault = finishCli(*process).faultUnless(4, {"step-000000000002"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        QCOMPARE(states(folder), (QStringList{text("done"), text("interrupted")}));
        QCOMPARE(checkpoint(folder, "0000", "0008") == before, true);
        QCOMPARE(study(text("run"), folder).code, 0);
        QCOMPARE(states(folder), QStringList(2, text("done")));
    }

    void anotherStudysRunsAreRefused() {
        const QString folder = made(tinyStudy("2", vae("[0.001]")));
        QCOMPARE(study(text("run"), folder, {text("--trial"), text("0")}).code, 0);
        QVERIFY(QFile::remove(folder + text("/trial-0000/trial.json")));
        QFile file(folder + text("/study.json"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray json = file.readAll();
        json.replace("0.001", "0.004");
        QVERIFY(file.resize(0) && file.seek(0) && file.write(json) == json.size());
        file.close();
        const QByteArray fault = study(text("run"), folder, {text("--trial"), text("0")})
                                     .faultUnless(3, {"trial-0000", "other settings"});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    void presetsAreMadeToMeasure() {
        const QString folder = home_.filePath(text("mini"));
        const CliResult result =
            runCli({text("study"), text("new"), text("paper-mini"), text("--output"), folder, text("--steps"),
                    text("7"), text("--settings"), text("2"), text("--data"), text("color-glyphs")});
        QVERIFY2(result.code == 0, result.errors.constData());
        QVERIFY(result.errors.contains("16 trials"));
        const QList<QJsonObject> trials = study(text("status"), folder, {text("--json")}).jsonLines();
        QCOMPARE(trials.size(), 16);
        QCOMPARE(trials.first().value(text("steps")).toInt(), 7);
    }

    void badInputIsOneSentence_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("word");
        const QString folder = made(tinyStudy("2", vae("[0.001]")));
        const QString moved =
            made(tinyStudy("2", vae("[0.001]")).replace("\"data\": \"glyphs\"", "\"data\": \"/no/where\""));
        const QString bad = home_.filePath(text("bad.json"));
        QFile out(bad);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(tinyStudy("2", vae("[]")));
        out.close();
        const QString fresh = home_.filePath(text("fresh"));
        QTest::newRow("unknown preset")
            << QStringList{text("new"), text("papre"), text("--output"), fresh} << 2 << QByteArray("paper");
        QTest::newRow("empty range") << QStringList{text("new"), bad, text("--output"), fresh} << 3
                                     << QByteArray("empty range");
        QTest::newRow("no file") << QStringList{text("new"), text("none.json"), text("--output"), fresh} << 3
                                 << QByteArray("none.json");
        QTest::newRow("a study already")
            << QStringList{text("new"), text("paper-mini"), text("--output"), folder} << 2 << folder.toUtf8();
        QTest::newRow("unwritable") << QStringList{text("new"), text("paper-mini"), text("--output"),
                                                   text("/proc/study")}
                                    << 4 << QByteArray("/proc/study");
        QTest::newRow("unknown data title")
            << QStringList{text("new"), text("paper"), text("--output"), fresh, text("--data"), text("mnist")}
            << 2 << QByteArray("ColorMNIST=SET");
        QTest::newRow("no study") << QStringList{text("run"), home_.path()} << 3 << QByteArray("no study");
        QTest::newRow("data moved") << QStringList{text("run"), moved} << 2 << QByteArray("/no/where");
        QTest::newRow("no such trial")
            << QStringList{text("run"), folder, text("--trial"), text("2")} << 2 << QByteArray("0 to 1");
        QTest::newRow("trial and jobs")
            << QStringList{text("run"), folder, text("--trial"), text("0"), text("--jobs"), text("2")} << 2
            << QByteArray("--jobs");
        QTest::newRow("no trials yet")
            << QStringList{text("rank"), folder} << 2 << QByteArray("Run it first");
        QTest::newRow("no figures yet") << QStringList{text("figures"), folder, text("--output"), fresh} << 2
                                        << QByteArray("Run it first");
        QTest::newRow("no verb") << QStringList{} << 2 << QByteArray("study");
    }

    void badInputIsOneSentence() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, word);
        const CliResult result = runCli(QStringList{text("study")} + arguments);
        const QByteArray lower = word.toLower();
        const QByteArray fault = result.faultUnless(code, {});
        QVERIFY2(fault.isEmpty(), fault.constData());
        QVERIFY2(result.errors.toLower().contains(lower), result.errors.constData());
        QVERIFY(!QDir(home_.filePath(text("fresh"))).exists());
    }

    void threadsAreSharedFairly() {
        using alphascope::app::threadShare;
        QCOMPARE(threadShare(8, 3, 0) + threadShare(8, 3, 1) + threadShare(8, 3, 2), 8);
        QCOMPARE(threadShare(8, 3, 2), 2);
        QCOMPARE(threadShare(2, 5, 4), 1);
        QCOMPARE(threadShare(2, 1, 0), 2);
    }
};

QTEST_GUILESS_MAIN(TestCliStudy)
#include "tst_cli_study.moc"
