// Direction sliders, alone and in the list: values, reset, keys, wheel, typing.

#include "ui/widgets/direction_slider.h"
#include "ui/widgets/slider_list.h"
#include "ui/widgets/value_editor.h"

#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace alphascope::ui;

namespace {

Direction direction(const QString& label, const QString& group = {}) {
    Direction d;
    d.id = d.label = label;
    d.group = group;
    return d;
}

void wheel(QWidget* widget, int notches, Qt::KeyboardModifiers modifiers = {}) {
    QWheelEvent event({20, 10}, widget->mapToGlobal(QPointF(20, 10)), {}, {0, 120 * notches}, Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
}

SliderList* filledList(QWidget* parent = nullptr) {
    auto* list = new SliderList(parent);
    QVector<Direction> rows;
    for (int i = 0; i < 256; ++i) {
        rows.append(
            direction(QStringLiteral("z %1").arg(i), i < 3 ? QStringLiteral("PCA") : QStringLiteral("raw")));
    }
    list->setDirections(rows);
    list->resize(320, 200);
    return list;
}

} // namespace

class TestSliders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAndWritesNumbers() {
        QCOMPARE(parseValue(QStringLiteral(" 1.5 ")).value(), 1.5);
        QCOMPARE(parseValue(QStringLiteral("−0,25")).value(), -0.25);
        QVERIFY(!parseValue(QStringLiteral("abc")));
        QVERIFY(!parseValue(QStringLiteral("nan")));
        QVERIFY(!parseValue(QString()));
        QCOMPARE(valueText(direction(QString()), -0.001), QStringLiteral("0.00"));
        QCOMPARE(valueText(direction(QString()), -1.5), QStringLiteral("−1.50"));
    }

    void resetIsOffAtTheDefault() {
        DirectionSlider slider(direction(QStringLiteral("PC 1")));
        slider.resize(260, slider.sizeHint().height());
        QVERIFY(slider.isAtDefault());
        QSignalSpy changed(&slider, &DirectionSlider::valueChanged);
        QSignalSpy finished(&slider, &DirectionSlider::editingFinished);
        const auto g = SliderRowGeometry::of(QRectF(slider.rect()), 10, 10);
        QTest::mouseClick(&slider, Qt::LeftButton, {}, g.reset.center().toPoint());
        QCOMPARE(changed.count(), 0);
        slider.setValue(1.5);
        QCOMPARE(changed.count(), 0);
        QVERIFY(!slider.isAtDefault());
        QTest::mouseClick(&slider, Qt::LeftButton, {}, g.reset.center().toPoint());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(finished.count(), 1);
        QVERIFY(slider.isAtDefault());
    }

    void keysMoveByStepsAndStayInRange() {
        DirectionSlider slider(direction(QStringLiteral("PC 1")));
        QSignalSpy finished(&slider, &DirectionSlider::editingFinished);
        QTest::keyClick(&slider, Qt::Key_Right);
        QCOMPARE(slider.value(), 0.1);
        QTest::keyClick(&slider, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(slider.value(), 1.1);
        QTest::keyClick(&slider, Qt::Key_End);
        QTest::keyClick(&slider, Qt::Key_Right);
        QCOMPARE(slider.value(), 3.0);
        QTest::keyClick(&slider, Qt::Key_Delete);
        QCOMPARE(slider.value(), 0.0);
        QCOMPARE(finished.count(), 5);
    }

    void wheelMovesOnlyWithFocus() {
        QWidget window;
        DirectionSlider slider(direction(QStringLiteral("PC 1")), &window);
        QLineEdit other(&window);
        window.show();
        window.activateWindow();
        other.setFocus();
        QTRY_VERIFY(other.hasFocus());
        wheel(&slider, 1);
        QCOMPARE(slider.value(), 0.0);
        slider.setFocus();
        QTRY_VERIFY(slider.hasFocus());
        wheel(&slider, 1);
        QCOMPARE(slider.value(), 0.1);
    }

    void draggingTheHandleDoesNotJump() {
        DirectionSlider slider(direction(QStringLiteral("PC 1")));
        slider.setLabelWidth(60);
        slider.resize(300, slider.sizeHint().height());
        const auto g = SliderRowGeometry::of(QRectF(slider.rect()), 60,
                                             sliderValueWidth(slider.direction(), slider.font()));
        const QPoint grip(static_cast<int>(g.xOf(slider.direction(), 0)) + 4, slider.height() / 2);
        QTest::mousePress(&slider, Qt::LeftButton, {}, grip);
        QVERIFY(std::abs(slider.value()) < 1e-9);
        QTest::mouseMove(&slider, grip + QPoint(20, 0));
        QVERIFY(std::abs(slider.value() - 20 / g.groove.width() * 6) < 1e-6);
        QSignalSpy finished(&slider, &DirectionSlider::editingFinished);
        QTest::mouseRelease(&slider, Qt::LeftButton, {}, grip + QPoint(20, 0));
        QCOMPARE(finished.count(), 1);
    }

    void typedValuesAreTakenOrGivenUp() {
        QWidget window;
        DirectionSlider slider(direction(QStringLiteral("PC 1")), &window);
        slider.resize(300, 26);
        window.show();
        window.activateWindow();
        slider.setFocus();
        auto* editor = slider.findChild<ValueEditor*>();
        QTest::keyClick(&slider, Qt::Key_F2);
        QVERIFY(editor->isOpen());
        QTest::keyClicks(editor, QStringLiteral("2,25"));
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(!editor->isOpen());
        QCOMPARE(slider.value(), 2.25);
        QTest::keyClicks(&slider, QStringLiteral("1"));
        QVERIFY(editor->isOpen());
        QTest::keyClick(editor, Qt::Key_Escape);
        QCOMPARE(slider.value(), 2.25);
        QTest::keyClick(&slider, Qt::Key_F2);
        QTest::keyClicks(editor, QStringLiteral("999"));
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(slider.value(), 3.0);
        QTest::keyClick(&slider, Qt::Key_F2);
        QTest::keyClicks(editor, QStringLiteral("no number"));
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(slider.value(), 3.0);
    }

    void badValuesBecomeDefaults() {
        DirectionSlider slider(direction(QStringLiteral("PC 1")));
        slider.setValue(std::numeric_limits<double>::quiet_NaN());
        QCOMPARE(slider.value(), 0.0);
        slider.setValue(1e30);
        QCOMPARE(slider.value(), 3.0);
    }

    void listSetsValuesSilently() {
        std::unique_ptr<SliderList> list(filledList());
        QSignalSpy changed(list.get(), &SliderList::valueChanged);
        list->setValues(QVector<double>(256, 1.0));
        list->setValue(7, -2);
        list->setValue(9999, 1);
        QCOMPARE(changed.count(), 0);
        QCOMPARE(list->value(7), -2.0);
        QVERIFY(!list->allAtDefault());
    }

    void listResetsAllAtOnce() {
        std::unique_ptr<SliderList> list(filledList());
        QSignalSpy reset(list.get(), &SliderList::valuesReset);
        QSignalSpy changed(list.get(), &SliderList::valueChanged);
        list->resetAll();
        QCOMPARE(reset.count(), 0);
        list->setValues(QVector<double>(256, 1.0));
        list->resetAll();
        QCOMPARE(reset.count(), 1);
        QCOMPARE(changed.count(), 0);
        QVERIFY(list->allAtDefault());
    }

    void listFilters() {
        std::unique_ptr<SliderList> list(filledList());
        list->setFilter(QStringLiteral("z 25"));
        QCOMPARE(list->visibleRows(), QVector<int>({25, 250, 251, 252, 253, 254, 255}));
        list->setFilter({}, QStringLiteral("PCA"));
        QCOMPARE(list->visibleRows(), QVector<int>({0, 1, 2}));
        list->setFilter(QStringLiteral("no such"));
        QVERIFY(list->visibleRows().isEmpty());
        QCOMPARE(list->currentRow(), -1);
        QVERIFY(!list->grab().isNull());
        list->setFilter({});
        QCOMPARE(list->visibleRows().size(), 256);
    }

    void listWorksByKeyboard() {
        std::unique_ptr<SliderList> list(filledList());
        QSignalSpy changed(list.get(), &SliderList::valueChanged);
        QSignalSpy finished(list.get(), &SliderList::editingFinished);
        QTest::keyClick(list.get(), Qt::Key_Down);
        QCOMPARE(list->currentRow(), 1);
        QTest::keyClick(list.get(), Qt::Key_Right);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(0).toInt(), 1);
        QCOMPARE(list->value(1), 0.1);
        QCOMPARE(finished.count(), 1);
        QTest::keyClick(list.get(), Qt::Key_Delete);
        QCOMPARE(list->value(1), 0.0);
        QVERIFY(list->accessibleDescription().contains(QStringLiteral("z 1")));
    }

    void listDragsTheRowUnderThePointer() {
        std::unique_ptr<SliderList> list(filledList());
        list->show();
        QSignalSpy changed(list.get(), &SliderList::valueChanged);
        QSignalSpy finished(list.get(), &SliderList::editingFinished);
        const auto g = list->rowGeometry(2);
        const QPoint at(static_cast<int>(g.xOf(list->directions()[2], 1.5)),
                        static_cast<int>(g.groove.center().y()));
        QTest::mousePress(list->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseRelease(list->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(finished.count(), 1);
        QCOMPARE(list->currentRow(), 2);
        QVERIFY(std::abs(list->value(2) - 1.5) < 0.1);
    }

    void listScrollsToTheCurrentRow() {
        std::unique_ptr<SliderList> list(filledList());
        list->show();
        list->setCurrentRow(200);
        const QRectF row = list->rowGeometry(200).groove;
        QVERIFY(QRectF(list->viewport()->rect()).contains(row));
    }
};

QTEST_MAIN(TestSliders)
#include "tst_sliders.moc"
