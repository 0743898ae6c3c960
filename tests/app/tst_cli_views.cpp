// The verbs around views, directions and maps: what they write and refuse.

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "cli_process.h"
#include "engine/api/output.h"
#include "engine/api/view.h"

using namespace alphascope;

namespace {

QString text(const char* latin) {
    return QString::fromLatin1(latin);
}

} // namespace

class TestCliViews : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString run_;
    engine::ViewDocument view_;

    QString path(const char* name) const { return folder_.filePath(text(name)); }

    QString writeView(const char* name, const engine::ViewDocument& view) const {
        engine::writeFileAtomically(path(name).toStdString(), engine::viewToJson(view));
        return path(name);
    }
    CliResult render(const QString& view, const QString& output, const QStringList& more = {}) const {
        return runCli(QStringList{text("render"), view, text("--output"), output} + more);
    }
    CliResult onRun(const char* verb, const QStringList& more) const {
        return runCli(QStringList{text(verb), text("--checkpoint"), run_, text("--threads"), text("1")} +
                      more);
    }
    CliResult onSet(const char* verb, const QStringList& more) const {
        return onRun(verb, QStringList{text("--data"), text("glyphs"), text("--count"), text("120")} + more);
    }

private Q_SLOTS:
    void initTestCase() {
        run_ = path("run");
        const CliResult trained = runCli(tinyTraining(run_, {text("--steps"), text("2")}));
        QVERIFY2(trained.code == 0, trained.errors.constData());
        const engine::Model model = engine::Model::open(run_.toStdString());
        view_.model = engine::viewModel(model.info());
        view_.model.path = "run"; // relative to the view's own folder
        view_.at = engine::ViewCode{{}, 3, 0, ""};
        view_.keyframes = {{{}, 1, 0, ""}, {{}, 2, 0, ""}};
    }

    // ---- render

    void aViewIsRenderedAgain() {
        const QString view = writeView("a.json", view_);
        const CliResult result = render(view, path("a.png"), words("--json"));
        QVERIFY2(result.code == 0, result.errors.constData());
        QCOMPARE(result.jsonLines().front()[QLatin1String("show")].toString(), text("picture"));
        QVERIFY(!result.jsonLines().front()[QLatin1String("other_checkpoint")].toBool());
        // The picture carries its view, which draws the same bytes.
        const CliResult again = render(path("a.png"), path("b.png"));
        QVERIFY2(again.code == 0, again.errors.constData());
        QVERIFY(!contentsOf(path("a.png")).isEmpty());
        QCOMPARE(contentsOf(path("b.png")), contentsOf(path("a.png")));
    }

    /// Whatever else the process does: the window calls this function.
    void anotherProgramDrawsTheSameBytes_data() {
        QTest::addColumn<QString>("ending");
        QTest::newRow("strip") << ".png";
        QTest::newRow("gif") << ".gif";
        QTest::newRow("mp4") << ".mp4";
    }
    void anotherProgramDrawsTheSameBytes() {
        QFETCH(QString, ending);
        engine::ViewDocument view = view_;
        view.show = ending == text(".png") ? engine::ViewKind::Strip : engine::ViewKind::Film;
        view.evenSpeed = true;
        view.frames = 20;
        const QString file = writeView("both.json", view);
        const QString theirs = folder_.filePath(text("theirs") + ending);
        const CliResult result = render(file, theirs);
        QVERIFY2(result.code == 0, result.errors.constData());
        const std::string ours = folder_.filePath(text("ours") + ending).toStdString();
        engine::Model model = engine::openViewModel(view, engine::viewCheckpoint(view, file.toStdString()));
        engine::renderView(model, view, ours);
        QVERIFY(!contentsOf(theirs).isEmpty());
        QCOMPARE(contentsOf(QString::fromStdString(ours)), contentsOf(theirs));
    }

    void aFilmLeavesItsViewBeside() {
        engine::ViewDocument film = view_;
        film.show = engine::ViewKind::Film;
        const CliResult result = render(writeView("film.json", film), path("film.gif"));
        QVERIFY2(result.code == 0, result.errors.constData());
        QVERIFY(QFile::exists(path("film.gif")));
        QVERIFY(engine::readView(path("film.view.json").toStdString()) == film);
    }

    void anotherCheckpointNeedsToBeAskedFor() {
        engine::ViewDocument other = view_;
        other.model.checksum = "00ff";
        const QString view = writeView("other.json", other);
        QCOMPARE(render(view, path("other.png")).faultUnless(3, {"not the checkpoint of the view", "00ff"}),
                 QByteArray());
        const CliResult forced = render(view, path("other.png"),
                                        QStringList{text("--any-checkpoint"), text("--checkpoint"), run_});
        QVERIFY2(forced.code == 0, forced.errors.constData());
        QVERIFY(forced.errors.contains("not the checkpoint of the view"));
    }

    void whatIsNoViewIsRefused() {
        engine::writeFileAtomically(path("bad.json").toStdString(), "{\"format\": 1}");
        QCOMPARE(render(path("bad.json"), path("x.png")).faultUnless(3, {"bad.json", "format"}),
                 QByteArray());
        engine::ViewDocument live = view_;
        live.model.checksum.clear();
        QCOMPARE(render(writeView("live.json", live), path("x.png")).faultUnless(3, {"in training"}),
                 QByteArray());
        QCOMPARE(render(writeView("a.json", view_), path("x.gif")).faultUnless(2, {"x.gif", "FILE.png"}),
                 QByteArray());
    }

    // ---- directions

    void directionsOfEveryKind_data() {
        QTest::addColumn<QString>("options");
        QTest::addColumn<int>("least");
        QTest::newRow("components") << "--kind component --count-directions 3" << 3;
        QTest::newRow("local") << "--kind local --at seed:4 --count-directions 2" << 2;
        QTest::newRow("factors") << "--kind factor --count-directions 2" << 2;
        QTest::newRow("attribute") << "--kind attribute --label 3 --name three" << 1;
    }
    void directionsOfEveryKind() {
        QFETCH(QString, options);
        QFETCH(int, least);
        const QStringList more = options.split(QLatin1Char(' ')) + words("--json");
        const CliResult result = onSet("directions", more);
        QVERIFY2(result.code == 0, result.errors.constData());
        const QList<QJsonObject> lines = result.jsonLines();
        QCOMPARE(lines.size(), least);
        QCOMPARE(std::size_t(lines[0][QLatin1String("vector")].toArray().size()), view_.model.latentSize);
        QCOMPARE(onSet("directions", more).output, result.output);
    }

    void aKeptDirectionMovesSamples() {
        const CliResult kept = onSet("directions", words("--kind attribute --label 3 --name three --keep"));
        QVERIFY2(kept.code == 0, kept.errors.constData());
        const CliResult apart =
            onSet("directions",
                  words("--kind attribute --label 5 --name five --apart three --strip five --output") +
                      QStringList{path("strip.png")});
        QVERIFY2(apart.code == 0, apart.errors.constData());
        QVERIFY(engine::readImage(path("strip.png").toStdString()).width > 9 * 28);
        const auto sample = [&](const char* name, const QStringList& more) {
            const CliResult result =
                onRun("sample", QStringList{text("--count"), text("4"), text("--output"), path(name)} + more);
            return result.code == 0 ? contentsOf(path(name)) : result.errors;
        };
        const QByteArray plain = sample("plain.npy", {});
        QCOMPARE(sample("still.npy", words("--move three=0")), plain);
        QVERIFY(sample("moved.npy", words("--move three=500")) != plain);
        QCOMPARE(onRun("sample", words("--output x.npy --move bold=1")).faultUnless(2, {"bold", "three"}),
                 QByteArray());
        QCOMPARE(onRun("sample", words("--output x.npy --move three")).faultUnless(2, {"--move", "bold=2.0"}),
                 QByteArray());
    }

    void directionsGoIntoAFile() {
        const CliResult result =
            onSet("directions", words("--kind component --output") + QStringList{path("directions.json")});
        QVERIFY2(result.code == 0, result.errors.constData());
        const QByteArray json = contentsOf(path("directions.json"));
        QVERIFY(!engine::directionsFromJson(json.toStdString(), "it").empty());
    }

    void directionsThatCannotBeAreRefused() {
        const auto fault = [&](const char* more, const QList<QByteArray>& said) {
            return onSet("directions", words(more)).faultUnless(2, said);
        };
        QCOMPARE(fault("--kind attribute", {"--with", "--label"}), QByteArray());
        QCOMPARE(fault("--kind attribute --with a.png", {"--without"}), QByteArray());
        QCOMPARE(fault("--kind attribute --label eleven", {"--label", "eleven"}), QByteArray());
        QCOMPARE(fault("--kind local --name x", {"--kind attribute"}), QByteArray());
        QCOMPARE(fault("--kind local --strip x", {"--output"}), QByteArray());
        QCOMPARE(fault("--kind round", {"round", "component"}), QByteArray());
    }

    // ---- project

    void mapsOfEveryKind_data() {
        QTest::addColumn<QString>("options");
        QTest::newRow("components") << "--kind components";
        QTest::newRow("prior codes") << "--kind components --codes prior";
        QTest::newRow("tsne") << "--kind tsne --perplexity 8 --seed 2";
        QTest::newRow("umap") << "--kind umap --neighbours 6";
    }
    void mapsOfEveryKind() {
        QFETCH(QString, options);
        const auto project = [&](const char* name) {
            return onSet("project", options.split(QLatin1Char(' ')) +
                                        QStringList{text("--json"), text("--output"), path(name)});
        };
        const CliResult table = project("map.csv");
        QVERIFY2(table.code == 0, table.errors.constData());
        const QJsonObject said = table.jsonLines().front();
        QCOMPARE(said[QLatin1String("count")].toInt(), 120);
        const double trust = said[QLatin1String("trustworthiness")].toDouble();
        QVERIFY2(trust > 0.5 && trust <= 1.0, QByteArray::number(trust).constData());
        const QByteArray rows = contentsOf(path("map.csv"));
        QCOMPARE(rows.count('\n'), 121);
        QVERIFY(rows.startsWith("number,label,name,x,y\n0,"));
        QCOMPARE(project("map.npy").code, 0);
        const engine::Codes points = engine::readCodesNpy(path("map.npy").toStdString());
        QCOMPARE(points.count, std::size_t{120});
        QCOMPARE(points.size, std::size_t{2});
        QCOMPARE(project("map.png").code, 0);
        QVERIFY(engine::readImage(path("map.png").toStdString()).channels == 3);
    }

    void mapsThatCannotBeAreRefused() {
        const auto fault = [&](const char* more, const QList<QByteArray>& said) {
            return onSet("project", words(more)).faultUnless(2, said);
        };
        QCOMPARE(fault("--kind umap --perplexity 5 --output m.png", {"--perplexity", "tsne"}), QByteArray());
        QCOMPARE(fault("--kind tsne --perplexity 900 --output m.png", {"perplexity"}), QByteArray());
        QCOMPARE(fault("--output m.txt", {"m.txt", "FILE.csv"}), QByteArray());
        QCOMPARE(onRun("project", words("--data nowhere --output m.png")).faultUnless(2, {"nowhere"}),
                 QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestCliViews)
#include "tst_cli_views.moc"
