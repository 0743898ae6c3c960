// What alphascope-cli answers to a wrong command line, and the verbs that need no model.

#include <QJsonArray>
#include <QtTest>

#include "cli_process.h"

class TestCliUsage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mistakes_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QList<QByteArray>>("mentions");
        using Words = QList<QByteArray>;
        const auto row = [](const char* name, const char* line, const Words& mentions, int code = 2) {
            QTest::newRow(name) << words(line) << code << mentions;
        };
        row("no command", "", {"--help"});
        row("unknown command", "trian", {"'trian'", "'train'"});
        row("unknown command, nothing near", "zzzzzzzz", {"zzzzzzzz", "train", "doctor"});
        row("unknown option", "train --stesp 5", {"--stesp", "--steps"});
        row("unknown option with value", "train --sedd=5", {"--sedd", "--seed"});
        row("misspelt required option", "sample --chekpoint a --output b.png",
            {"--chekpoint", "--checkpoint"});
        row("required option", "sample --output b.png", {"--checkpoint"});
        row("option without value", "train --steps", {"--steps", "value"});
        row("option twice", "train --seed 1 --seed 2", {"--seed", "once"});
        row("stray word", "doctor now", {"doctor", "now"});
        row("no number", "train --steps many", {"--steps", "whole number", "many"});
        row("negative", "train --steps -5", {"--steps", "0 or more", "-5"});
        row("fraction", "train --steps 1.5", {"--steps", "1.5"});
        row("too large", "train --steps 99999999999999999999", {"--steps"});
        row("looks at the samples", "train --metrics-every -1", {"--metrics-every", "0 or more", "-1"});
        row("looks by name", "train --metrics-every often", {"--metrics-every", "whole number", "often"});
        row("threads", "train --threads 100000", {"--threads", "from 0 to 1024"});
        row("count", "sample --checkpoint a --output b.png --count 0", {"--count", "from 1"});
        row("truncation", "sample --checkpoint a --output b.png --truncation nan", {"--truncation", "nan"});
        row("method", "train --method alfa-gan", {"alfa-gan", "alpha-gan"});
        row("preset", "train --preset standart", {"standart", "standard"});
        row("transform", "train --transform colour", {"colour", "color"});
        row("crop", "train --crop 109", {"109", "108", "ali"});
        row("crop of drawings", "train --data glyphs --crop 108 --run no-such/run", {"'glyphs'", "crop"});
        row("size of points", "train --data ring --size 28 --run no-such/run", {"'ring'", "points"});
        row("colour of points", "train --data grid --transform color --run no-such/run",
            {"'grid'", "points"});
        row("fetch what", "fetch", {"NAME"});
        row("fetch misspelt", "fetch mnits", {"mnits", "mnist"});
        row("fetch by hand", "fetch celeba --output no-such-folder", {"CelebA", "Google Drive", "--mirror"},
            3);
        row("fetch address", "fetch mnist --mirror ftp://127.0.0.1 --output no-such-folder", {"http://"});
        row("data misspelt", "data glyps", {"glyps", "glyphs"});
        row("data without name", "data --output b.png", {"--output", "NAME"});
        row("data ending", "data glyphs --output b.gif", {"--output", "b.gif", ".npy"});
        row("labels ending", "data glyphs --output b.npy --labels c.csv", {"--labels", "c.csv", ".npy"});
        row("labels alone", "data glyphs --labels c.npy", {"--labels", "--output"});
        row("count alone", "data glyphs --count 3", {"--count", "--output"});
        row("transform alone", "data mnist --transform color", {"--transform", "--output"});
        row("data split", "data glyphs --split valid --output b.png", {"--split", "valid", "test"});
        row("device", "train --device tpu", {"tpu", "cpu", "cuda"});
        row("size", "train --size 29", {"--size", "29", "28"});
        row("parameter name", "train --set lambdaEncodr=3", {"lambdaEncodr", "lambdaEncoder"});
        row("parameter range", "train --set lambdaEncoder=-3", {"lambdaEncoder", "-3", "0", "1000"});
        row("parameter text", "train --set batchSize=big", {"batchSize", "big"});
        row("parameter without value", "train --set batchSize", {"batchSize", "name=value"});
        row("resume without run", "train --resume", {"--resume", "--run"});
        row("output ending", "sample --checkpoint a --output b.gif", {"b.gif", ".png", ".npy"});
        row("codes ending", "encode --checkpoint a --images c --output b.png", {"b.png", ".csv"});
        row("output folder", "sample --checkpoint a --output no-such-folder/b.png", {"no-such-folder"}, 4);
        row("path", "interpolate --checkpoint a --from seed:1 --to seed:2 --path slurp --output a.png",
            {"slurp", "slerp"});
        row("no checkpoint", "sample --checkpoint no-such-file --output b.png", {"no-such-file"}, 3);
        row("no run", "info no-such-file", {"no-such-file"}, 3);
        row("methods of nothing", "methods vea", {"vea"});
    }

    void mistakes() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QList<QByteArray>, mentions);
        QTemporaryDir folder;
        const CliResult result = runCli(arguments, folder.path());
        const QByteArray fault = result.faultUnless(code, mentions);
        QVERIFY2(fault.isEmpty(), fault.constData());
        QVERIFY(result.output.isEmpty());
        QVERIFY(QDir(folder.path()).isEmpty()); // nothing was left behind
    }

    void help_data() {
        QTest::addColumn<QString>("verb");
        for (const char* verb : {"", "train", "sample", "encode", "reconstruct", "interpolate", "arithmetic",
                                 "corner-grid", "info", "data", "methods", "doctor"}) {
            QTest::newRow(verb) << QString::fromLatin1(verb);
        }
    }

    void help() {
        QFETCH(QString, verb);
        const CliResult result =
            runCli(verb.isEmpty() ? words("--help") : QStringList{verb, QStringLiteral("--help")});
        QCOMPARE(result.code, 0);
        QVERIFY(result.output.contains("--help"));
        QVERIFY(result.errors.isEmpty());
    }

    void version() {
        const CliResult result = runCli(words("--version"));
        QCOMPARE(result.code, 0);
        QVERIFY(result.output.startsWith("alphascope-cli "));
    }

    void methodsAsJson() {
        const CliResult result = runCli(words("methods --json"));
        QCOMPARE(result.code, 0);
        const QList<QJsonObject> lines = result.jsonLines();
        QVERIFY(!lines.isEmpty());
        QCOMPARE(lines.first().value(QStringLiteral("name")).toString(), QStringLiteral("alpha-gan"));
        QVERIFY(lines.first().contains(QStringLiteral("parameters")));
        QVERIFY(lines.first().contains(QStringLiteral("presets")));
        QCOMPARE(lines.first().value(QStringLiteral("family")).toString(),
                 QStringLiteral("Auto-encoding GAN"));
        QVERIFY(!lines.first().value(QStringLiteral("explanation")).toString().isEmpty());
        QVERIFY(lines.first().value(QStringLiteral("diagram")).toArray().size() > 2);
    }

    void methodsForPeople() {
        const CliResult result = runCli(words("methods alpha-gan"));
        QCOMPARE(result.code, 0);
        QVERIFY(result.output.contains("lambdaEncoder"));
        QVERIFY(result.output.contains("0 to 1000"));
        QVERIFY(result.output.contains("Auto-encoding GAN"));
        QVERIFY(result.output.contains("(2017)"));
        QVERIFY(result.output.contains("variational auto-encoder in which two discriminators"));
        QVERIFY(result.output.contains("x → E → ẑ → G → x̂ → L1"));
        QVERIFY(result.output.contains("metric/d_accuracy (health)"));
        QVERIFY(result.output.contains("nats"));
    }

    void doctor() {
        const CliResult people = runCli(words("doctor"));
        QCOMPARE(people.code, 0);
        QVERIFY(people.output.contains("LibTorch"));
        const CliResult machines = runCli(words("doctor --json"));
        QCOMPARE(machines.code, 0);
        QVERIFY(machines.jsonLines().size() > 4);
        QVERIFY(machines.output.contains("\"Qt platform\""));
    }

    void fullStandardOutputIsAnError() {
        QProcess process;
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(QStringLiteral(ALPHASCOPE_CLI), words("methods"));
        const QByteArray fault = finishCli(process).faultUnless(4, {"Standard output"});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliUsage)
#include "tst_cli_usage.moc"
