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

    void forksStandBelowTheirRun() {
        RunTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto fork = [](const char* folder, const char* parent, std::int64_t step) {
            engine::RunEntry run = sampleRun(folder, {step + 1000});
            run.parent = engine::RunParent{"run", parent, "", step};
            return run;
        };
        const auto order = [&model] {
            QStringList rows;
            for (int row = 0; row < model.rowCount(); ++row) {
                const QModelIndex run = model.index(row, 0);
                rows << QString::number(run.data(RunTreeModel::DepthRole).toInt()) +
                            run.data(RunTreeModel::FolderRole).toString().section(QLatin1Char('/'), -1);
            }
            return rows.join(QLatin1Char(' '));
        };
        const auto trunk = sampleRun("/runs/m", {1000, 2000});
        const auto first = fork("/runs/z", "/runs/m", 1000);
        const auto second = fork("/runs/b", "/runs/m", 2000);
        const auto twig = fork("/runs/a", "/runs/z", 2000);
        const auto orphan = fork("/runs/c", "/gone/x", 500);
        const auto other = sampleRun("/runs/n", {1});
        model.setRuns({twig, trunk, other});
        QCOMPARE(order(), QStringLiteral("0a 0m 0n")); // its parent is not there
        const QPersistentModelIndex kept = model.index(0, 0, model.index(1, 0));
        QCOMPARE(kept.data(RunTreeModel::StepRole).toLongLong(), 2000);

        model.setRuns({twig, second, orphan, trunk, other, first});
        QCOMPARE(order(), QStringLiteral("0c 0m 1b 1z 2a 0n"));
        QCOMPARE(kept.data(RunTreeModel::StepRole).toLongLong(), 2000);
        QCOMPARE(kept.parent().data(RunTreeModel::FolderRole).toString(), QStringLiteral("/runs/m"));
        const QModelIndex branch = model.index(3, 0);
        QCOMPARE(branch.data(RunTreeModel::SubtitleRole).toString(),
                 QStringLiteral("from 1,000 · step 2,000"));
        QCOMPARE(model.index(0, 0, branch).data(RunTreeModel::DepthRole).toInt(), 1);
        QVERIFY(
            model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("not in this list")));

        model.setRuns({twig, second, orphan, other, first}); // the trunk was deleted
        QCOMPARE(order(), QStringLiteral("0b 0c 0n 0z 1a"));
        model.setRuns({fork("/runs/p", "/runs/q", 1), fork("/runs/q", "/runs/p", 1), other});
        QCOMPARE(order(), QStringLiteral("0n 0p 0q"));
        model.updateRun(fork("/runs/new", "/runs/n", 7)); // as a watcher reports it
        QCOMPARE(order(), QStringLiteral("0n 1new 0p 0q"));
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
