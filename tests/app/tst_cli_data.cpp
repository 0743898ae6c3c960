// The verb that lists data sets and exports their pictures: what it prints, and that a program that reads the
// arrays gets what training gets.

#include <QtTest>

#include <nlohmann/json.hpp>

#include "cli_process.h"
#include "engine/api/data_sets.h"
#include "engine/storage/npy.h"

namespace {

/// The last `count` bytes of a .npy file, as numbers.
template <typename T>
std::vector<T> numbersAtEnd(const QString& path, std::size_t count) {
    const QByteArray bytes = contentsOf(path).right(qsizetype(count * sizeof(T)));
    std::vector<T> numbers(bytes.size() / sizeof(T));
    std::memcpy(numbers.data(), bytes.constData(), numbers.size() * sizeof(T));
    return numbers;
}

} // namespace

class TestCliData : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    QString path(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }
    CliResult run(const char* line) const { return runCli(words(line), folder_.path()); }

private Q_SLOTS:
    void listsWhatIsKnown() {
        const CliResult table = run("data");
        QCOMPARE(table.code, 0);
        for (const auto& set : alphascope::engine::knownDataSets()) {
            QVERIFY2(table.output.contains(QByteArray::fromStdString(set.name)), set.name.c_str());
        }
        const CliResult json = run("data --json");
        QCOMPARE(json.code, 0);
        std::size_t count = 0;
        for (const QByteArray& line : json.output.trimmed().split('\n')) {
            const auto set = nlohmann::json::parse(line.toStdString());
            QVERIFY(set.at("name").is_string() && set.at("ready").is_boolean());
            ++count;
        }
        QCOMPARE(count, alphascope::engine::knownDataSets().size());
    }

    void describesOne() {
        const CliResult words = run("data shapes");
        QCOMPARE(words.code, 0);
        QVERIFY(words.output.contains("32 x 32"));
        const auto json = nlohmann::json::parse(run("data glyphs --json").output.toStdString());
        QCOMPARE(json.at("channels").get<int>(), 1);
        QCOMPARE(json.at("labels").size(), std::size_t(10));
    }

    void exportsWhatTrainingSees() {
        const CliResult result =
            run("data glyphs --transform color --size 32 --split test --count 7 --seed 3 "
                "--output a.npy --labels b.npy");
        QVERIFY2(result.code == 0, result.errors.constData());
        const auto expected = alphascope::engine::dataSetPictures(
            {.data = "glyphs", .transform = "color", .size = 32, .split = "test", .count = 7, .seed = 3});
        QVERIFY(alphascope::engine::readImagesNpy(path("a.npy").toStdString()) == expected.pictures);
        QVERIFY(contentsOf(path("b.npy")).contains("'<i4', 'fortran_order': False, 'shape': (7,)"));
        QVERIFY(numbersAtEnd<int>(path("b.npy"), 7) == expected.labels);
    }

    void exportsPointsAsTheyAre() {
        const CliResult result = run("data grid --count 9 --output p.npy --json");
        QCOMPARE(result.code, 0);
        QCOMPARE(nlohmann::json::parse(result.output.toStdString()).at("done").at("count").get<int>(), 9);
        const auto expected = alphascope::engine::dataSetPictures({.data = "grid", .count = 9});
        QVERIFY(contentsOf(path("p.npy")).contains("'<f4', 'fortran_order': False, 'shape': (9, 2)"));
        QVERIFY(numbersAtEnd<float>(path("p.npy"), 18) == expected.points);
    }

    void drawsSheetsAndFolders() {
        QCOMPARE(run("data stacked-glyphs --count 6 --output s.png").code, 0);
        QVERIFY(contentsOf(path("s.png")).startsWith("\x89PNG"));
        QCOMPARE(run("data stacked-glyphs --count 6 --output each/").code, 0);
        QCOMPARE(QDir(path("each")).entryList(QDir::Files).size(), qsizetype(6));
    }
};

QTEST_GUILESS_MAIN(TestCliData)
#include "tst_cli_data.moc"
