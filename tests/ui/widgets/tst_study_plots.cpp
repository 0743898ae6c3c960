// The plots of a study's settings: where dots lie, hovering, clicking and walking, dimming, and odd figures.

#include "tests/ui/widgets/study_sample.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/sensitivity_plot.h"
#include "ui/widgets/study_plot.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QtTest>

using namespace alphascope;
using namespace alphascope::ui;

using Points = std::vector<std::pair<double, double>>;

namespace {

constexpr int perMethod = 40;

void open(QWidget& widget, QSize size = {520, 300}) {
    widget.resize(size);
    widget.QWidget::show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
}

void moveTo(QWidget& widget, const QPointF& at) {
    QMouseEvent move(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QCoreApplication::sendEvent(&widget, &move);
}

QColor colorAt(QWidget& widget, const QPointF& at) {
    const QImage image = widget.grab().toImage();
    return image.pixelColor((at * image.devicePixelRatio()).toPoint());
}

/// A sensitivity panel and the panel that its axis is of, with these points.
engine::StudyFigures figuresOf(const Points& points) {
    engine::StudyFigures figures;
    engine::StudyColumn column{.title = "one"};
    engine::SensitivityPanel panel{.title = "one", .parameter = "x"};
    for (std::size_t i = 0; i < points.size(); ++i) {
        column.points.push_back({.value = points[i].second, .ranked = i, .amongBest = i < 10});
        panel.points.push_back(
            {.x = points[i].first, .value = points[i].second, .ranked = i, .amongBest = i < 10});
    }
    tests::summarise(column);
    figures.panels.push_back({.title = "set", .columns = {column}});
    figures.sensitivity.push_back(panel);
    return figures;
}

} // namespace

class TestStudyPlots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { (new Theme(qApp))->apply(ThemeKind::Dark); }

    void everySettingLiesInTheColumnOfItsMethodBetterOnesAbove() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        for (int method = 0; method < 4; ++method) {
            const double best = plot.placeOf(method * perMethod).x();
            for (int i = 0; i < perMethod; ++i) {
                const QPointF at = plot.placeOf(method * perMethod + i);
                QVERIFY(QRectF(plot.rect()).contains(at));
                QVERIFY(std::abs(at.x() - best) < plot.width() / 8.0);
                QVERIFY(i == 0 || at.y() >= plot.placeOf(method * perMethod + i - 1).y());
            }
            QVERIFY(method == 0 || best > plot.placeOf((method - 1) * perMethod).x());
        }
        QVERIFY(plot.placeOf(4 * perMethod).isNull());
    }

    void bestCirclesStandBesideOneAnother() {
        StudyPlot plot;
        open(plot);
        engine::StudyFigures figures = tests::sampleFigures();
        for (engine::StudyPoint& point : figures.panels[0].columns[1].points) {
            point.value = -0.7; // all alike
        }
        tests::summarise(figures.panels[0].columns[1]);
        plot.show(figures, 0);
        for (int i = 1; i < 6; ++i) {
            QVERIFY(QLineF(plot.placeOf(perMethod), plot.placeOf(perMethod + i)).length() > 5);
        }
        QCOMPARE(plot.placeOf(perMethod).y(), plot.placeOf(perMethod + 5).y());
        QVERIFY(!plot.grab().isNull());
    }

    void bestAreCirclesInTheColourOfText() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        QCOMPARE(colorAt(plot, plot.placeOf(0)), tokens().text);
    }

    void hoveringTellsAndShowsTheCard() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        QSignalSpy hovered(&plot, &StudyPlot::hovered);
        QVector<int> described;
        plot.setDescriber([&](int ranked) {
            described.append(ranked);
            return ScatterCard{{QStringLiteral("λ 10"), QStringLiteral("−0.41")}, {}, {}};
        });
        const QImage before = plot.grab().toImage();
        moveTo(plot, plot.placeOf(perMethod + 3));
        QCOMPARE(hovered.count(), 1);
        QCOMPARE(hovered.last().first().toInt(), perMethod + 3);
        QVERIFY(plot.grab().toImage() != before);
        QCOMPARE(described.last(), perMethod + 3);
        moveTo(plot, {1, 1});
        QCOMPARE(hovered.last().first().toInt(), -1);
        QCOMPARE(plot.grab().toImage(), before);
        moveTo(plot, plot.placeOf(3));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&plot, &leave);
        QCOMPARE(hovered.count(), 4);
        QCOMPARE(hovered.last().first().toInt(), -1);
    }

    void withoutADescriberTheCardSaysTheValue() {
        SensitivityPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        const QImage before = plot.grab().toImage();
        moveTo(plot, plot.placeOf(5));
        QVERIFY(plot.grab().toImage() != before);
    }

    void newFiguresUnderAStillPointerTellAnew() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        moveTo(plot, plot.placeOf(0));
        plot.setSelected(4);
        plot.setHighlighted({1, 2});
        QSignalSpy hovered(&plot, &StudyPlot::hovered);
        plot.show(tests::sampleFigures(), 0);
        QCOMPARE(hovered.count(), 2);
        QCOMPARE(hovered[0].first().toInt(), -1);
        QCOMPARE(hovered[1].first().toInt(), 0);
        QCOMPARE(plot.selected(), -1);
        plot.clear();
        QCOMPARE(hovered.last().first().toInt(), -1);
    }

    void clicksSelectAndDoubleClicksActivate() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        QSignalSpy clicked(&plot, &StudyPlot::clicked);
        QSignalSpy activated(&plot, &StudyPlot::activated);
        const QImage before = plot.grab().toImage();
        const QPoint at = plot.placeOf(2 * perMethod).toPoint();
        QTest::mouseClick(&plot, Qt::LeftButton, {}, at);
        QCOMPARE(clicked.last().first().toInt(), 2 * perMethod);
        QCOMPARE(plot.selected(), 2 * perMethod);
        QVERIFY(plot.grab().toImage() != before);
        QTest::mouseDClick(&plot, Qt::LeftButton, {}, at);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.last().first().toInt(), 2 * perMethod);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, {2, 2});
        QCOMPARE(clicked.last().first().toInt(), -1);
        QCOMPARE(plot.selected(), -1);
    }

    void arrowsWalkThroughColumns() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        QSignalSpy clicked(&plot, &StudyPlot::clicked);
        QSignalSpy activated(&plot, &StudyPlot::activated);
        QTest::keyClick(&plot, Qt::Key_Down); // begins with the first method's best
        QCOMPARE(plot.selected(), 0);
        for (int i = 1; i < perMethod; ++i) {
            QTest::keyClick(&plot, Qt::Key_Down);
            QCOMPARE(plot.selected(), i);
        }
        QTest::keyClick(&plot, Qt::Key_Down); // there is no more
        QCOMPARE(plot.selected(), perMethod - 1);
        QTest::keyClick(&plot, Qt::Key_Up);
        QCOMPARE(plot.selected(), perMethod - 2);
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(plot.selected() / perMethod, 1);
        QTest::keyClick(&plot, Qt::Key_Right);
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(plot.selected() / perMethod, 3);
        QTest::keyClick(&plot, Qt::Key_Return);
        QCOMPARE(activated.last().first().toInt(), plot.selected());
        QTest::keyClick(&plot, Qt::Key_Escape);
        QCOMPARE(clicked.last().first().toInt(), -1);
        QTest::keyClick(&plot, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
    }

    void arrowsReachEveryDotOfASensitivityPlot() {
        SensitivityPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 1); // with choices: many at one place
        for (const auto& [forward, back] :
             {std::pair(Qt::Key_Right, Qt::Key_Left), std::pair(Qt::Key_Down, Qt::Key_Up)}) {
            for (int i = 0; i < perMethod; ++i) {
                QTest::keyClick(&plot, back);
            }
            QSet<int> reached{plot.selected()};
            for (int i = 0; i < perMethod; ++i) {
                QTest::keyClick(&plot, forward);
                reached.insert(plot.selected());
            }
            QCOMPARE(reached.size(), perMethod);
        }
    }

    void walkingShowsTheCardUntilTheFocusLeaves() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        int asked = 0;
        plot.setDescriber([&](int) {
            ++asked;
            return ScatterCard{{QStringLiteral("card")}, {}, {}};
        });
        plot.setFocus();
        QTest::keyClick(&plot, Qt::Key_Down);
        plot.grab();
        QVERIFY(asked > 0);
        QFocusEvent out(QEvent::FocusOut);
        QCoreApplication::sendEvent(&plot, &out);
        asked = 0;
        plot.grab();
        QCOMPARE(asked, 0);
    }

    void settingTheSelectionIsSilent() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        QSignalSpy clicked(&plot, &StudyPlot::clicked);
        const QImage before = plot.grab().toImage();
        plot.setSelected(7);
        QVERIFY(plot.grab().toImage() != before);
        plot.setSelected(100000); // nowhere to be seen
        QCOMPARE(plot.grab().toImage(), before);
        QCOMPARE(clicked.count(), 0);
    }

    void whatIsNotHighlightedIsDimmed() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        const QImage before = plot.grab().toImage();
        plot.setHighlighted({0});
        QCOMPARE(colorAt(plot, plot.placeOf(0)), tokens().text);
        QVERIFY(colorAt(plot, plot.placeOf(perMethod)) != tokens().text);
        plot.setHighlighted({});
        QCOMPARE(plot.grab().toImage(), before);
    }

    void theLinesOfTheDataAreDrawnWhereTheyAreThere() {
        StudyPlot plot;
        open(plot);
        engine::StudyFigures figures = tests::sampleFigures();
        figures.panels[0].floor = -0.3;
        plot.show(figures, 0);
        const QImage both = plot.grab().toImage();
        QVERIFY(plot.accessibleDescription().contains(QStringLiteral("data against itself: −0.12")));
        figures.panels[0].floor.reset();
        plot.show(figures, 0);
        QVERIFY(plot.grab().toImage() != both);
        QVERIFY(!plot.accessibleDescription().contains(QStringLiteral("floor")));
    }

    void failedTrialsAreCounted() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        QVERIFY(plot.accessibleDescription().contains(QStringLiteral("3 trial")));
        QVERIFY(plot.accessibleDescription().contains(QStringLiteral("higher is better")));
    }

    void aParameterInFactorsIsOnALogarithmicAxis() {
        SensitivityPlot plot;
        open(plot);
        engine::StudyFigures figures = figuresOf({{1, 0.9}, {10, 0.8}, {100, 0.7}});
        figures.sensitivity[0].logarithmic = true;
        plot.show(figures, 0);
        const double first = plot.placeOf(1).x() - plot.placeOf(0).x();
        QVERIFY(std::abs(plot.placeOf(2).x() - plot.placeOf(1).x() - first) < 0.01);
        figures.sensitivity[0].logarithmic = false;
        plot.show(figures, 0);
        QVERIFY(plot.placeOf(2).x() - plot.placeOf(1).x() > 5 * (plot.placeOf(1).x() - plot.placeOf(0).x()));
    }

    void oddFiguresAreDrawnAllTheSame_data() {
        QTest::addColumn<Points>("points");
        QTest::addColumn<bool>("logarithmic");
        QTest::newRow("one point") << Points{{3, 0.5}} << false;
        QTest::newRow("one point in factors") << Points{{3, 0.5}} << true;
        QTest::newRow("equal values") << Points(30, {2, 0.25}) << false;
        QTest::newRow("all zero") << Points(30, {0, 0}) << true;
        QTest::newRow("huge") << Points{{1e300, 1e300}, {1, -1e300}} << false;
        QTest::newRow("tiny") << Points{{1e-300, 2e-300}, {2e-300, 1e-300}} << true;
    }

    void oddFiguresAreDrawnAllTheSame() {
        QFETCH(Points, points);
        QFETCH(bool, logarithmic);
        engine::StudyFigures figures = figuresOf(points);
        figures.sensitivity[0].logarithmic = logarithmic;
        StudyPlot best;
        SensitivityPlot sensitivity;
        open(best);
        open(sensitivity);
        best.show(figures, 0);
        sensitivity.show(figures, 0);
        QVERIFY(!best.grab().isNull());
        QVERIFY(!sensitivity.grab().isNull());
        QVERIFY(QRectF(best.rect()).contains(best.placeOf(0)));
        QVERIFY(QRectF(sensitivity.rect()).contains(sensitivity.placeOf(0)));
    }

    void extremesStandAtTheEdge() {
        StudyPlot plot;
        open(plot);
        engine::StudyFigures figures = tests::sampleFigures();
        engine::StudyColumn& column = figures.panels[0].columns[0];
        column.points.back().value = -1e6;
        tests::summarise(column);
        plot.show(figures, 0);
        const QPointF at = plot.placeOf(perMethod - 1);
        QVERIFY(QRectF(plot.rect()).contains(at));
        QSignalSpy hovered(&plot, &StudyPlot::hovered);
        moveTo(plot, at);
        QCOMPARE(hovered.last().first().toInt(), perMethod - 1);
    }

    void withoutFiguresItSaysSo() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 7);
        QVERIFY(plot.placeOf(0).isNull());
        QVERIFY(!plot.grab().isNull());
        QTest::keyClick(&plot, Qt::Key_Down);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, {100, 100});
        QCOMPARE(plot.selected(), -1);
        const QImage before = plot.grab().toImage();
        plot.setEmptyText(QStringLiteral("Nothing"), QStringLiteral("Run a trial"));
        QVERIFY(plot.grab().toImage() != before);
        SensitivityPlot other;
        open(other);
        other.show({}, 0);
        QVERIFY(!other.grab().isNull());
    }

    void verySmallItStillDraws() {
        StudyPlot plot;
        open(plot, {30, 20});
        plot.show(tests::sampleFigures(), 0);
        QVERIFY(!plot.grab().isNull());
    }

    void themesDrawDifferently() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        const QImage dark = plot.grab().toImage();
        Theme::instance()->apply(ThemeKind::Light);
        QVERIFY(plot.grab().toImage() != dark);
        QCOMPARE(colorAt(plot, plot.placeOf(0)), lightTokens().text);
        Theme::instance()->apply(ThemeKind::Dark);
        QCOMPARE(plot.grab().toImage(), dark);
    }

    // At 200 % no part is a picture of 100 % enlarged.
    void itIsDrawnInDevicePixels() {
        StudyPlot plot;
        open(plot);
        plot.show(tests::sampleFigures(), 0);
        const QImage image = plot.grab().toImage();
        QCOMPARE(image.size(), plot.size() * plot.devicePixelRatio());
        if (plot.devicePixelRatio() < 2) {
            return; // the same program runs at 200 %, too
        }
        int uneven = 0;
        for (int y = 0; y < image.height(); y += 2) {
            for (int x = 0; x < image.width(); x += 2) {
                uneven += image.pixel(x, y) != image.pixel(x + 1, y + 1) ? 1 : 0;
            }
        }
        QVERIFY(uneven > 500);
    }
};

QTEST_MAIN(TestStudyPlots)
#include "tst_study_plots.moc"
