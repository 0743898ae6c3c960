// The curve plot: one replot per batch, ranges, zoom, legend, marks and exported files.

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/curve_data.h"
#include "ui/widgets/curve_panel.h"
#include "ui/widgets/curve_plot.h"
#include "ui/widgets/legend_bar.h"
#include "ui/widgets/qcustomplot_wrapper.h"

#include <QAbstractButton>
#include <QAction>
#include <QFile>
#include <QImage>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedWidget>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QToolButton>
#include <QWheelEvent>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace alphascope::ui;

namespace {

const QString name = QStringLiteral("loss/E");

void addRamp(CurvePlot& plot, const QString& series, int from, int count, double factor = 1) {
    QVector<double> steps;
    QVector<double> walls;
    QVector<double> values;
    for (int i = from; i < from + count; ++i) {
        steps.append(i);
        walls.append(1.7e9 + 0.5 * i);
        values.append(factor * i);
    }
    plot.addPoints(series, steps, walls, values);
}

void settle(CurvePlot& plot) {
    plot.show(); // a hidden one draws nothing
    QSignalSpy drawn(&plot, &CurvePlot::replotted);
    plot.flush();
    QTRY_VERIFY(drawn.count() > 0);
}

QWidget* canvas(CurvePlot& plot) {
    return plot.findChild<QWidget*>(QStringLiteral("curves"));
}

} // namespace

class TestCurvePlot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { new Theme(qApp); }
    void cleanup() { Theme::instance()->apply(ThemeKind::Light); }
    void manyFlushesAreOneReplot() {
        CurvePlot plot;
        plot.resize(400, 240);
        plot.show();
        addRamp(plot, name, 0, 10); // the first curve brings the legend, which takes room
        settle(plot);
        QCoreApplication::processEvents();
        QSignalSpy drawn(&plot, &CurvePlot::replotted);
        for (int i = 1; i < 50; ++i) {
            addRamp(plot, name, i * 10, 10);
            plot.flush();
        }
        QCOMPARE(drawn.count(), 0);
        QTRY_COMPARE(drawn.count(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(drawn.count(), 1);
        QCOMPARE(plot.pointCount(name), 500);
    }

    void narrowPlotsHaveFewerTicks() {
        CurvePlot plot;
        plot.show();
        addRamp(plot, name, 0, 700);
        const QCPAxis* axis = plot.findChild<QCustomPlot*>()->xAxis;
        const auto ticksAt = [&](int width) {
            plot.resize(width, 160);
            settle(plot);
            plot.findChild<QCustomPlot*>()->replot();
            return axis->ticker()->tickCount();
        };
        QCOMPARE(ticksAt(900), 5);
        QCOMPARE(ticksAt(150), 2);
    }

    void aHiddenPlotDrawsNothingAndCatchesUp() {
        QStackedWidget pages;
        auto* plot = new CurvePlot;
        pages.addWidget(plot);
        pages.addWidget(new QWidget);
        pages.resize(400, 240);
        pages.show();
        addRamp(*plot, name, 0, 10);
        settle(*plot);
        pages.setCurrentIndex(1);
        QCoreApplication::processEvents();
        QSignalSpy drawn(plot, &CurvePlot::replotted);
        addRamp(*plot, name, 10, 90);
        plot->flush();
        QCoreApplication::processEvents();
        QCOMPARE(drawn.count(), 0);
        QVERIFY(plot->xRange().second < 20);
        pages.setCurrentIndex(0);
        QTRY_VERIFY(drawn.count() > 0 && plot->xRange().second >= 99);
    }

    void autoscalesUntilTheUserZooms() {
        CurvePlot plot;
        plot.resize(400, 240);
        plot.show();
        addRamp(plot, name, 0, 100);
        settle(plot);
        QVERIFY(plot.xRange().second >= 99 && plot.xRange().second < 105);
        QVERIFY(plot.yRange().first < 0 && plot.yRange().second > 99);

        QSignalSpy changed(&plot, &CurvePlot::autoscaleChanged);
        QWidget* area = canvas(plot);
        const QPointF centre(area->width() / 2.0, area->height() / 2.0);
        QWheelEvent wheel(centre, area->mapToGlobal(centre), {}, {0, 240}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(area, &wheel);
        QVERIFY(!plot.isAutoscaled());
        QCOMPARE(changed.count(), 1);
        const auto x = plot.xRange();
        QVERIFY(x.first > 0 && x.second < 99);

        addRamp(plot, name, 100, 900);
        settle(plot);
        QCOMPARE(plot.xRange(), x);

        QTest::mouseDClick(area, Qt::LeftButton, {}, centre.toPoint());
        QVERIFY(plot.isAutoscaled());
        settle(plot);
        QVERIFY(plot.xRange().second >= 999);
    }

    void ignoresOutliersByPercentiles() {
        CurvePlot plot;
        plot.resize(400, 240);
        addRamp(plot, name, 0, 101);
        plot.addPoints(name, {200}, {1.7e9 + 200}, {1e6});
        settle(plot);
        QVERIFY(plot.yRange().second > 1e6);
        plot.setIgnoreOutliers(true);
        settle(plot);
        QVERIFY(plot.yRange().second < 110);
        QVERIFY(plot.yRange().first > -10);
    }

    void logScaleLeavesOutWhatHasNoLogarithm() {
        CurvePlot plot;
        plot.resize(400, 240);
        plot.addPoints(name, {0, 1, 2, 3}, {0, 1, 2, 3}, {-5, 0, 0.01, 100});
        plot.setLogScale(true);
        settle(plot);
        QVERIFY(plot.yRange().first > 0 && plot.yRange().first < 0.01);
        QVERIFY(plot.yRange().second > 100);
    }

    void survivesNonFiniteValuesOnly() {
        CurvePlot plot;
        plot.resize(400, 240);
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double infinity = std::numeric_limits<double>::infinity();
        plot.addPoints(name, {0, 1, 2}, {nan, 1, 2}, {nan, infinity, -infinity});
        plot.addMark(1, QStringLiteral("not finite"), MarkKind::Alarm, QStringLiteral("NaN"));
        for (const bool log : {false, true}) {
            plot.setLogScale(log);
            settle(plot);
            QVERIFY(std::isfinite(plot.yRange().first) && std::isfinite(plot.yRange().second));
        }
        QVERIFY(!plot.grab().isNull());
    }

    void timeAxesUseTheWallClock() {
        CurvePlot plot;
        plot.resize(400, 240);
        addRamp(plot, name, 0, 101);
        plot.setAxis(CurveAxis::Relative);
        settle(plot);
        QCOMPARE(plot.xRange().first, 0.0);
        QVERIFY(plot.xRange().second >= 50 && plot.xRange().second < 52);
        plot.setAxis(CurveAxis::Wall);
        settle(plot);
        QCOMPARE(plot.xRange().first, 1.7e9);
    }

    void everyNameIsSeenInANarrowPlot() {
        CurvePlot plot;
        plot.resize(170, 240);
        for (const char* series : {"metric/train_l1", "metric/held_out_l1", "metric/code_mean"})
            addRamp(plot, QString::fromLatin1(series), 0, 10);
        settle(plot);
        const auto chips =
            plot.findChildren<QAbstractButton*>(QRegularExpression(QStringLiteral("^legend:")));
        QCOMPARE(chips.size(), 3);
        for (const QAbstractButton* chip : chips)
            QTRY_VERIFY2(chip->parentWidget()->rect().contains(chip->geometry()), qPrintable(chip->text()));
    }

    void lowLegendsShowWholeLines() {
        LegendBar legend;
        legend.setEntries({{QStringLiteral("a"), QStringLiteral("held-out L1"), 0},
                           {QStringLiteral("b"), QStringLiteral("training L1"), 1},
                           {QStringLiteral("c"), QStringLiteral("near a mode"), 2}});
        legend.show();
        const QList<QAbstractButton*> chips = legend.findChildren<QAbstractButton*>();
        const int line = chips.first()->sizeHint().height();
        const auto shown = [&](int lines, int spare) {
            legend.resize(chips.first()->sizeHint().width() + 4, lines * line + spare);
            return std::count_if(chips.begin(), chips.end(),
                                 [&](const QWidget* chip) { return chip->isVisibleTo(&legend); });
        };
        QCOMPARE(shown(3, 0), 3);
        QCOMPARE(shown(2, line - 3), 2);
        QCOMPARE(shown(0, 5), 1); // one says more than none
        QCOMPARE(shown(3, 0), 3);
        legend.resize(60, line);
        QVERIFY(chips.first()->geometry().right() < legend.width());
    }

    void legendChipsToggle() {
        CurvePlot plot;
        plot.resize(400, 240);
        plot.show();
        addRamp(plot, name, 0, 10, 1);
        addRamp(plot, QStringLiteral("loss/G"), 0, 10, 100);
        settle(plot);
        auto* chip = plot.findChild<QAbstractButton*>(QStringLiteral("legend:loss/G"));
        QVERIFY(chip && chip->isChecked());
        QSignalSpy toggled(&plot, &CurvePlot::seriesToggled);
        QTest::mouseClick(chip, Qt::LeftButton);
        QCOMPARE(toggled.count(), 1);
        QVERIFY(!plot.isSeriesVisible(QStringLiteral("loss/G")));
        settle(plot);
        QVERIFY(plot.yRange().second < 20);
        QTest::keyClick(chip, Qt::Key_Return);
        QVERIFY(plot.isSeriesVisible(QStringLiteral("loss/G")));
    }

    void smoothingIsClampedBelowOne() {
        CurvePlot plot;
        plot.setSmoothing(1.0);
        QCOMPARE(plot.smoothing(), 0.99);
        plot.setSmoothing(-3);
        QCOMPARE(plot.smoothing(), 0.0);
        plot.setSmoothing(std::numeric_limits<double>::quiet_NaN());
        QCOMPARE(plot.smoothing(), 0.6);
    }

    void clearForgetsEverything() {
        CurvePlot plot;
        addRamp(plot, name, 0, 10);
        plot.addMark(3, QStringLiteral("x"), MarkKind::Change);
        plot.setCurrentStep(4.0);
        settle(plot);
        plot.removeSeries(QStringLiteral("unknown"));
        plot.clear();
        QVERIFY(plot.seriesNames().isEmpty());
        QCOMPARE(plot.markCount(), 0);
        settle(plot);
        addRamp(plot, name, 0, 10);
        settle(plot);
        plot.removeSeries(name);
        settle(plot);
        QVERIFY(plot.seriesNames().isEmpty());
    }

    void clickTellsTheStep() {
        CurvePlot plot;
        plot.resize(400, 240);
        plot.show();
        addRamp(plot, name, 0, 101);
        settle(plot);
        QSignalSpy clicked(&plot, &CurvePlot::stepClicked);
        QTest::mouseClick(canvas(plot), Qt::LeftButton, {}, canvas(plot)->rect().center());
        QCOMPARE(clicked.count(), 1);
        const double step = clicked.first().first().toDouble();
        QVERIFY(step > 30 && step < 70);
    }

    void clickOnAMarkTellsTheMark() {
        CurvePlot plot;
        plot.resize(400, 240);
        plot.show();
        addRamp(plot, name, 0, 101);
        settle(plot);
        QSignalSpy steps(&plot, &CurvePlot::stepClicked);
        const QPoint center = canvas(plot)->rect().center();
        QTest::mouseClick(canvas(plot), Qt::LeftButton, {}, center);
        const double step = steps.first().first().toDouble();
        plot.addMark(step, QStringLiteral("The samples resemble each other."), MarkKind::Alarm);
        settle(plot);
        QSignalSpy marks(&plot, &CurvePlot::markClicked);
        QTest::mouseClick(canvas(plot), Qt::LeftButton, {}, center);
        QCOMPARE(marks.count(), 1);
        QCOMPARE(marks.first().first().toDouble(), step);
        QCOMPARE(steps.count(), 1); // one of the two
    }

    void hundredThousandPointsStayCorrect() {
        CurvePlot plot;
        plot.resize(600, 300);
        for (int s = 0; s < 3; ++s) {
            addRamp(plot, QString::number(s), 0, 100000, s + 1);
        }
        settle(plot);
        QVERIFY(plot.yRange().second > 299997);
        plot.zoomTo({50000, 50100}, {0, 300000});
        settle(plot);
        QVERIFY(!plot.grab().isNull());
    }

    void keyboardZoomsAndFits() {
        CurvePlot plot;
        plot.resize(400, 240);
        addRamp(plot, name, 0, 100);
        settle(plot);
        QTest::keyClick(&plot, Qt::Key_Plus);
        QVERIFY(!plot.isAutoscaled());
        QTest::keyClick(&plot, Qt::Key_Home);
        QVERIFY(plot.isAutoscaled());
    }

    void exportsValidFiles() {
        QTemporaryDir folder;
        CurvePlot plot;
        plot.resize(500, 300);
        QString error;
        QVERIFY(!plot.exportTo(folder.filePath(QStringLiteral("a.png")), &error));
        QVERIFY(!error.isEmpty());
        addRamp(plot, name, 0, 50, 0.1);
        plot.addPoints(QStringLiteral("a\"b"), {1}, {2}, {std::numeric_limits<double>::quiet_NaN()});
        plot.addMark(20, QStringLiteral("changed"), MarkKind::Change, QStringLiteral("λ"));
        plot.setUnit(QStringLiteral("nats"));
        settle(plot);

        const QString png = folder.filePath(QStringLiteral("a.png"));
        QVERIFY2(plot.exportTo(png, &error), qPrintable(error));
        const QImage image(png);
        QVERIFY(image.width() >= 900);

        const QString svg = folder.filePath(QStringLiteral("a.svg"));
        QVERIFY2(plot.exportTo(svg, &error), qPrintable(error));
        QVERIFY(QSvgRenderer(svg).isValid());

        const QString csv = folder.filePath(QStringLiteral("a.csv"));
        QVERIFY2(plot.exportTo(csv, &error), qPrintable(error));
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines.first(), QByteArrayLiteral("series,step,wall_time,value,low,high"));
        QCOMPARE(lines.size(), 1 + 50 + 1 + 1);
        QCOMPARE(lines[2], QByteArrayLiteral("\"loss/E\",1,1700000000.500,0.1,,"));
        QCOMPARE(lines[51], QByteArrayLiteral("\"a\"\"b\",1,2.000,nan,,"));
        settle(plot); // and the window's own plot is as before
    }

    void aBandIsDrawnScaledAndExported_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void aBandIsDrawnScaledAndExported() {
        QFETCH(bool, dark);
        Theme::instance()->apply(dark ? ThemeKind::Dark : ThemeKind::Light);
        const double none = std::numeric_limits<double>::quiet_NaN();
        CurvePlot plot;
        plot.resize(400, 240);
        plot.setSmoothing(0);
        const QString kid = QStringLiteral("kid");
        const QVector<double> steps{100, 200, 300, 400};
        plot.addPoints(kid, steps, steps, {1, 1, 1, 1}, {0, 0.5, none, 0.5}, {2, 1.5, none, 3});
        QVERIFY(plot.hasBand(kid));
        settle(plot);
        QVERIFY(plot.yRange().first < 0 && plot.yRange().second > 3); // all of the band is seen

        // Between line and edge the ground is tinted; beyond the edge, and where there is none, it is not.
        const QImage drawn = canvas(plot)->grab().toImage();
        const double ratio = drawn.devicePixelRatio();
        const auto* custom = plot.findChild<QCustomPlot*>();
        const auto colorAt = [&](double step, double value) {
            return drawn.pixelColor(int(custom->xAxis->coordToPixel(step) * ratio),
                                    int(custom->yAxis->coordToPixel(value) * ratio));
        };
        const QColor ground = tokens().panel;
        QVERIFY(colorAt(110, 1.6) != ground);
        QVERIFY(colorAt(110, 0.3) != ground);
        QCOMPARE(colorAt(110, 2.3), ground);
        QCOMPARE(colorAt(300, 1.3), ground);

        // Points without an interval, and a run that goes on from an earlier step.
        plot.addPoints(kid, {300, 500}, {301, 500}, {4, 5});
        QCOMPARE(plot.pointCount(kid), 4);
        QTemporaryDir folder;
        const QString csv = folder.filePath(QStringLiteral("band.csv"));
        QVERIFY(plot.exportTo(csv));
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines[2], QByteArrayLiteral("\"kid\",200,200.000,1,0.5,1.5"));
        QCOMPARE(lines[3], QByteArrayLiteral("\"kid\",300,301.000,4,,"));
        plot.setLogScale(true);
        settle(plot);
        QVERIFY(plot.yRange().first > 0.5); // the lower edge reaches 0, and does not stretch the axis
        plot.setSeriesVisible(kid, false);
        settle(plot);
        plot.removeSeries(kid);
        QVERIFY(!plot.hasBand(kid));
    }

    void aSmoothedCurveStaysInItsBand() {
        CurveSeries series;
        series.setSmoothing(0.9);
        for (int i = 0; i < 50; ++i) {
            const double value = i < 10 ? 1.0 : 5.0;
            if (i < 3) {
                series.append(i, i, value); // without an interval at first
            } else {
                series.append(i, i, value, value - 0.5, value + 0.25);
            }
        }
        QVERIFY(std::isnan(series.smoothedLows[2]));
        for (int i = 3; i < 50; ++i) {
            QVERIFY(series.smoothedLows[i] < series.smoothedHighs[i]);
        }
        QVERIFY(std::abs(series.smoothedHighs[49] - series.smoothedLows[49] - 0.75) < 1e-9);
        QCOMPARE(series.lowest, 0.5);
        QCOMPARE(series.highest, 5.25);
        const auto before = series.smoothedLows;
        series.setSmoothing(0.9); // computed anew, it is the same
        for (int i = 3; i < 50; ++i) {
            QCOMPARE(series.smoothedLows[i], before[i]);
        }
    }

    void exportFailuresAreOneSentence() {
        CurvePlot plot;
        addRamp(plot, name, 0, 5);
        QString error;
        QVERIFY(!plot.exportTo(QStringLiteral("/no/such/folder/a.csv"), &error));
        QVERIFY(error.contains(QStringLiteral("/no/such/folder/a.csv")));
        QTemporaryDir folder;
        QVERIFY(!plot.exportTo(folder.filePath(QStringLiteral("a.pdf")), &error));
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("a.pdf"))));
    }

    void panelControlsReachThePlot() {
        CurvePanel panel(QStringLiteral("Losses"));
        QSignalSpy changed(&panel, &CurvePanel::settingsChanged);
        panel.findChild<QSlider*>(QStringLiteral("smoothing"))->setValue(99);
        QCOMPARE(panel.plot()->smoothing(), 0.99);
        panel.setLogScale(true);
        panel.setAxis(CurveAxis::Wall);
        panel.setIgnoreOutliers(true);
        QVERIFY(panel.plot()->logScale());
        QCOMPARE(panel.plot()->axis(), CurveAxis::Wall);
        QVERIFY(panel.plot()->ignoreOutliers());
        QCOMPARE(changed.count(), 4);

        QTemporaryDir folder;
        addRamp(*panel.plot(), name, 0, 5);
        panel.setSavePathProvider(
            [&](const QString&, const QString&) { return folder.filePath(QStringLiteral("x")); });
        panel.findChild<QAction*>(QStringLiteral("export-csv"))->trigger();
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("x.csv"))));
        QVERIFY(panel.hasMessage());
        QCOMPARE(panel.messageBar()->kind(), MessageKind::Success);
    }

    void unitsHavePlotsOfTheirOwn() {
        CurvePanel panel(QStringLiteral("Losses"));
        panel.resize(600, 300);
        panel.show();
        CurveGroups* groups = panel.groups();
        panel.setSmoothing(0.9);
        CurvePlot* logit = groups->plotFor(QStringLiteral("logit"));
        QCOMPARE(logit, panel.plot());
        auto* menu = panel.findChild<QToolButton*>(QStringLiteral("unitMenu"));
        QVERIFY(!menu->isVisible());
        CurvePlot* nats = groups->plotFor(QStringLiteral("nats"));
        QVERIFY(nats != logit);
        QCOMPARE(groups->plotFor(QStringLiteral("nats")), nats);
        QCOMPARE(nats->smoothing(), 0.9);
        QVERIFY(menu->isVisible());
        QVERIFY(logit->isVisible() && nats->isVisible());
        QVERIFY(!logit->geometry().intersects(nats->geometry()));
        panel.setLogScale(true);
        QVERIFY(nats->logScale());
        addRamp(*logit, name, 0, 10);
        addRamp(*nats, QStringLiteral("loss/D"), 0, 10, 1000);
        settle(*logit);
        settle(*nats);
        QVERIFY(logit->yRange().second < 100); // thousands of nats do not flatten it
        groups->clear();
        QCOMPARE(groups->plots().size(), 1);
        QVERIFY(groups->units().isEmpty());
        QVERIFY(!menu->isVisible());
    }

    void oneUnitCanBeSeenAlone() {
        CurvePanel panel(QStringLiteral("Losses"));
        panel.resize(600, 300);
        panel.show();
        CurveGroups* groups = panel.groups();
        CurvePlot* logit = groups->plotFor(QStringLiteral("logit"));
        CurvePlot* nats = groups->plotFor(QStringLiteral("nats"));
        auto* menu = panel.findChild<QToolButton*>(QStringLiteral("unitMenu"))->menu();
        const QSize before = nats->size();
        menu->findChild<QAction*>(QStringLiteral("unit:nats"))->trigger();
        QTRY_VERIFY(!logit->isVisible());
        QVERIFY(nats->width() > before.width() || nats->height() > before.height());
        menu->findChild<QAction*>(QStringLiteral("unit:all"))->trigger();
        QTRY_VERIFY(logit->isVisible() && nats->isVisible());
    }

    void whatHasNoRoomIsOneClickAway() {
        CurveGroups groups;
        groups.resize(200, 120);
        groups.show();
        CurvePlot* logit = groups.plotFor(QStringLiteral("logit"));
        CurvePlot* nats = groups.plotFor(QStringLiteral("nats"));
        QVERIFY(logit->isVisible() && !nats->isVisible());
        groups.showOnly(QStringLiteral("nats"));
        QVERIFY(!logit->isVisible() && nats->isVisible());
        groups.showOnly(std::nullopt);
        groups.resize(800, 120);
        QVERIFY(logit->isVisible() && nats->isVisible());
    }

    void plotsAreExportedTogether() {
        CurveGroups groups;
        groups.resize(600, 300);
        addRamp(*groups.plotFor(QStringLiteral("logit")), name, 0, 5);
        addRamp(*groups.plotFor(QStringLiteral("nats")), QStringLiteral("loss/D"), 0, 5);
        QTemporaryDir folder;
        const QString table = folder.filePath(QStringLiteral("both.csv"));
        QVERIFY(CurvePlot::exportTogether(groups.plots(), table));
        QFile file(table);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("\"loss/E\",4") && text.contains("\"loss/D\",4"));
        const QString one = folder.filePath(QStringLiteral("one.png"));
        const QString both = folder.filePath(QStringLiteral("both.png"));
        QVERIFY(groups.first()->exportTo(one));
        QVERIFY(CurvePlot::exportTogether(groups.plots(), both));
        QCOMPARE(QImage(both).height(), 2 * QImage(one).height());
    }

    void chipsExplainTheirCurve() {
        CurvePlot plot;
        plot.addSeries(name, QStringLiteral("E"), 0, QStringLiteral("What the encoder minimises"));
        auto* chip = plot.findChild<QAbstractButton*>(QStringLiteral("legend:loss/E"));
        QVERIFY(chip->toolTip().startsWith(QStringLiteral("What the encoder minimises")));
    }
};

QTEST_MAIN(TestCurvePlot)
#include "tst_curve_plot.moc"
