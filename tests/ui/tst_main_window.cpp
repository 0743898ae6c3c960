#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "ui/panels/explore_workspace.h"
#include "ui/panels/film_panel.h"
#include "ui/panels/monitor_workspace.h"
#include "ui/panels/parameter_editor.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/setup_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/curve_panel.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/scatter_view.h"
#include "ui/widgets/time_scrubber.h"
#include "window_bench.h"

using namespace alphascope;
using namespace alphascope::ui;
using namespace alphascope::ui::test;
using engine::SessionState;

class TestMainWindow : public QObject {
    Q_OBJECT

    static void run(WindowBench& bench) {
        bench.trigger("run");
        bench.session().pushState(SessionState::Preparing);
        bench.session().pushState(SessionState::Running);
        QTRY_VERIFY(bench.enabled("stop") && bench.enabled("checkpoint"));
    }

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }

    void fitsAScreenOf1280Pixels() {
        WindowBench bench;
        const QSize least = bench.window->minimumSizeHint().expandedTo(bench.window->minimumSize());
        QVERIFY2(least.width() <= 1280 && least.height() <= 720,
                 qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
    }

    void startWorksWithEverythingAtItsDefault() {
        WindowBench bench;
        QVERIFY(bench.enabled("run"));
        QCOMPARE(bench.window->action(QStringLiteral("run"))->text(), QStringLiteral("Start"));
        bench.trigger("run");
        QCOMPARE(bench.session().commands, (std::vector<std::string>{"start"}));
        const engine::RunConfig& config = bench.session().started[0];
        QCOMPARE(config.method, std::string("alpha-gan"));
        QCOMPARE(config.data, std::string("color-glyphs"));
        QCOMPARE(config.preset, std::string("quick"));
        QVERIFY(config.overrides.empty());
        QVERIFY(config.runFolder.find("alpha-gan-color-glyphs-") != std::string::npos);
        QVERIFY(QString::fromStdString(config.runFolder).startsWith(bench.root()));
    }

    void buttonsFollowTheState() {
        WindowBench bench;
        run(bench);
        QAction* action = bench.window->action(QStringLiteral("run"));
        QTRY_COMPARE(action->text(), QStringLiteral("Pause"));
        QVERIFY(!bench.enabled("step"));
        bench.trigger("run");
        QCOMPARE(bench.session().commands.back(), std::string("pause"));
        bench.session().pushState(SessionState::Paused, 12);
        QTRY_COMPARE(action->text(), QStringLiteral("Resume"));
        bench.trigger("step");
        QCOMPARE(bench.session().commands.back(), std::string("step "));
        bench.trigger("checkpoint");
        QCOMPARE(bench.session().commands.back(), std::string("checkpoint"));
        bench.trigger("run");
        QCOMPARE(bench.session().commands.back(), std::string("resume"));
        bench.trigger("stop");
        QCOMPARE(bench.session().commands.back(), std::string("stop save"));
        bench.session().pushState(SessionState::Stopping);
        QTRY_VERIFY(!action->isEnabled());
        bench.session().pushState(SessionState::Stopped, 12);
        QTRY_VERIFY(action->isEnabled());
        QCOMPARE(action->text(), QStringLiteral("Start"));
        QVERIFY(!bench.enabled("stop"));
    }

    void stepsOfOnePart() {
        WindowBench bench;
        bench.window->step(QStringLiteral("D"));
        QCOMPARE(bench.session().commands, (std::vector<std::string>{"start paused"}));
        bench.session().pushState(SessionState::Preparing);
        bench.session().pushState(SessionState::Paused);
        QTRY_COMPARE(bench.session().commands.back(), std::string("step D"));
    }

    void keysDriveTheTraining() {
        WindowBench bench;
        QVERIFY(QTest::qWaitForWindowExposed(bench.window.get()));
        bench.window->activateWindow();
        bench.window->monitor()->samples()->setFocus();
        QTest::keyClick(bench.window.get(), Qt::Key_Space);
        QTRY_VERIFY(bench.engine->session);
        QCOMPARE(bench.session().commands, (std::vector<std::string>{"start"}));
        QTest::keyClick(bench.window.get(), Qt::Key_2);
        QTRY_VERIFY(bench.window->workspace() == Workspace::Explore);
        QTest::keyClick(bench.window.get(), Qt::Key_1);
        QTRY_VERIFY(bench.window->workspace() == Workspace::Monitor);
        QTest::keyClick(bench.window.get(), Qt::Key_F1);
        QTRY_VERIFY(bench.dialogs->shortcuts.size() > 10);
    }

    void typedLettersStayInTheField() {
        WindowBench bench;
        QVERIFY(QTest::qWaitForWindowExposed(bench.window.get()));
        bench.window->activateWindow();
        ParameterEditor* editor = bench.window->setupPanel()->editor(QStringLiteral("lambdaEncoder"));
        auto* line = editor->findChild<QLineEdit*>();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("1.2"));
        QCOMPARE(line->text(), QStringLiteral("1.2"));
        QVERIFY(bench.window->workspace() == Workspace::Monitor);
        QVERIFY(!bench.engine->session);
    }

    void liveParametersChangeWhileTraining() {
        WindowBench bench;
        run(bench);
        SetupPanel* setup = bench.window->setupPanel();
        ParameterEditor* fixed = setup->editor(QStringLiteral("batchSize"));
        ParameterEditor* live = setup->editor(QStringLiteral("lambdaEncoder"));
        QVERIFY(!fixed->isEnabled());
        QVERIFY(fixed->toolTip().contains(QStringLiteral("Stop")));
        QVERIFY(live->isEnabled());
        auto* line = live->findChild<QLineEdit*>();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("5"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(bench.session().commands.back(), std::string("set lambdaEncoder=5"));
        auto* steps = setup->findChild<QLineEdit*>(QStringLiteral("stepsLine"));
        steps->setText(QString());
        QTest::keyClicks(steps, QStringLiteral("5000"));
        QTest::keyClick(steps, Qt::Key_Return);
        QCOMPARE(bench.session().commands.back(), std::string("target 5000"));
        bench.session().pushState(SessionState::Stopped, 10);
        QTRY_VERIFY(fixed->isEnabled());
    }

    void badValuesShowABarAndKeepTheOldOne() {
        WindowBench bench;
        SetupPanel* setup = bench.window->setupPanel();
        auto* line = setup->editor(QStringLiteral("batchSize"))->findChild<QLineEdit*>();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("0"));
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(setup->hasMessage());
        QCOMPARE(line->text(), QStringLiteral("64"));
    }

    void methodsBringTheirParts() {
        WindowBench bench;
        auto* method = bench.window->setupPanel()->findChild<QComboBox*>(QStringLiteral("methodBox"));
        const int vae = method->findData(QStringLiteral("vae"));
        method->setCurrentIndex(vae);
        Q_EMIT method->activated(vae);
        bench.trigger("run");
        QCOMPARE(bench.session().started[0].method, std::string("vae"));
    }

    void curvesAreGroupedByTheMethodsUnits() {
        WindowBench bench;
        run(bench);
        bench.session().pushMetrics({{10,
                                      1e9,
                                      {{"loss/E", 1.0},
                                       {"loss/G", 2.0},
                                       {"loss/D", 0.7},
                                       {"metric/d_accuracy", 0.625},
                                       {"metric/code_std", 0.9},
                                       {"metric/new_figure", 4.0}}}});
        const CurveGroups* losses = bench.window->monitor()->losses()->groups();
        const CurveGroups* metrics = bench.window->monitor()->metrics()->groups();
        QTRY_COMPARE(losses->units(), (QStringList{QStringLiteral("logit"), QStringLiteral("nats")}));
        QCOMPARE(losses->plots()[0]->seriesNames(),
                 (QStringList{QStringLiteral("loss/E"), QStringLiteral("loss/G")}));
        QCOMPARE(losses->plots()[1]->seriesNames(), QStringList{QStringLiteral("loss/D")});
        QCOMPARE(metrics->units(), (QStringList{QStringLiteral("share"), QString()}));
        QCOMPARE(metrics->plots()[1]->pointCount(QStringLiteral("metric/new_figure")), 1);
        // A change is marked in every plot, also in one that comes later.
        bench.session().push(engine::ParameterChanged{"lambdaEncoder", "10", "3", 11});
        QTRY_COMPARE(losses->plots()[1]->markCount(), 1);
        bench.session().pushMetrics({{12, 1e9 + 1, {{"metric/heldout_l1", 0.2}}}});
        QTRY_COMPARE(metrics->plots().size(), 3);
        QCOMPARE(metrics->plots()[2]->markCount(), 1);
    }

    void judgedFiguresHaveBandsAndSayWhenThinnedOut() {
        WindowBench bench;
        run(bench);
        const auto look = [](std::int64_t step, double skipped) {
            return engine::MetricPoint{step,
                                       1e9 + double(step),
                                       {{"metric/kid_random", 0.4},
                                        {"metric/kid_random_low", 0.3},
                                        {"metric/kid_random_high", 0.5},
                                        {engine::judgingSkippedTag, skipped}}};
        };
        bench.session().pushMetrics({look(100, 0)});
        const CurveGroups* metrics = bench.window->monitor()->metrics()->groups();
        QTRY_COMPARE(metrics->units(), QStringList{QStringLiteral("random net")});
        CurvePlot* plot = metrics->first();
        const QString kid = QStringLiteral("metric/kid_random");
        QCOMPARE(plot->seriesNames(), QStringList{kid});
        QVERIFY(plot->hasBand(kid));
        const auto chip = [&] { return plot->findChild<QAbstractButton*>(QStringLiteral("legend:") + kid); };
        QCOMPARE(chip()->text(), QStringLiteral("KID"));
        QVERIFY(chip()->toolTip().contains(QStringLiteral("95 % interval")));
        QVERIFY(chip()->toolTip().contains(QStringLiteral("never trained")));
        QVERIFY(!chip()->toolTip().contains(QStringLiteral("5 % of")));
        bench.session().pushMetrics({look(300, 1)});
        QTRY_COMPARE(chip()->text(), QStringLiteral("KID, thinned"));
        QVERIFY(chip()->toolTip().contains(QStringLiteral("at most 5 % of")));
        bench.session().pushMetrics({look(400, 0)});
        QTRY_COMPARE(chip()->text(), QStringLiteral("KID"));
        bench.session().pushMetrics({look(600, 1)});
        QTRY_COMPARE(chip()->text(), QStringLiteral("KID, thinned"));
        QVERIFY(chip()->toolTip().contains(QStringLiteral("95 % interval")));
    }

    void pointsTakeThePlaceOfPictures() {
        WindowBench bench;
        run(bench);
        MonitorWorkspace* monitor = bench.window->monitor();
        bench.session().pushPreview(samplePreview(5));
        QTRY_COMPARE(monitor->samples()->count(), 4);
        QVERIFY(!monitor->showsPoints());
        QVERIFY(monitor->reconstructionsPanel()->caption().contains(QStringLiteral("step 5")));
        engine::Preview preview = samplePreview(20);
        preview.reconstructions.clear(); // as of a method without an encoder
        bench.session().pushPreview(preview);
        QTRY_COMPARE(monitor->reconstructionsPanel()->caption(), QString());
        engine::PointsPreview points;
        points.real = {0.8F, 0.0F, 0.0F, 0.8F};
        points.samples = {-0.8F, 0.1F};
        points.originals = {0.8F, 0.0F};
        points.reconstructions = {0.7F, 0.0F};
        points.fieldSide = 2;
        points.field = {1, 2, 3, 4};
        points.arrowStarts = {-0.8F, 0.1F};
        points.arrowDirections = {0.5F, 0.0F};
        preview.points = points;
        bench.session().pushPreview(preview);
        QTRY_VERIFY(monitor->showsPoints());
        QVERIFY(monitor->points()->isVisible());
        QVERIFY(!monitor->samples()->isVisible());
        const ScatterContent& shown = monitor->points()->content();
        QCOMPARE(shown.real.size(), 2);
        QCOMPARE(shown.pairs.size(), 1);
        QVERIFY(std::abs(shown.arrows[0].dx() - 0.5) < 1e-6);
        QVERIFY(monitor->pointsPanel()->caption().contains(QStringLiteral("step 20")));
        // What goes wrong is said where it is seen.
        bench.session().push(engine::SessionWarning{"The disk is full.", "Free some room."});
        QTRY_VERIFY(monitor->pointsPanel()->hasMessage());
        bench.session().pushPreview(samplePreview(30));
        QTRY_VERIFY(!monitor->showsPoints());
    }

    void healthIsShown() {
        WindowBench bench;
        auto* figure = bench.window->findChild<QLabel*>(QStringLiteral("healthFigure"));
        QVERIFY(!figure->isVisible());
        run(bench);
        bench.session().pushMetrics({{10, 1e9, {{"metric/d_accuracy", 0.625}}}});
        QTRY_VERIFY(figure->isVisible());
        QVERIFY(figure->text().contains(QStringLiteral("D accuracy")));
        QVERIFY(figure->text().contains(QStringLiteral("0.625")));
        bench.session().pushMetrics({{11, 1e9 + 1, {{"metric/d_accuracy", 0.75}}}});
        QTRY_VERIFY(figure->text().contains(QStringLiteral("0.75")));
    }

    void rejectionsAndFailuresShowBars() {
        WindowBench bench;
        run(bench);
        bench.session().push(engine::CommandRejected{3, "resume", "The run is not paused."});
        QTRY_VERIFY(bench.window->setupPanel()->hasMessage());
        QCOMPARE(bench.window->setupPanel()->messageBar()->text(), QStringLiteral("The run is not paused."));

        bench.session().push(engine::SessionWarning{"The disk is full.", "Free some room."});
        Panel* monitor = bench.window->panelFor(Area::Monitor);
        QTRY_VERIFY(monitor->hasMessage());
        QCOMPARE(monitor->messageBar()->kind(), MessageKind::Warning);

        engine::SessionFailed failure{engine::ErrorKind::TrainingFailed, "Loss E of step 12 is not a number.",
                                      "Lower the rate.", "/runs/a/checkpoints/step-10.safetensors"};
        bench.session().push(failure);
        bench.session().pushState(SessionState::Failed, 12);
        QTRY_COMPARE(monitor->messageBar()->kind(), MessageKind::Error);
        QCOMPARE(monitor->messageBar()->text(), QStringLiteral("Loss E of step 12 is not a number."));
        // It offers the last good checkpoint.
        const auto buttons = monitor->messageBar()->findChildren<QPushButton*>();
        QVERIFY(!buttons.isEmpty());
        buttons[0]->click();
        QTRY_VERIFY(bench.window->workspace() == Workspace::Explore);
        QVERIFY(bench.engine->explorer->opened.back() == failure.lastGoodCheckpoint);
        QVERIFY(bench.enabled("run"));
    }

    void settingsErrorsAppearInSetup() {
        WindowBench bench;
        bench.trigger("run");
        bench.session().pushState(SessionState::Preparing);
        bench.session().push(
            engine::SessionFailed{engine::ErrorKind::BadInput, "/data holds no pictures.", "", ""});
        bench.session().pushState(SessionState::Failed);
        QTRY_VERIFY(bench.window->setupPanel()->hasMessage());
        QVERIFY(!bench.window->panelFor(Area::Monitor)->hasMessage());
    }

    void closingWhileTrainingAsksOnce() {
        WindowBench bench;
        run(bench);
        bench.window->close();
        QCOMPARE(bench.dialogs->closeQuestions, 1);
        QVERIFY(bench.window->isVisible());
        QCOMPARE(bench.session().commands.back(), std::string("start"));

        bench.dialogs->closeAnswer = CloseAnswer::SaveAndClose;
        bench.window->close();
        bench.window->close(); // impatient: not asked again
        QCOMPARE(bench.dialogs->closeQuestions, 2);
        QCOMPARE(bench.session().commands.back(), std::string("stop save"));
        QVERIFY(bench.window->isVisible());
        bench.session().pushState(SessionState::Stopping);
        bench.session().pushState(SessionState::Stopped, 20);
        QTRY_VERIFY(!bench.window->isVisible());
    }

    void closingWithoutSaving() {
        WindowBench bench;
        run(bench);
        bench.dialogs->closeAnswer = CloseAnswer::CloseWithoutSaving;
        bench.window->close();
        QCOMPARE(bench.session().commands.back(), std::string("stop"));
        bench.session().pushState(SessionState::Stopped, 20);
        QTRY_VERIFY(!bench.window->isVisible());
    }

    void aFullDiskKeepsTheWindowOpen() {
        WindowBench bench;
        run(bench);
        bench.dialogs->closeAnswer = CloseAnswer::SaveAndClose;
        bench.window->close();
        bench.session().current.state = SessionState::Paused;
        bench.session().push(engine::SessionWarning{"The disk is full.", "Free some room."});
        bench.session().pushState(SessionState::Paused, 20);
        QTRY_COMPARE(bench.window->panelFor(Area::Monitor)->messageBar()->kind(), MessageKind::Warning);
        QVERIFY(bench.window->isVisible());
        QVERIFY(bench.enabled("run"));
    }

    void leavingBySignalNeverAsks() {
        WindowBench bench;
        run(bench);
        bench.window->leave();
        QCOMPARE(bench.dialogs->closeQuestions, 0);
        QCOMPARE(bench.session().commands.back(), std::string("stop save"));
        bench.window->leave();
        QCOMPARE(bench.session().commands.back(), std::string("stop"));
        bench.session().pushState(SessionState::Stopped, 20);
        QTRY_VERIFY(!bench.window->isVisible());
    }

    void undoAndRedoAreActions() {
        WindowBench bench;
        bench.window->bridge().openModel("m");
        bench.engine->explorer->pushModel(8);
        QTRY_VERIFY(bench.window->explore().hasModel());
        QVERIFY(!bench.enabled("undo"));
        bench.trigger("random");
        QVERIFY(bench.window->workspace() == Workspace::Explore);
        QVERIFY(bench.enabled("undo"));
        const auto moved = bench.window->explore().view().code;
        bench.trigger("undo");
        QCOMPARE(bench.window->explore().view().code, engine::priorCodes(1, 1, 8).values);
        QVERIFY(bench.enabled("redo"));
        bench.trigger("redo");
        QCOMPARE(bench.window->explore().view().code, moved);
    }

    void theWindowComesBackAsItWas() {
        WindowBench bench;
        bench.window->resize(1340, 820);
        bench.window->setWorkspace(Workspace::Explore);
        Theme::instance()->apply(ThemeKind::Light);
        auto* setup = bench.window->setupPanel();
        engine::RunConfig config;
        config.method = "vae";
        config.data = "glyphs";
        config.transform = "color";
        config.preset = "standard";
        config.overrides = {{"lambdaEncoder", "3"}};
        config.steps = 700;
        setup->setConfig(config);
        QTRY_VERIFY(setup->config().transform == "color");
        bench.window->findChild<QDockWidget*>(QStringLiteral("runsDock"))->hide();
        bench.window->close();
        Theme::instance()->apply(ThemeKind::Dark);

        bench.open();
        QVERIFY(Theme::instance()->kind() == ThemeKind::Light);
        QCOMPARE(bench.window->size(), QSize(1340, 820));
        QVERIFY(bench.window->workspace() == Workspace::Explore);
        QVERIFY(!bench.window->findChild<QDockWidget*>(QStringLiteral("runsDock"))->isVisible());
        setup = bench.window->setupPanel();
        QTRY_COMPARE(setup->config().transform, std::string("color"));
        QCOMPARE(setup->config().method, std::string("vae"));
        QCOMPARE(setup->config().data, std::string("glyphs"));
        QCOMPARE(setup->config().preset, std::string("standard"));
        QCOMPARE(setup->config().steps, std::int64_t(700));
        QCOMPARE(setup->config().overrides.at("lambdaEncoder"), std::string("3"));
    }

    void docksHideAndComeBack() {
        WindowBench bench;
        auto* setup = bench.window->findChild<QDockWidget*>(QStringLiteral("setupDock"));
        QVERIFY(setup->isVisible());
        bench.trigger("hideDocks");
        QVERIFY(!setup->isVisible());
        bench.trigger("hideDocks");
        QVERIFY(setup->isVisible());
        QVERIFY(!bench.window->findChild<QDockWidget*>(QStringLiteral("inspectorDock"))->isVisible());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
