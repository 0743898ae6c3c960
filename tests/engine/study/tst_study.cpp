// Plans of studies: the file, ranges, purity, Sobol's sequence against PyTorch's.

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <cstring>
#include <map>
#include <set>

#include "engine/api/error.h"
#include "engine/api/study.h"
#include "engine/storage/safetensors.h"
#include "engine/study/sobol.h"

using namespace alphascope::engine;

namespace {

std::vector<double> fixture(const std::string& name) {
    const std::string root = qgetenv("ALPHASCOPE_SOURCE_DIR").toStdString();
    for (const NamedArray& array : readSafetensors(root + "/tests/reference/sobol.safetensors").arrays) {
        if (array.name == name) {
            std::vector<double> numbers(array.bytes.size() / sizeof(double));
            std::memcpy(numbers.data(), array.bytes.data(), array.bytes.size());
            return numbers;
        }
    }
    return {};
}

/// A small study with `ranges` of the VAE and further top-level entries.
std::string studyText(const std::string& ranges,
                      const std::string& more = R"("search": "sobol", "settings": 8)") {
    return R"({"format": "alphascope-study", "version": 1, "name": "small", "steps": 3, "seeds": 2, )" +
           more +
           R"(, "data": [{"title": "Glyphs", "data": "glyphs"}], "methods": [{"method": "vae", "preset": "quick",)"
           R"( "ranges": )" +
           ranges + "}]}";
}

Study study(const std::string& ranges, const std::string& more = R"("search": "sobol", "settings": 8)") {
    return studyFromJson(studyText(ranges, more), "study.json");
}

/// The sentence that a study is refused with; "" when it is taken.
std::string refusal(const std::string& text) {
    try {
        studyFromJson(text, "study.json");
    } catch (const Error& error) {
        return error.kind() == ErrorKind::BadInput ? error.sentence() : "wrong kind: " + error.sentence();
    }
    return {};
}

std::string value(const Trial& trial, const std::string& name) {
    return trial.settings.at(name);
}

} // namespace

class TestStudy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sobolIsJoeAndKuos() {
        const std::vector<double> indices = fixture("indices");
        const std::vector<double> points = fixture("points");
        QVERIFY(!indices.empty());
        QCOMPARE(points.size(), indices.size() * sobolDimensions);
        for (std::size_t i = 0; i < indices.size(); ++i) {
            for (std::size_t d = 0; d < sobolDimensions; ++d) {
                QCOMPARE(double(sobol(std::uint32_t(indices[i]), d)) * 0x1p-32,
                         points[i * sobolDimensions + d]);
            }
        }
    }

    void sobolSettingsFillTheRange() {
        const StudyPlan plan(study(R"({"rateEncoder": {"from": 1e-4, "to": 1e-2, "scale": "log"},
                                       "rateGenerator": {"from": 0.001, "to": 0.009, "scale": "linear"}})"));
        std::set<int> factors;
        std::set<int> steps;
        for (std::size_t i = 0; i < 8; ++i) {
            const Trial trial = plan.trial(i);
            factors.insert(int(std::floor((std::log10(std::stod(value(trial, "rateEncoder"))) + 4.0) * 4.0)));
            steps.insert(int(std::floor((std::stod(value(trial, "rateGenerator")) - 0.001) * 1000.0)));
        }
        QCOMPARE(factors.size(), std::size_t(8)); // one in each eighth of both
        QCOMPARE(steps.size(), std::size_t(8));
    }

    void gridsAreEveryCombination() {
        const StudyPlan plan(study(
            R"({"rateEncoder": [0.0001, 0.001], "latentSize": {"from": 4, "to": 6}, "emaDecay": {"from": 0.5,
                "to": 0.9, "points": 3, "scale": "linear"}})",
            R"("search": "grid")"));
        QCOMPARE(plan.settingsOf(0), std::size_t(18));
        QCOMPARE(plan.size(), std::size_t(36));
        std::set<std::string> seen;
        for (std::size_t i = 0; i < 18; ++i) {
            const Trial trial = plan.trial(i);
            seen.insert(value(trial, "rateEncoder") + " " + value(trial, "latentSize") + " " +
                        value(trial, "emaDecay"));
        }
        QCOMPARE(seen.size(), std::size_t(18));
        QVERIFY(seen.count("0.0001 4 0.5") == 1 && seen.count("0.001 6 0.9") == 1 &&
                seen.count("0.001 5 0.7") == 1);
    }

    void randomSettingsStayInsideAndDiffer() {
        const StudyPlan plan(study(R"({"rateEncoder": {"from": 1e-4, "to": 1e-2}, "latentSize": [2, 4, 8]})",
                                   R"("search": "random", "settings": 60)"));
        std::set<std::map<std::string, std::string>> seen;
        std::set<std::string> sizes;
        int below = 0;
        for (std::size_t i = 0; i < 60; ++i) {
            const Trial trial = plan.trial(i);
            const double rate = std::stod(value(trial, "rateEncoder"));
            QVERIFY(rate >= 1e-4 && rate <= 1e-2);
            below += rate < 1e-3 ? 1 : 0; // half of a range in factors
            seen.insert(trial.settings);
            sizes.insert(value(trial, "latentSize"));
        }
        QCOMPARE(seen.size(), std::size_t(60));
        QCOMPARE(sizes.size(), std::size_t(3));
        QVERIFY2(below > 15 && below < 45, std::to_string(below).c_str());
    }

    void allOfFewValuesAreFound() {
        for (const char* search : {"random", "sobol"}) {
            const StudyPlan plan(study(R"({"latentSize": [2, 4, 8], "rateEncoder": [0.1, 0.01]})",
                                       "\"settings\": 6, \"search\": \"" + std::string(search) + "\""));
            std::set<std::map<std::string, std::string>> seen;
            for (std::size_t i = 0; i < 6; ++i) {
                seen.insert(plan.trial(i).settings);
            }
            QCOMPARE(seen.size(), std::size_t(6));
        }
    }

    void trialsAreAFunctionOfFileAndNumber() {
        const std::string ranges = R"({"rateEncoder": {"from": 1e-4, "to": 1e-2}})";
        const StudyPlan plan(study(ranges));
        const StudyPlan again(studyFromJson(toJson(study(ranges)), "copy"));
        const StudyPlan longer(study(ranges, R"("search": "sobol", "settings": 12)"));
        const StudyPlan other(study(ranges, R"("search": "sobol", "settings": 8, "seed": 2)"));
        QCOMPARE(plan.size(), std::size_t(16));
        bool differs = false;
        for (std::size_t i = 0; i < plan.size(); ++i) {
            QVERIFY(plan.trial(i).settings == again.trial(i).settings);
            QCOMPARE(plan.trial(i).config.seed, again.trial(i).config.seed);
            differs = differs || plan.trial(i).settings != other.trial(i).settings;
            if (i < 8) { // more settings begin with the same ones
                QVERIFY(plan.trial(i).settings == longer.trial(i).settings);
            }
        }
        QVERIFY(differs);
        QCOMPARE(plan.trial(0).config.seed, std::uint64_t(1));
        QCOMPARE(plan.trial(8).config.seed, std::uint64_t(2));
        QVERIFY(plan.trial(0).settings == plan.trial(8).settings);
        QVERIFY_EXCEPTION_THROWN(plan.trial(16), Error);
    }

    void aMethodsSettingsDoNotDependOnOthers() {
        const std::string vae = R"({"method": "vae", "ranges": {"rateEncoder": {"from": 1e-4, "to": 1e-2}}})";
        const std::string dcgan =
            R"({"method": "dcgan", "ranges": {"rateGenerator": {"from": 1e-4, "to": 1e-2}}})";
        const auto text = [](const std::string& methods) {
            return R"({"format": "alphascope-study", "version": 1, "name": "n", "steps": 1, "settings": 3,
                       "data": [{"data": "glyphs"}], "methods": [)" +
                   methods + "]}";
        };
        const StudyPlan alone(studyFromJson(text(vae), "a"));
        const StudyPlan both(studyFromJson(text(dcgan + "," + vae), "b"));
        QCOMPARE(both.size(), std::size_t(6));
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(both.trial(2 * i).config.method, std::string("dcgan"));
            QVERIFY(both.trial(2 * i + 1).settings == alone.trial(i).settings);
        }
    }

    void configurationsAreComplete() {
        const Study made = studyFromJson(
            R"({"format": "alphascope-study", "version": 1, "name": "n", "steps": 5, "seed": 7, "settings": 1,
                "checkpoint_every": 2, "threads": 2, "device": "cpu",
                "data": [{"title": "A", "data": "glyphs", "transform": "color", "size": 32, "steps": 9,
                          "set": {"latentSize": 12, "filters": 8}}],
                "methods": [{"method": "vae", "preset": "quick", "set": {"filters": 4},
                             "ranges": {"rateEncoder": {"values": [0.01], "also": ["rateGenerator"]}}}]})",
            "s");
        const RunConfig config = StudyPlan(made).trial(0).config;
        QCOMPARE(config.method, std::string("vae"));
        QCOMPARE(config.data, std::string("glyphs"));
        QCOMPARE(config.transform, std::string("color"));
        QCOMPARE(config.size, 32);
        QCOMPARE(config.steps, std::int64_t(9));
        QCOMPARE(config.seed, std::uint64_t(7));
        QCOMPARE(config.threads, 2);
        QCOMPARE(config.checkpointEvery, std::int64_t(2));
        const std::map<std::string, std::string> expected{
            {"filters", "4"}, {"latentSize", "12"}, {"rateEncoder", "0.01"}, {"rateGenerator", "0.01"}};
        QVERIFY(config.overrides == expected);
    }

    void whatIsNoStudyIsSaid_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("word");
        const auto row = [](const char* name, const std::string& text, const char* word) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(word);
        };
        const std::string plain = R"({"rateEncoder": [0.1]})";
        row("no JSON", "{", "no JSON");
        row("a list", "[]", "no JSON object");
        row("another format", R"({"format": "x"})", "'format' is not 'alphascope-study'");
        row("a later version", R"({"format": "alphascope-study", "version": 2})", "reads up to 1");
        row("no version", R"({"format": "alphascope-study"})", "'version' is missing");
        row("misspelt entry", studyText(plain, R"("settigns": 3)"), "perhaps 'settings' is meant");
        row("wrong type", studyText(plain, R"("settings": "3")"), "'settings' is no whole number");
        row("huge count", studyText(plain, R"("settings": 99999999)"), "from 0 to 10000");
        row("negative seed", studyText(plain, R"("settings": 1, "seed": -1)"), "'seed'");
        row("unknown search", studyText(plain, R"("search": "best")"), "none of grid, random, sobol");
        row("unknown device", studyText(plain, R"("settings": 1, "device": "gpu")"), "auto, cpu, cuda");
        row("unknown transform",
            R"({"format": "alphascope-study", "version": 1, "name": "n", "steps": 1,
                "data": [{"data": "glyphs", "transform": "colour"}], "methods": [{"method": "vae"}]})",
            "'colour', and there are color, stacked");
        row("unknown parameter", studyText(R"({"rateEncode": [0.1]})"), "rateEncoder");
        row("unknown method",
            R"({"format": "alphascope-study", "version": 1, "name": "n", "steps": 1,
                "data": [{"data": "glyphs"}], "methods": [{"method": "alpha-gam"}]})",
            "alpha-gan");
        row("unknown preset",
            R"({"format": "alphascope-study", "version": 1, "name": "n", "steps": 1,
                "data": [{"data": "glyphs"}], "methods": [{"method": "vae", "preset": "tiny"}]})",
            "no preset 'tiny'");
        row("no methods",
            R"({"format": "alphascope-study", "version": 1, "name": "n", "steps": 1,
                "data": [{"data": "glyphs"}], "methods": []})",
            "'methods' is empty");
        row("no data",
            R"({"format": "alphascope-study", "version": 1, "name": "n", "steps": 1,
                "data": [], "methods": [{"method": "vae"}]})",
            "'data' is empty");
        row("empty list", studyText(R"({"rateEncoder": []})"), "empty range");
        row("empty range", studyText(R"({"rateEncoder": {"from": 0.01, "to": 0.01}})"), "empty range");
        row("reversed range", studyText(R"({"rateEncoder": {"from": 0.02, "to": 0.01}})"), "empty range");
        row("out of range", studyText(R"({"rateEncoder": {"from": 0.01, "to": 5}})"), "from 0 to 0.1");
        row("value out of range", studyText(R"({"rateEncoder": [7]})"), "rateEncoder");
        row("value of another type", studyText(R"({"latentSize": [2.5]})"), "latentSize");
        row("a value twice", studyText(R"({"rateEncoder": [0.01, 1e-2]})"), "holds 0.01 twice");
        row("factors from 0", studyText(R"({"rateEncoder": {"from": 0, "to": 0.1, "scale": "log"}})"),
            "cannot begin at 0");
        row("both", studyText(R"({"rateEncoder": {"values": [0.1], "from": 0.01}})"), "both 'values' and");
        row("no range", studyText(R"({"rateEncoder": 0.1})"), "neither a list");
        row("twice through also", studyText(R"({"rateEncoder": {"values": [0.1], "also": ["rateGenerator"]},
                                                "rateGenerator": [0.1]})"),
            "rateGenerator of vae in two places");
        row("too many settings", studyText(plain, R"("search": "random", "settings": 2)"),
            "2 are asked for, and its ranges have 1");
        row("no number of settings", studyText(plain, R"("search": "random")"), "how many settings");
        row("endless grid", studyText(R"({"rateEncoder": {"from": 0.01, "to": 0.1}})", R"("search": "grid")"),
            "how many values of rateEncoder");
        row("too many trials",
            R"({"format": "alphascope-study", "version": 1, "name": "n", "steps": 1, "seeds": 1000,
                "settings": 1000, "data": [{"data": "glyphs"}],
                "methods": [{"method": "vae", "ranges": {"rateEncoder": {"from": 1e-4, "to": 1e-2}}}]})",
            "more than 100000 trials");
        row("too many metrics' pictures", studyText(plain, R"("settings": 1, "judging": {"count": -4})"),
            "'count'");
        row("deep", std::string(100, '[') + std::string(100, ']'), "too deep");
    }

    void whatIsNoStudyIsSaid() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, word);
        const std::string said = refusal(text.toStdString());
        QVERIFY2(said.find(word.toStdString()) != std::string::npos, said.c_str());
    }

    void presetsFitTheirMethods() {
        for (const std::string& name : studyPresetNames()) {
            const Study preset = studyPreset(name);
            QCOMPARE(preset.name, name);
            QVERIFY(StudyPlan(preset).size() > 0);
            const Study again = studyFromJson(toJson(preset), "copy");
            QCOMPARE(toJson(again), toJson(preset));
        }
        QCOMPARE(StudyPlan(studyPreset("paper-mini")).size(), std::size_t(48));
        QCOMPARE(studyPreset("paper").data.size(), std::size_t(3));
        try {
            studyPreset("paper-min");
            QFAIL("an unknown preset was taken");
        } catch (const Error& error) {
            QVERIFY(error.sentence().find("'paper-mini'") != std::string::npos);
        }
    }

    void aStudyIsNotOverwritten() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("s")).toStdString();
        const Study made = study(R"({"rateEncoder": [0.1]})", R"("settings": 1)");
        createStudy(path, made);
        QCOMPARE(toJson(readStudy(path)), toJson(made));
        QVERIFY_EXCEPTION_THROWN(createStudy(path, made), Error);
        QVERIFY_EXCEPTION_THROWN(readStudy(folder.path().toStdString()), Error);
    }

    void dataThatMovedIsNamed() {
        Study made = study(R"({"rateEncoder": [0.1]})", R"("settings": 1)");
        made.data.front().data = "/nowhere/pictures";
        try {
            checkStudyData(made);
            QFAIL("data that is not there was taken");
        } catch (const Error& error) {
            QVERIFY(error.sentence().find("Glyphs") != std::string::npos);
            QVERIFY(error.sentence().find("/nowhere/pictures") != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestStudy)
#include "tst_study.moc"
