// The verb that looks for training pictures near to samples: what it finds, writes and refuses.

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

#include "cli_process.h"
#include "engine/api/output.h"

namespace {

QString text(const char* latin) {
    return QString::fromLatin1(latin);
}

} // namespace

class TestCliNeighbours : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString run_;

    QString path(const QString& name) const { return folder_.filePath(name); }

    CliResult neighbours(const QStringList& more) const {
        return runCli(QStringList{text("neighbours"), text("--checkpoint"), run_, text("--device"),
                                  text("cpu"), text("--threads"), text("1"), text("--count"), text("200"),
                                  text("--held-out"), text("50"), text("--output"), path(text("sheet.png"))} +
                      more);
    }

private Q_SLOTS:
    void initTestCase() {
        run_ = path(text("run"));
        const CliResult trained = runCli(tinyTraining(run_, {text("--steps"), text("2")}));
        QVERIFY2(trained.code == 0, trained.errors.constData());
    }

    void samplesWithTheirNeighbours() {
        const CliResult result = neighbours(words("--samples 12 --seed 3 --k 4 --json"));
        QVERIFY2(result.code == 0, result.errors.constData());
        const QList<QJsonObject> lines = result.jsonLines();
        QCOMPARE(lines.size(), 13);
        const QJsonArray nearest = lines[0][QLatin1String("neighbours")].toArray();
        QCOMPARE(nearest.size(), 4);
        QVERIFY(nearest[0][QLatin1String("distance")].toDouble() <=
                nearest[3][QLatin1String("distance")].toDouble());
        const QJsonObject done = lines.back()[QLatin1String("done")].toObject();
        QCOMPARE(done[QLatin1String("reference")].toInt(), 200);
        QCOMPARE(done[QLatin1String("held_out")].toInt(), 50);
        QVERIFY(done[QLatin1String("memorisation")].isObject());
        QVERIFY(done[QLatin1String("duplicates")].isObject());
        QVERIFY(done[QLatin1String("codes")].isObject());
        const auto sheet = alphascope::engine::readImage(path(text("sheet.png")).toStdString());
        QVERIFY(sheet.width >= 5 * 28 && sheet.height >= 12 * 28);
        const QByteArray first = contentsOf(path(text("sheet.png")));
        const CliResult again = neighbours(words("--samples 12 --seed 3 --k 4 --json"));
        QCOMPARE(again.output, result.output);
        QCOMPARE(contentsOf(path(text("sheet.png"))), first);
    }

    void trainingPicturesAreFoundOut() {
        const QString folder = path(text("copies/"));
        const CliResult written =
            runCli(QStringList{text("data"), text("glyphs"), text("--split"), text("train"), text("--count"),
                               text("20"), text("--output"), folder});
        QVERIFY2(written.code == 0, written.errors.constData());
        const CliResult result =
            neighbours({text("--images"), folder, text("--data"), text("glyphs"), text("--json")});
        QVERIFY2(result.code == 0, result.errors.constData());
        const QJsonObject first = result.jsonLines().front();
        QCOMPARE(first[QLatin1String("neighbours")].toArray()[0][QLatin1String("distance")].toDouble(), 0.0);
        const QJsonObject memory =
            result.jsonLines().back()[QLatin1String("done")][QLatin1String("memorisation")].toObject();
        QVERIFY(memory[QLatin1String("copying_p")].toDouble() < 1e-6);
        QCOMPARE(memory[QLatin1String("nearest_in_training")].toInt(), 20);
    }

    void codesHaveStatistics() {
        const CliResult result = neighbours(words("--samples 4 --space code --json"));
        QVERIFY2(result.code == 0, result.errors.constData());
        const QJsonObject codes =
            result.jsonLines().back()[QLatin1String("done")][QLatin1String("codes")].toObject();
        QCOMPARE(codes[QLatin1String("codes")].toInt(), 50);
        QVERIFY(!codes[QLatin1String("deviation")].toArray().isEmpty());
    }

    void featuresOfTheDiscriminator() {
        const CliResult result = neighbours(words("--samples 4 --space feature --json"));
        QVERIFY2(result.code == 0, result.errors.constData());
        const QJsonObject done = result.jsonLines().back()[QLatin1String("done")].toObject();
        QCOMPARE(done[QLatin1String("space")].toString(), text("feature"));
        const QJsonArray nearest = result.jsonLines().front()[QLatin1String("neighbours")].toArray();
        QVERIFY(nearest[0][QLatin1String("distance")].toDouble() > 0.0);
    }

    /// What a run of the verb computed serves the next one, says the same, and is not trusted.
    void theRunsFolderKeepsWhatWasComputed() {
        const QDir kept(run_ + text("/neighbours"));
        QDir(kept).removeRecursively();
        const QStringList asked = words("--samples 6 --space code --json");
        const CliResult apart = neighbours(asked + words("--no-cache"));
        QVERIFY2(apart.code == 0, apart.errors.constData());
        QVERIFY(!kept.exists());
        const CliResult first = neighbours(asked);
        const QStringList files = kept.entryList({text("code-*.safetensors")}, QDir::Files);
        QCOMPARE(files.size(), 1);
        const CliResult second = neighbours(asked);
        QCOMPARE(first.output, apart.output);
        QCOMPARE(second.output, first.output);
        QFile file(kept.filePath(files[0]));
        QVERIFY(file.resize(file.size() - 100));
        const CliResult mended = neighbours(asked);
        QVERIFY2(mended.code == 0, mended.errors.constData());
        const QJsonArray notes =
            mended.jsonLines().back()[QLatin1String("done")][QLatin1String("notes")].toArray();
        QVERIFY(notes.last().toString().contains(text("made anew")));
        QCOMPARE(mended.jsonLines().front(), first.jsonLines().front());
        QCOMPARE(neighbours(asked).output, first.output);
    }

    void whatCannotBeIsRefused() {
        const auto fault = [&](const char* more, int code, const QList<QByteArray>& said) {
            return neighbours(words(more)).faultUnless(code, said);
        };
        QCOMPARE(fault("--images x.png --samples 3", 2, {"--images", "--samples"}), QByteArray());
        QCOMPARE(fault("--space logits", 2, {"logits", "feature"}), QByteArray());
        QCOMPARE(fault("--k 0", 2, {"--k"}), QByteArray());
        QCOMPARE(fault("--data /nowhere", 2, {"/nowhere"}), QByteArray());
    }

    void withoutAnEncoderThereAreNoCodes() {
        const QString plain = path(text("dcgan"));
        const CliResult trained = runCli(
            words("train --method dcgan --data glyphs --preset quick --set filters=4 --set batchSize=4 "
                  "--steps 1 --device cpu --threads 1 --run") +
            QStringList{plain});
        QVERIFY2(trained.code == 0, trained.errors.constData());
        const QByteArray fault = runCli({text("neighbours"), text("--checkpoint"), plain, text("--space"),
                                         text("code"), text("--output"), path(text("none.png"))})
                                     .faultUnless(2, {"has no encoder", "pixels"});
        QCOMPARE(fault, QByteArray());
    }

    void withoutADiscriminatorThereAreNoFeatures() {
        const QString plain = path(text("vae"));
        const CliResult trained =
            runCli(words("train --method vae --data glyphs --preset quick --set filters=4 --set batchSize=4 "
                         "--steps 1 --device cpu --threads 1 --run") +
                   QStringList{plain});
        QVERIFY2(trained.code == 0, trained.errors.constData());
        const QByteArray fault = runCli({text("neighbours"), text("--checkpoint"), plain, text("--space"),
                                         text("feature"), text("--output"), path(text("none.png"))})
                                     .faultUnless(2, {"no discriminator", "pixels"});
        QCOMPARE(fault, QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestCliNeighbours)
#include "tst_cli_neighbours.moc"
