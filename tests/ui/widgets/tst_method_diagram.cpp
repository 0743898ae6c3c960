// The drawing of a method: nodes that do not overlap, arrows that go around them, sizes, words for screen
// readers.

#include "ui/theme/theme.h"
#include "ui/widgets/method_diagram.h"

#include <QtTest>

using namespace alphascope::ui;

namespace {

QVector<DiagramNode> row() {
    return {{QStringLiteral("x"), DiagramKind::Data, {0, 0}},
            {QStringLiteral("E"), DiagramKind::Network, {1, 0}},
            {QStringLiteral("z"), DiagramKind::Code, {2, 0}},
            {QStringLiteral("L1"), DiagramKind::Loss, {2, 1}}};
}

void show(MethodDiagram& diagram, const QVector<QPair<int, int>>& arrows, int width = 400) {
    diagram.setDiagram(row(), arrows, QStringLiteral("x → E → z"));
    diagram.resize(width, diagram.heightForWidth(width));
}

} // namespace

class TestMethodDiagram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nodesStandOnTheGridAndInside() {
        MethodDiagram diagram;
        show(diagram, {{0, 1}, {1, 2}});
        for (int i = 0; i < 4; ++i) {
            QVERIFY(QRectF(diagram.rect()).contains(diagram.nodeRect(i)));
            for (int j = 0; j < i; ++j) {
                QVERIFY(!diagram.nodeRect(i).intersects(diagram.nodeRect(j)));
            }
        }
        QCOMPARE(diagram.nodeRect(0).center().y(), diagram.nodeRect(2).center().y());
        QCOMPARE(diagram.nodeRect(2).center().x(), diagram.nodeRect(3).center().x());
    }

    void arrowsGoFromEdgeToEdge() {
        MethodDiagram diagram;
        show(diagram, {{0, 1}});
        const QPainterPath path = diagram.arrowPath(0);
        QVERIFY(std::abs(path.pointAtPercent(0).x() - diagram.nodeRect(0).right()) < 0.5);
        QVERIFY(std::abs(path.pointAtPercent(1).x() - diagram.nodeRect(1).left()) < 0.5);
    }

    void arrowsGoAroundNodesInTheirWay() {
        MethodDiagram diagram;
        show(diagram, {{0, 2}});
        const QPainterPath path = diagram.arrowPath(0);
        for (int step = 0; step <= 50; ++step) {
            QVERIFY(!diagram.nodeRect(1).contains(path.pointAtPercent(step / 50.0)));
        }
    }

    void thereAndBackAreTwoLines() {
        MethodDiagram diagram;
        show(diagram, {{0, 1}, {1, 0}});
        const double there = diagram.arrowPath(0).pointAtPercent(0.5).y();
        const double back = diagram.arrowPath(1).pointAtPercent(0.5).y();
        QVERIFY(std::abs(there - back) > 6);
    }

    void uselessArrowsAreLeftOut() {
        MethodDiagram diagram;
        show(diagram, {{0, 0}, {-1, 2}, {1, 9}, {0, 1}});
        QCOMPARE(diagram.arrowCount(), 1);
    }

    void itShrinksToItsWidthButNeverGrows() {
        MethodDiagram diagram;
        show(diagram, {{0, 1}}, 2000);
        const double natural = diagram.nodeRect(0).height();
        diagram.resize(diagram.minimumSizeHint().width(), 200);
        QVERIFY(diagram.nodeRect(0).height() < natural * 0.7);
        QVERIFY(QRectF(diagram.rect()).contains(diagram.nodeRect(0)));
        QVERIFY(diagram.heightForWidth(diagram.minimumSizeHint().width()) < diagram.heightForWidth(2000));
    }

    void wordsSayTheSame() {
        MethodDiagram diagram;
        QVERIFY(diagram.isEmpty());
        QCOMPARE(diagram.sizeHint(), QSize(0, 0));
        show(diagram, {{0, 1}});
        QCOMPARE(diagram.accessibleDescription(), QStringLiteral("x → E → z"));
    }

    void marksStandAboveTheirLetters() {
        MethodDiagram diagram;
        diagram.setDiagram({{QStringLiteral("x"), DiagramKind::Data, {0, 0}},
                            {QStringLiteral("x\u0302"), DiagramKind::Data, {1, 0}},
                            {QStringLiteral("x\u0303"), DiagramKind::Data, {2, 0}},
                            {QStringLiteral("\u1e91"), DiagramKind::Code, {3, 0}}},
                           {}, QStringLiteral("x"));
        diagram.resize(500, diagram.heightForWidth(500));
        const QImage picture = diagram.grab().toImage();
        // Ink between a node's upper edge and the x-height of its letter.
        const auto inkAbove = [&](int node) {
            const QRectF place = diagram.nodeRect(node);
            const QFontMetricsF metrics(diagram.font());
            const double top =
                place.center().y() - metrics.height() / 2 + metrics.ascent() - metrics.xHeight();
            const QColor ground = picture.pixelColor((place.topLeft() + QPointF(5, 8)).toPoint());
            int count = 0;
            for (int y = qRound(place.top()) + 3; y < qRound(top) - 1; ++y)
                for (int x = qRound(place.center().x()) - 5; x <= qRound(place.center().x()) + 5; ++x)
                    count += std::abs(picture.pixelColor(x, y).lightness() - ground.lightness()) > 40 ? 1 : 0;
            return count;
        };
        QCOMPARE(inkAbove(0), 0);
        for (int node = 1; node < 4; ++node) {
            QVERIFY2(inkAbove(node) >= 3, qPrintable(QString::number(inkAbove(node))));
        }
    }

    void bothThemesDrawIt() {
        auto* theme = Theme::instance() ? Theme::instance() : new Theme(qApp);
        MethodDiagram diagram;
        show(diagram, {{0, 1}, {1, 2}, {2, 3}});
        theme->apply(ThemeKind::Dark);
        const QImage dark = diagram.grab().toImage();
        theme->apply(ThemeKind::Light);
        const QImage light = diagram.grab().toImage();
        QVERIFY(dark != light);
        const QPoint fill = diagram.nodeRect(1).topLeft().toPoint() + QPoint(6, 6);
        QVERIFY(dark.pixelColor(fill) != dark.pixelColor(0, 0));
        QVERIFY(light.pixelColor(fill) != light.pixelColor(0, 0));
    }
};

QTEST_MAIN(TestMethodDiagram)
#include "tst_method_diagram.moc"
