// alphascope-cli compare: what it writes and prints, that it is the same twice, and what it refuses.

#include <QtTest>

#include "cli_process.h"

namespace {

QString text(const char* latin) {
    return QString::fromLatin1(latin);
}

} // namespace

class TestCliCompare : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    QString path(const char* name) const { return folder_.filePath(text(name)); }

    CliResult compare(const QStringList& more) const {
        return runCli(QStringList{text("compare"), path("alpha"), path("dcgan"), text("--samples"), text("2"),
                                  text("--inputs"), text("3"), text("--search-steps"), text("2"),
                                  text("--search-starts"), text("1"), text("--device"), text("cpu"),
                                  text("--threads"), text("1")} +
                      more);
    }

private Q_SLOTS:
    void initTestCase() {
        for (const char* method : {"alpha-gan", "dcgan"}) {
            const QString run = path(method == std::string("dcgan") ? "dcgan" : "alpha");
            const CliResult trained =
                runCli(QStringList{text("train"), text("--data"), text("glyphs"), text("--method"),
                                   text(method), text("--preset"), text("quick"), text("--set"),
                                   text("filters=4"), text("--set"), text("latentSize=6"), text("--device"),
                                   text("cpu"), text("--steps"), text("2"), text("--run"), run});
            QVERIFY2(trained.code == 0, trained.errors.constData());
        }
    }

    void figuresOfEachModel() {
        const CliResult result = compare({text("--json"), text("--names"), text("mine,")});
        QVERIFY2(result.code == 0, result.errors.constData());
        const QList<QJsonObject> lines = result.jsonLines();
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0][text("name")].toString(), text("mine"));
        QCOMPARE(lines[0][text("method")].toString(), text("alpha-gan"));
        QCOMPARE(lines[0][text("step")].toInt(), 2);
        QCOMPARE(lines[0][text("checksum")].toString().size(), 16);
        QVERIFY(lines[0][text("mean_l1")].toDouble() > 0.0);
        QCOMPARE(lines[0][text("codes")][text("by")].toString(), text("encoder"));
        QCOMPARE(lines[1][text("name")].toString(), text("DCGAN"));
        QCOMPARE(lines[1][text("codes")][text("by")].toString(), text("search"));
        QCOMPARE(lines[1][text("codes")][text("steps")].toInt(), 2);
        QCOMPARE(lines[2][text("done")][text("input_names")].toArray().size(), 3);
    }

    void aSearchCanBeLeftOut() {
        const CliResult result = compare({text("--json"), text("--skip-search")});
        QVERIFY2(result.code == 0, result.errors.constData());
        const QJsonObject dcgan = result.jsonLines().value(1);
        QVERIFY(dcgan[text("mean_l1")].isNull());
        QVERIFY(dcgan[text("reason")].toString().contains(text("no encoder")));
    }

    void sheetsAreTheSameTwice() {
        for (const char* name : {"sheet.png", "sheet.pdf"}) {
            const QStringList output{text("--output"), path(name), text("--layout"), text("blocks")};
            QCOMPARE(compare(output).code, 0);
            const QByteArray first = contentsOf(path(name));
            QVERIFY(first.size() > 500);
            QCOMPARE(compare(output).code, 0);
            QVERIFY(contentsOf(path(name)) == first);
        }
    }

    void refusals_data() {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("word");
        const QString png = path("x.png");
        QTest::newRow("nowhere") << QStringList{} << 2 << QByteArray("--output");
        QTest::newRow("names") << QStringList{text("--json"), text("--names"), text("a,b,c")} << 2
                               << QByteArray("3 names");
        QTest::newRow("both sources")
            << QStringList{text("--json"), text("--data"), text("glyphs"), text("--images"), text("a.png")}
            << 2 << QByteArray("--images");
        QTest::newRow("ending") << QStringList{text("--output"), path("x.svg")} << 2 << QByteArray("x.svg");
        QTest::newRow("layout") << QStringList{text("--output"), png, text("--layout"), text("row")} << 2
                                << QByteArray("rows");
        QTest::newRow("columns") << QStringList{text("--output"), png, text("--columns"), text("3")} << 2
                                 << QByteArray("blocks");
        QTest::newRow("set") << QStringList{text("--json"), text("--data"), text("/no/such/set")} << 2
                             << QByteArray("/no/such/set");
    }
    void refusals() {
        QFETCH(QStringList, more);
        QFETCH(int, code);
        QFETCH(QByteArray, word);
        const CliResult result = compare(more);
        const QByteArray fault = result.faultUnless(code, {word});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    void namesTheCheckpointThatFails() {
        const QString missing = path("missing");
        const CliResult result =
            runCli({text("compare"), path("alpha"), missing, text("--json"), text("--device"), text("cpu")});
        const QByteArray fault = result.faultUnless(3, {missing.toUtf8()});
        QVERIFY2(fault.isEmpty(), fault.constData());
        const QByteArray one =
            runCli({text("compare"), path("alpha"), text("--json")}).faultUnless(2, {QByteArray("2 to 12")});
        QVERIFY2(one.isEmpty(), one.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliCompare)
#include "tst_cli_compare.moc"
