// The Compare workspace over a fake engine: models come and go, all are asked the same, one selection for all
// columns, two in one view, searches that end when told to, sheets.

#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>

#include "drop_files.h"
#include "ui/panels/compare_pair_panel.h"
#include "ui/panels/compare_strip.h"
#include "ui/panels/compare_workspace.h"
#include "ui/panels/runs_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/split_view.h"
#include "ui/widgets/time_scrubber.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

class TestCompare : public QObject {
    Q_OBJECT

    static QString name(const char* latin) { return QString::fromLatin1(latin); }

    /// A window whose Compare workspace shows these models.
    struct Bench : WindowBench {
        explicit Bench(const QStringList& models = {},
                       const std::function<void(FakeEngine&, const QString&)>& prepare = {})
            : WindowBench(prepare) {
            window->setWorkspace(Workspace::Compare);
            for (const QString& model : models)
                window->compare().add(model, model);
        }
        CompareController& controller() { return window->compare(); }
        CompareWorkspace& workspace() { return *window->compareWorkspace(); }
        CompareBlock* samples(int index) { return workspace().samples()->block(index); }
        CompareBlock* inputs(int index) { return workspace().inputs()->block(index); }
        bool idle() { return !controller().busy(); }
        bool read(int count) {
            const auto& columns = controller().columns();
            return int(columns.size()) == count &&
                   std::all_of(columns.begin(), columns.end(), [](const CompareColumn& column) {
                       return (column.result || !column.problem.isEmpty()) && !column.stale();
                   });
        }
        int asked(const std::string& part) const {
            const auto log = engine->log();
            return int(std::count_if(log.begin(), log.end(), [&](const std::string& line) {
                return line.rfind("compare ", 0) == 0 && line.find(part) != std::string::npos;
            }));
        }
    };

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void anEmptyComparisonSaysWhatToDo() {
        Bench bench;
        QVERIFY(bench.workspace().isVisible());
        QVERIFY(!bench.samples(0));
        QVERIFY(!bench.enabled("saveComparison"));
        auto buttons = bench.workspace().findChildren<QPushButton*>();
        const auto open = std::find_if(buttons.begin(), buttons.end(), [](QPushButton* button) {
            return button->text().contains(u"checkpoint");
        });
        QVERIFY(open != buttons.end());
        bench.dialogs->picked = name("/models/x.safetensors");
        (*open)->click();
        QTRY_VERIFY(bench.read(1));
        QCOMPARE(bench.samples(0)->title(), QStringLiteral("α-GAN"));
    }

    void columnsShowTheSameRows() {
        Bench bench({name("/runs/a"), name("/runs/b")});
        QTRY_VERIFY(bench.read(2));
        QCOMPARE(bench.samples(0)->grid()->count(), 24);
        QCOMPARE(bench.inputs(0)->grid()->count(), 8);
        QVERIFY(bench.inputs(0)->grid()->pairMode() == PairMode::Pairs);
        QVERIFY(bench.samples(0)->caption().contains(name("glyphs")));
        QVERIFY(bench.samples(0)->caption().contains(name("step 300")));
        QVERIFY(bench.inputs(1)->caption().contains(name("L1 0.25")));
        // Two of one name at one step are told apart by their runs.
        QCOMPARE(bench.samples(0)->title(), QStringLiteral("α-GAN in a"));
        QCOMPARE(bench.asked("/runs/a seed 1 samples 24 inputs 8"), 1);
    }

    void oneSelectionForAll() {
        Bench bench({name("/runs/a"), name("/runs/b")});
        QTRY_VERIFY(bench.read(2));
        ComparePairPanel* pair = bench.workspace().pairPanel();
        QVERIFY(!pair->isVisible());
        ImageGrid* grid = bench.samples(1)->grid();
        QTest::mouseClick(grid, Qt::LeftButton, {}, grid->cellRect(3).center().toPoint());
        QCOMPARE(bench.samples(0)->grid()->selected(), 3);
        QCOMPARE(bench.samples(1)->grid()->selected(), 3);
        QCOMPARE(bench.inputs(0)->grid()->selected(), -1);
        QTRY_VERIFY(pair->isVisible());
        QCOMPARE(qGray(pair->view()->first().pixel(0, 0)), 3);
        QCOMPARE(qGray(pair->view()->second().pixel(0, 0)), 53);
        QVERIFY(pair->figure().contains(name("0.392"))); // 50 of 255, of a range of 2
        ImageGrid* rebuilt = bench.inputs(0)->grid();
        QTest::mouseClick(rebuilt, Qt::LeftButton, {}, rebuilt->cellRect(1).center().toPoint());
        QCOMPARE(bench.samples(0)->grid()->selected(), -1);
        QCOMPARE(bench.inputs(1)->grid()->selected(), 1);
        QCOMPARE(qGray(pair->view()->first().pixel(0, 0)), 101);
    }

    void oneKeySwapsAAndB() {
        Bench bench({name("/runs/a"), name("/runs/b")});
        QTRY_VERIFY(bench.read(2));
        bench.controller().select(CompareRows::Samples, 2);
        QVERIFY(QTest::qWaitForWindowExposed(bench.window.get()));
        bench.window->activateWindow();
        bench.workspace().pairPanel()->view()->setFocus();
        const int a = bench.controller().pairA();
        QTest::keyClick(bench.window.get(), Qt::Key_B);
        QTRY_COMPARE(bench.controller().pairB(), a);
        SplitView* view = bench.workspace().pairPanel()->view();
        QCOMPARE(qGray(view->first().pixel(0, 0)), 52);
        QCOMPARE(qGray(view->second().pixel(0, 0)), 2);
    }

    void theDifferenceAndTheOriginal() {
        Bench bench({name("/runs/a"), name("/runs/b")});
        QTRY_VERIFY(bench.read(2));
        bench.workspace().setMode(CompareMode::Pair);
        QVERIFY(bench.workspace().pairPanel()->isVisible());
        QVERIFY(!bench.workspace().samples()->isVisible());
        QCOMPARE(bench.controller().selectedRow(), 0);
        bench.workspace().pairPanel()->setDifferenceShown(true);
        QVERIFY(bench.workspace().pairPanel()->view()->showsInstead());
        bench.controller().select(CompareRows::Inputs, 0);
        bench.controller().setPair(CompareController::original, bench.controller().pairB());
        const ComparePair pair = bench.controller().pair();
        QCOMPARE(qGray(pair.a.pixel(0, 0)), 200);
        QCOMPARE(qGray(pair.difference.pixel(0, 0)), 50); // 200 and 150
        // Chosen twice: the two change places.
        const int b = bench.controller().pairB();
        bench.controller().setPair(b, b);
        QCOMPARE(bench.controller().pairA(), b);
        QCOMPARE(bench.controller().pairB(), CompareController::original);
    }

    void otherCodesAskForSamplesOnly() {
        Bench bench({name("/runs/a"), name("/runs/b")});
        QTRY_VERIFY(bench.read(2) && bench.idle());
        bench.controller().setSeed(5);
        QTRY_COMPARE(bench.asked("newest.safetensors seed 5 samples 24 inputs 0"), 2);
        QTRY_VERIFY(bench.read(2) && bench.idle());
        QCOMPARE(bench.inputs(0)->grid()->count(), 8);
        bench.trigger("random");
        QVERIFY(bench.controller().seed() != 5);
    }

    void otherPicturesAskForReconstructionsOnly() {
        Bench bench({name("/runs/a"), name("/runs/b")});
        QTRY_VERIFY(bench.read(2) && bench.idle());
        bench.controller().setFirstInput(16);
        QTRY_COMPARE(bench.asked("samples 0 inputs 8 from 16"), 2);
        QTRY_VERIFY(bench.read(2));
        QCOMPARE(bench.controller().columns()[1].result->inputNames.front(), std::string("test #16"));
        QCOMPARE(bench.samples(0)->grid()->count(), 24);
    }

    void moreCodesAndPictures() {
        Bench bench({name("/runs/a"), name("/runs/b")});
        QTRY_VERIFY(bench.read(2) && bench.idle());
        const auto choose = [&](const char* box, int count) {
            for (QComboBox* combo : bench.workspace().findChildren<QComboBox*>())
                if (combo->accessibleName().contains(name(box))) {
                    combo->setCurrentIndex(combo->findData(count));
                    Q_EMIT combo->activated(combo->currentIndex());
                }
        };
        choose("codes", 48);
        QTRY_COMPARE(bench.asked("samples 48 inputs 0"), 2);
        QTRY_COMPARE(bench.samples(1)->grid()->count(), 48);
        QTRY_VERIFY(bench.idle());
        choose("pictures", 16);
        QTRY_COMPARE(bench.asked("samples 0 inputs 16"), 2);
        QTRY_COMPARE(bench.inputs(1)->grid()->count(), 16);
        // The next start brings them back.
        bench.window->close();
        bench.open();
        QCOMPARE(bench.window->compare().samples(), std::size_t(48));
        QCOMPARE(bench.window->compare().inputs(), std::size_t(16));
    }

    void droppedPicturesAreRebuiltByAll() {
        Bench bench({name("/runs/a"), name("/runs/b")});
        QTRY_VERIFY(bench.read(2) && bench.idle());
        bench.controller().setFirstInput(5);
        QTRY_VERIFY(bench.read(2) && bench.idle());
        QVERIFY(dropFiles(&bench.workspace(),
                          {name("/pictures/me.PNG"), name("/pictures/you.jpg"), name("/runs/c")}));
        QCOMPARE(bench.controller().pictures(),
                 QStringList({name("/pictures/me.PNG"), name("/pictures/you.jpg")}));
        QTRY_VERIFY(bench.read(3) && bench.idle());
        for (const CompareColumn& column : bench.controller().columns())
            QCOMPARE(column.result->inputNames.front(), std::string("/pictures/me.PNG #0"));
        // Pictures that cannot be read cost nobody his samples.
        QVERIFY(dropFiles(&bench.workspace(), {name("/pictures/broken.png")}));
        QTRY_VERIFY(bench.read(3) && bench.idle());
        QCOMPARE(bench.inputs(2)->grid()->count(), 0);
        QCOMPARE(bench.samples(2)->grid()->count(), 24);
        bench.controller().add(name("/runs/d"), name("/runs/d"));
        QTRY_VERIFY(bench.read(4) && bench.idle());
        QCOMPARE(bench.samples(3)->grid()->count(), 24);
        bench.controller().setPictures({});
        QTRY_VERIFY(bench.read(4) && bench.idle());
        QCOMPARE(bench.inputs(3)->grid()->count(), 8);
    }

    void theFirstModelsDataIsRebuilt() {
        Bench bench({name("/runs/a"), name("/runs/mnist")});
        QTRY_VERIFY(bench.read(2) && bench.idle());
        QCOMPARE(bench.asked("mnist"), 1);
        bench.controller().move(1, 0);
        QTRY_VERIFY(bench.read(2) && bench.idle());
        QCOMPARE(bench.asked("mnist"), 2);
        QCOMPARE(bench.asked("/runs/a"), 2);
        QVERIFY(bench.samples(0)->grid()->count() > 0);
    }

    void searchesComeLastAndCanBeCancelled() {
        Bench bench({name("/runs/slow-dcgan"), name("/runs/a")});
        // All quick answers are there while the search goes on.
        QTRY_VERIFY(bench.read(2));
        ProgressRow* progress = bench.workspace().progress();
        QTRY_VERIFY(progress->isVisible());
        QCOMPARE(bench.inputs(1)->grid()->count(), 8);
        QCOMPARE(bench.inputs(0)->grid()->count(), 0);
        for (QPushButton* button : progress->findChildren<QPushButton*>())
            button->click();
        QTRY_VERIFY(bench.idle());
        QVERIFY(!progress->isVisible());
        QVERIFY(!bench.controller().search());
        QCOMPARE(bench.inputs(0)->grid()->count(), 0);
        bench.engine->letSearchGoOn();
        bench.controller().setSearch(true);
        QTRY_COMPARE(bench.inputs(0)->grid()->count(), 8);
        QVERIFY(bench.inputs(0)->caption().contains(name("by search")));
    }

    void aModelThatCannotBeReadSaysSo() {
        Bench bench({name("/runs/a"), name("/runs/bad")});
        QTRY_VERIFY(bench.read(2) && bench.idle());
        QTRY_VERIFY(bench.workspace().messagePanel()->hasMessage());
        QVERIFY(bench.workspace().messagePanel()->messageBar()->text().contains(name("/runs/bad")));
        QCOMPARE(bench.samples(1)->grid()->count(), 0);
        QCOMPARE(bench.samples(0)->grid()->count(), 24);
        const int before = bench.asked("bad");
        bench.controller().setSearch(false);
        bench.controller().setSeed(9);
        QTRY_VERIFY(bench.read(2) && bench.idle());
        QVERIFY(bench.asked("bad") <= before + 1);
    }

    void pointsAndPicturesAreRefused() {
        Bench bench({name("/runs/a"), name("/runs/points")});
        QTRY_VERIFY(bench.workspace().messagePanel()->hasMessage());
        QVERIFY(bench.workspace().messagePanel()->messageBar()->text().contains(name("Points")));
        QVERIFY(!bench.controller().columns()[1].problem.isEmpty());
    }

    void twelveAndNoMore() {
        Bench bench;
        for (int i = 0; i < 13; ++i)
            bench.controller().add(QStringLiteral("/runs/%1").arg(i), {});
        QCOMPARE(int(bench.controller().columns().size()), 12);
        QVERIFY(bench.workspace().messagePanel()->hasMessage());
        bench.controller().remove(0);
        bench.controller().add(name("/runs/5"), {});
        QCOMPARE(int(bench.controller().columns().size()), 11);
        QVERIFY(bench.workspace().messagePanel()->messageBar()->text().contains(name("already")));
        QTRY_VERIFY(bench.read(11));
        // They can be reached in a window of any width.
        QVERIFY(bench.window->minimumSizeHint().width() <= 1280);
    }

    void columnsStandInTheOrderInWhichTheyWereAskedFor() {
        WindowBench bench;
        QStringList wanted;
        for (int i = 0; i < 8; ++i) {
            wanted.append(bench.root() + QStringLiteral("/run-%1/step.safetensors").arg(i));
            bench.window->compare().addPath(wanted.back());
        }
        QTRY_COMPARE(bench.window->compare().columns().size(), std::size_t(8));
        QStringList shown;
        for (const CompareColumn& column : bench.window->compare().columns())
            shown.append(column.path);
        QCOMPARE(shown, wanted);
        QCOMPARE(bench.window->compare().pairA(), bench.window->compare().columns()[0].id);
        QCOMPARE(bench.window->compare().pairB(), bench.window->compare().columns()[1].id);
    }

    void reorderAndRemoveByMenu() {
        Bench bench({name("/runs/a"), name("/runs/dcgan")});
        QTRY_VERIFY(bench.read(2));
        const auto choose = [&](int index, const char* label) {
            QMenu* menu = bench.samples(index)->makeMenu();
            for (QAction* action : menu->actions())
                if (action->text() == name(label) && action->isEnabled()) {
                    action->trigger();
                    return true;
                }
            return false;
        };
        QVERIFY(choose(1, "Move to the left"));
        QCOMPARE(bench.samples(0)->title(), name("DCGAN"));
        QVERIFY(!choose(0, "Move to the left"));
        QVERIFY(choose(0, "Remove from the comparison"));
        QTRY_COMPARE(bench.workspace().samples()->count(), 1);
        QCOMPARE(bench.controller().pairB(), CompareController::noColumn);
    }

    void aDoubleClickExploresTheCode() {
        Bench bench({name("/runs/a"), name("/runs/b")});
        QTRY_VERIFY(bench.read(2));
        ImageGrid* grid = bench.samples(1)->grid();
        QTest::mouseDClick(grid, Qt::LeftButton, {}, grid->cellRect(2).center().toPoint());
        QCOMPARE(bench.window->workspace(), Workspace::Explore);
        QTRY_VERIFY(bench.engine->explorer && !bench.engine->explorer->opened.empty());
        QCOMPARE(bench.engine->explorer->opened.back(), std::string("/runs/b/newest.safetensors"));
        engine::ModelOpened opened;
        opened.epoch = 1;
        opened.info.path = "/runs/b/newest.safetensors";
        opened.info.latentSize = 8;
        opened.info.capabilities = 31;
        bench.engine->explorer->push(opened);
        const engine::Codes codes = engine::priorCodes(1, 24, 8);
        const auto row = codes.row(2);
        QTRY_COMPARE(bench.window->explore().view().code, std::vector<float>(row.begin(), row.end()));
    }

    void runsAreAddedFromTheirMenu() {
        Bench bench({}, [](FakeEngine& engine, const QString& root) {
            engine.setRuns(root.toStdString(), {sampleRun(root.toStdString() + "/one", {100, 200})});
        });
        RunTreeModel& model = bench.window->runModel();
        QTRY_COMPARE(model.rowCount(), 1);
        bench.window->setWorkspace(Workspace::Monitor);
        QMenu* menu = bench.window->runsPanel()->makeMenu(model.index(0, 0, model.index(0, 0)));
        for (QAction* action : menu->actions())
            if (action->text() == name("Add to the comparison"))
                action->trigger();
        delete menu;
        QCOMPARE(bench.window->workspace(), Workspace::Compare);
        QCOMPARE(int(bench.controller().columns().size()), 1);
        QVERIFY(bench.controller().columns()[0].path.endsWith(name("step-200.safetensors")));
        const std::unique_ptr<QMimeData> dragged(model.mimeData({model.index(0, 0)}));
        QCOMPARE(dragged->urls().value(0).toLocalFile(), bench.root() + name("/one"));
    }

    void theScrubberMovesTheColumnOfItsRun() {
        Bench bench({}, [](FakeEngine& engine, const QString& root) {
            engine.setRuns(root.toStdString(), {sampleRun(root.toStdString() + "/one", {100, 200})});
        });
        const QString run = bench.root() + name("/one");
        QTRY_COMPARE(bench.window->runModel().rowCount(), 1);
        bench.window->display().showFolder(run);
        bench.engine->watcher->run =
            std::make_shared<engine::RunEntry>(sampleRun(run.toStdString(), {100, 200}));
        bench.engine->watcher->ring();
        QTRY_COMPARE(int(bench.window->display().checkpoints().size()), 2);
        bench.controller().add(run, run);
        bench.controller().add(name("/runs/other"), name("/runs/other"));
        QTRY_VERIFY(bench.read(2));
        Q_EMIT bench.window->scrubber()->checkpointChosen(0);
        QCOMPARE(bench.controller().columns()[0].path, run + name("/checkpoints/step-100.safetensors"));
        QTRY_VERIFY(bench.read(2));
        QCOMPARE(bench.asked("step-100"), 1);
        QCOMPARE(bench.asked("other"), 1);
        bench.trigger("next");
        QVERIFY(bench.controller().columns()[0].path.endsWith(name("step-200.safetensors")));
        Q_EMIT bench.window->scrubber()->liveChosen();
        QCOMPARE(bench.controller().columns()[0].path, run);
    }

    void theTimeMovesEveryRunWithCheckpoints() {
        const QString a = name("/runs/a");
        const QString b = name("/runs/b");
        const auto runs = [&](FakeEngine& engine, const QString&) {
            engine.setRuns("/runs/a", {sampleRun("/runs/a", {100, 200})});
            engine.setRuns("/runs/b", {sampleRun("/runs/b", {150, 190, 400})});
        };
        Bench bench({}, runs);
        bench.window->display().showFolder(a);
        QTRY_VERIFY(bench.engine->watcher);
        bench.engine->watcher->run =
            std::make_shared<const engine::RunEntry>(sampleRun("/runs/a", {100, 200}));
        bench.engine->watcher->ring();
        QTRY_COMPARE(bench.window->scrubber()->checkpoints().size(), 2);
        const QString pinned = b + name("/checkpoints/step-400.safetensors");
        bench.controller().add(a, a);
        bench.controller().add(b, b);
        bench.controller().add(pinned, b); // another of the same run, to be compared with it
        bench.controller().add(name("/files/x.safetensors"), {});
        QTRY_VERIFY(bench.read(4) && bench.idle());
        const auto path = [&](int index) { return bench.controller().columns()[std::size_t(index)].path; };
        Q_EMIT bench.window->scrubber()->checkpointChosen(1);
        QVERIFY(path(0).endsWith(name("a/checkpoints/step-200.safetensors")));
        QVERIFY(path(1).endsWith(name("b/checkpoints/step-190.safetensors")));
        QCOMPARE(path(2), pinned);
        QCOMPARE(path(3), name("/files/x.safetensors"));
        Q_EMIT bench.window->scrubber()->checkpointChosen(0);
        QVERIFY(path(1).endsWith(name("step-190.safetensors"))); // it has none before 100
        Q_EMIT bench.window->scrubber()->liveChosen();
        QCOMPARE(path(0), a);
        QCOMPARE(path(1), b);
    }

    void sheetsAreWrittenOnceAllIsRead() {
        Bench bench({name("/runs/a")});
        QTRY_VERIFY(bench.read(1));
        bench.dialogs->picked = name("/out/sheet.pdf");
        bench.workspace().exportSheet();
        QVERIFY(bench.workspace().messagePanel()->hasMessage());
        bench.controller().add(name("/runs/dcgan"), {});
        QTRY_VERIFY(bench.read(2) && bench.idle());
        QSignalSpy saved(&bench.controller(), &CompareController::saved);
        bench.trigger("saveComparison");
        QTRY_COMPARE(saved.count(), 1);
        const auto log = bench.engine->log();
        QVERIFY(std::find(log.begin(), log.end(), "sheet /out/sheet.pdf [α-GAN] [DCGAN] seed 1") !=
                log.end());
        QVERIFY(bench.workspace().messagePanel()->messageBar()->text().contains(name("sheet.pdf")));
    }

    void nothingIsComputedBehindAnotherWorkspace() {
        Bench bench;
        bench.window->setWorkspace(Workspace::Monitor);
        bench.controller().add(name("/runs/a"), {});
        QTest::qWait(0);
        QCOMPARE(bench.asked("/runs/a"), 0);
        bench.window->setWorkspace(Workspace::Compare);
        QTRY_VERIFY(bench.read(1));
    }

    void theWindowMayCloseInTheMiddle() {
        auto bench = std::make_unique<Bench>(QStringList{name("/runs/slow-dcgan"), name("/runs/a")});
        QTRY_VERIFY(bench->workspace().progress()->isVisible());
        bench.reset();
    }

    void theComparisonComesBack() {
        Bench bench;
        const QString kept = bench.path("settings.ini"); // any path that exists
        bench.window->close();
        bench.open();
        bench.window->compare().add(kept, {});
        bench.window->setWorkspace(Workspace::Compare);
        bench.workspace().setMode(CompareMode::Samples);
        bench.window->close();
        bench.open();
        QCOMPARE(bench.window->workspace(), Workspace::Compare);
        QCOMPARE(bench.window->compareWorkspace()->mode(), CompareMode::Samples);
        QCOMPARE(int(bench.controller().columns().size()), 1);
    }

    void keysLeadToTheTabs() {
        Bench bench;
        bench.window->setWorkspace(Workspace::Monitor);
        const QAction* compare = bench.window->action(name("compare"));
        QCOMPARE(compare->shortcut().toString(), name("4"));
        bench.trigger("compare");
        QCOMPARE(bench.window->workspace(), Workspace::Compare);
    }
};

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
