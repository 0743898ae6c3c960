// alphascope-cli train as a person runs it: a run, its report, going on, signals, faults.

#include <csignal>

#include <QtTest>

#include <sys/resource.h>

#include "cli_process.h"

namespace {

QString text(const char* latin) {
    return QString::fromLatin1(latin);
}

QStringList checkpointsOf(const QString& run) {
    return QDir(run + text("/checkpoints")).entryList({text("*.safetensors")}, QDir::Files, QDir::Name);
}

} // namespace

class TestCliTrain : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    int count_ = 0;

    QString newRun() { return folder_.filePath(QString::number(++count_)); }

    static QByteArray trained(const QString& run, const QStringList& more) {
        const CliResult result = runCli(tinyTraining(run, more));
        return result.code == 0 ? QByteArray() : result.errors;
    }

private Q_SLOTS:
    void reportsAsJsonLines() {
        const QString run = newRun();
        const CliResult result = runCli(tinyTraining(run, {text("--steps"), text("3"), text("--json")}));
        QVERIFY2(result.code == 0, result.errors.constData());
        const QList<QJsonObject> lines = result.jsonLines();
        QVERIFY(lines.size() >= 2);
        const QStringList keys{text("it_per_s"), text("losses"), text("metrics"), text("step")};
        QSet<int> steps;
        for (const QJsonObject& line : lines.first(lines.size() - 1)) {
            if (!line.contains(text("losses"))) { // a look at the samples, which may come in time or not
                QCOMPARE(line.keys(), (QStringList{text("it_per_s"), text("metrics"), text("step")}));
                QVERIFY(line.value(text("metrics")).toObject().contains(text("kid_random")));
                continue;
            }
            QCOMPARE(line.keys(), keys);
            QCOMPARE(line.value(text("losses")).toObject().keys(),
                     (QStringList{text("C"), text("D"), text("E"), text("G")}));
            steps.insert(line.value(text("step")).toInt());
        }
        QCOMPARE(steps, (QSet<int>{1, 2, 3}));
        const QJsonObject done = lines.last().value(text("done")).toObject();
        QCOMPARE(done.value(text("step")).toInt(), 3);
        QCOMPARE(done.value(text("reason")).toString(), text("finished"));
        QVERIFY(QFile::exists(done.value(text("checkpoint")).toString()));
        QVERIFY(QFile::exists(done.value(text("curves")).toString()));
    }

    void pointsFromEndToEnd() {
        const QString run = newRun();
        QStringList ring = tinyTraining(run, {text("--steps"), text("2")});
        ring.replace(ring.indexOf(text("--data")) + 1, text("ring"));
        const CliResult first = runCli(ring);
        QVERIFY2(first.code == 0, first.errors.constData());
        const CliResult more =
            runCli({text("train"), text("--resume"), text("--run"), run, text("--steps"), text("4")});
        QVERIFY2(more.code == 0, more.errors.constData());
        QCOMPARE(checkpointsOf(run).size(), 2);
        QVERIFY(!QDir(run + text("/previews")).entryList({text("*-points.png")}).isEmpty());
        const QString array = folder_.filePath(text("points.npy"));
        const auto use = [&](const QStringList& verb, const QString& output) {
            return runCli(verb + QStringList{text("--checkpoint"), run, text("--output"), output});
        };
        QCOMPARE(use({text("sample"), text("--count"), text("50")}, array).code, 0);
        const QByteArray bytes = contentsOf(array);
        QVERIFY(bytes.contains("'descr': '<f4'") && bytes.contains("'shape': (50, 2)"));
        const QString sheet = folder_.filePath(text("points.png"));
        QCOMPARE(use({text("sample")}, sheet).code, 0);
        QVERIFY(contentsOf(sheet).startsWith("\x89PNG"));
        const CliResult info = runCli({text("info"), run});
        QVERIFY(info.output.contains("points in the plane"));
        const CliResult encoded =
            use({text("encode"), text("--images"), text("ring")}, folder_.filePath(text("codes.npy")));
        QCOMPARE(encoded.faultUnless(2, {"points in the plane"}), QByteArray());
    }

    void saysWhereThingsLie() {
        const QString run = newRun();
        const CliResult result = runCli(tinyTraining(run, {text("--steps"), text("2")}));
        QVERIFY2(result.code == 0, result.errors.constData());
        QVERIFY(result.output.isEmpty());
        QVERIFY(result.errors.contains((run + text("/checkpoints")).toUtf8()));
        QVERIFY(result.errors.contains((run + text("/previews")).toUtf8()));
        QVERIFY(result.errors.contains((run + text("/curves.png")).toUtf8()));
        QVERIFY(QFile::exists(run + text("/run.json")));
        QCOMPARE(QDir(run + text("/previews")).isEmpty(), false);
    }

    void namesTheRunWhenNobodyDoes() {
        QTemporaryDir home;
        QStringList arguments = tinyTraining(QString(), {text("--steps"), text("1")});
        arguments.remove(arguments.indexOf(text("--run")), 2);
        const CliResult result = runCli(arguments, home.path());
        QVERIFY2(result.code == 0, result.errors.constData());
        const QStringList runs =
            QDir(home.filePath(text("runs"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(runs.size(), 1);
        QVERIFY(runs.first().startsWith(text("alpha-gan-glyphs-")));
    }

    void goesOnBitForBit() {
        const QString straight = newRun();
        const QString broken = newRun();
        QCOMPARE(trained(straight, {text("--steps"), text("5")}), QByteArray());
        QCOMPARE(trained(broken, {text("--steps"), text("2")}), QByteArray());
        const CliResult resumed = runCli({text("train"), text("--resume"), text("--run"), broken,
                                          text("--steps"), text("5"), text("--checkpoint-every"), text("0")});
        QVERIFY2(resumed.code == 0, resumed.errors.constData());
        const QString last = text("/checkpoints/") + checkpointsOf(straight).last();
        QVERIFY(!contentsOf(straight + last).isEmpty());
        QCOMPARE(contentsOf(broken + last) == contentsOf(straight + last), true);
    }

    void forks() {
        const QString trunk = newRun();
        const QString fork = newRun();
        QCOMPARE(trained(trunk, {text("--steps"), text("2")}), QByteArray());
        const QString checkpoint = trunk + text("/checkpoints/") + checkpointsOf(trunk).last();
        const auto forked = [&](const QStringList& more) {
            return runCli(QStringList{text("train"), text("--fork"), checkpoint} + more);
        };
        const CliResult result = forked(
            {text("--output"), fork, text("--steps"), text("3"), text("--set"), text("lambdaEncoder=5")});
        QVERIFY2(result.code == 0, result.errors.constData());
        QCOMPARE(checkpointsOf(fork), QStringList{text("step-000000000003.safetensors")});
        QCOMPARE(checkpointsOf(trunk), QStringList{text("step-000000000002.safetensors")});
        const QByteArray manifest = contentsOf(fork + text("/run.json"));
        QVERIFY(manifest.contains("\"lambdaEncoder\": \"5\"") && manifest.contains("\"parent\""));
        QVERIFY(manifest.contains(QFileInfo(trunk).fileName().toUtf8()));

        const QByteArray about = runCli({text("info"), fork}).output;
        QVERIFY2(about.contains(QFileInfo(trunk).fileName().toUtf8() + " at step 2"), about.constData());
        QVERIFY(runCli({text("info"), fork, text("--json")}).output.contains("\"parent\""));

        struct Refusal {
            QStringList options;
            int code;
            QList<QByteArray> says;
        };
        const QString never = newRun();
        const QString to = text("--output");
        const QString set = text("--set");
        for (const Refusal& refusal :
             {Refusal{{to, never, text("--size"), text("64")}, 2, {"--size", "28"}},
              Refusal{{to, never, set, text("latentSize=77")}, 2, {"latentSize", "fork"}},
              Refusal{{to, never, set, text("lambdaEncodr=5")}, 2, {"lambdaEncoder"}},
              Refusal{{to, never, set, text("lambdaEncoder=much")}, 2, {"lambdaEncoder"}},
              Refusal{{to, trunk}, 2, {"folder of its own"}}, Refusal{{to, fork}, 2, {"holds a run already"}},
              Refusal{{to, never, text("--resume")}, 2, {"--fork"}}}) {
            const QByteArray fault = forked(refusal.options).faultUnless(refusal.code, refusal.says);
            QVERIFY2(fault.isEmpty(), fault.constData());
        }
        const QString damaged = never + text("-damaged.safetensors");
        QFile::copy(checkpoint, damaged);
        QVERIFY(QFile::resize(damaged, 1000));
        for (const QString& bad : {damaged, never + text("-missing.safetensors")}) {
            const CliResult refused = runCli({text("train"), text("--fork"), bad, to, never});
            QVERIFY2(refused.code == 3 || refused.code == 4, refused.errors.constData());
            QVERIFY(refused.errors.contains(QFileInfo(bad).fileName().toUtf8()));
        }
        QVERIFY(!QDir(never).exists());
    }

    void keepsSoManyCheckpoints() {
        const QString run = newRun();
        QCOMPARE(trained(run, {text("--steps"), text("6"), text("--checkpoint-every"), text("1"),
                               text("--keep"), text("2"), text("--keep-every"), text("3")}),
                 QByteArray());
        QCOMPARE(checkpointsOf(run),
                 (QStringList{text("step-000000000003.safetensors"), text("step-000000000005.safetensors"),
                              text("step-000000000006.safetensors")}));
    }

    void keepsTheBestCheckpoint() {
        const QString run = newRun();
        const CliResult result = runCli(tinyTraining(
            run, {text("--steps"), text("8"), text("--checkpoint-every"), text("1"), text("--keep"),
                  text("1"), text("--keep-best"), text("loss/E"), text("--json")}));
        QVERIFY2(result.code == 0, result.errors.constData());
        int best = 0;
        double lowest = 0.0;
        for (const QJsonObject& line : result.jsonLines()) {
            const double loss = line.value(text("losses")).toObject().value(text("E")).toDouble();
            if (line.contains(text("losses")) && (best == 0 || loss < lowest)) {
                best = line.value(text("step")).toInt();
                lowest = loss;
            }
        }
        QVERIFY(best > 0);
        QStringList expected{text("step-%1.safetensors").arg(best, 12, 10, QLatin1Char('0')),
                             text("step-000000000008.safetensors")};
        expected.removeDuplicates();
        QCOMPARE(checkpointsOf(run), expected);
        QVERIFY(runCli({text("info"), run}).output.contains("best"));
        QVERIFY(contentsOf(run + text("/run.json")).contains("\"keep_best\": \"loss/E\""));

        const QString never = newRun();
        const QByteArray fault = runCli(tinyTraining(never, {text("--keep-best"), text("metric/heldout_l2")}))
                                     .faultUnless(2, {"metric/heldout_l2", "metric/heldout_l1"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        QVERIFY(!QDir(never).exists());
    }

    void judgesSamplesWhileItTrains() {
        const auto judged = [](const CliResult& result) {
            QList<int> steps;
            for (const QJsonObject& line : result.jsonLines()) {
                const QJsonObject metrics = line.value(text("metrics")).toObject();
                if (metrics.contains(text("kid_random"))) {
                    steps.append(line.value(text("step")).toInt());
                    const double low = metrics.value(text("kid_random_low")).toDouble();
                    const double high = metrics.value(text("kid_random_high")).toDouble();
                    const double value = metrics.value(text("kid_random")).toDouble();
                    if (!(low <= value && value <= high)) {
                        steps.append(-1);
                    }
                }
            }
            return steps;
        };
        const QString run = newRun();
        const CliResult result =
            runCli(tinyTraining(run, {text("--steps"), text("400"), text("--metrics-every"), text("200"),
                                      text("--keep-best"), text("metric/kid_random"), text("--json")}));
        QVERIFY2(result.code == 0, result.errors.constData());
        const QList<int> steps = judged(result);
        QVERIFY(!steps.isEmpty() && !steps.contains(-1));
        QCOMPARE(steps.first(), 1); // later ones may have been left out for want of time
        QVERIFY(contentsOf(run + text("/run.json")).contains("\"metrics_every\": 200"));

        const QString plain = newRun();
        const CliResult without = runCli(tinyTraining(
            plain, {text("--steps"), text("2"), text("--metrics-every"), text("0"), text("--json")}));
        QVERIFY2(without.code == 0, without.errors.constData());
        QVERIFY(judged(without).isEmpty());
    }

    void changesLiveSettingsOnly() {
        const QString run = newRun();
        QCOMPARE(trained(run, {text("--steps"), text("1")}), QByteArray());
        const QStringList again{text("train"), text("--resume"), text("--run"),
                                run,           text("--steps"),  text("2")};
        const CliResult live = runCli(again + QStringList{text("--set"), text("lambdaEncoder=7")});
        QVERIFY2(live.code == 0, live.errors.constData());
        QVERIFY(live.errors.contains("lambdaEncoder"));
        const CliResult info = runCli({text("info"), run, text("--json")});
        const QJsonObject model = info.jsonLines().value(0).value(text("model")).toObject();
        QCOMPARE(model.value(text("parameters")).toObject().value(text("lambdaEncoder")).toString(),
                 text("7"));
        const QByteArray fixed = runCli(again + QStringList{text("--set"), text("filters=8")})
                                     .faultUnless(2, {"filters", "new run"});
        QVERIFY2(fixed.isEmpty(), fixed.constData());
    }

    void aRunIsNotOverwritten() {
        const QString run = newRun();
        QCOMPARE(trained(run, {text("--steps"), text("1")}), QByteArray());
        const QByteArray manifest = contentsOf(run + text("/run.json"));
        const QByteArray fault = runCli(tinyTraining(run)).faultUnless(2, {run.toUtf8(), "--resume"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        QCOMPARE(contentsOf(run + text("/run.json")), manifest);
    }

    void whatARunIsStaysSo_data() {
        QTest::addColumn<QStringList>("change");
        QTest::newRow("method") << QStringList{text("--method"), text("vae")};
        QTest::newRow("data") << QStringList{text("--data"), text("shapes")};
        QTest::newRow("size") << QStringList{text("--size"), text("64")};
        QTest::newRow("transform") << QStringList{text("--transform"), text("color")};
        QTest::newRow("preset") << QStringList{text("--preset"), text("paper")};
        QTest::newRow("seed") << QStringList{text("--seed"), text("9")};
    }

    void whatARunIsStaysSo() {
        QFETCH(QStringList, change);
        static const QString run = newRun();
        if (!QDir(run).exists()) {
            QCOMPARE(trained(run, {text("--steps"), text("1")}), QByteArray());
        }
        const QStringList again{text("train"), text("--resume"), text("--run"), run};
        const QByteArray fault =
            runCli(again + change).faultUnless(2, {change[0].toUtf8(), change[1].toUtf8(), "new run"});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    void placesThatCannotBe_data() {
        QTest::addColumn<QStringList>("change");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("mention");
        const QString file = folder_.filePath(text("file"));
        QTest::newRow("below a file")
            << QStringList{text("--run"), file + text("/run")} << 4 << file.toUtf8();
        QTest::newRow("a file") << QStringList{text("--run"), file} << 4 << file.toUtf8();
        QTest::newRow("unwritable") << QStringList{text("--run"), text("/proc/run")} << 4
                                    << QByteArray("/proc/run");
        QTest::newRow("nothing to resume")
            << QStringList{text("--resume"), text("--run"), folder_.filePath(text("none"))} << 3
            << QByteArray("none");
        QTest::newRow("no data") << QStringList{text("--run"), folder_.filePath(text("never")),
                                                text("--data"), folder_.filePath(text("nowhere"))}
                                 << 2 << QByteArray("nowhere");
        QTest::newRow("data that is none")
            << QStringList{text("--run"), folder_.filePath(text("never")), text("--data"), file} << 3
            << QByteArray("file");
        QTest::newRow("empty data") << QStringList{text("--run"), folder_.filePath(text("never")),
                                                   text("--data"), folder_.filePath(text("empty"))}
                                    << 3 << QByteArray("empty");
    }

    void placesThatCannotBe() {
        QFETCH(QStringList, change);
        QFETCH(int, code);
        QFETCH(QByteArray, mention);
        QFile file(folder_.filePath(text("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no picture");
        file.close();
        QVERIFY(QDir(folder_.path()).mkpath(text("empty")));
        const QByteArray fault = runCli(QStringList{text("train")} + change).faultUnless(code, {mention});
        QVERIFY2(fault.isEmpty(), fault.constData());
        QVERIFY(!QDir(folder_.filePath(text("never"))).exists());
    }

    /// Steps so wide that the loss overflows soon: what was saved before stays, nothing broken comes beside
    /// it.
    void numbersThatBreakEndTheRun() {
        const QString run = newRun();
        const QStringList wild{text("--method"),
                               text("vae"),
                               text("--set"),
                               text("rateEncoder=0.1"),
                               text("--set"),
                               text("rateGenerator=0.1"),
                               text("--set"),
                               text("adamBeta2=0"),
                               text("--steps"),
                               text("2000"),
                               text("--checkpoint-every"),
                               text("3"),
                               text("--threads"),
                               text("1")};
        QStringList arguments = tinyTraining(run, wild);
        arguments.remove(arguments.indexOf(text("codeWidth=8")) - 1, 2); // not a VAE's
        const CliResult broken = runCli(arguments);
        const QStringList kept = checkpointsOf(run);
        QVERIFY2(!kept.isEmpty(), broken.errors.constData());
        const QString last = run + text("/checkpoints/") + kept.last();
        const QByteArray fault = broken.faultUnless(
            5, {"Loss ", " became ", " at step ", "go back to ", last.toUtf8(), "lower the rates"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        const CliResult sampled = runCli({text("sample"), text("--checkpoint"), run, text("--count"),
                                          text("1"), text("--output"), folder_.filePath(text("after.png"))});
        QVERIFY2(sampled.code == 0 && !sampled.errors.contains("passed over"), sampled.errors.constData());
    }

    void signalsSaveAndStop_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }

    void signalsSaveAndStop() {
        QFETCH(int, signal);
        const QString run = newRun();
        const auto process = startCli(tinyTraining(run, {text("--json")}));
        QVERIFY(!readUntil(*process, QProcess::StandardOutput, "\"step\"").isEmpty());
        ::kill(static_cast<pid_t>(process->processId()), signal);
        const CliResult result = finishCli(*process);
        const QByteArray fault = result.faultUnless(130, {"Interrupted", run.toUtf8(), "--resume"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        QCOMPARE(checkpointsOf(run).size(), 1);
        const QByteArray lastLine = result.output.trimmed().split('\n').last();
        QVERIFY2(lastLine.contains("\"reason\":\"interrupted\""), lastLine.constData());
        const CliResult resumed =
            runCli({text("train"), text("--resume"), text("--run"), run, text("--steps"), text("1")});
        QCOMPARE(resumed.code, 0); // there already
    }

    void twoWritersAreOneTooMany() {
        const QString run = newRun();
        const auto first =
            startCli(tinyTraining(run, {text("--json"), text("--checkpoint-every"), text("1")}));
        QVERIFY(!readUntil(*first, QProcess::StandardOutput, "\"step\":3").isEmpty());
        const QByteArray fault = runCli({text("train"), text("--resume"), text("--run"), run})
                                     .faultUnless(4, {QByteArray::number(first->processId())});
        QVERIFY2(fault.isEmpty(), fault.constData());
        const CliResult watched = runCli({text("info"), run, text("--json")});
        QVERIFY2(watched.code == 0, watched.errors.constData());
        const QJsonObject entry = watched.jsonLines().value(0).value(text("run")).toObject();
        QCOMPARE(entry.value(text("active")).toBool(), true);
        ::kill(static_cast<pid_t>(first->processId()), SIGTERM);
        QCOMPARE(finishCli(*first).code, 130);
    }

    void aFullDiskLosesNothing() {
        const QString run = newRun();
        QCOMPARE(trained(run, {text("--steps"), text("2")}), QByteArray());
        const QStringList before = checkpointsOf(run);
        const QByteArray saved = contentsOf(run + text("/checkpoints/") + before.last());
        constexpr rlim_t limit = 40000; // enough for events, too little for a checkpoint
        QVERIFY(saved.size() > qsizetype(limit));
        const auto process = startCli({text("train"), text("--resume"), text("--run"), run, text("--steps"),
                                       text("0"), text("--checkpoint-every"), text("1")},
                                      [] {
                                          const rlimit small{limit, limit};
                                          setrlimit(RLIMIT_FSIZE, &small);
                                      });
        const QByteArray said = readUntil(*process, QProcess::StandardError, "step-000000000003");
        QVERIFY(!said.isEmpty());
        QCOMPARE(process->state(), QProcess::Running); // it waits for room
        ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
        const QByteArray fault = finishCli(*process).faultUnless(4, {"step-000000000003"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        QCOMPARE(checkpointsOf(run), before);
        QCOMPARE(contentsOf(run + text("/checkpoints/") + before.last()), saved);
    }

    void aReaderThatLeavesStopsItPolitely() {
        const QString run = newRun();
        QProcess shell;
        const QStringList arguments = tinyTraining(run, {text("--json")});
        shell.start(text("/bin/sh"),
                    QStringList{text("-c"), text("\"$0\" \"$@\" | head -n 1"), text(ALPHASCOPE_CLI)} +
                        arguments);
        QCOMPARE(finishCli(shell).code, 0); // head's
        QTRY_VERIFY_WITH_TIMEOUT(!checkpointsOf(run).isEmpty(), 60000);
    }
};

QTEST_GUILESS_MAIN(TestCliTrain)
#include "tst_cli_train.moc"
