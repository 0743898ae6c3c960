// Methods that learn from labels: how many there are is the data's matter, and data without any is refused.

#include <QTest>

#include <filesystem>

#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void writeBytes(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file) {
        throw std::runtime_error("cannot write " + path);
    }
}

/// Big-endian, as IDX files have it.
std::string number(std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<char>((value >> shift) & 0xFF));
    }
    return bytes;
}

/// An IDX set of 40 grey pictures with the labels 0 to classes - 1 in turn, or without a file of labels.
std::string idxSet(const QTemporaryDir& dir, const char* name, int classes) {
    constexpr std::uint32_t count = 40, side = 28;
    std::string folder = folderIn(dir, name);
    std::filesystem::create_directory(folder);
    std::string pictures = number(0x803) + number(count) + number(side) + number(side);
    for (std::uint32_t i = 0; i < count * side * side; ++i) {
        pictures.push_back(static_cast<char>(i * 7 % 251));
    }
    writeBytes(folder + "/train-images-idx3-ubyte", pictures);
    if (classes > 0) {
        std::string labels = number(0x801) + number(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            labels.push_back(static_cast<char>(i % static_cast<std::uint32_t>(classes)));
        }
        writeBytes(folder + "/train-labels-idx1-ubyte", labels);
    }
    return folder;
}

RunConfig labelledRun(const QTemporaryDir& dir, const char* folder, const std::string& data) {
    RunConfig config = tinyRun("ppgn", folderIn(dir, folder));
    config.data = data;
    return config;
}

std::int64_t classesOf(Trainer& trainer) {
    return trainer->method().spec().parameters.integer("classes");
}

} // namespace

class TrainingLabelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNumberOfClassesIsTheDatas() {
        const QTemporaryDir dir;
        Trainer digits(labelledRun(dir, "digits", "color-glyphs"));
        QCOMPARE(classesOf(digits), 10);
        Trainer five(labelledRun(dir, "five", idxSet(dir, "idx5", 5)));
        QCOMPARE(classesOf(five), 5);
        five.steps(2);
        for (const MetricPoint& point : five->takeMetrics()) {
            for (const auto& [tag, value] : point.values) {
                QVERIFY2(std::isfinite(value), tag.c_str());
            }
        }
    }

    void dataWithoutLabelsIsRefused_data() {
        QTest::addColumn<int>("classes");
        QTest::addColumn<QString>("word");
        QTest::newRow("none") << 0 << QStringLiteral("has none");
        QTest::newRow("one") << 1 << QStringLiteral("has only one");
    }
    void dataWithoutLabelsIsRefused() {
        QFETCH(int, classes);
        QFETCH(QString, word);
        const QTemporaryDir dir;
        const RunConfig config = labelledRun(dir, "run", idxSet(dir, "idx", classes));
        const Error error = errorOf([&] { Trainer refused(config); });
        QCOMPARE(error.kind(), ErrorKind::Usage);
        QVERIFY2(contains(error.what(), "PPGN learns from labels"), error.what());
        QVERIFY2(contains(error.what(), word.toStdString()), error.what());
        QVERIFY(!error.hint().empty());
        QVERIFY(!std::filesystem::exists(config.runFolder));
    }

    void methodsThatNeedNoneTakeAnyData() {
        const QTemporaryDir dir;
        RunConfig config = labelledRun(dir, "run", idxSet(dir, "idx", 0));
        config.method = "vae";
        Trainer trainer(config);
        trainer.steps(1);
        QCOMPARE(trainer->currentStep(), 1);
    }

    void anotherNumberOfClassesIsRefused() {
        const QTemporaryDir dir;
        RunConfig config = labelledRun(dir, "run", idxSet(dir, "idx", 5));
        config.overrides["classes"] = "6";
        const Error error = errorOf([&] { Trainer refused(config); });
        QCOMPARE(error.kind(), ErrorKind::Usage);
        QVERIFY2(contains(error.what(), "classes=6") && contains(error.what(), "5 labels"), error.what());
        config.overrides["classes"] = "5";
        Trainer trainer(config);
        QCOMPARE(classesOf(trainer), 5);
    }

    void aRunGoesOnWithItsOwnLabelsOnly() {
        const QTemporaryDir dir;
        RunConfig config = labelledRun(dir, "run", idxSet(dir, "idx", 5));
        {
            Trainer trainer(config);
            trainer.steps(1);
            trainer->saveCheckpoint();
        }
        config.resume = true;
        {
            Trainer trainer(config);
            QCOMPARE(classesOf(trainer), 5);
            QCOMPARE(trainer->currentStep(), 1);
        }
        config.data = idxSet(dir, "other", 4);
        const Error error = errorOf([&] { Trainer refused(config); });
        QCOMPARE(error.kind(), ErrorKind::Usage);
        QVERIFY2(contains(error.what(), "5 labels") && contains(error.what(), "has 4"), error.what());
    }
};

QTEST_GUILESS_MAIN(TrainingLabelsTest)
#include "tst_training_labels.moc"
