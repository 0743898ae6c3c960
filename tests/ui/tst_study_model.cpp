// A study's rows, their filter and sorting, and the plan of a new one: without widgets or an engine.

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

#include "engine/api/error.h"
#include "models/schema/method_traits.h"
#include "study_support.h"
#include "ui/models/study_draft.h"
#include "ui/models/study_table_model.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

class TestStudyModel : public QObject {
    Q_OBJECT

    QTemporaryDir home_;
    int count_ = 0;

    using Kind = StudyTableModel::Kind;

    StudyFolder made(const engine::Study& study) {
        return {home_.filePath(QString::number(++count_)), study};
    }

    static std::shared_ptr<const StudyReading> readingOf(const StudyFolder& folder,
                                                         const StudyMetrics& wanted = {}) {
        auto reading = std::make_shared<StudyReading>(
            folder.plan().study(), engine::readTrials(folder.path().toStdString(), folder.plan()));
        reading->show(wanted, models::methodCatalog());
        return reading;
    }

    static QString cell(const QAbstractItemModel& model, int row, int column) {
        return model.index(row, column).data().toString();
    }

    static QStringList column(const QAbstractItemModel& model, int column) {
        QStringList cells;
        for (int row = 0; row < model.rowCount(); ++row)
            cells << cell(model, row, column);
        return cells;
    }

private Q_SLOTS:
    void rowsAreSettingsBestFirst() {
        const StudyFolder folder = made(sampleStudy(2));
        folder.finishAll();
        const auto reading = readingOf(folder);
        StudyTableModel model;
        QAbstractItemModelTester tester(&model);
        model.setReading(reading);
        QCOMPARE(model.rowCount(), 7);
        const int figure = model.columnOf(Kind::Figure, 0);
        QCOMPARE(reading->shown[FirstSlot], std::string("critic"));
        QCOMPARE(cell(model, 0, model.columnOf(Kind::Method)), QStringLiteral("α-GAN"));
        QCOMPARE(cell(model, 0, figure), QStringLiteral("−0.39 ± 0.014"));
        QCOMPARE(cell(model, 0, model.columnOf(Kind::Seeds)), QStringLiteral("2 of 2"));
        QCOMPARE(cell(model, 0, model.columnOf(Kind::State)), QStringLiteral("done"));
        // What dcgan does not vary is empty.
        QCOMPARE(cell(model, 6, model.columnOf(Kind::Parameter, 1)), QString());
        QCOMPARE(model.row(0)->best, 7U); // of its seeds the better one
        // The other metric ranks the other way round.
        QCOMPARE(readingOf(folder, {"is", "critic"})->table.rows.front().key.setting, 3U);
        QCOMPARE(reading->shownColumns(), (std::vector<std::size_t>{0, 1}));
        QCOMPARE(readingOf(folder, {"is", "is"})->shownColumns(), (std::vector<std::size_t>{0}));
    }

    void statesAndReasonsAreTold() {
        const StudyFolder folder = made(sampleStudy());
        folder.finish(0);
        folder.fail(1);
        QVERIFY(QDir().mkpath(folder.trial(3)));
        QVERIFY(overwrite(folder.trial(3) + QStringLiteral("/trial.json"), "{"));
        const auto reading = readingOf(folder);
        StudyTableModel model;
        model.setReading(reading);
        const int state = model.columnOf(Kind::State);
        QCOMPARE(cell(model, 0, state), QStringLiteral("done"));
        const QStringList states = column(model, state);
        QVERIFY(states.contains(QStringLiteral("diverged at 3")) &&
                states.contains(QStringLiteral("failed")) && states.contains(QStringLiteral("waiting")));
        const int diverged = int(states.indexOf(QStringLiteral("diverged at 3")));
        QCOMPARE(model.index(diverged, state).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("The loss of E became infinite."));
        QCOMPARE(countsText(reading->trials), QStringLiteral("1 of 7 done · 1 diverged · 1 failed"));
    }

    void beforeAnyTrialAllWait() {
        const auto reading = readingOf(made(sampleStudy()));
        QVERIFY(reading->shown[FirstSlot].empty() && !reading->figures[FirstSlot]);
        StudyTableModel model;
        model.setReading(reading);
        QCOMPARE(model.rowCount(), 7);
        QCOMPARE(model.columnOf(Kind::Figure), -1);
        QCOMPARE(column(model, model.columnOf(Kind::State)), QStringList(7, QStringLiteral("waiting")));
        model.setReading(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void newResultsKeepThePlaces() {
        const StudyFolder folder = made(sampleStudy());
        folder.finish(0);
        StudyTableModel model;
        model.setReading(readingOf(folder));
        const QPersistentModelIndex first(model.index(0, 1));
        model.setReading(readingOf(folder));
        QVERIFY(first.isValid()); // nothing was reset
    }

    void sortsNumbersAsNumbersAndNothingLast() {
        const StudyFolder folder = made(sampleStudy());
        folder.finishAll();
        StudyTableModel model;
        StudyTableProxy proxy(model);
        QAbstractItemModelTester tester(&proxy);
        model.setReading(readingOf(folder));
        const int lambda = model.columnOf(Kind::Parameter, 1);
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            proxy.sort(lambda, order);
            QStringList expected{QStringLiteral("5"), QStringLiteral("5"), QStringLiteral("10"),
                                 QStringLiteral("10")};
            if (order == Qt::DescendingOrder)
                std::reverse(expected.begin(), expected.end());
            QCOMPARE(column(proxy, lambda), expected + QStringList(3, QString()));
        }
    }

    void filters_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("rows");
        QTest::newRow("nothing") << QString() << 7;
        QTest::newRow("a method") << QStringLiteral("alpha") << 4;
        QTest::newRow("two words") << QStringLiteral("Gan lambdaEncoder=5") << 2;
        QTest::newRow("a rate") << QStringLiteral("rateEncoder>0.0002") << 2;
        QTest::newRow("a title") << QStringLiteral("encoder>=0.0005 lambda=10") << 1;
        QTest::newRow("a figure") << QStringLiteral("critic>=-0.41") << 2;
        QTest::newRow("equal reals") << QStringLiteral("rateGenerator=2e-4") << 1;
        QTest::newRow("a state") << QStringLiteral("done") << 7;
        QTest::newRow("half a comparison") << QStringLiteral("critic>") << 0;
        QTest::newRow("unknown name") << QStringLiteral("kid<1") << 0;
    }

    void filters() {
        QFETCH(QString, typed);
        QFETCH(int, rows);
        const StudyFolder folder = made(sampleStudy());
        folder.finishAll();
        StudyTableModel model;
        StudyTableProxy proxy(model);
        model.setReading(readingOf(folder));
        proxy.setFilters({.text = typed});
        QCOMPARE(proxy.rowCount(), rows);
        QCOMPARE(proxy.filters(), !typed.isEmpty());
    }

    void methodSetTopAndBrushesFilter() {
        const StudyFolder folder = made(sampleStudy(1, 2));
        folder.finishAll();
        StudyTableModel model;
        StudyTableProxy proxy(model);
        model.setReading(readingOf(folder));
        QCOMPARE(proxy.rowCount(), 14);
        proxy.setFilters({.data = 1});
        QCOMPARE(proxy.rowCount(), 7);
        proxy.setFilters({.method = 1, .data = 1});
        QCOMPARE(proxy.rowCount(), 3);
        proxy.setFilters({.data = 0, .top = 5});
        QCOMPARE(proxy.rowCount(), 5);
        QCOMPARE(proxy.filtered().size(), 5U);
        proxy.setBrushed(std::set<SettingKey>{{0, 0, 1}, {0, 1, 2}});
        QCOMPARE(proxy.rowCount(), 1); // the second is not among the best five
        QCOMPARE(proxy.filtered().size(), 5U);
    }

    void settingsBecomeACommandLine() {
        const StudyFolder folder = made(sampleStudy());
        const QString words = settingArguments(folder.plan().trial(0).config);
        QVERIFY2(words.contains(QStringLiteral("--method alpha-gan --data glyphs --preset quick")),
                 qPrintable(words));
        QVERIFY(words.contains(QStringLiteral("--set rateEncoder=0.0001")) &&
                words.endsWith(QStringLiteral("--steps 10 --seed 1")));
    }

    // ---- the plan of a new study

    void typedValuesComeBack_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* typed, const char* shown) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(shown);
        };
        row("", "");
        row("0.001", "0.001");
        row("0.0001,0.0002", "0.0001, 0.0002");
        row("1e-4 to 1e-3, log", "0.0001 to 0.001, log");
        row("0.0001 to 0.001, linear, 4 values", "0.0001 to 0.001, linear, 4 values");
    }

    void typedValuesComeBack() {
        QFETCH(QString, typed);
        QFETCH(QString, shown);
        engine::StudyMethod method{.method = "alpha-gan"};
        const models::Schema& schema = models::findMethod("alpha-gan").schema;
        QCOMPARE(setParameterText(method, schema, "rateEncoder", typed), QString());
        QCOMPARE(parameterText(method, "rateEncoder"), shown);
    }

    void badValuesAreOneSentence_data() {
        QTest::addColumn<QString>("typed");
        for (const char* typed :
             {"many", "0.1, none", "-1", "1e-4 to", "1e-4 to 2e-4, sideways", "as nothing"})
            QTest::newRow(typed) << QString::fromLatin1(typed);
    }

    void badValuesAreOneSentence() {
        QFETCH(QString, typed);
        engine::StudyMethod method{.method = "alpha-gan", .fixed = {{"rateEncoder", "0.001"}}};
        const models::Schema& schema = models::findMethod("alpha-gan").schema;
        const QString problem = setParameterText(method, schema, "rateEncoder", typed);
        QVERIFY2(problem.endsWith(QLatin1Char('.')) || problem.endsWith(QLatin1Char('?')),
                 qPrintable(problem));
        QCOMPARE(parameterText(method, "rateEncoder"), QStringLiteral("0.001")); // as it was
    }

    void oneParameterFollowsAnother() {
        engine::StudyMethod method{.method = "alpha-gan"};
        const models::Schema& schema = models::findMethod("alpha-gan").schema;
        const auto type = [&](const char* name, const char* words) {
            return setParameterText(method, schema, name, QString::fromLatin1(words));
        };
        QCOMPARE(type("rateEncoder", "0.0001, 0.0002"), QString());
        QCOMPARE(type("rateGenerator", "as rateEncoder"), QString());
        QCOMPARE(method.ranges.size(), 1U);
        QCOMPARE(parameterText(method, "rateGenerator"), QStringLiteral("as rateEncoder"));
        QCOMPARE(type("rateEncoder", "0.001, 0.002"), QString()); // still followed
        QCOMPARE(method.ranges.front().also, std::vector<std::string>{"rateGenerator"});
        QCOMPARE(type("rateGenerator", ""), QString());
        QVERIFY(method.ranges.front().also.empty());
    }

    void plansAreCounted() {
        const StudyCheck check = checkStudy(sampleStudy(2));
        QCOMPARE(check.problem, QString());
        QCOMPARE(check.summary, QStringLiteral("14 trials: 2 methods × 3 to 4 settings × 1 set × 2 seeds"));
        engine::Study none = sampleStudy();
        none.methods.clear();
        QVERIFY2(checkStudy(none).problem.contains(QStringLiteral("methods")),
                 qPrintable(checkStudy(none).problem));
        engine::Study twice = sampleStudy();
        twice.data.push_back(twice.data.front());
        QVERIFY(!checkStudy(twice).problem.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStudyModel)
#include "tst_study_model.moc"
