// The schema: parsing, ranges, names, and what the user reads when something is wrong.
#include <QtTest/QtTest>

#include <limits>

#include "models/schema/method_traits.h"

using namespace alphascope::models;

class TestParameterSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badTextIsAnsweredWithOneSentence_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* text, const char* message) {
            QTest::newRow(qPrintable(QString::fromUtf8(name) + QLatin1Char('=') + QString::fromUtf8(text)))
                << QString::fromUtf8(name) << QString::fromUtf8(text) << QString::fromUtf8(message);
        };
        const char* const lambda = ": give a number from 0 to 1000";
        row("lambdaEncoder", "5000", "lambdaEncoder = 5000 is out of range: give a number from 0 to 1000");
        row("lambdaEncoder", "-1", "lambdaEncoder = -1 is out of range: give a number from 0 to 1000");
        row("lambdaEncoder", "nan", (std::string("lambdaEncoder = nan is out of range") + lambda).c_str());
        row("lambdaEncoder", "inf", (std::string("lambdaEncoder = inf is out of range") + lambda).c_str());
        row("lambdaEncoder", "1,5", (std::string("lambdaEncoder = 1,5 is not a number") + lambda).c_str());
        row("lambdaEncoder", "", (std::string("lambdaEncoder =  is not a number") + lambda).c_str());
        row("lambdaEncoder", "3x", (std::string("lambdaEncoder = 3x is not a number") + lambda).c_str());
        row("latentSize", "2.5",
            "latentSize = 2.5 is not a whole number: give a whole number from 2 to 1024");
        row("latentSize", "99999999999999999999",
            "latentSize = 99999999999999999999 is out of range: give a whole number from 2 to 1024");
        row("freshBatchPerSubstep", "maybe",
            "freshBatchPerSubstep = maybe is not a switch: give true or false");
        row("discriminatorBatching", "both",
            "discriminatorBatching = both is not one of its choices: give separate or joint");
        row("lamdaEncoder", "1", "There is no parameter 'lamdaEncoder'. Did you mean 'lambdaEncoder'?");
        row("LATENTSIZE", "1", "There is no parameter 'LATENTSIZE'. Did you mean 'latentSize'?");
    }
    void badTextIsAnsweredWithOneSentence() {
        QFETCH(QString, name);
        QFETCH(QString, text);
        QFETCH(QString, message);
        ParameterSet parameters(findMethod("alpha-gan").schema);
        const auto before = parameters.toTexts();
        try {
            parameters.setText(name.toStdString(), text.toStdString());
            QFAIL("accepted");
        } catch (const SchemaError& error) {
            QCOMPARE(QString::fromUtf8(error.what()), message);
        }
        QVERIFY(parameters.toTexts() == before);
    }

    void goodTextIsRead() {
        ParameterSet parameters(findMethod("alpha-gan").schema);
        parameters.setText("lambdaEncoder", " 2.5e1 ");
        QCOMPARE(parameters.real("lambdaEncoder"), 25.0);
        parameters.setText("latentSize", "1e2");
        QCOMPARE(parameters.integer("latentSize"), std::int64_t{100});
        parameters.setText("freshBatchPerSubstep", "on");
        QVERIFY(parameters.boolean("freshBatchPerSubstep"));
        parameters.set("lambdaEncoder", std::int64_t{7});
        QCOMPARE(parameters.real("lambdaEncoder"), 7.0);
        QVERIFY_EXCEPTION_THROWN(parameters.set("lambdaEncoder", std::string("7")), SchemaError);
    }

    void realsReadBackExactly_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("rate") << 0.0002 << QStringLiteral("0.0002");
        QTest::newRow("third") << 1.0 / 3.0 << QStringLiteral("0.3333333333333333");
        QTest::newRow("whole") << 100000.0 << QStringLiteral("100000");
        QTest::newRow("zero") << 0.0 << QStringLiteral("0");
        QTest::newRow("tiny") << 1e-30 << QStringLiteral("1e-30");
    }
    void realsReadBackExactly() {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(toText(value)), text);
        QCOMPARE(std::stod(toText(value)), value);
    }

    void everyDefaultAndPresetIsValid() {
        for (const MethodTraits& traits : methodCatalog()) {
            QVERIFY(traits.presets.size() >= 3);
            for (const MethodPreset& preset : traits.presets) {
                const ParameterSet parameters = resolveParameters(traits, preset.name, {});
                ParameterSet copy(traits.schema);
                for (const auto& [name, text] : parameters.toTexts()) {
                    copy.setText(name, text);
                }
                QVERIFY(copy.toTexts() == parameters.toTexts());
            }
            for (const ParameterSpec& spec : traits.schema) {
                QVERIFY(!spec.title.empty() && !spec.meaning.empty() && !spec.group.empty());
            }
        }
    }

    void defaultsFollowTheData() {
        const MethodTraits& traits = findMethod("alpha-gan");
        const auto latentSize = [&](const std::string& preset, const ImageShape& image) {
            return resolveParameters(traits, preset, {}, image).integer("latentSize");
        };
        QCOMPARE(latentSize("standard", {1, 28}), std::int64_t{50});
        QCOMPARE(latentSize("standard", {3, 32}), std::int64_t{128});
        QCOMPARE(latentSize("standard", {3, 64}), std::int64_t{128});
        QCOMPARE(latentSize("standard", pointShape), std::int64_t{2});
        QCOMPARE(latentSize("comparison", {3, 64}), std::int64_t{50}); // a preset that names it wins
        const auto given = resolveParameters(traits, "standard", {{"latentSize", "7"}}, pointShape);
        QCOMPARE(given.integer("latentSize"), std::int64_t{7});
        for (const MethodTraits& each : methodCatalog()) {
            for (const MethodPreset& preset : each.presets) {
                resolveParameters(each, preset.name, {},
                                  pointShape); // every such default is valid, or throws
                resolveParameters(each, preset.name, {}, {3, 64});
            }
        }
    }

    void overridesWinOverThePreset() {
        const MethodTraits& traits = findMethod("alpha-gan");
        QCOMPARE(resolveParameters(traits, "quick", {}).integer("filters"), std::int64_t{16});
        QCOMPARE(resolveParameters(traits, "quick", {{"filters", "20"}}).integer("filters"),
                 std::int64_t{20});
    }

    void unknownMethodsAndPresetsNameTheNearest() {
        try {
            findMethod("alphagan");
            QFAIL("found");
        } catch (const SchemaError& error) {
            QCOMPARE(error.what(), "There is no method 'alphagan'. Did you mean 'alpha-gan'?");
        }
        try {
            resolveParameters(findMethod("vae"), "qick", {});
            QFAIL("found");
        } catch (const SchemaError& error) {
            QCOMPARE(error.what(), "There is no preset 'qick'. Did you mean 'quick'?");
        }
        QCOMPARE(nearestName("zzzzzz", {"quick", "paper"}), std::string());
        QCOMPARE(nearestName(std::string(100000, 'a'), {"quick"}), std::string());
    }
};

QTEST_APPLESS_MAIN(TestParameterSchema)
#include "tst_parameter_schema.moc"
