// The view of points: where they lie, layers that hide, the field's sense, bad values.

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/scatter_view.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QtTest>

#include <limits>

using namespace alphascope::ui;

namespace {

constexpr int side = 9;

/// High (+1) in the right half, low (-1) in the left.
ScatterContent sample() {
    ScatterContent content;
    content.range = 1.25;
    content.real = {{0.8, 0}, {0, 0.8}};
    content.samples = {{-0.8, 0}};
    content.pairs = {{QPointF(0.8, 0), QPointF(0.7, 0)}};
    content.arrows = {{QPointF(-0.8, 0), QPointF(-0.3, 0)}};
    content.fieldSide = side;
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            content.field.append(column > side / 2 ? 1.0F : -1.0F);
        }
    }
    return content;
}

void show(ScatterView& view, const ScatterContent& content) {
    view.resize(400, 430);
    view.setContent(content);
    view.show();
}

QColor colorAt(ScatterView& view, const QPointF& point) {
    const QImage image = view.grab().toImage();
    return image.pixelColor((view.toWidget(point) * image.devicePixelRatio()).toPoint());
}

/// How much bluer than orange.
int blueness(const QColor& color) {
    return color.blue() - color.red();
}

} // namespace

class TestScatterView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { (new Theme(qApp))->apply(ThemeKind::Dark); }

    void theCentreIsTheOriginAndUpIsUp() {
        ScatterView view;
        show(view, sample());
        const QRectF square = view.square();
        QCOMPARE(view.toWidget({0, 0}), square.center());
        QVERIFY(view.toWidget({0, 1}).y() < square.center().y());
        QCOMPARE(view.toWidget({1.25, -1.25}), square.bottomRight());
        QCOMPARE(square.width(), square.height());
        QVERIFY(QRectF(view.rect()).contains(square));
    }

    void pointsAreDrawnWhereTheyLie() {
        ScatterView view;
        show(view, sample());
        view.setLayerVisible(QStringLiteral("field"), false);
        const QColor ground = colorAt(view, {0.3, 0.3});
        QVERIFY(colorAt(view, {0, 0.8}) != ground);
        QVERIFY(colorAt(view, {-0.8, 0}) != ground);
    }

    void layersHideByTheirChip() {
        ScatterView view;
        show(view, sample());
        QCOMPARE(view.layers().size(), 5);
        QSignalSpy toggled(&view, &ScatterView::layerToggled);
        const QImage before = view.grab().toImage();
        view.findChild<QAbstractButton*>(QStringLiteral("legend:samples"))->click();
        QCOMPARE(toggled.count(), 1);
        QVERIFY(!view.isLayerVisible(QStringLiteral("samples")));
        QVERIFY(view.grab().toImage() != before);
        // It stays hidden when the next points come.
        show(view, sample());
        QVERIFY(!view.isLayerVisible(QStringLiteral("samples")));
    }

    void blueIsWhatDTakesAsReal() {
        ScatterView view;
        ScatterContent content = sample();
        show(view, content);
        QVERIFY(blueness(colorAt(view, {0.6, 0.6})) > blueness(colorAt(view, {-0.6, 0.6})));
        content.fieldIsEnergy = true;
        show(view, content);
        QVERIFY(blueness(colorAt(view, {0.6, 0.6})) < blueness(colorAt(view, {-0.6, 0.6})));
        QVERIFY(view.findChild<QAbstractButton*>(QStringLiteral("legend:field"))
                    ->text()
                    .contains(QStringLiteral("energy")));
    }

    void theFirstRowIsTheBottom() {
        ScatterView view;
        ScatterContent content = sample();
        for (int i = 0; i < side * side; ++i) {
            content.field[i] = i < side * side / 2 ? 1.0F : -1.0F;
        }
        show(view, content);
        QVERIFY(blueness(colorAt(view, {0.6, -0.6})) > blueness(colorAt(view, {0.6, 0.6})));
    }

    void valuesThatAreNotFiniteAreLeftOutAndCounted() {
        ScatterView view;
        ScatterContent content = sample();
        content.samples.append({std::numeric_limits<double>::quiet_NaN(), 0});
        content.samples.append({std::numeric_limits<double>::infinity(), 0});
        content.field[0] = std::numeric_limits<float>::quiet_NaN();
        show(view, content);
        QVERIFY(!view.grab().isNull());
        QCOMPARE(view.content().samples.size(), 1);
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("2 are not finite")));
    }

    void aFieldOfAnotherSizeIsIgnored() {
        ScatterView view;
        ScatterContent content = sample();
        content.field.resize(5);
        show(view, content);
        QVERIFY(!view.layers().contains(QStringLiteral("field")));
        QVERIFY(!view.grab().isNull());
    }

    void emptyItSaysWhatToDo() {
        ScatterView view;
        show(view, {});
        QVERIFY(view.layers().isEmpty());
        QVERIFY(!view.grab().isNull());
        QVERIFY(view.accessibleDescription().startsWith(QStringLiteral("0 real")));
    }
};

QTEST_MAIN(TestScatterView)
#include "tst_scatter_view.moc"
