// The Study workspace in the window, over a study with made-up results: opened in every way, figures, table,
// axes and sheets linked, run and paused by a program that stands in for the command line, left and come back
// to.

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "study_support.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/setup_panel.h"
#include "ui/panels/study_axes_panel.h"
#include "ui/panels/study_bar.h"
#include "ui/panels/study_plot_panel.h"
#include "ui/panels/study_sensitivity_panel.h"
#include "ui/panels/study_sheets_panel.h"
#include "ui/panels/study_trials_panel.h"
#include "ui/panels/study_workspace.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/parallel_axes.h"
#include "ui/widgets/sensitivity_plot.h"
#include "ui/widgets/study_plot.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;

class TestStudyWorkspace : public QObject {
    Q_OBJECT

    static QString name(const char* latin) { return QString::fromLatin1(latin); }

    /// A window and, in its folder, a study whose trials are all done but one, which diverged.
    struct Bench : WindowBench {
        StudyFolder study{folder.filePath(QStringLiteral("study")), sampleStudy()};
        explicit Bench(bool done = true) {
            if (!done)
                return;
            study.finishAll();
            study.fail(5); // the third of dcgan
        }
        StudyController& controller() { return window->study(); }
        StudyWorkspace& workspace() { return *window->studyWorkspace(); }
        QTableView* table() { return workspace().trials()->view(); }
        StudyPlot* plot(StudySlot slot = FirstSlot) { return workspace().figure(slot)->plot(); }
        QString message() {
            const MessageBar* bar = workspace().messagePanel()->messageBar();
            return bar && workspace().messagePanel()->hasMessage() ? bar->text() : QString();
        }
        bool show() {
            window->openPath(study.path());
            return QTest::qWaitFor([this] { return controller().reading() && !controller().busy(); }, 10000);
        }
        void clickDot(int ranked) {
            QTest::mouseClick(plot(), Qt::LeftButton, {}, plot()->placeOf(ranked).toPoint());
        }
    };

private Q_SLOTS:
    void isEmptyUntilAStudyIsOpened() {
        Bench bench;
        QCOMPARE(bench.window->action(name("study"))->shortcut(), QKeySequence(Qt::Key_5));
        bench.trigger("study");
        QCOMPARE(bench.window->workspace(), Workspace::Study);
        QVERIFY(bench.workspace().findChild<QPushButton*>(name("openStudyButton"))->isVisible());
        QVERIFY(!bench.enabled("exportFigures"));
        bench.dialogs->picked = bench.study.path();
        bench.trigger("openStudy");
        QTRY_VERIFY(bench.controller().reading());
        QTRY_VERIFY(bench.table()->isVisible());
        QVERIFY(bench.enabled("exportFigures"));
        bench.controller().close();
        QVERIFY(!bench.table()->isVisible());
    }

    void isOpenedByPathAndDrop() {
        Bench bench;
        bench.window->openPath(bench.study.path() + name("/study.json"));
        QTRY_VERIFY(bench.controller().reading());
        QCOMPARE(bench.window->workspace(), Workspace::Study);
        bench.controller().close();
        bench.window->setWorkspace(Workspace::Monitor);
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(bench.study.path())});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(bench.window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(bench.window.get(), &drop);
        QTRY_VERIFY(bench.controller().reading());
        QCOMPARE(bench.window->workspace(), Workspace::Study);
    }

    void figuresShowTheMetricsThatAreChosen() {
        Bench bench;
        QVERIFY(bench.show());
        QVERIFY(bench.workspace().figure(FirstSlot)->title().contains(name("Wasserstein")));
        QVERIFY(bench.workspace().figure(SecondSlot)->title().contains(name("Inception")));
        QComboBox* metrics = bench.workspace().figure(FirstSlot)->metrics();
        metrics->setCurrentIndex(metrics->findText(name("is")));
        Q_EMIT metrics->activated(metrics->currentIndex());
        QTRY_VERIFY(bench.workspace().figure(FirstSlot)->title().contains(name("Inception")));
        QCOMPARE(bench.table()->model()->index(0, 3).data().toString(), name("0.0005")); // the best by it
    }

    void oneSelectionForAllViews() {
        Bench bench;
        QVERIFY(bench.show());
        bench.clickDot(1);
        QCOMPARE(*bench.controller().selected(), (SettingKey{0, 0, 1}));
        QCOMPARE(bench.table()->currentIndex().row(), 1);
        QCOMPARE(bench.workspace().axes()->axes()->selected(), 1);
        QCOMPARE(bench.plot(SecondSlot)->selected(),
                 bench.controller().rankedOf(SecondSlot, SettingKey{0, 0, 1}));
        bench.table()->selectRow(3);
        QCOMPARE(*bench.controller().selected(), (SettingKey{0, 0, 3}));
        QCOMPARE(bench.plot()->selected(), 3);
        QCOMPARE(bench.workspace().sheets()->sheets().size(), 3); // beside the best of both methods
    }

    void aBrushFiltersTheTableAndDimsCircles() {
        Bench bench;
        QVERIFY(bench.show());
        ParallelAxes* axes = bench.workspace().axes()->axes();
        axes->repaint();
        // The upper half of the first axis: settings of alpha-gan with the higher rate.
        const QPointF top = axes->topOf(0);
        const QPointF foot = axes->footOf(0);
        QTest::mousePress(axes, Qt::LeftButton, {}, top.toPoint());
        for (int i = 1; i <= 5; ++i)
            QTest::mouseMove(axes, (top + (foot - top) * 0.08 * i).toPoint());
        QTest::mouseRelease(axes, Qt::LeftButton, {}, (top + (foot - top) * 0.4).toPoint());
        QVERIFY(axes->hasBrush());
        QCOMPARE(*bench.controller().highlighted(), (SettingKeys{{0, 0, 2}, {0, 0, 3}}));
        QCOMPARE(bench.table()->model()->rowCount(), 2);
        QVERIFY(bench.workspace().trials()->caption().contains(name("2 settings left")));
        QCOMPARE(bench.workspace().sheets()->sheets().first()->key(), std::optional(SettingKey{0, 0, 2}));
        bench.workspace().axes()->findChild<QToolButton*>(name("clearBrushes"))->click();
        QVERIFY(!bench.controller().highlighted());
        QCOMPARE(bench.table()->model()->rowCount(), 7);
    }

    void axesOfAllMethodsAreThoseTheyShare() {
        Bench bench(false);
        engine::Study shared = sampleStudy();
        shared.methods[0].ranges[0].also = {"rateGenerator"};
        const StudyFolder folder(bench.folder.filePath(name("shared")), shared);
        folder.finishAll();
        bench.window->openPath(folder.path());
        QTRY_VERIFY(bench.controller().reading());
        ParallelAxes* axes = bench.workspace().axes()->axes();
        QCOMPARE(axes->order().size(), 3); // the generator's rate, and both metrics
        bench.workspace().axes()->methods()->setCurrentIndex(1);
        QCOMPARE(axes->order().size(), 4);
    }

    void typedFiltersDimEverywhere() {
        Bench bench;
        QVERIFY(bench.show());
        QTest::keyClicks(bench.workspace().trials()->filter(), name("dcgan"));
        QCOMPARE(bench.table()->model()->rowCount(), 3);
        QCOMPARE(bench.controller().highlighted()->size(), 3U);
        bench.workspace().trials()->filter()->clear();
        bench.workspace().trials()->top()->setCurrentIndex(1);
        QCOMPARE(bench.table()->model()->rowCount(), 5);
        bench.workspace().trials()->methods()->setCurrentIndex(1);
        QCOMPARE(bench.table()->model()->rowCount(), 4);
    }

    void sensitivityHasAPlotPerParameterAndCostOnePerMethod() {
        Bench bench;
        QVERIFY(bench.show());
        bench.workspace().showPanel(name("sensitivity"));
        QCOMPARE(bench.workspace().sensitivity()->plots().size(), 2);
        bench.workspace().sensitivity()->methods()->setCurrentIndex(1);
        QCOMPARE(bench.workspace().sensitivity()->plots().size(), 1);
        bench.workspace().showPanel(name("cost"));
        QVERIFY(bench.workspace().cost()->isVisible());
        QCOMPARE(bench.workspace().cost()->plots().size(), 2);
    }

    void cardsTellOfTheSetting() {
        Bench bench;
        QVERIFY(bench.show());
        const ScatterCard card = bench.workspace().actions().card({0, 0, 0});
        QVERIFY2(card.lines.first().contains(name("place 1")), qPrintable(card.lines.join(u'|')));
        QVERIFY(card.lines.contains(name("critic \u22120.4")) || card.lines.join(u'|').contains(name("0.4")));
        QVERIFY(card.first.isNull()); // its run has no previews
    }

    void aSettingOpensInExplore() {
        Bench bench;
        QVERIFY(bench.show());
        const QString folder = bench.study.trial(2);
        bench.engine->setRuns(folder.toStdString(), {sampleRun(folder.toStdString(), {5, 10})});
        QSignalSpy asked(&bench.workspace(), &StudyWorkspace::exploreRequested);
        bench.clickDot(1);
        QTest::keyClick(bench.plot(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), folder);
        QTRY_COMPARE(bench.window->workspace(), Workspace::Explore);
        bench.window->setWorkspace(Workspace::Study);
        Q_EMIT bench.table()->activated(bench.table()->model()->index(0, 0));
        QCOMPARE(asked.size(), 2);
    }

    void theMenuCopiesUsesAndShows() {
        Bench bench;
        QVERIFY(bench.show());
        QMenu* menu = bench.workspace().actions().makeMenu({0, 0, 3}, bench.window.get());
        const QList<QAction*> actions = menu->actions();
        actions[1]->trigger();
        const engine::RunConfig config = bench.window->setupPanel()->config();
        QCOMPARE(config.method, std::string("alpha-gan"));
        QCOMPARE(config.overrides.at("lambdaEncoder"), std::string("10"));
        actions[2]->trigger();
        QVERIFY(QApplication::clipboard()->text().contains(name("--set lambdaEncoder=10")));
        actions[4]->trigger();
        QCOMPARE(bench.dialogs->shown, bench.study.trial(6));
        delete menu;
    }

    void settingsWaitForTheTrainingToEnd() {
        Bench bench;
        QVERIFY(bench.show());
        bench.window->startTraining();
        bench.session().pushState(engine::SessionState::Running, 1);
        QTRY_VERIFY(bench.window->bridge().training());
        bench.workspace().actions().use({0, 1, 0});
        QVERIFY(bench.window->setupPanel()->hasMessage());
        QVERIFY(bench.window->setupPanel()->config().method != "dcgan");
        bench.session().pushState(engine::SessionState::Stopped, 1);
    }

    void newStudiesAreMadeAndOpened() {
        Bench bench;
        const QString folder = bench.folder.filePath(name("fresh"));
        bench.trigger("newStudy"); // cancelled
        QVERIFY(bench.controller().folder().isEmpty());
        bench.dialogs->studyOrder = StudyOrder{sampleStudy(), folder};
        bench.trigger("newStudy");
        QTRY_VERIFY(bench.controller().reading());
        QCOMPARE(bench.controller().folder(), folder);
        bench.dialogs->studyOrder->folder = name("/proc/study");
        bench.trigger("newStudy");
        QTRY_VERIFY2(bench.message().contains(name("/proc/study")), qPrintable(bench.message()));
    }

    void problemsAreSentences() {
        Bench bench;
        QVERIFY(overwrite(bench.study.path() + name("/study.json"), "{"));
        bench.window->openPath(bench.study.path());
        QTRY_VERIFY2(bench.message().contains(name("no JSON")), qPrintable(bench.message()));
        const StudyFolder other(bench.folder.filePath(name("other")), sampleStudy());
        bench.window->openPath(other.path());
        QTRY_VERIFY(bench.controller().reading());
        QCOMPARE(bench.message(), QString());
        QVERIFY(QDir(other.path()).removeRecursively());
        bench.controller().refresh();
        QTRY_VERIFY2(bench.message().contains(name("no study")), qPrintable(bench.message()));
        QVERIFY(bench.table()->isVisible()); // what was read stays to be looked at
    }

    void figuresAreExported() {
        Bench bench;
        QVERIFY(bench.show());
        bench.dialogs->picked = bench.folder.filePath(name("figures"));
        bench.trigger("exportFigures");
        QTRY_VERIFY_WITH_TIMEOUT(bench.message().contains(name("figures")), 30000);
        QVERIFY(QFile::exists(bench.dialogs->picked + name("/best-critic.png")));
        bench.dialogs->picked = name("/proc/figures");
        bench.workspace().bar()->exportButton()->click();
        QTRY_VERIFY(bench.message().contains(name("/proc/figures")));
    }

    // ---- running

    void runsAndPauses() {
        Bench bench(false);
        bench.cli = fakeProgram(bench.folder.filePath(name("cli")),
                                "trap 'exit 130' INT\nwhile :; do sleep 0.05; done\n");
        bench.open(false);
        QVERIFY(bench.show());
        QPushButton* run = bench.workspace().bar()->runButton();
        QCOMPARE(run->text(), name("Run"));
        run->click();
        QCOMPARE(run->text(), name("Pause"));
        QTRY_VERIFY(bench.window->studyRunner().busy());
        bench.study.finish(0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.controller().reading()->over(), 1U, 20000); // live
        run->click();
        QTRY_COMPARE(run->text(), name("Resume"));
        QCOMPARE(bench.message(), QString());
    }

    void aMissingProgramIsASentence() {
        Bench bench(false);
        QVERIFY(bench.show());
        bench.workspace().bar()->runButton()->click();
        QTRY_VERIFY2(bench.message().contains(name("alphascope-cli")), qPrintable(bench.message()));
        QVERIFY(bench.workspace().bar()->runButton()->isEnabled());
    }

    void failedTrialsCanBeRetried() {
        Bench bench;
        QVERIFY(bench.show());
        QVERIFY(!bench.workspace().bar()->runButton()->isEnabled()); // all are over
        QVERIFY(bench.workspace().bar()->retryButton()->isVisible());
        bench.workspace().bar()->retryButton()->click();
        QVERIFY(bench.window->studyRunner().order().retry);
        QTRY_VERIFY(!bench.window->studyRunner().busy());
    }

    void closingAsksWhatBecomesOfTheTrials() {
        Bench bench(false);
        bench.cli = fakeProgram(bench.folder.filePath(name("cli")),
                                "trap 'exit 130' INT\necho '{\"trial\": 0, \"state\": \"done\"}'\n"
                                "while :; do sleep 0.05; done\n");
        bench.open(false);
        QVERIFY(bench.show());
        QSignalSpy begun(&bench.window->studyRunner(), &StudyRunner::trialEnded);
        bench.workspace().bar()->runButton()->click();
        QTRY_COMPARE(begun.size(), 1);
        bench.dialogs->studyCloseAnswer = StudyCloseAnswer::Cancel;
        bench.window->close();
        QVERIFY(bench.window->isVisible() && bench.window->studyRunner().busy());
        bench.dialogs->studyCloseAnswer = StudyCloseAnswer::StopAndClose;
        bench.window->close();
        QVERIFY(bench.window->isVisible()); // until they have saved
        bench.window->close();
        QCOMPARE(bench.dialogs->closeQuestions, 2); // asked once each time
        QTRY_VERIFY(!bench.window->isVisible());
    }

    void theNextStartBringsItBack() {
        Bench bench;
        QVERIFY(bench.show());
        QComboBox* metrics = bench.workspace().figure(SecondSlot)->metrics();
        metrics->setCurrentIndex(metrics->findText(name("critic")));
        Q_EMIT metrics->activated(metrics->currentIndex());
        QTRY_COMPARE(bench.controller().figures(SecondSlot)->metric, std::string("critic"));
        bench.window->close();
        bench.open();
        QTRY_VERIFY(bench.controller().reading());
        QCOMPARE(bench.window->workspace(), Workspace::Study);
        QCOMPARE(bench.controller().figures(SecondSlot)->metric, std::string("critic"));
        QCOMPARE(bench.controller().recent(), QStringList{bench.study.path()});
    }
};

QTEST_MAIN(TestStudyWorkspace)
#include "tst_study_workspace.moc"
