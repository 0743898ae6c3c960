// Journey 7: four models on one sheet.

#include <QFile>
#include <QTest>

#include <algorithm>

#include "journey.h"
#include "ui/panels/compare_workspace.h"

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
        Journey::drop(window.compareWorkspace(), runs);
        QTRY_COMPARE_WITH_TIMEOUT(window.compare().columns().size(), std::size_t(4), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            std::all_of(window.compare().columns().begin(), window.compare().columns().end(),
                        [](const CompareColumn& column) { return column.result && !column.stale(); }),
            patience);
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
};

QTEST_MAIN(TestJourneysRuns)
#include "tst_journeys_runs.moc"
