#include <QTest>

#include "fake_engine.h"
#include "ui/models/parameter_form.h"

using namespace alphascope;
using namespace alphascope::ui;

class TestParameterForm : public QObject {
    Q_OBJECT
    test::FakeEngine engine_;
    const models::MethodTraits& alpha_ = engine_.methods()[0];

private Q_SLOTS:
    void groupsKeepTheSchemasOrder() {
        ParameterForm form;
        QVERIFY(form.groups().empty());
        form.setMethod(alpha_);
        const auto groups = form.groups();
        QCOMPARE(groups.size(), std::size_t(2));
        QCOMPARE(groups[0].first, std::string("Training"));
        QCOMPARE(groups[0].second.size(), std::size_t(2));
        QCOMPARE(groups[1].second[0]->name, std::string("lambdaEncoder"));
    }

    void onlyDifferencesAreOverrides() {
        ParameterForm form;
        form.setMethod(alpha_);
        form.setPreset("quick");
        QVERIFY(form.setText("lambdaEncoder", "12.50").isEmpty());
        QCOMPARE(form.text("lambdaEncoder"), std::string("12.5"));
        QVERIFY(form.changed("lambdaEncoder"));
        QCOMPARE(form.overrides().size(), std::size_t(1));
        QVERIFY(form.setText("lambdaEncoder", "10").isEmpty());
        QVERIFY(form.overrides().empty());
    }

    void presetsMoveTheDefaults() {
        ParameterForm form;
        form.setMethod(alpha_);
        form.setPreset("quick");
        QCOMPARE(form.text("batchSize"), std::string("64"));
        form.setText("batchSize", "128");
        form.setPreset("standard");
        QCOMPARE(form.text("batchSize"), std::string("128"));
        QVERIFY(!form.changed("batchSize"));
    }

    void defaultsFollowTheData() {
        models::MethodTraits traits = alpha_;
        for (models::ParameterSpec& spec : traits.schema)
            if (spec.name == "batchSize")
                spec.largeDefault = std::int64_t{16};
        traits.presets.clear();
        ParameterForm form;
        form.setMethod(traits);
        const std::string small = form.text("batchSize");
        QVERIFY(small != "16");
        form.setImage({3, 64});
        QCOMPARE(form.text("batchSize"), std::string("16"));
        QVERIFY(!form.changed("batchSize"));
        form.setImage({3, 28});
        QCOMPARE(form.text("batchSize"), small);
        form.setText("batchSize", "16");
        QVERIFY(form.changed("batchSize"));
        form.setImage({3, 64});
        QVERIFY(!form.changed("batchSize")); // it is the default now
        form.setImage({3, 28});
        form.setOverrides({{"batchSize", small}}); // of a run on large pictures, which are not looked at yet
        form.setImage({3, 64});
        QCOMPARE(form.text("batchSize"), small);
        QVERIFY(form.changed("batchSize"));
    }

    void badTextsAreRefused_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::newRow("out of range") << QStringLiteral("batchSize") << QStringLiteral("0");
        QTest::newRow("no number") << QStringLiteral("batchSize") << QStringLiteral("many");
        QTest::newRow("decimal comma") << QStringLiteral("lambdaEncoder") << QStringLiteral("1,5");
        QTest::newRow("empty") << QStringLiteral("lambdaEncoder") << QString();
        QTest::newRow("no choice") << QStringLiteral("loss") << QStringLiteral("l3");
        QTest::newRow("unknown name") << QStringLiteral("lambda") << QStringLiteral("1");
    }
    void badTextsAreRefused() {
        QFETCH(QString, name);
        QFETCH(QString, text);
        ParameterForm form;
        form.setMethod(alpha_);
        QVERIFY(!form.setText(name.toStdString(), text.toStdString()).isEmpty());
        QVERIFY(form.overrides().empty());
    }

    void changesSurviveAnotherMethod() {
        ParameterForm form;
        form.setMethod(alpha_);
        form.setOverrides({{"lambdaEncoder", "3"}, {"gone", "1"}, {"batchSize", "huge"}});
        QCOMPARE(form.overrides().size(), std::size_t(1));
        form.setMethod(engine_.methods()[1]);
        QCOMPARE(form.text("lambdaEncoder"), std::string("3"));
        form.resetAll();
        QCOMPARE(form.text("lambdaEncoder"), std::string("10"));
    }

    void locksByState() {
        const auto& fixed = alpha_.schema[0];
        const auto& live = alpha_.schema[1];
        QVERIFY(ParameterForm::lockReason(fixed, engine::SessionState::Idle).isEmpty());
        QVERIFY(!ParameterForm::lockReason(fixed, engine::SessionState::Running).isEmpty());
        QVERIFY(ParameterForm::lockReason(live, engine::SessionState::Running).isEmpty());
        QVERIFY(!ParameterForm::lockReason(live, engine::SessionState::Stopping).isEmpty());
    }

    void tooltipsTellMeaningRangeAndDefault() {
        ParameterForm form;
        form.setMethod(alpha_);
        const QString tip = form.tooltip(alpha_.schema[1]);
        QVERIFY(tip.contains(QStringLiteral("What λ encoder means.")));
        QVERIFY(tip.contains(QStringLiteral("From 0 to 1000")));
        QVERIFY(tip.contains(QStringLiteral("lambdaEncoder")));
        QVERIFY(tip.contains(QStringLiteral("while training")));
    }
};

QTEST_GUILESS_MAIN(TestParameterForm)
#include "tst_parameter_form.moc"
