// Parallel axes: where lines run, brushes, moving axes, hovering and keys, missing and equal values.

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/parallel_axes.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace alphascope::ui;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

QVector<ParallelAxis> sampleAxes() {
    return {{QStringLiteral("λ"), false, {}},
            {QStringLiteral("Rate G"), true, {}},
            {QStringLiteral("Prior"), false, {QStringLiteral("normal"), QStringLiteral("sphere")}},
            {QStringLiteral("Critic"), false, {}}};
}

/// Eleven lines: λ from 0 to 10, the rate from 1e-5 to 1e-3 in factors, critic falling from 1 to 0; line 4
/// has no rate.
QVector<ParallelLine> sampleLines() {
    QVector<ParallelLine> lines;
    for (int i = 0; i <= 10; ++i) {
        lines.append(
            {{double(i), i == 4 ? none : std::pow(10, -5 + 0.2 * i), double(i % 2), 1 - 0.1 * i}, i % 3});
    }
    return lines;
}

void open(ParallelAxes& axes, QSize size = {520, 300}) {
    axes.resize(size);
    axes.show();
    QVERIFY(QTest::qWaitForWindowExposed(&axes));
}

void openSample(ParallelAxes& axes) {
    axes.setContent(sampleAxes(), sampleLines());
    open(axes);
}

void send(QWidget& widget, QEvent::Type type, const QPointF& at, Qt::MouseButton button,
          Qt::MouseButtons held) {
    QMouseEvent event(type, at, widget.mapToGlobal(at), button, held, {});
    QCoreApplication::sendEvent(&widget, &event);
}

void moveTo(QWidget& widget, const QPointF& at) {
    send(widget, QEvent::MouseMove, at, Qt::NoButton, Qt::NoButton);
}

void drag(QWidget& widget, const QPointF& from, const QPointF& to) {
    send(widget, QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
    for (int step = 1; step <= 5; ++step) {
        send(widget, QEvent::MouseMove, from + (to - from) * step / 5, Qt::NoButton, Qt::LeftButton);
    }
    send(widget, QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton);
}

/// Drags along an axis from the height of one line to that of another, and a little beyond both.
void brush(ParallelAxes& axes, int axis, int upper, int lower) {
    drag(axes, axes.placeOf(upper, axis) - QPointF(0, 5), axes.placeOf(lower, axis) + QPointF(0, 5));
}

QPointF between(const QPointF& a, const QPointF& b) {
    return (a + b) / 2;
}

} // namespace

class TestParallelAxes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { (new Theme(qApp))->apply(ThemeKind::Dark); }

    void linesMeetTheAxesAtTheirValues() {
        ParallelAxes axes;
        openSample(axes);
        QCOMPARE(axes.placeOf(0, 0), axes.footOf(0));
        QCOMPARE(axes.placeOf(10, 0), axes.topOf(0));
        QCOMPARE(axes.placeOf(5, 0), between(axes.topOf(0), axes.footOf(0)));
        QVERIFY(QLineF(axes.placeOf(5, 1), between(axes.topOf(1), axes.footOf(1))).length() < 0.01);
        QVERIFY(axes.placeOf(4, 1).y() > axes.footOf(1).y()); // "none"
        QVERIFY(axes.placeOf(1, 2).y() < axes.placeOf(0, 2).y());
        QVERIFY(axes.placeOf(0, 2).y() < axes.footOf(2).y()); // a choice has room to be brushed
        QVERIFY(axes.topOf(0).x() < axes.topOf(1).x());
    }

    void draggingAlongAnAxisBrushes() {
        ParallelAxes axes;
        openSample(axes);
        QSignalSpy changed(&axes, &ParallelAxes::brushedChanged);
        QCOMPARE(axes.brushed().size(), 11);
        const QImage before = axes.grab().toImage();
        brush(axes, 0, 8, 6);
        QVERIFY(axes.hasBrush());
        QCOMPARE(axes.brushed(), (QSet<int>{6, 7, 8}));
        QVERIFY(changed.count() > 0);
        QVERIFY(axes.grab().toImage() != before);
        brush(axes, 3, 0, 7); // both together
        QCOMPARE(axes.brushed(), (QSet<int>{6, 7}));
        axes.clearBrushes();
        QVERIFY(!axes.hasBrush());
        QCOMPARE(axes.brushed().size(), 11);
    }

    void brushedToItsEndsAnAxisHoldsItsExtremes() {
        ParallelAxes axes;
        openSample(axes);
        drag(axes, axes.topOf(1) - QPointF(0, 3), axes.footOf(1) + QPointF(0, 60));
        QCOMPARE(axes.brushed().size(), 10); // all but the one that has no rate
        QVERIFY(!axes.brushed().contains(4));
    }

    void aBrushIsMoved() {
        ParallelAxes axes;
        openSample(axes);
        brush(axes, 0, 8, 6);
        const double step = axes.placeOf(7, 0).y() - axes.placeOf(8, 0).y();
        drag(axes, axes.placeOf(7, 0), axes.placeOf(7, 0) + QPointF(0, 2 * step));
        QCOMPARE(axes.brushed(), (QSet<int>{4, 5, 6}));
        drag(axes, axes.placeOf(5, 0), axes.placeOf(5, 0) + QPointF(0, 1000)); // stops at the foot
        QCOMPARE(axes.brushed(), (QSet<int>{0, 1, 2}));
    }

    void itsEndsResizeIt() {
        ParallelAxes axes;
        openSample(axes);
        brush(axes, 0, 8, 6);
        const double step = axes.placeOf(7, 0).y() - axes.placeOf(8, 0).y();
        const QPointF low = axes.placeOf(6, 0) + QPointF(0, 5);
        drag(axes, low, low + QPointF(0, step));
        QCOMPARE(axes.brushed(), (QSet<int>{5, 6, 7, 8}));
        const QPointF high = axes.placeOf(8, 0) - QPointF(0, 5);
        drag(axes, high, high + QPointF(0, step));
        QCOMPARE(axes.brushed(), (QSet<int>{5, 6, 7}));
    }

    void aClickBesideItClearsIt() {
        ParallelAxes axes;
        openSample(axes);
        brush(axes, 0, 8, 6);
        brush(axes, 1, 10, 2);
        QSignalSpy clicked(&axes, &ParallelAxes::clicked);
        QTest::mouseClick(&axes, Qt::LeftButton, {}, (axes.placeOf(1, 0) + QPointF(0, 8)).toPoint());
        QCOMPARE(axes.brushed().size(), 8); // the other one stays
        QCOMPARE(clicked.count(), 0);
    }

    void aDoubleClickOnAnAxisClearsAll() {
        ParallelAxes axes;
        openSample(axes);
        brush(axes, 0, 8, 6);
        brush(axes, 1, 10, 2);
        QTest::mouseDClick(&axes, Qt::LeftButton, {}, axes.placeOf(5, 3).toPoint());
        QVERIFY(!axes.hasBrush());
    }

    void aSlipOfTheHandMakesNoBrush() {
        ParallelAxes axes;
        openSample(axes);
        const QPointF at = axes.placeOf(5, 0);
        send(axes, QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
        send(axes, QEvent::MouseMove, at + QPointF(0, 30), Qt::NoButton, Qt::LeftButton);
        send(axes, QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton);
        send(axes, QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
        QVERIFY(!axes.hasBrush());
    }

    void draggingATitleMovesItsAxis() {
        ParallelAxes axes;
        openSample(axes);
        const QImage before = axes.grab().toImage();
        const double third = axes.topOf(2).x();
        drag(axes, axes.titleBox(0).center(), {third + 5, axes.titleBox(0).center().y()});
        QCOMPARE(axes.order(), (QStringList{QStringLiteral("Rate G"), QStringLiteral("Prior"),
                                            QStringLiteral("λ"), QStringLiteral("Critic")}));
        QVERIFY(std::abs(axes.topOf(0).x() - third) < 20);
        QVERIFY(axes.topOf(1).x() < axes.topOf(2).x());
        QCOMPARE(axes.placeOf(10, 0), axes.topOf(0)); // lines follow
        QVERIFY(axes.grab().toImage() != before);
    }

    void hoveringFindsTheNearestLine() {
        ParallelAxes axes;
        openSample(axes);
        QSignalSpy hovered(&axes, &ParallelAxes::hovered);
        const QImage before = axes.grab().toImage();
        const QPointF middle = between(axes.placeOf(10, 0), axes.placeOf(10, 1));
        moveTo(axes, middle);
        QCOMPARE(hovered.count(), 1);
        QCOMPARE(hovered.last().first().toInt(), 10);
        QVERIFY(axes.grab().toImage() != before);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&axes, &leave);
        QCOMPARE(hovered.last().first().toInt(), -1);
        QCOMPARE(axes.grab().toImage(), before);
    }

    void linesThatPassAreHoveredFirst() {
        ParallelAxes axes;
        axes.setContent({{QStringLiteral("a"), false, {}}, {QStringLiteral("b"), false, {}}},
                        {{{0, 0}}, {{1, 1}}, {{0.51, 0.51}}, {{0.5, 0.5}}});
        open(axes);
        QSignalSpy hovered(&axes, &ParallelAxes::hovered);
        const QPointF at = between(axes.placeOf(3, 0), axes.placeOf(3, 1));
        moveTo(axes, at);
        QCOMPARE(hovered.last().first().toInt(), 3);
        axes.setHighlighted({2});
        moveTo(axes, at + QPointF(0.2, 0));
        QCOMPARE(hovered.last().first().toInt(), 2);
    }

    void clicksSelectAndDoubleClicksActivate() {
        ParallelAxes axes;
        openSample(axes);
        QSignalSpy clicked(&axes, &ParallelAxes::clicked);
        QSignalSpy activated(&axes, &ParallelAxes::activated);
        const QPoint at = between(axes.placeOf(10, 0), axes.placeOf(10, 1)).toPoint();
        QTest::mouseClick(&axes, Qt::LeftButton, {}, at);
        QCOMPARE(clicked.last().first().toInt(), 10);
        QCOMPARE(axes.selected(), 10);
        QTest::mouseDClick(&axes, Qt::LeftButton, {}, at);
        QCOMPARE(activated.last().first().toInt(), 10);
        QTest::mouseClick(&axes, Qt::LeftButton, {}, {2, 290});
        QCOMPARE(clicked.last().first().toInt(), -1);
        QCOMPARE(axes.selected(), -1);
        axes.setSelected(3);
        QCOMPARE(clicked.last().first().toInt(), -1); // silent
        axes.setSelected(99);
        QCOMPARE(axes.selected(), -1);
    }

    void highlightsMuteTheOthers() {
        ParallelAxes axes;
        openSample(axes);
        const QImage before = axes.grab().toImage();
        axes.setHighlighted({2, 3});
        QVERIFY(axes.grab().toImage() != before);
        QCOMPARE(axes.brushed().size(), 11); // brushes alone decide that
        axes.setHighlighted({});
        QCOMPARE(axes.grab().toImage(), before);
    }

    void keysWalkThroughLinesAndAxes() {
        ParallelAxes axes;
        openSample(axes);
        QSignalSpy activated(&axes, &ParallelAxes::activated);
        QTest::keyClick(&axes, Qt::Key_Down); // begins with the highest
        QCOMPARE(axes.selected(), 10);
        QTest::keyClick(&axes, Qt::Key_Down);
        QCOMPARE(axes.selected(), 9);
        QTest::keyClick(&axes, Qt::Key_Up);
        QTest::keyClick(&axes, Qt::Key_Up);
        QCOMPARE(axes.selected(), 10);
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(&axes, Qt::Key_Right);
        }
        QTest::keyClick(&axes, Qt::Key_Up); // on the last axis 10 is the lowest
        QCOMPARE(axes.selected(), 9);
        QTest::keyClick(&axes, Qt::Key_Return);
        QCOMPARE(activated.last().first().toInt(), 9);
        QTest::keyClick(&axes, Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(axes.order().at(2), QStringLiteral("Critic"));
    }

    void keysBrush() {
        ParallelAxes axes;
        openSample(axes);
        QTest::keyClick(&axes, Qt::Key_Up, Qt::ShiftModifier); // the upper quarter
        QCOMPARE(axes.brushed(), (QSet<int>{8, 9, 10}));
        for (int i = 0; i < 40; ++i) {
            QTest::keyClick(&axes, Qt::Key_Down, Qt::ShiftModifier);
        }
        QCOMPARE(axes.brushed(), (QSet<int>{0, 1, 2}));
        for (int i = 0; i < 40; ++i) {
            QTest::keyClick(&axes, Qt::Key_Up, Qt::ControlModifier);
        }
        QCOMPARE(axes.brushed().size(), 11);
        for (int i = 0; i < 40; ++i) {
            QTest::keyClick(&axes, Qt::Key_Down, Qt::ControlModifier);
        }
        QVERIFY(axes.brushed().size() < 3);
        QTest::keyClick(&axes, Qt::Key_Delete);
        QVERIFY(!axes.hasBrush());
        QTest::keyClick(&axes, Qt::Key_Up, Qt::ShiftModifier);
        QTest::keyClick(&axes, Qt::Key_Escape);
        QVERIFY(!axes.hasBrush());
    }

    void newContentKeepsOrderAndBrushesOfAxesThatStay() {
        ParallelAxes axes;
        openSample(axes);
        drag(axes, axes.titleBox(0).center(), {axes.topOf(3).x(), axes.titleBox(0).center().y()});
        brush(axes, 0, 8, 6);
        brush(axes, 3, 0, 9);
        QSignalSpy changed(&axes, &ParallelAxes::brushedChanged);
        QVector<ParallelAxis> next = sampleAxes();
        next.removeLast(); // the critic goes, and its brush
        next.append({QStringLiteral("FID"), false, {}});
        QVector<ParallelLine> lines = sampleLines();
        lines.append(lines[7]);
        axes.setContent(next, lines);
        QCOMPARE(axes.order(), (QStringList{QStringLiteral("Rate G"), QStringLiteral("Prior"),
                                            QStringLiteral("λ"), QStringLiteral("FID")}));
        QCOMPARE(axes.brushed(), (QSet<int>{6, 7, 8, 11}));
        QCOMPARE(changed.count(), 1);
        axes.clear();
        QVERIFY(!axes.hasBrush());
        QVERIFY(axes.order().isEmpty());
    }

    void oddContentIsDrawnAllTheSame_data() {
        QTest::addColumn<QVector<QVector<double>>>("values");
        QTest::addColumn<bool>("logarithmic");
        using Values = QVector<QVector<double>>;
        constexpr double infinite = std::numeric_limits<double>::infinity();
        QTest::newRow("one line") << Values{{1, 2}} << false;
        QTest::newRow("equal values") << Values{{1, 2}, {1, 2}, {1, 2}} << true;
        QTest::newRow("no values") << Values{{none, none}, {none, none}} << true;
        QTest::newRow("none and infinite") << Values{{none, 1}, {infinite, 2}, {3, -infinite}} << false;
        QTest::newRow("zero in factors") << Values{{0, -1}, {10, 1}} << true;
        QTest::newRow("too few values") << Values{{1}, {}} << false;
        QTest::newRow("too many values") << Values{{1, 2, 3, 4}} << false;
        QTest::newRow("huge") << Values{{1e300, -1e300}, {-1e300, 1e300}} << false;
        QTest::newRow("tiny") << Values{{1e-300, 1e-300}, {2e-300, 1}} << true;
    }

    void oddContentIsDrawnAllTheSame() {
        QFETCH(QVector<QVector<double>>, values);
        QFETCH(bool, logarithmic);
        ParallelAxes axes;
        QVector<ParallelLine> lines;
        for (const QVector<double>& each : values) {
            lines.append({each, 0});
        }
        axes.setContent({{QStringLiteral("a"), logarithmic, {}}, {QStringLiteral("b"), logarithmic, {}}},
                        lines);
        open(axes);
        QVERIFY(!axes.grab().isNull());
        for (int axis = 0; axis < 2; ++axis) {
            QVERIFY(QRectF(axes.rect()).contains(axes.placeOf(0, axis)));
        }
        drag(axes, axes.topOf(0), axes.footOf(0));
        moveTo(axes, {260, 150});
        QVERIFY(!axes.grab().isNull());
    }

    void oneAxisAloneStandsInTheMiddle() {
        ParallelAxes axes;
        axes.setContent({{QStringLiteral("a"), false, {}}}, {{{1}}, {{2}}});
        open(axes);
        QVERIFY(std::abs(axes.topOf(0).x() - axes.width() / 2.0) < 40);
        drag(axes, axes.topOf(0), between(axes.topOf(0), axes.footOf(0)));
        QCOMPARE(axes.brushed(), (QSet<int>{1}));
        moveTo(axes, {100, 100});
        QVERIFY(!axes.grab().isNull());
    }

    void emptyItSaysSo() {
        ParallelAxes axes;
        open(axes);
        const QImage before = axes.grab().toImage();
        QTest::mouseClick(&axes, Qt::LeftButton, {}, {100, 100});
        QTest::keyClick(&axes, Qt::Key_Up, Qt::ShiftModifier);
        QVERIFY(!axes.hasBrush());
        axes.setEmptyText(QStringLiteral("Nothing"), QStringLiteral("Run a trial"));
        QVERIFY(axes.grab().toImage() != before);
        axes.setContent(sampleAxes(), {});
        QVERIFY(!axes.grab().isNull());
    }

    void brushesAreTold() {
        ParallelAxes axes;
        openSample(axes);
        brush(axes, 0, 8, 6);
        QVERIFY(axes.accessibleDescription().contains(QStringLiteral("λ from")));
        QVERIFY(axes.accessibleDescription().contains(QStringLiteral("3 of them pass")));
    }

    void themesDrawDifferently() {
        ParallelAxes axes;
        openSample(axes);
        const QImage dark = axes.grab().toImage();
        Theme::instance()->apply(ThemeKind::Light);
        QVERIFY(axes.grab().toImage() != dark);
        Theme::instance()->apply(ThemeKind::Dark);
        QCOMPARE(axes.grab().toImage(), dark);
    }

    // At 200 % no part is a picture of 100 % enlarged.
    void itIsDrawnInDevicePixels() {
        ParallelAxes axes;
        openSample(axes);
        brush(axes, 0, 8, 6);
        const QImage image = axes.grab().toImage();
        QCOMPARE(image.size(), axes.size() * axes.devicePixelRatio());
        if (axes.devicePixelRatio() < 2) {
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

QTEST_MAIN(TestParallelAxes)
#include "tst_parallel_axes.moc"
