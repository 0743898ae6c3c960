// Journeys 7 and 8: four models on one sheet; back to an earlier step, and on from there with another lambda.

#include <QFile>
#include <QLineEdit>
#include <QTest>

#include <algorithm>

#include "../drop_files.h"
#include "journey.h"
#include "ui/panels/compare_workspace.h"
#include "ui/panels/parameter_editor.h"
#include "ui/panels/setup_panel.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

class TestJourneysRuns : public QObject {
    Q_OBJECT
    Journey journey_;

private Q_SLOTS:
    /// Journey 7.
    void fourModelsOnOneSheet() {
        MainWindow& window = journey_.open();
        journey_.key(Qt::Key_4);
        QCOMPARE(window.workspace(), Workspace::Compare);
        QStringList runs;
        for (const char* method : {"alpha-gan", "dcgan", "wgan-gp", "age"}) {
            runs.append(journey_.runFolder(QString::fromLatin1(method)));
            QVERIFY2(!runs.back().isEmpty(), method);
        }
        dropFiles(window.compareWorkspace(), runs);
        QTRY_COMPARE_WITH_TIMEOUT(window.compare().columns().size(), std::size_t(4), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            std::all_of(window.compare().columns().begin(), window.compare().columns().end(),
                        [](const CompareColumn& column) { return column.result && !column.stale(); }),
            patience);
        // Those without an encoder search for the pictures' codes.
        QTRY_VERIFY_WITH_TIMEOUT(!window.compare().busy(), patience);
        for (const CompareColumn& column : window.compare().columns())
            QVERIFY2(column.problem.isEmpty(), qPrintable(column.problem));
        journey_.keep(QStringLiteral("journey-compare"));
        journey_.dialogs().picked = journey_.path(QStringLiteral("sheet.pdf"));
        window.action(QStringLiteral("saveComparison"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(journey_.dialogs().picked), patience);
        QFile sheet(journey_.dialogs().picked);
        QVERIFY(sheet.open(QIODevice::ReadOnly));
        QVERIFY(sheet.readAll().startsWith("%PDF"));
    }

    /// Journey 8.
    void backInTimeAndOnWithAnotherLambda() {
        const QString parent = journey_.trainedHere(QStringLiteral("alpha-gan"));
        QVERIFY(!parent.isEmpty());
        MainWindow& window = journey_.open();
        QVERIFY(journey_.exploreFolder(parent));
        journey_.key(Qt::Key_1);
        QTRY_VERIFY_WITH_TIMEOUT(window.display().checkpoints().size() > 1, patience);
        const auto last = window.display().checkpoints().back().step;
        // Back, checkpoint by checkpoint: the pictures are those of that time.
        journey_.key(Qt::Key_BracketLeft);
        journey_.key(Qt::Key_BracketLeft);
        QTRY_VERIFY_WITH_TIMEOUT(window.display().preview() && window.display().preview()->step > 0 &&
                                     window.display().preview()->step < last,
                                 patience);
        const auto step = window.display().preview()->step;
        QVERIFY(journey_.click("forkButton"));
        QTRY_VERIFY_WITH_TIMEOUT(window.setupPanel()->fork().has_value(), patience);
        auto* lambda = window.setupPanel()->editor(QStringLiteral("lambdaEncoder"))->findChild<QLineEdit*>();
        QVERIFY(lambda && lambda->isEnabled());
        lambda->setFocus();
        lambda->selectAll();
        QTest::keyClicks(lambda, QStringLiteral("7.5"));
        QTest::keyClick(lambda, Qt::Key_Return);
        journey_.keep(QStringLiteral("journey-fork"));
        window.action(QStringLiteral("run"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.bridge().status().state, engine::SessionState::Running, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.bridge().status().step > step, patience);
        const QString fork = QString::fromStdString(window.bridge().status().runFolder);
        window.action(QStringLiteral("stop"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.bridge().status().state, engine::SessionState::Stopped, patience);

        const engine::RunEntry entry = engine::readRun(fork.toStdString());
        QVERIFY(entry.parent.has_value());
        QCOMPARE(entry.parent->step, step);
        QCOMPARE(engine::readRunConfig(fork.toStdString()).overrides.at("lambdaEncoder"), std::string("7.5"));
        // A branch beneath the run that it comes from.
        QTRY_VERIFY_WITH_TIMEOUT(
            window.runModel().indexOfPath(fork).data(RunTreeModel::DepthRole).toInt() == 1, patience);
        journey_.keep(QStringLiteral("journey-branch"));
    }
};

QTEST_MAIN(TestJourneysRuns)
#include "tst_journeys_runs.moc"
