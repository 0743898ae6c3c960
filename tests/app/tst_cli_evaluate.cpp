// The verbs that judge and that import weights: what they print, and with what codes they refuse.

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

#include "cli_process.h"
#include "engine/api/data_sets.h"
#include "engine/api/output.h"

using namespace alphascope;

namespace {

QString text(const char* latin) {
    return QString::fromLatin1(latin);
}

} // namespace

class TestCliEvaluate : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    QString path(const char* name) const { return folder_.filePath(text(name)); }
    void writePictures(const char* name, const char* split, std::size_t count) const {
        engine::writeNpy(
            path(name).toStdString(),
            engine::dataSetPictures({.data = "glyphs", .split = split, .count = count}).pictures);
    }
    CliResult evaluate(const QString& images, const QString& data, const char* more) const {
        return runCli(QStringList{text("evaluate"), text("--images"), images, text("--data"), data} +
                      words("--device cpu --threads 1 --critic-seeds 2 --critic-steps 5") + words(more));
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CACHE_HOME", path("cache").toUtf8());
        writePictures("made.npy", "test", 120);
        writePictures("real.npy", "train", 220);
        writePictures("few.npy", "test", 10);
    }

    void judgesTwoArrays() {
        const CliResult result =
            evaluate(path("made.npy"), path("real.npy"), "--metrics critic,msssim --json");
        QVERIFY2(result.code == 0, result.errors.constData());
        const QJsonObject found = result.jsonLines().at(0);
        const QJsonArray figures = found[text("figures")].toArray();
        QCOMPARE(figures.size(), 4);
        const QJsonObject critic = figures[0].toObject();
        QCOMPARE(critic[text("name")].toString(), text("critic"));
        for (const char* key :
             {"value", "low", "high", "reference", "convention", "count", "seeds", "better"}) {
            QVERIFY2(!critic[text(key)].isNull() && !critic[text(key)].isUndefined(), key);
        }
        QVERIFY(result.errors.contains("MS-SSIM diversity is not defined for pictures of 28 x 28"));
        QCOMPARE(found[text("warnings")].toArray().size(), 1);
    }

    void printsATable() {
        const CliResult result = evaluate(path("made.npy"), path("real.npy"), "--metrics critic");
        QVERIFY2(result.code == 0, result.errors.constData());
        const QList<QByteArray> lines = result.output.split('\n');
        QVERIFY(lines.at(0).contains("made.npy"));
        QVERIFY(result.output.contains("figure"));
        QVERIFY(result.output.contains("critic_floor"));
        QVERIFY(result.output.contains("critic: -(mean f(held-out data) - mean f(samples))"));
    }

    void refusesInOneSentence_data() {
        QTest::addColumn<QString>("images");
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("more");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("sentence");
        const QString made = path("made.npy");
        const QString real = path("real.npy");
        QTest::newRow("unknown metric")
            << made << real << text("--metrics fad") << 2 << text("no metric 'fad'");
        QTest::newRow("no labels") << made << real << text("--metrics fid") << 2
                                   << text("has no labels to train a classifier with");
        QTest::newRow("too few") << path("few.npy") << real << text("--metrics critic") << 2
                                 << text("The critic needs 100 pictures of each kind");
        QTest::newRow("missing data")
            << made << path("gone") << text("--metrics critic") << 2 << text("gone");
        QTest::newRow("missing weights") << made << real << text("--metrics fid --features none.safetensors")
                                         << 3 << text("none.safetensors");
        QTest::newRow("no pictures") << path("cache") << real << text("--metrics critic") << 3
                                     << text("cache");
    }
    void refusesInOneSentence() {
        QFETCH(QString, images);
        QFETCH(QString, data);
        QFETCH(QString, more);
        QFETCH(int, code);
        QFETCH(QString, sentence);
        QVERIFY(QDir(path("cache")).mkpath(text(".")));
        const CliResult result = evaluate(images, data, (more + text(" --json")).toLatin1().constData());
        QVERIFY2(result.code == code, result.errors.constData());
        QVERIFY2(result.errors.contains(sentence.toUtf8()), result.errors.constData());
        QCOMPARE(result.errors.trimmed().count('\n'), 0);
        QVERIFY(result.output.isEmpty());
    }

    void importsWeights() {
        const QString files = text(qgetenv("ALPHASCOPE_SOURCE_DIR")) + text("/tests/reference/torch_files/");
        const CliResult result = runCli({text("import"), files + text("state.pth"), text("--output"),
                                         path("state.safetensors"), text("--json")});
        QVERIFY2(result.code == 0, result.errors.constData());
        QCOMPARE(result.jsonLines().at(0)[text("done")].toObject()[text("tensors")].toInt(), 11);
        QVERIFY(QFileInfo::exists(path("state.safetensors")));
        const CliResult hostile = runCli(
            {text("import"), files + text("hostile.pth"), text("--output"), path("hostile.safetensors")});
        QCOMPARE(hostile.code, 3);
        QVERIFY(hostile.errors.contains("which no tensor needs"));
        QVERIFY(!QFileInfo::exists(path("hostile.safetensors")));
        const CliResult nowhere = runCli({text("import"), files + text("state.pth"), text("--output"),
                                          path("no/folder/state.safetensors")});
        QCOMPARE(nowhere.code, 4);
    }
};

QTEST_GUILESS_MAIN(TestCliEvaluate)
#include "tst_cli_evaluate.moc"
