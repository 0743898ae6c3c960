// Class sampling on the command line: a run of PPGN, pictures of one class, and what is refused.

#include <QtTest>

#include "cli_process.h"

namespace {

QString text(const char* latin) {
    return QString::fromLatin1(latin);
}

} // namespace

class TestCliClasses : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    QString path(const char* name) const { return folder_.filePath(text(name)); }

    CliResult train(const char* method, const QString& run) const {
        return runCli({text("train"), text("--method"), text(method), text("--data"), text("glyphs"),
                       text("--preset"), text("quick"), text("--set"), text("filters=4"), text("--set"),
                       text("batchSize=4"), text("--set"), text("latentSize=6"), text("--device"),
                       text("cpu"), text("--steps"), text("60"), text("--run"), run});
    }

    CliResult sample(const QString& run, const QStringList& more) const {
        return runCli(QStringList{text("sample"), text("--checkpoint"), run, text("--device"), text("cpu"),
                                  text("--threads"), text("1"), text("--count"), text("3")} +
                      more);
    }

    QByteArray pictures(const char* file, const QStringList& more) const {
        const CliResult result = sample(path("ppgn"), more + QStringList{text("--output"), path(file)});
        QFile written(path(file));
        return result.code == 0 && written.open(QIODevice::ReadOnly) ? written.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(folder_.isValid());
        const CliResult trained = train("ppgn", path("ppgn"));
        QVERIFY2(trained.code == 0, trained.errors.constData());
        QCOMPARE(train("vae", path("vae")).code, 0);
    }

    void aClassIsNamedOrNumberedAndWalkedTo() {
        const QByteArray three =
            pictures("3.npy", {text("--class"), text("3"), text("--class-steps"), text("100")});
        QVERIFY(!three.isEmpty());
        QCOMPARE(pictures("again.npy", {text("--class"), text("3"), text("--class-steps"), text("100")}),
                 three);
        QVERIFY(pictures("4.npy", {text("--class"), text("4"), text("--class-steps"), text("100")}) != three);
        QVERIFY(pictures("none.npy", {}) != three);
    }

    void theWayIsTold() {
        const CliResult result = sample(path("ppgn"), {text("--class"), text("3"), text("--class-steps"),
                                                       text("100"), text("--output"), path("told.npy")});
        QVERIFY2(result.errors.contains("Class 3: mean probability") &&
                     result.errors.contains("of 100 steps"),
                 result.errors.constData());
    }

    void wrongClassesAreRefused_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("number") << QStringList{text("--class"), text("10")} << QByteArray("no class 10");
        QTest::newRow("negative") << QStringList{text("--class=-1")} << QByteArray("no class -1");
        QTest::newRow("name") << QStringList{text("--class"), text("cat")} << QByteArray("cannot be 'cat'");
        QTest::newRow("steps") << QStringList{text("--class"), text("1"), text("--class-steps"), text("0")}
                               << QByteArray("--class-steps");
        QTest::newRow("steps alone") << QStringList{text("--class-steps"), text("100")}
                                     << QByteArray("needs --class");
    }
    void wrongClassesAreRefused() {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, word);
        const CliResult result = sample(path("ppgn"), options + QStringList{text("--output"), path("x.npy")});
        QCOMPARE(result.faultUnless(2, {word}), QByteArray());
        QVERIFY(!QFile::exists(path("x.npy")));
    }

    void otherMethodsHaveNoClasses() {
        const CliResult result =
            sample(path("vae"), {text("--class"), text("3"), text("--output"), path("x.npy")});
        QCOMPARE(result.faultUnless(2, {"VAE cannot sample a class", "--class"}), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestCliClasses)
#include "tst_cli_classes.moc"
