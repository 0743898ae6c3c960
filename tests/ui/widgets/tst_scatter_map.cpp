// The map of points as a widget: view, hits, pictures, card, selection, marks, field, sizes and scales.

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/scatter_map.h"

#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

#include <cmath>
#include <limits>
#include <memory>
#include <random>

using namespace alphascope::ui;

namespace {

QVector<QPointF> cloud(int count, double spread = 1.0) {
    std::mt19937 random(5);
    std::normal_distribution<double> normal(0.0, spread);
    QVector<QPointF> points;
    for (int i = 0; i < count; ++i) {
        points.append({normal(random), normal(random)});
    }
    return points;
}

/// Four corners of a square and its centre: indices 0 to 4.
const QVector<QPointF> five = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {0, 0}};

std::unique_ptr<ScatterMap> mapOf(const QVector<QPointF>& points) {
    auto map = std::make_unique<ScatterMap>();
    map->resize(420, 420);
    map->setPositions(points);
    map->show();
    return map;
}

QPoint placeOf(const ScatterMap& map, const QPointF& point) {
    return map.view().toWidget(point).toPoint();
}

void wheel(ScatterMap& map, const QPointF& at, int notches) {
    QWheelEvent event(at, map.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, {}, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&map, &event);
}

void drag(ScatterMap& map, const QVector<QPoint>& way, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mousePress(&map, Qt::LeftButton, modifiers, way.first());
    for (const QPoint& at : way) {
        QMouseEvent move(QEvent::MouseMove, at, map.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(&map, &move);
    }
    QTest::mouseRelease(&map, Qt::LeftButton, modifiers, way.last());
}

void moveTo(ScatterMap& map, const QPointF& at) {
    QMouseEvent move(QEvent::MouseMove, at, map.mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QCoreApplication::sendEvent(&map, &move);
}

QImage filled(const QColor& color) {
    QImage picture(8, 8, QImage::Format_RGB32);
    picture.fill(color);
    return picture;
}

QColor colorAt(ScatterMap& map, const QPointF& at) {
    const QImage image = map.grab().toImage();
    return image.pixelColor((at * image.devicePixelRatio()).toPoint());
}

/// Lassos a square of the map about `centre`.
void lassoAbout(ScatterMap& map, const QPointF& centre, double half,
                Qt::KeyboardModifiers modifiers = Qt::ShiftModifier) {
    QVector<QPoint> way;
    for (const QPointF& corner : {QPointF(-half, -half), QPointF(half, -half), QPointF(half, half),
                                  QPointF(-half, half), QPointF(-half, -half)}) {
        way.append(placeOf(map, centre + corner));
    }
    drag(map, way, modifiers);
}

} // namespace

class TestScatterMap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { (new Theme(qApp))->apply(ThemeKind::Dark); }

    // ---- the view ---------------------------------------------------------------------------------------

    void draggingPansAndTheWheelZoomsAboutTheCursor() {
        const auto map = mapOf(five);
        const QPoint start(200, 120); // on no point
        const QPointF under = map->view().fromWidget(start);
        drag(*map, {start, start + QPoint(20, 5), start + QPoint(60, -30)});
        QVERIFY(QLineF(map->view().toWidget(under), start + QPoint(60, -30)).length() < 1e-9);
        const QPointF cursor(90, 260);
        const QPointF kept = map->view().fromWidget(cursor);
        const double scale = map->view().scale;
        wheel(*map, cursor, 3);
        QVERIFY(map->view().scale > 1.5 * scale);
        QVERIFY(QLineF(map->view().toWidget(kept), cursor).length() < 1e-9);
        wheel(*map, cursor, -5);
        QVERIFY(map->view().scale < scale);
        QVERIFY(QLineF(map->view().toWidget(kept), cursor).length() < 1e-9);
        QTest::mouseDClick(map.get(), Qt::LeftButton, {}, {3, 3});
        QCOMPARE(map->view().scale, scale);
        QCOMPARE(map->view().centre, QPointF(0, 0));
    }

    void zoomHasEnds() {
        const auto map = mapOf(five);
        const double scale = map->view().scale;
        wheel(*map, {200, 200}, 400);
        QVERIFY(map->view().scale > 100 * scale && map->view().scale < 1e6 * scale);
        QVERIFY(!map->grab().isNull());
        wheel(*map, {200, 200}, -900);
        QVERIFY(map->view().scale < scale && map->view().scale > scale / 100);
    }

    void keysPanZoomAndFit() {
        const auto map = mapOf(five);
        const MapView start = map->view();
        QTest::keyClick(map.get(), Qt::Key_Right);
        QVERIFY(map->view().centre.x() > 0);
        QTest::keyClick(map.get(), Qt::Key_Up, Qt::ShiftModifier);
        QVERIFY(map->view().centre.y() > 2 * map->view().centre.x());
        QTest::keyClick(map.get(), Qt::Key_Plus);
        QVERIFY(map->view().scale > start.scale);
        QTest::keyClick(map.get(), Qt::Key_Minus);
        QVERIFY(std::abs(map->view().scale - start.scale) < 1e-9 * start.scale);
        QTest::keyClick(map.get(), Qt::Key_Home);
        QCOMPARE(map->view().centre, start.centre);
    }

    void newPointsKeepAViewThatWasMoved() {
        const auto map = mapOf(five);
        QVector<QPointF> wider = five;
        for (QPointF& point : wider) {
            point *= 10;
        }
        map->setPositions(wider);
        QVERIFY(map->view().visible().contains(QPointF(10, 10))); // never moved: shows all
        QTest::keyClick(map.get(), Qt::Key_Plus);
        const MapView moved = map->view();
        map->setPositions(five);
        QCOMPARE(map->view().scale, moved.scale);
        QCOMPARE(map->view().centre, moved.centre);
        map->fit();
        map->setPositions(wider);
        QVERIFY(map->view().visible().contains(QPointF(10, 10)));
    }

    void odd_data() {
        QTest::addColumn<QVector<QPointF>>("points");
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("none") << QVector<QPointF>{};
        QTest::newRow("one") << QVector<QPointF>{{3, 4}};
        QTest::newRow("identical") << QVector<QPointF>(30, QPointF(-2, 5));
        QTest::newRow("not finite") << QVector<QPointF>{{nan, 1}, {nan, nan}};
        QTest::newRow("huge") << cloud(20, 1e30);
        QTest::newRow("tiny") << cloud(20, 1e-30);
    }
    void odd() {
        QFETCH(QVector<QPointF>, points);
        const auto map = mapOf(points);
        map->setColoring(ScatterColoring::Density);
        map->setThumbnailProvider([](int) { return filled(Qt::red); });
        QVERIFY(!map->grab().isNull());
        wheel(*map, {100, 150}, 2);
        lassoAbout(*map, map->view().centre, 10 / map->view().scale);
        drag(*map, {{100, 100}, {150, 170}});
        QVERIFY(!map->grab().isNull());
        QVERIFY(!map->renderTo({200, 100}).isNull());
        if (!points.isEmpty() && std::isfinite(points[0].x())) {
            map->fit();
            map->setThumbnailsVisible(false);
            map->grab();
            QVERIFY(map->pointAt(map->view().toWidget(points[0])) >= 0);
        }
    }

    void positionsThatAreNotFiniteAreLeftOutAndCounted() {
        QVector<QPointF> points = five;
        points[1].setX(std::numeric_limits<double>::infinity());
        const auto map = mapOf(points);
        QCOMPARE(map->count(), 5);
        QVERIFY(map->accessibleDescription().contains(QStringLiteral("4 points")));
        QVERIFY(map->accessibleDescription().contains(QStringLiteral("1 are not finite")));
        lassoAbout(*map, {0, 0}, 1.1);
        QCOMPARE(map->selection(), QVector<int>({0, 2, 3, 4}));
    }

    void takesCoordinatesInTurn() {
        const auto map = mapOf({});
        map->setPositions(std::vector<float>{1, 2, 3, 4});
        QCOMPARE(map->count(), 2);
        QCOMPARE(map->pointAt(map->view().toWidget({3, 4})), 1);
    }

    // ---- hover and click --------------------------------------------------------------------------------

    void hoverTellsThePointAndLeavesIt() {
        const auto map = mapOf(five);
        QSignalSpy hovered(map.get(), &ScatterMap::pointHovered);
        moveTo(*map, map->view().toWidget({1, 1}) + QPointF(3, -4));
        QCOMPARE(map->hoveredPoint(), 2);
        moveTo(*map, map->view().toWidget({1, 1}) + QPointF(2, 0));
        moveTo(*map, map->view().toWidget({0.5, 0.2}));
        QCOMPARE(hovered.count(), 2);
        QCOMPARE(hovered[0][0].toInt(), 2);
        QCOMPARE(hovered[1][0].toInt(), -1);
    }

    void theCardIsPaintedForThePointUnderThePointerOnly() {
        const auto map = mapOf(five);
        map->grab();
        moveTo(*map, map->view().toWidget({0, 0}));
        const QImage plain = map->grab().toImage();
        map->setHoverCard(3, {{QStringLiteral("of another")}, filled(Qt::red), {}});
        QCOMPARE(map->grab().toImage(), plain);
        map->setHoverCard(4, {{QStringLiteral("#4 · label 7")}, filled(Qt::red), filled(Qt::green)});
        const QImage card = map->grab().toImage();
        int red = 0;
        int green = 0;
        for (int row = 0; row < card.height(); ++row) {
            for (int column = 0; column < card.width(); ++column) {
                red += card.pixelColor(column, row) == QColor(Qt::red) ? 1 : 0;
                green += card.pixelColor(column, row) == QColor(Qt::green) ? 1 : 0;
            }
        }
        QVERIFY(red > 2000);
        QCOMPARE(red, green);
        moveTo(*map, map->view().toWidget({0.5, 0.2}));
        QVERIFY(map->grab().toImage() != card);
    }

    void clickingSelectsAndDoubleClickingOpens() {
        const auto map = mapOf(five);
        QSignalSpy activated(map.get(), &ScatterMap::pointActivated);
        QSignalSpy opened(map.get(), &ScatterMap::pointOpened);
        QSignalSpy changed(map.get(), &ScatterMap::selectionChanged);
        QTest::mouseClick(map.get(), Qt::LeftButton, {}, placeOf(*map, {1, -1}));
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].toInt(), 1);
        QCOMPARE(map->selection(), QVector<int>({1}));
        QTest::mouseClick(map.get(), Qt::LeftButton, Qt::ControlModifier, placeOf(*map, {-1, -1}));
        QCOMPARE(map->selection(), QVector<int>({0, 1}));
        QTest::mouseClick(map.get(), Qt::LeftButton, Qt::ControlModifier, placeOf(*map, {1, -1}));
        QCOMPARE(map->selection(), QVector<int>({0}));
        QCOMPARE(changed.count(), 3);
        const MapView before = map->view();
        QTest::mouseDClick(map.get(), Qt::LeftButton, {}, placeOf(*map, {0, 0}));
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].toInt(), 4);
        QCOMPARE(map->view().scale, before.scale);
    }

    // ---- selection --------------------------------------------------------------------------------------

    void shiftDrawsALassoAndEscapeClears() {
        const auto map = mapOf(five);
        QSignalSpy changed(map.get(), &ScatterMap::selectionChanged);
        lassoAbout(*map, {1, 0}, 1.1);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].value<QVector<int>>(), QVector<int>({1, 2, 4}));
        lassoAbout(*map, {-1, 1}, 0.1, Qt::ShiftModifier | Qt::AltModifier);
        QCOMPARE(map->selection(), QVector<int>({1, 2, 3, 4}));
        QTest::keyClick(map.get(), Qt::Key_Escape);
        QCOMPARE(changed.count(), 3);
        QVERIFY(map->selection().isEmpty());
    }

    void shiftAndControlDrawARectangle() {
        const auto map = mapOf(five);
        const MapView before = map->view();
        drag(*map, {placeOf(*map, {-1.1, 1.1}), placeOf(*map, {0, 0}), placeOf(*map, {0.3, -0.3})},
             Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(map->selection(), QVector<int>({3, 4}));
        QCOMPARE(map->view().centre, before.centre);
        map->setTool(ScatterTool::Rectangle);
        drag(*map, {placeOf(*map, {0.7, -1.1}), placeOf(*map, {1.1, -0.6})}, Qt::ControlModifier);
        QCOMPARE(map->selection(), QVector<int>({1, 3, 4}));
        drag(*map, {placeOf(*map, {0.7, -1.1}), placeOf(*map, {1.1, -0.6})});
        QCOMPARE(map->selection(), QVector<int>({1}));
    }

    void escapeEndsALassoUnderWay() {
        const auto map = mapOf(five);
        map->setSelection({2});
        QTest::mousePress(map.get(), Qt::LeftButton, Qt::ShiftModifier, {10, 10});
        QTest::keyClick(map.get(), Qt::Key_Escape);
        QTest::mouseRelease(map.get(), Qt::LeftButton, Qt::ShiftModifier, {10, 10});
        QCOMPARE(map->selection(), QVector<int>({2}));
    }

    void selectingFromOutsideIsSilentAndOtherPointsDropIt() {
        const auto map = mapOf(five);
        QSignalSpy changed(map.get(), &ScatterMap::selectionChanged);
        const QImage before = map->grab().toImage();
        map->setSelection({4, 2, 99, -1, 2});
        QCOMPARE(map->selection(), QVector<int>({2, 4}));
        QCOMPARE(changed.count(), 0);
        QVERIFY(map->grab().toImage() != before);
        QVector<QPointF> moved = five;
        moved[0] = {-0.7, -0.9};
        map->setPositions(moved);
        QCOMPARE(map->selection(), QVector<int>({2, 4}));
        map->setPositions(cloud(8));
        QVERIFY(map->selection().isEmpty());
        QCOMPARE(changed.count(), 1);
    }

    void numberedMarksAreClickedBeforePoints() {
        const auto map = mapOf(five);
        QSignalSpy clicked(map.get(), &ScatterMap::markClicked);
        map->setMarks({{five[1], QStringLiteral("key"), ScatterMarkRole::Pinned},
                       {five[0], QStringLiteral("1"), ScatterMarkRole::Low},
                       {five[2], QStringLiteral("2"), ScatterMarkRole::High}});
        const auto press = [&](const QPointF& at) {
            QTest::mouseClick(map.get(), Qt::LeftButton, {}, map->view().toWidget(at).toPoint());
        };
        press(five[2]);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.last().first().toInt(), 2);
        QVERIFY(map->selection().isEmpty());
        press(five[1]); // a diamond lets the point be clicked
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(map->selection(), QVector<int>({1}));
    }

    void noNumberHidesAnother() {
        const auto map = mapOf(five);
        const QPointF near = five[0] + QPointF(2.0 / map->view().scale, 0);
        map->setMarks({{five[0], QStringLiteral("1"), ScatterMarkRole::Low},
                       {five[0], QStringLiteral("2"), ScatterMarkRole::Low},
                       {near, QStringLiteral("1"), ScatterMarkRole::High},
                       {five[2], QStringLiteral("2"), ScatterMarkRole::High}});
        const QVector<QPointF> shown = map->shownMarks();
        QCOMPARE(shown[0], map->view().toWidget(five[0]));
        QCOMPARE(shown[3], map->view().toWidget(five[2])); // alone: where it belongs
        QSignalSpy clicked(map.get(), &ScatterMap::markClicked);
        for (int i = 0; i < 4; ++i) {
            for (int j = 0; j < i; ++j)
                QVERIFY(QLineF(shown[i], shown[j]).length() > 20);
            QVERIFY(QLineF(shown[i], map->view().toWidget(map->marks()[i].position)).length() < 60);
            QTest::mouseClick(map.get(), Qt::LeftButton, {}, shown[i].toPoint());
            QCOMPARE(clicked.last().first().toInt(), i);
        }
    }

    void aCloudIsDrawnWithItsLegend() {
        const auto map = mapOf(five);
        const QImage before = map->grab().toImage();
        ScatterCloud cloud;
        cloud.points = {QPointF(0.1, 0.1)};
        cloud.outlines = {QPolygonF({{-0.3, -0.3}, {0.3, -0.3}, {0.3, 0.3}, {-0.3, -0.3}})};
        cloud.caption = QStringLiteral("many codes");
        map->setCloud(cloud);
        QCOMPARE(colorAt(*map, map->view().toWidget({0.1, 0.1})), tokens().amber);
        map->setCloud({});
        QCOMPARE(map->grab().toImage(), before);
    }

    void whatIsNotSelectedFades() {
        const auto map = mapOf(five);
        const auto strength = [&](const QPointF& point) {
            const QColor ground = tokens().raised;
            const QColor color = colorAt(*map, map->view().toWidget(point));
            return std::abs(color.red() - ground.red()) + std::abs(color.blue() - ground.blue());
        };
        const int plain = strength({0, 0});
        map->setSelection({1});
        QVERIFY(strength({0, 0}) < plain / 2);
        QVERIFY(strength({1, -1}) >= plain);
    }

    // ---- pictures ---------------------------------------------------------------------------------------

    void picturesAppearAsOneZoomsIn() {
        QVector<QPointF> square;
        std::mt19937 random(5);
        std::uniform_real_distribution<double> anywhere(-1.0, 1.0);
        for (int i = 0; i < 20'000; ++i) {
            square.append({anywhere(random), anywhere(random)});
        }
        const auto map = mapOf(square);
        map->setThumbnailProvider([](int index) { return filled(QColor::fromHsv(index % 360, 255, 255)); });
        map->grab();
        QVERIFY(map->thumbnailIndices().isEmpty()); // dots
        map->setView({0, 0}, map->view().scale * 16);
        QTRY_VERIFY((map->grab(), map->thumbnailIndices().size()) > 10);
        // Those that stay in sight stay while the map is dragged.
        const QVector<int> before = map->thumbnailIndices();
        const MapView old = map->view();
        drag(*map, {{200, 200}, {180, 210}, {150, 240}});
        QCOMPARE(map->view().scale, old.scale);
        QTRY_VERIFY((map->grab(), map->thumbnailIndices().size()) > 10);
        const QVector<int> after = map->thumbnailIndices();
        int kept = 0;
        for (const int index : before) {
            kept += after.contains(index) ? 1 : 0;
        }
        QVERIFY(kept > before.size() / 2);
        map->setThumbnailsVisible(false);
        map->grab();
        QVERIFY(map->thumbnailIndices().isEmpty());
    }

    void picturesMayComeLater() {
        const auto map = mapOf(five);
        QSignalSpy wanted(map.get(), &ScatterMap::thumbnailsWanted);
        map->grab();
        QTRY_COMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].value<QVector<int>>().size(), 5);
        map->grab();
        QCoreApplication::processEvents();
        QCOMPARE(wanted.count(), 1); // asked once
        const QPointF centre = map->view().toWidget({0, 0});
        QVERIFY(colorAt(*map, centre + QPointF(8, 8)) != QColor(Qt::red));
        map->setThumbnail(4, filled(Qt::red));
        map->setThumbnail(77, filled(Qt::red)); // no such point
        QCOMPARE(colorAt(*map, centre + QPointF(8, 8)), QColor(Qt::red));
        QCOMPARE(map->thumbnailIndices(), QVector<int>({4}));
        map->clearThumbnails();
        map->grab();
        QTRY_COMPARE(wanted.count(), 2);
    }

    void theHoveredPictureIsOnTop() {
        // Two points so near that the hovered one's enlarged picture covers the other's.
        const auto map = mapOf({{0, 0}, {1, 0}, {0.5, 0.5}, {0.5, 0}});
        map->setThumbnailProvider([](int index) { return filled(index == 0 ? Qt::red : Qt::green); });
        map->setView({0.25, 0}, 120); // 60 pixels apart: both show
        map->grab();
        const QPointF first = map->view().toWidget({0, 0});
        const QPointF between = first + QPointF(36, -4); // the other's own picture begins here
        QCOMPARE(colorAt(*map, between), QColor(Qt::green));
        moveTo(*map, first);
        QCOMPARE(map->hoveredPoint(), 0);
        QCOMPARE(colorAt(*map, between), QColor(Qt::red));
    }

    // ---- over and under the dots ------------------------------------------------------------------------

    void everythingThatIsSetIsPainted() {
        const auto map = mapOf(cloud(200));
        QImage before = map->grab().toImage();
        const auto changed = [&] {
            const QImage now = map->grab().toImage();
            return std::exchange(before, now) != now;
        };
        QVERIFY(!changed());
        map->setCategories(QVector<int>(200, 1), {QStringLiteral("a"), QStringLiteral("b")},
                           QStringLiteral("label"));
        map->setColoring(ScatterColoring::Category);
        QVERIFY(changed());
        map->setValues(QVector<float>(200, 2.0F), QStringLiteral("L1"));
        map->setColoring(ScatterColoring::Value);
        QVERIFY(changed());
        map->setColoring(ScatterColoring::Density);
        QVERIFY(changed());
        map->setMarks({{{0.2, 0.2}, QStringLiteral("A"), ScatterMarkRole::Pinned}});
        QVERIFY(changed());
        map->setMarks({{{0.2, 0.2}, QStringLiteral("A"), ScatterMarkRole::Current}});
        QVERIFY(changed());
        map->setPath({{-1, -1}, {0, 1}, {1, -1}});
        QVERIFY(changed());
        map->setBusy(QStringLiteral("t-SNE: 120 of 1,000"), 0.12);
        QVERIFY(changed());
        map->setBusy({});
        QVERIFY(changed());
        map->setField(QVector<float>(16, 1.0F), 4, {-1, -1, 2, 2}, QStringLiteral("log q/p"));
        QVERIFY(changed());
        map->clearField();
        QVERIFY(changed());
        Theme::instance()->apply(ThemeKind::Light);
        QVERIFY(changed());
        Theme::instance()->apply(ThemeKind::Dark);
        QVERIFY(changed());
        QVERIFY(!changed());
        map->clear();
        QVERIFY(changed());
        map->setEmptyText(QStringLiteral("Nothing here"));
        QVERIFY(changed());
    }

    void theFieldLiesWhereItIsSaidUpIsUp() {
        const auto map = mapOf(five);
        QVector<float> values(64, -1.0F);
        std::fill(values.begin(), values.begin() + 32, 1.0F); // the first rows: the highest y
        values[63] = std::numeric_limits<float>::quiet_NaN();
        map->setField(values, 8, {-1, -1, 2, 2}, QStringLiteral("log q/p"));
        const auto blueness = [&](const QPointF& point) {
            const QColor color = colorAt(*map, map->view().toWidget(point));
            return color.blue() - color.red();
        };
        QVERIFY(blueness({0.4, 0.5}) > blueness({1.05, 0.5}) + 20);
        QVERIFY(blueness({0.4, -0.5}) < blueness({1.05, 0.5}) - 10);
        const auto unknown = colorAt(*map, map->view().toWidget({0.93, -0.93}));
        QVERIFY(unknown != colorAt(*map, map->view().toWidget({0.4, -0.5})));
        map->setField({1, 2, 3}, 2, {-1, -1, 2, 2}, {});
        QVERIFY(!map->hasField());
    }

    void panningPaintsWhatDrawingAnewPaints() {
        const auto map = mapOf(cloud(3000));
        map->setColoring(ScatterColoring::Density);
        map->grab();
        for (const QPoint& step : {QPoint(17, -9), QPoint(-60, 31), QPoint(4, 2)}) {
            drag(*map, {{200, 200}, {210, 200}, QPoint(200, 200) + step});
            moveTo(*map, {1, 1});
            const QImage scrolled = map->grab().toImage();
            map->setColoring(ScatterColoring::Plain);
            map->setColoring(ScatterColoring::Density);
            QCOMPARE(map->grab().toImage(), scrolled);
        }
    }

    // ---- sizes and scales -------------------------------------------------------------------------------

    void atTwiceThePixelsItLooksTheSameAndSharper() {
        const auto map = mapOf(five);
        map->setMarks({{{0, 0}, {}, ScatterMarkRole::Current}});
        map->setThumbnailProvider([](int) { return filled(Qt::red); });
        map->setThumbnailsVisible(false);
        const QImage once = map->renderTo({300, 300});
        const QImage twice = map->renderTo({300, 300}, 2);
        QCOMPARE(once.size(), QSize(300, 300));
        QCOMPARE(twice.size(), QSize(600, 600));
        double apart = 0;
        const QImage half = twice.scaled(300, 300, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        for (int row = 0; row < 300; ++row) {
            for (int column = 0; column < 300; ++column) {
                apart +=
                    std::abs(half.pixelColor(column, row).green() - once.pixelColor(column, row).green());
            }
        }
        QVERIFY(apart / (300 * 300) < 1.0);
        // Every corner is at its place in both.
        MapView view = map->view();
        view.scale *= std::min(300 / view.area.width(), 300 / view.area.height());
        view.area = QRectF(0, 0, 300, 300);
        for (const QPointF& point : {five[0], five[2]}) {
            const QPointF at = view.toWidget(point);
            QVERIFY(once.pixelColor(at.toPoint()) != tokens().raised);
            QVERIFY(twice.pixelColor((at * 2).toPoint()) != tokens().raised);
        }
        map->setThumbnailsVisible(true);
        QVERIFY(map->renderTo({300, 300}, 2) != twice);
        QVERIFY(map->renderTo({}, 2).isNull());
    }

    void renderingLeavesTheMapAsItWas() {
        const auto map = mapOf(cloud(500));
        const QImage before = map->grab().toImage();
        const MapView view = map->view();
        QVERIFY(!map->renderTo({900, 500}, 1.5).isNull());
        QCOMPARE(map->view().scale, view.scale);
        QCOMPARE(map->grab().toImage(), before);
    }

    void resizingShowsAllOrKeepsTheView() {
        const auto map = mapOf(five);
        map->resize(600, 300);
        QVERIFY(map->view().visible().contains(QRectF(-1, -1, 2, 2)));
        QTest::keyClick(map.get(), Qt::Key_Plus);
        const double scale = map->view().scale;
        map->resize(500, 500);
        QCOMPARE(map->view().scale, scale);
        QVERIFY(!map->grab().isNull());
    }

    void tellsAssistiveToolsWhatItShows() {
        const auto map = mapOf(five);
        QVERIFY(!map->accessibleName().isEmpty());
        map->setSelection({0, 1});
        QVERIFY(map->accessibleDescription().contains(QStringLiteral("5 points")));
        QVERIFY(map->accessibleDescription().contains(QStringLiteral("2 selected")));
        const QImage before = map->grab().toImage();
        map->activateWindow();
        map->setFocus();
        QTRY_VERIFY(map->hasFocus());
        QVERIFY(map->grab().toImage() != before); // the ring
    }
};

QTEST_MAIN(TestScatterMap)
#include "tst_scatter_map.moc"
