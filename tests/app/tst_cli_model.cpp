// The verbs that use a trained model: what they write, that they write the same twice, and what they refuse.

#include <algorithm>

#include <QtTest>

#include <sys/stat.h>

#include "cli_process.h"
#include "engine/api/output.h"

namespace {

QString text(const char* latin) {
    return QString::fromLatin1(latin);
}

bool writeFile(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// "(4, 28, 28, 1)" of a .npy file.
QByteArray shapeOf(const QByteArray& npy) {
    const qsizetype start = npy.indexOf('(');
    return npy.mid(start, npy.indexOf(')') - start + 1);
}

/// A PNG that claims to be 60,000 pixels wide and high, checksums included.
QByteArray hugePicture() {
    return QByteArray::fromHex(
        "89504e470d0a1a0a0000000d494844520000ea600000ea6008020000000fb0e2150000000c494441"
        "54789c6360a03d00000064000186643c350000000049454e44ae426082");
}

} // namespace

class TestCliModel : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString run_;

    QString path(const QString& name) const { return folder_.filePath(name); }

    alphascope::engine::Image picture(const char* name) const {
        return alphascope::engine::readImage(path(text(name)).toStdString());
    }

    CliResult use(const char* verb, const QStringList& more) const {
        return runCli(QStringList{text(verb), text("--checkpoint"), run_, text("--device"), text("cpu"),
                                  text("--threads"), text("1")} +
                      more);
    }

    /// Runs twice and gives the file's bytes when they are equal both times.
    QByteArray written(const char* verb, const QString& name, const QStringList& more) const {
        QByteArray bytes;
        for (int time = 0; time < 2; ++time) {
            const CliResult result = use(verb, more + QStringList{text("--output"), path(name)});
            if (result.code != 0) {
                return result.errors;
            }
            const QByteArray now = contentsOf(path(name));
            if (time > 0 && now != bytes) {
                return "not the same twice";
            }
            bytes = now;
        }
        return bytes;
    }

private Q_SLOTS:
    void initTestCase() {
        run_ = path(text("run"));
        const CliResult trained =
            runCli(tinyTraining(run_, {text("--transform"), text("color"), text("--steps"), text("2")}));
        QVERIFY2(trained.code == 0, trained.errors.constData());
        alphascope::engine::Image plain(40, 30, 3);
        std::fill(plain.pixels.begin(), plain.pixels.end(), std::uint8_t(150));
        QVERIFY(QDir(folder_.path()).mkpath(text("pictures")));
        for (const char* name : {"a picture.png", "pictures/b.png", "pictures/c.jpg"}) {
            alphascope::engine::writeImage(path(text(name)).toStdString(), plain);
        }
        QVERIFY(writeFile(path(text("pictures/d.png")), "this is no picture"));
        QVERIFY(writeFile(path(text("text.png")), "this is no picture"));
        QVERIFY(writeFile(path(text("huge.png")), hugePicture()));
        QVERIFY(QDir(folder_.path()).mkpath(text("empty")));
    }

    void samples() {
        const QByteArray array = written("sample", text("s.npy"), {text("--count"), text("5")});
        QCOMPARE(shapeOf(array), QByteArray("(5, 28, 28, 3)"));
        QVERIFY(written("sample", text("s.png"), {}).startsWith("\x89PNG"));
        const auto sheet = picture("s.png");
        QCOMPARE(sheet.width, sheet.height);
        QVERIFY(sheet.width >= 8 * 28);
    }

    void samplesDependOnWhatIsAsked() {
        const QByteArray usual = written("sample", text("1.npy"), {text("--count"), text("4")});
        QVERIFY(written("sample", text("2.npy"), {text("--count"), text("4"), text("--seed"), text("2")}) !=
                usual);
        QVERIFY(written("sample", text("3.npy"),
                        {text("--count"), text("4"), text("--truncation"), text("0.5")}) != usual);
        QVERIFY(written("sample", text("4.npy"), {text("--count"), text("4"), text("--raw-weights")}) !=
                usual);
    }

    void samplesIntoAFolder() {
        const QString folder = path(text("many/pictures/"));
        const CliResult result = use("sample", {text("--count"), text("3"), text("--output"), folder});
        QVERIFY2(result.code == 0, result.errors.constData());
        QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 3);
        QCOMPARE(picture("many/pictures/000002.png").width, 28);
    }

    void encodes() {
        const QByteArray codes =
            written("encode", text("codes.npy"),
                    {text("--images"), path(text("a picture.png")), path(text("pictures"))});
        QCOMPARE(shapeOf(codes), QByteArray("(3, 6)"));
        const QList<QByteArray> table =
            written("encode", text("codes.csv"),
                    {text("--images"), text("glyphs"), text("--count"), text("4")})
                .trimmed()
                .split('\n');
        QCOMPARE(table.size(), 5);
        QCOMPARE(table[0], QByteArray("name,label,z0,z1,z2,z3,z4,z5"));
        QCOMPARE(table[1].count(','), 7);
    }

    void skippedPicturesAreNamed() {
        const CliResult result =
            use("encode", {text("--images"), path(text("pictures")), text("--output"), path(text("c.npy"))});
        QCOMPARE(result.code, 0);
        QVERIFY2(result.errors.contains("d.png"), result.errors.constData());
    }

    void reconstructs() {
        const QStringList images{text("--images"), text("glyphs"),  text("--split"),
                                 text("test"),     text("--count"), text("6")};
        QCOMPARE(shapeOf(written("reconstruct", text("r.npy"), images)), QByteArray("(6, 28, 28, 3)"));
        QVERIFY(written("reconstruct", text("r.png"), images).startsWith("\x89PNG"));
        QVERIFY(picture("r.png").width > 3 * 56);
        const CliResult result =
            use("reconstruct", images + QStringList{text("--json"), text("--output"), path(text("r.png"))});
        QCOMPARE(result.code, 0);
        const QList<QJsonObject> lines = result.jsonLines();
        QCOMPARE(lines.size(), 7);
        double sum = 0.0;
        for (const QJsonObject& line : lines.first(6)) {
            sum += line.value(text("l1")).toDouble();
        }
        const QJsonObject done = lines.last().value(text("done")).toObject();
        QVERIFY(sum > 0.0);
        QCOMPARE(done.value(text("mean_l1")).toDouble(), sum / 6.0);
    }

    void findsCodesBySearch() {
        const QStringList search{text("--encode-by"), text("search"),          text("--search-steps"),
                                 text("20"),          text("--search-starts"), text("2")};
        const QStringList images{text("--images"), text("glyphs"), text("--count"), text("3")};
        QCOMPARE(shapeOf(written("encode", text("sc.npy"), images + search)), QByteArray("(3, 6)"));
        QVERIFY(contentsOf(path(text("sc.npy"))) != written("encode", text("ec.npy"), images));
        const auto doneOf = [&](const char* verb, const char* output, const QStringList& more) {
            const CliResult result =
                use(verb, images + more + QStringList{text("--json"), text("--output"), path(text(output))});
            const QList<QJsonObject> lines = result.jsonLines();
            return lines.isEmpty() ? QJsonObject() : lines.last().value(text("done")).toObject();
        };
        const QJsonObject found = doneOf("reconstruct", "sr.png", search);
        const QJsonObject codes = found.value(text("codes")).toObject();
        QCOMPARE(codes.value(text("by")).toString(), text("search"));
        QCOMPARE(codes.value(text("from_encoder")).toBool(), false);
        QCOMPARE(codes.value(text("steps")).toInt(), 20);
        QCOMPARE(codes.value(text("starts")).toInt(), 2);
        const QJsonObject encoded = doneOf("reconstruct", "er.png", {});
        QCOMPARE(encoded.value(text("codes")).toObject(), (QJsonObject{{text("by"), text("encoder")}}));
        const QJsonObject refined =
            doneOf("reconstruct", "rr.png", search.mid(2) + QStringList{text("--encode-by"), text("refine")});
        QCOMPARE(refined.value(text("codes")).toObject().value(text("from_encoder")).toBool(), true);
        const double before = encoded.value(text("mean_l1")).toDouble();
        QVERIFY(refined.value(text("mean_l1")).toDouble() < before + 1e-5);
        QCOMPARE(doneOf("encode", "sc.npy", search).value(text("codes")).toObject(), codes);

        const QStringList ends{text("--from"), path(text("a picture.png")), text("--to"), text("seed:1")};
        QCOMPARE(shapeOf(written("interpolate", text("si.npy"), ends + search)),
                 QByteArray("(9, 28, 28, 3)"));
        const CliResult told =
            use("reconstruct", images + search + QStringList{text("--output"), path(text("sr.png"))});
        QVERIFY2(told.errors.contains("searching codes"), told.errors.constData());
        QVERIFY2(told.errors.contains("found by search (20 steps from 2"), told.errors.constData());
        const QByteArray fault =
            use("encode", images + QStringList{text("--search-steps"), text("0"), text("--output"),
                                               path(text("never.npy"))})
                .faultUnless(2, {"--search-steps", "from 1 to"});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    void interpolates() {
        const QStringList ends{text("--from"), text("seed:7"), text("--to"), path(text("a picture.png"))};
        QCOMPARE(shapeOf(written("interpolate", text("i.npy"), ends)), QByteArray("(9, 28, 28, 3)"));
        QVERIFY(written("interpolate", text("i.png"), ends).startsWith("\x89PNG"));
        QVERIFY(picture("i.png").width >= 9 * 28);
        QVERIFY(written("interpolate", text("lerp.npy"), ends + QStringList{text("--path"), text("lerp")}) !=
                written("interpolate", text("slerp.npy"), ends + QStringList{text("--path"), text("slerp")}));
        QVERIFY(written("interpolate", text("pulled.npy"), ends + QStringList{text("--pull"), text("1")}) !=
                written("interpolate", text("i.npy"), ends));
        const QByteArray fault = use("interpolate", ends + QStringList{text("--pull"), text("2"),
                                                                       text("--output"), path(text("n.npy"))})
                                     .faultUnless(2, {"--pull"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        const CliResult film = use("interpolate", ends + QStringList{text("--steps"), text("24"),
                                                                     text("--output"), path(text("i.mp4"))});
        QVERIFY2(film.code == 0, film.errors.constData());
        QVERIFY(QFileInfo(path(text("i.mp4"))).size() > 500);
    }

    void interpolatesThroughSeveral() {
        const QStringList ends{text("--from"), text("seed:7"), text("--via"),  text("seed:8"),
                               text("seed:9"), text("--to"),   text("seed:10")};
        const auto walked = [&](const char* name, const QStringList& more) {
            return written("interpolate", text(name), ends + more);
        };
        const QByteArray slerp = walked("slerp.npy", {});
        const QByteArray cubic = walked("cubic.npy", {text("--path"), text("cubic")});
        const QByteArray geodesic =
            walked("geo.npy", {text("--path"), text("geodesic"), text("--geodesic-steps"), text("30"),
                               text("--geodesic-points"), text("7")});
        const QByteArray even = walked("even.npy", {text("--even-speed")});
        const QByteArray loop = walked("loop.npy", {text("--path"), text("cubic"), text("--loop")});
        QCOMPARE(shapeOf(cubic), QByteArray("(9, 28, 28, 3)"));
        const QList<QByteArray> all{slerp, cubic, geodesic, even, loop};
        for (int i = 0; i < all.size(); ++i) {
            QCOMPARE(all[i].size(), slerp.size());
            for (int j = 0; j < i; ++j) {
                QVERIFY(all[i] != all[j]);
            }
        }
        // All begin and end with the same codes' pictures, the loop where it began.
        const qsizetype picture = 28 * 28 * 3;
        for (const QByteArray& each : {cubic, geodesic, even}) {
            QCOMPARE(each.right(picture), slerp.right(picture));
        }
        QCOMPARE(loop.right(picture), loop.mid(loop.size() - 9 * picture, picture));
        const CliResult told =
            use("interpolate", ends + QStringList{text("--path"), text("geodesic"), text("--geodesic-steps"),
                                                  text("10"), text("--output"), path(text("geo.png"))});
        QVERIFY2(told.errors.contains("Way 3: energy"), told.errors.constData());
        QVERIFY2(told.errors.contains("long in codes"), told.errors.constData());
    }

    void writesGifs() {
        const QStringList ends{text("--from"), text("seed:7"),  text("--to"),
                               text("seed:8"), text("--steps"), text("12")};
        const QByteArray film = written("interpolate", text("f.gif"), ends);
        QVERIFY(film.startsWith("GIF89a"));
        QCOMPARE(int(quint8(film[6])) + 256 * int(quint8(film[7])), 280);
        const QByteArray sized =
            written("interpolate", text("s.gif"),
                    ends + QStringList{text("--size"), text("100"), text("--fps"), text("24")});
        QCOMPARE(int(quint8(sized[6])), 100);
        const QByteArray scaled =
            written("interpolate", text("x.gif"), ends + QStringList{text("--scale"), text("2")});
        QCOMPARE(int(quint8(scaled[6])), 56);
    }

    void refusesImpossibleFilms_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("mentions");
        const auto row = [](const char* options, const char* mentions) {
            QTest::newRow(options) << QString::fromLatin1(options).split(QLatin1Char(' '))
                                   << QByteArray(mentions);
        };
        row("--fps 0", "--fps");
        row("--fps 1e9", "--fps");
        row("--fps 60", "at most 50");
        row("--size 0", "--size");
        row("--size 1000000000", "--size");
        row("--scale 0", "--scale");
        row("--scale 200", "5600 pixels");
        row("--path geodesic --geodesic-points 2", "--geodesic-points");
        row("--path geodesic --geodesic-steps 0", "--geodesic-steps");
    }
    void refusesImpossibleFilms() {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, mentions);
        const QString output = path(text("never.gif"));
        const QByteArray fault = use("interpolate", QStringList{text("--from"), text("seed:7"), text("--to"),
                                                                text("seed:8"), text("--output"), output} +
                                                        options)
                                     .faultUnless(2, {mentions});
        QVERIFY2(fault.isEmpty(), fault.constData());
        QVERIFY(!QFile::exists(output));
    }

    void makesGrids() {
        const QStringList corners{
            text("--corners"), text("seed:1"), text("seed:2"), path(text("a picture.png")),
            text("seed:4"),    text("--size"), text("3")};
        QCOMPARE(shapeOf(written("corner-grid", text("g.npy"), corners)), QByteArray("(9, 28, 28, 3)"));
        QVERIFY(written("corner-grid", text("g.png"), corners).startsWith("\x89PNG"));
        const auto sheet = picture("g.png");
        QCOMPARE(sheet.width, 3 * 30 + 2);
        QCOMPARE(sheet.height, sheet.width);
        const QByteArray few = use("corner-grid", {text("--corners"), text("seed:1"), text("seed:2"),
                                                   text("--output"), path(text("never.png"))})
                                   .faultUnless(2, {"--corners"});
        QVERIFY2(few.isEmpty(), few.constData());
        const QByteArray many =
            use("corner-grid", corners.first(5) + QStringList{text("--size"), text("1000000000"),
                                                              text("--output"), path(text("never.png"))})
                .faultUnless(2, {"--size"});
        QVERIFY2(many.isEmpty(), many.constData());
    }

    void addsAndSubtracts() {
        const auto sum = [&](const char* name, const char* a, const char* b, const char* c,
                             const QStringList& more) {
            return written("arithmetic", text(name),
                           QStringList{text("--a"), text(a), text("--b"), text(b), text("--c"), text(c)} +
                               more);
        };
        const QByteArray kept = sum("k.npy", "seed:1", "seed:2", "seed:3", {});
        QCOMPARE(shapeOf(kept), QByteArray("(1, 6)"));
        QVERIFY(kept != sum("p.npy", "seed:1", "seed:2", "seed:3", {text("--plain")}));
        QVERIFY(sum("s.png", "seed:1", "seed:2", "seed:3", {}).startsWith("\x89PNG"));
        QCOMPARE(picture("s.png").width, 28);
        const QString file = path(text("a picture.png"));
        QVERIFY(sum("e.png", file.toUtf8().constData(), "seed:2", "seed:2", {}).startsWith("\x89PNG"));
        const QByteArray fault =
            use("arithmetic", {text("--a"), text("seed:x"), text("--b"), text("seed:2"), text("--c"),
                               text("seed:3"), text("--output"), path(text("never.png"))})
                .faultUnless(2, {"--a", "seed:x"});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    void tellsWhatItIs() {
        const CliResult run = runCli({text("info"), run_, text("--json")});
        QVERIFY2(run.code == 0, run.errors.constData());
        QCOMPARE(run.jsonLines().size(), 1);
        const QJsonObject object = run.jsonLines().value(0);
        QCOMPARE(object.value(text("kind")).toString(), text("run"));
        const QJsonObject model = object.value(text("model")).toObject();
        QCOMPARE(model.value(text("latent_size")).toInt(), 6);
        QCOMPARE(model.value(text("step")).toInt(), 2);
        QCOMPARE(model.value(text("transform")).toString(), text("color"));
        const QString file = model.value(text("path")).toString();
        const CliResult checkpoint = runCli({text("info"), file});
        QVERIFY2(checkpoint.code == 0, checkpoint.errors.constData());
        QVERIFY(checkpoint.output.contains("alpha-gan"));
        const CliResult people = runCli({text("info"), run_});
        QVERIFY(people.output.contains("checkpoints"));
        const CliResult root = runCli({text("info"), folder_.path()});
        QVERIFY2(root.code == 0 && root.output.contains("run"), root.errors.constData());
    }

    void refusesBadPictures_data() {
        QTest::addColumn<QString>("picture");
        QTest::addColumn<int>("code");
        QTest::addColumn<QList<QByteArray>>("mentions");
        using Words = QList<QByteArray>;
        QTest::newRow("none") << text("missing.png") << 3 << Words{"missing.png"};
        QTest::newRow("no picture") << text("text.png") << 3 << Words{"text.png"};
        QTest::newRow("too large") << text("huge.png") << 3 << Words{"huge.png", "60000", "16384"};
        QTest::newRow("empty folder") << text("empty") << 3 << Words{"empty"};
    }

    void refusesBadPictures() {
        QFETCH(QString, picture);
        QFETCH(int, code);
        QFETCH(QList<QByteArray>, mentions);
        const QString output = path(text("never.npy"));
        const CliResult encoded = use("encode", {text("--images"), path(picture), text("--output"), output});
        QByteArray fault = encoded.faultUnless(code, mentions);
        QVERIFY2(fault.isEmpty(), fault.constData());
        const CliResult walked = use("interpolate", {text("--from"), text("seed:1"), text("--to"),
                                                     path(picture), text("--output"), output});
        fault = walked.faultUnless(code, mentions);
        QVERIFY2(fault.isEmpty(), fault.constData());
        QVERIFY(!QFile::exists(output));
    }

    void refusesBadCheckpoints_data() {
        QTest::addColumn<QByteArray>("bytes");
        const QDir checkpoints(run_ + text("/checkpoints"));
        const QByteArray good = contentsOf(checkpoints.filePath(checkpoints.entryList(QDir::Files).first()));
        QVERIFY(good.size() > 1000);
        QByteArray flipped = good;
        flipped[good.size() - 100] = char(flipped[good.size() - 100] ^ 1);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("header only") << good.first(8);
        QTest::newRow("half") << good.first(good.size() / 2);
        QTest::newRow("one byte short") << good.first(good.size() - 1);
        QTest::newRow("one byte long") << good + 'x';
        QTest::newRow("one bit") << flipped;
        QTest::newRow("huge header") << QByteArray::fromHex("ffffffffffffff7f") + good.mid(8);
        QTest::newRow("foreign zip") << QByteArray("PK\x03\x04") + QByteArray(5000, 'x');
        QTest::newRow("text") << QByteArray("This is a letter, not a checkpoint.");
        QTest::newRow("no model inside") << QByteArray::fromHex("0800000000000000") + QByteArray("{}      ");
    }

    void refusesBadCheckpoints() {
        QFETCH(QByteArray, bytes);
        const QString bad = path(text("bad.safetensors"));
        QVERIFY(writeFile(bad, bytes));
        QByteArray fault =
            runCli({text("sample"), text("--checkpoint"), bad, text("--output"), path(text("never.png"))})
                .faultUnless(3, {"bad.safetensors"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        fault = runCli({text("info"), bad}).faultUnless(3, {"bad.safetensors"});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    void refusesWhatIsNoFile() {
        const QString pipe = path(text("pipe"));
        QCOMPARE(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
        QByteArray fault = runCli({text("info"), pipe}).faultUnless(3, {"pipe"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        fault = runCli({text("info"), path(text("empty"))}).faultUnless(3, {"empty"});
        QVERIFY2(fault.isEmpty(), fault.constData());
        fault = runCli({text("sample"), text("--checkpoint"), path(text("empty")), text("--output"),
                        path(text("n.png"))})
                    .faultUnless(3, {"empty"});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    void refusesWhatCannotBeWritten_data() {
        QTest::addColumn<QString>("output");
        QTest::addColumn<int>("code");
        QTest::newRow("full disk") << text("/dev/full/x.npy") << 4;
        QTest::newRow("unwritable") << text("/proc/x.npy") << 4;
        QTest::newRow("folder below a file") << path(text("text.png/folder/")) << 4;
    }

    void refusesWhatCannotBeWritten() {
        QFETCH(QString, output);
        QFETCH(int, code);
        const QByteArray fault = use("sample", {text("--count"), text("1"), text("--output"), output})
                                     .faultUnless(code, {output.section(QLatin1Char('/'), 1, 1).toUtf8()});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }

    void refusesAnImpossibleSheet() {
        const QByteArray fault = use("sample", {text("--count"), text("1000"), text("--columns"),
                                                text("1000"), text("--output"), path(text("wide.png"))})
                                     .faultUnless(2, {"16384", ".npy"});
        QVERIFY2(fault.isEmpty(), fault.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliModel)
#include "tst_cli_model.moc"
