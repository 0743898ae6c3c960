#include <QAbstractItemModelTester>
#include <QImage>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

#include "fake_engine.h"
#include "ui/models/run_tree_model.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

class TestRunTreeModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsRunsAndCheckpointsNewestFirst() {
        RunTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns({sampleRun("/runs/a", {1000, 2000, 12340}), sampleRun("/runs/b", {})});
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex run = model.index(0, 0);
        QCOMPARE(run.data().toString(), QStringLiteral("alpha-gan · color-glyphs"));
        QCOMPARE(model.rowCount(run), 3);
        QCOMPARE(model.index(0, 0, run).data().toString(), QStringLiteral("checkpoint 12,340"));
        QCOMPARE(model.index(2, 0, run).data(RunTreeModel::StepRole).toLongLong(), 1000);
        QCOMPARE(model.index(2, 0, run).parent(), run);
        QVERIFY(model.index(0, 0, run).data(RunTreeModel::CheckpointRole).toBool());
    }

    void mergesNewListsWithoutLosingIndexes() {
        RunTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns({sampleRun("/runs/a", {1000, 2000}), sampleRun("/runs/b", {500})});
        const QPersistentModelIndex kept = model.index(0, 0, model.index(0, 0));
        QCOMPARE(kept.data(RunTreeModel::StepRole).toLongLong(), 2000);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        // One checkpoint rotated away, one new; a new run in front, one gone.
        model.setRuns({sampleRun("/runs/c", {}), sampleRun("/runs/a", {2000, 3000})});
        QVERIFY(reset.isEmpty());
        QVERIFY(kept.isValid());
        QCOMPARE(kept.row(), 1);
        QCOMPARE(kept.data(RunTreeModel::StepRole).toLongLong(), 2000);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(!model.indexOfPath(QStringLiteral("/runs/b")).isValid());
        QCOMPARE(model.index(0, 0).data(RunTreeModel::FolderRole).toString(), QStringLiteral("/runs/c"));
    }

    void addsOneRunFromAWatcher() {
        RunTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns({sampleRun("/runs/a", {1})});
        model.updateRun(sampleRun("/elsewhere/x", {5}));
        QCOMPARE(model.rowCount(), 2);
        model.updateRun(sampleRun("/elsewhere/x", {5, 6}));
        QCOMPARE(model.rowCount(model.indexOfPath(QStringLiteral("/elsewhere/x"))), 2);
        QCOMPARE(model.run(QStringLiteral("/elsewhere/x"))->checkpoints.back().step, 6);
        QCOMPARE(model.run(QStringLiteral("/nowhere")), nullptr);
    }

    void marksPinsLiveRunsAndProblems() {
        RunTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        engine::RunEntry broken = sampleRun("/runs/broken", {});
        broken.problem = "run.json is no JSON.";
        engine::RunEntry elsewhere = sampleRun("/runs/busy", {7});
        elsewhere.active = true;
        model.setRuns({sampleRun("/runs/a", {1000}), broken, elsewhere});
        const QModelIndex checkpoint = model.index(0, 0, model.index(0, 0));
        QVERIFY(!checkpoint.data(RunTreeModel::PinnedRole).toBool());
        model.setPinned(checkpoint.data(RunTreeModel::PathRole).toString(), true);
        QVERIFY(checkpoint.data(RunTreeModel::PinnedRole).toBool());
        QVERIFY(checkpoint.data(RunTreeModel::SubtitleRole).toString().contains(QStringLiteral("pinned")));
        QCOMPARE(model.index(1, 0).data(Qt::ToolTipRole).toString(), QStringLiteral("run.json is no JSON."));
        QVERIFY(model.index(2, 0).data(RunTreeModel::LiveRole).toBool());

        model.setOwnRun(QStringLiteral("/runs/a"), 12340, QStringLiteral("Running"), true);
        QCOMPARE(model.index(0, 0).data(RunTreeModel::SubtitleRole).toString(),
                 QStringLiteral("12,340 · running"));
        QVERIFY(model.index(0, 0).data(RunTreeModel::LiveRole).toBool());
    }

    void givesThumbnails() {
        RunTreeModel model;
        engine::RunEntry run = sampleRun("/runs/a", {1, 2});
        run.checkpoints[0].thumbnail = plainImage(28, 3, 77);
        model.setRuns({run});
        const QModelIndex top = model.index(0, 0);
        // The newest one that has a picture stands for the run.
        QCOMPARE(top.data(Qt::DecorationRole).value<QImage>().pixelColor(0, 0), QColor(77, 77, 77));
        QVERIFY(!model.index(0, 0, top).data(Qt::DecorationRole).isValid());
        QVERIFY(model.index(1, 0, top).data(Qt::DecorationRole).isValid());
    }
};

QTEST_GUILESS_MAIN(TestRunTreeModel)
#include "tst_run_tree_model.moc"
