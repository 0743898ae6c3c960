// The parts of the map that know no widget: the view, the index of points, the lasso, the choice of pictures,
// the raster of dots, colours.

#include "ui/theme/category_colors.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/scatter_map_colors.h"
#include "ui/widgets/scatter_map_index.h"
#include "ui/widgets/scatter_map_lasso.h"
#include "ui/widgets/scatter_map_raster.h"
#include "ui/widgets/scatter_map_thumbnails.h"
#include "ui/widgets/scatter_map_view.h"

#include <QSet>
#include <QtTest>

#include <array>
#include <cmath>
#include <limits>
#include <random>

using namespace alphascope::ui;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

QVector<QPointF> cloud(int count, double spread = 1.0, const QPointF& centre = {}) {
    std::mt19937 random(7);
    std::normal_distribution<double> normal(0.0, spread);
    QVector<QPointF> points;
    for (int i = 0; i < count; ++i) {
        points.append(centre + QPointF(normal(random), normal(random)));
    }
    return points;
}

PointIndex indexOf(const QVector<QPointF>& points) {
    PointIndex index;
    index.build(points);
    return index;
}

int nearestByLooking(const QVector<QPointF>& points, const QPointF& at, double radius) {
    int best = -1;
    double least = radius * radius;
    for (int i = 0; i < points.size(); ++i) {
        const QPointF apart = points[i] - at;
        const double square = QPointF::dotProduct(apart, apart);
        if (square < least || (best < 0 && square == least)) {
            best = i;
            least = square;
        }
    }
    return best;
}

/// A star that crosses itself and a ragged loop.
QPolygonF raggedLoop(int corners) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> radius(0.4, 1.6);
    QPolygonF loop;
    for (int i = 0; i < corners; ++i) {
        const double angle = 4 * M_PI * i / corners; // twice around
        const double r = radius(random);
        loop.append({r * std::cos(angle), r * std::sin(angle)});
    }
    return loop;
}

double linear(int channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// CIELAB of a colour as one with a kind of colour vision sees it: 3 x 3 matrices for linear RGB of Machado,
/// Oliveira, Fernandes 2009, "A physiologically-based model for simulation of color vision deficiency".
std::array<double, 3> labOf(const QColor& color, const std::array<double, 9>& sight) {
    const std::array<double, 3> rgb{linear(color.red()), linear(color.green()), linear(color.blue())};
    std::array<double, 3> seen{};
    for (std::size_t i = 0; i < 3; ++i) {
        seen[i] = std::clamp(sight[i * 3] * rgb[0] + sight[i * 3 + 1] * rgb[1] + sight[i * 3 + 2] * rgb[2],
                             0.0, 1.0);
    }
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047);
    const double y = f(0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]);
    const double z = f((0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

const std::array<std::array<double, 9>, 4> sights = {{
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
    {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}};

} // namespace

class TestScatterMapParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { (new Theme(qApp))->apply(ThemeKind::Dark); }

    // ---- the view ---------------------------------------------------------------------------------------

    void theViewMapsBothWaysWithYUp() {
        MapView view{QRectF(10, 20, 300, 200), {5, -3}, 40};
        QCOMPARE(view.toWidget({5, -3}), QPointF(160, 120));
        QVERIFY(view.toWidget({5, -2}).y() < 120);
        const QPointF back = view.fromWidget(view.toWidget({6.5, -1.25}));
        QVERIFY(QLineF(back, {6.5, -1.25}).length() < 1e-12);
        QVERIFY(view.visible().contains(QPointF(5, -3)));
        QCOMPARE(view.visible().height(), 5.0);
    }

    void zoomingKeepsThePointUnderTheCursor_data() {
        QTest::addColumn<double>("unit");
        QTest::addColumn<double>("offset");
        QTest::newRow("usual") << 1.0 << 0.0;
        QTest::newRow("tiny") << 1e-30 << 0.0;
        QTest::newRow("huge") << 1e30 << 0.0;
        QTest::newRow("far from zero") << 1e-3 << 1e6;
    }
    void zoomingKeepsThePointUnderTheCursor() {
        QFETCH(double, unit);
        QFETCH(double, offset);
        const QRectF bounds(offset - unit, offset - unit, 2 * unit, 2 * unit);
        MapView view = MapView::fitted(bounds, QRectF(0, 0, 800, 600));
        const QPointF cursor(613, 88);
        const QPointF point = view.fromWidget(cursor);
        for (const double factor : {1.2, 1.2, 3.0, 0.5, 1.7}) {
            view = view.zoomedAbout(cursor, factor);
            QVERIFY(QLineF(view.toWidget(point), cursor).length() < 1e-3);
        }
        const MapView moved = view.panned({30, -12});
        QVERIFY(QLineF(moved.toWidget(point), cursor + QPointF(30, -12)).length() < 1e-3);
    }

    void fittingShowsAllAndCentresWhatHasNoExtent() {
        const QRectF area(0, 0, 400, 300);
        const QRectF bounds(-3, 10, 60, 5);
        const MapView view = MapView::fitted(bounds, area);
        QVERIFY(view.visible().contains(bounds));
        QVERIFY(view.visible().width() < 1.3 * bounds.width());
        for (const double at : {0.0, 1e-25, -4.0, 1e20}) {
            const MapView single = MapView::fitted(QRectF(at, at, 0, 0), area);
            QVERIFY(std::isfinite(single.scale) && single.scale > 0);
            QCOMPARE(single.toWidget({at, at}), area.center());
        }
        const MapView line = MapView::fitted(QRectF(0, 2, 8, 0), area);
        QVERIFY(line.visible().left() < 0 && line.visible().right() > 8);
    }

    // ---- the index --------------------------------------------------------------------------------------

    void nearestIsThatOfLookingAtAll_data() {
        QTest::addColumn<QVector<QPointF>>("points");
        QTest::addColumn<double>("unit");
        QTest::newRow("cloud") << cloud(3000) << 1.0;
        QTest::newRow("tiny") << cloud(500, 1e-20) << 1e-20;
        QTest::newRow("huge") << cloud(500, 1e20) << 1e20;
        QTest::newRow("far from zero") << cloud(500, 1, {1e6, -1e6}) << 1.0;
        QVector<QPointF> outlier = cloud(800);
        outlier.append({1e7, 1e7});
        QTest::newRow("with an outlier") << outlier << 1.0;
        QTest::newRow("one") << QVector<QPointF>{{0.1, 0.2}} << 1.0;
        QTest::newRow("none") << QVector<QPointF>{} << 1.0;
        QTest::newRow("on a line") << QVector<QPointF>{{0, 0}, {0.5, 0}, {1, 0}, {1.5, 0}} << 1.0;
    }
    void nearestIsThatOfLookingAtAll() {
        QFETCH(QVector<QPointF>, points);
        QFETCH(double, unit);
        const PointIndex index = indexOf(points);
        QCOMPARE(index.count(), static_cast<int>(points.size()));
        const QPointF about = points.isEmpty() ? QPointF() : points[points.size() / 2];
        const QVector<QPointF> questions = cloud(300, 1.5 * unit, about);
        int found = 0;
        for (const QPointF& at : questions) {
            for (const double radius : {0.02 * unit, 0.3 * unit, 5 * unit}) {
                const int nearest = index.nearest(at, radius);
                QCOMPARE(nearest, nearestByLooking(points, at, radius));
                found += nearest >= 0 ? 1 : 0;
            }
        }
        QVERIFY(points.isEmpty() || found > 0);
    }

    void identicalPointsGiveTheFirst() {
        const PointIndex index = indexOf(QVector<QPointF>(50, QPointF(2, 2)));
        QCOMPARE(index.nearest({2.1, 2}, 0.2), 0);
        QCOMPARE(index.nearest({2.3, 2}, 0.2), -1);
    }

    void whatIsNotFiniteIsLeftOut() {
        const double infinity = std::numeric_limits<double>::infinity();
        const PointIndex index =
            indexOf({{notANumber, 0}, {0, infinity}, {1, 1}, {-infinity, notANumber}, {3, 2}, {1e200, 0}});
        QCOMPARE(index.count(), 2);
        QCOMPARE(index.bounds(), QRectF(1, 1, 2, 1));
        QCOMPARE(index.nearest({3, 2}, 0.1), 4);
    }

    void aBoxVisitsEachOfItsPointsOnce() {
        const QVector<QPointF> points = cloud(2000);
        const PointIndex index = indexOf(points);
        const QRectF box(-0.4, 0.1, 0.9, 0.7);
        QVector<int> times(points.size(), 0);
        int visited = 0;
        index.visitNear(box, [&](auto run) {
            for (const PointIndex::Entry& entry : run) {
                QCOMPARE(QPointF(entry.x, entry.y), points[entry.index]);
                ++times[entry.index];
                ++visited;
            }
        });
        for (int i = 0; i < points.size(); ++i) {
            QVERIFY(times[i] <= 1);
            QVERIFY(times[i] == 1 || !box.contains(points[i]));
        }
        QVERIFY(visited < 1200);
    }

    // ---- the lasso --------------------------------------------------------------------------------------

    void theLassoTakesWhatThePolygonHolds_data() {
        QTest::addColumn<QPolygonF>("polygon");
        QTest::newRow("triangle") << QPolygonF({QPointF(-1, -1), QPointF(1.3, -0.4), QPointF(0.1, 1.2)});
        QTest::newRow("ragged, crossing itself") << raggedLoop(301);
        QTest::newRow("rectangle") << rectanglePolygon({0.9, -0.5}, {-0.7, 0.6});
        QTest::newRow("hourglass") << QPolygonF(
            {QPointF(-1, -1), QPointF(1, -1), QPointF(-1, 1), QPointF(1, 1)});
        QTest::newRow("far away") << rectanglePolygon({100, 100}, {101, 101});
    }
    void theLassoTakesWhatThePolygonHolds() {
        QFETCH(QPolygonF, polygon);
        const QVector<QPointF> points = cloud(4000);
        QVector<int> expected;
        for (int i = 0; i < points.size(); ++i) {
            if (polygon.containsPoint(points[i], Qt::WindingFill)) {
                expected.append(i);
            }
        }
        QCOMPARE(pointsInPolygon(indexOf(points), polygon), expected);
    }

    void aLineHoldsNothing() {
        const PointIndex index = indexOf(cloud(100));
        QVERIFY(pointsInPolygon(index, {}).isEmpty());
        QVERIFY(pointsInPolygon(index, QPolygonF({QPointF(-9, 0), QPointF(9, 0)})).isEmpty());
        QVERIFY(pointsInPolygon(index, QPolygonF({QPointF(-9, 0), QPointF(9, 0), QPointF(-9, 0)})).isEmpty());
    }

    // ---- pictures ---------------------------------------------------------------------------------------

    void picturesNeverOverlapAndComeWhereThereIsRoom() {
        const QVector<QPointF> points = cloud(5000);
        const PointIndex index = indexOf(points);
        const double side = 30;
        qsizetype before = 0;
        for (const double scale : {10.0, 100.0, 1000.0}) {
            const auto chosen = chooseThumbnails(index, index.bounds(), {}, scale, side);
            for (int i = 0; i < chosen.size(); ++i) {
                QCOMPARE(chosen[i].position, points[chosen[i].index]);
                for (int j = 0; j < i; ++j) {
                    const QPointF apart = (chosen[i].position - chosen[j].position) * scale;
                    QVERIFY(std::abs(apart.x()) >= side || std::abs(apart.y()) >= side);
                }
            }
            QVERIFY(chosen.size() > before);
            before = chosen.size();
        }
        QVERIFY(
            chooseThumbnails(indexOf(QVector<QPointF>(200, QPointF(1, 1))), QRectF(0, 0, 2, 2), {}, 1e3, side)
                .isEmpty());
    }

    void theChoiceStaysWhileTheMapIsDragged() {
        const PointIndex index = indexOf(cloud(3000));
        const double scale = 300;
        const QRectF box(-0.5, -0.4, 1.1, 0.9);
        const auto insideOf = [&](const QRectF& part, const QVector<ThumbnailPlace>& places) {
            QSet<int> indices;
            for (const ThumbnailPlace& place : places) {
                if (part.contains(place.position)) {
                    indices.insert(place.index);
                }
            }
            return indices;
        };
        const auto still = chooseThumbnails(index, box, {}, scale, 30);
        QVERIFY(still.size() > 20);
        for (int step = 1; step < 40; ++step) {
            const QRectF moved = box.translated(step * 0.0137, step * -0.0091);
            const auto now = chooseThumbnails(index, moved, {}, scale, 30);
            const QRectF both = box.intersected(moved);
            QCOMPARE(insideOf(both, now), insideOf(both, still));
        }
    }

    void theStoreAsksOnceAndForgetsTheOldest() {
        ThumbnailStore store(3);
        QCOMPARE(store.takeMissing({1, 2, 3}, 2), QVector<int>({1, 2}));
        QCOMPARE(store.takeMissing({1, 2, 3}, 9), QVector<int>({3}));
        QImage picture(4, 4, QImage::Format_RGB32);
        picture.fill(Qt::red);
        store.put(1, picture);
        QVERIFY(store.takeMissing({1, 2, 3}, 9).isEmpty());
        // What left the screen before it came is asked for again.
        QVERIFY(store.takeMissing({1, 3}, 9).isEmpty());
        QCOMPARE(store.takeMissing({1, 2, 3}, 9), QVector<int>({2}));
        QCOMPARE(store.picture(1, 12).size(), QSize(12, 12));
        QVERIFY(store.picture(2, 12).isNull());
        for (const int index : {2, 3}) {
            store.put(index, picture);
        }
        QVERIFY(!store.picture(1, 8).isNull()); // used last
        store.put(4, picture);
        QVERIFY(store.has(1) && !store.has(2) && store.has(3) && store.has(4));
    }

    // ---- the raster -------------------------------------------------------------------------------------

    void aScrolledLayerIsThatOfDrawingAnew() {
        const PointIndex index = indexOf(cloud(2000));
        const std::vector<quint8> colors(2000, 0);
        const DotSprites sprites({QColor(90, 160, 255)}, 2.3, 0.6, 0.8, Qt::white);
        const auto draw = [&](ScrolledLayer& layer, qint64 x, qint64 y) {
            layer.show(x, y, {200, 150}, [&](QImage& image, const QRect& part) {
                for (int row = part.top(); row <= part.bottom(); ++row) {
                    for (int column = part.left(); column <= part.right(); ++column) {
                        image.setPixel(column, row, qRgb(30, 34, 40));
                    }
                }
                drawDots(image, part, DotGrid{{0.1, -0.2}, 60, x, y}, index, sprites, colors);
            });
        };
        ScrolledLayer scrolled;
        draw(scrolled, -100, -75);
        const std::array<std::pair<int, int>, 6> ways = {
            {{3, 0}, {0, -5}, {-40, 17}, {13, 22}, {-7, -9}, {500, 3}}};
        int x = -100;
        int y = -75;
        for (const auto& [dx, dy] : ways) {
            x += dx;
            y += dy;
            draw(scrolled, x, y);
            ScrolledLayer anew;
            draw(anew, x, y);
            QCOMPARE(scrolled.image(), anew.image());
        }
    }

    void aDotCoversItsDisc() {
        for (const double radius : {1.3, 2.0, 4.7}) {
            const DotSprites sprites({Qt::white}, radius, 1.0);
            for (int phase = 0; phase < 4; ++phase) {
                QImage image(40, 40, QImage::Format_RGB32);
                image.fill(Qt::black);
                sprites.blend(image, image.rect(), 20, 20, phase, 3 - phase, 0);
                double sum = 0;
                QPointF centre;
                for (int row = 0; row < 40; ++row) {
                    for (int column = 0; column < 40; ++column) {
                        const double share = qRed(image.pixel(column, row)) / 255.0;
                        sum += share;
                        centre += share * QPointF(column + 0.5, row + 0.5);
                    }
                }
                QVERIFY(std::abs(sum - M_PI * radius * radius) < 0.1 * sum);
                const QPointF expected(20 + (phase + 0.5) / 4, 20 + (3.5 - phase) / 4);
                QVERIFY(QLineF(centre / sum, expected).length() < 0.06);
            }
        }
    }

    void dotsBlendAndStayInsideTheClip() {
        QImage image(20, 20, QImage::Format_RGB32);
        image.fill(qRgb(100, 100, 100));
        const DotSprites sprites({QColor(200, 0, 40)}, 6, 0.5);
        const QRect clip(0, 0, 10, 20);
        sprites.blend(image, clip, 10, 10, 2, 2, 0);
        QCOMPARE(image.pixel(10, 10), qRgb(100, 100, 100));
        QVERIFY(std::abs(qRed(image.pixel(9, 10)) - 150) <= 1);
        QVERIFY(std::abs(qGreen(image.pixel(9, 10)) - 50) <= 1);
        QCOMPARE(qAlpha(image.pixel(9, 10)), 255);
        sprites.blend(image, image.rect(), -30, 500, 0, 0, 0); // far outside
    }

    // ---- colours ----------------------------------------------------------------------------------------

    void categoriesStayApartForEverySight_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("dark") << static_cast<int>(ThemeKind::Dark);
        QTest::newRow("light") << static_cast<int>(ThemeKind::Light);
    }
    void categoriesStayApartForEverySight() {
        QFETCH(int, kind);
        Theme::instance()->apply(static_cast<ThemeKind>(kind));
        for (const auto& sight : sights) {
            for (int i = 0; i < categoryColorCount(); ++i) {
                const auto a = labOf(categoryColor(i), sight);
                const auto ground = labOf(tokens().raised, sight);
                QVERIFY(std::abs(a[0] - ground[0]) > 20);
                for (int j = 0; j < i; ++j) {
                    const auto b = labOf(categoryColor(j), sight);
                    const double apart = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
                    QVERIFY2(apart > (i < 10 ? 18 : 10), qPrintable(QStringLiteral("%1 %2").arg(i).arg(j)));
                }
            }
            double before = labOf(pointValueColor(0), sight)[0];
            for (int i = 1; i <= 16; ++i) {
                const double now = labOf(pointValueColor(i / 16.0), sight)[0];
                QVERIFY(tokens().dark ? now > before : now < before);
                before = now;
            }
        }
        QCOMPARE(categoryColor(21), categoryColor(1));
        Theme::instance()->apply(ThemeKind::Dark);
    }

    void theLegendCountsWhatIsShown() {
        ScatterPointData data;
        data.names = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
        data.categoryTitle = QStringLiteral("label");
        data.categories = {0, 2, 2, 0, 7, -1};
        const PointIndex index = indexOf({{0, 0}, {1, 0}, {2, 0}, {notANumber, 0}, {4, 0}, {5, 0}, {6, 0}});
        const ScatterLegend legend = scatterLegend(ScatterColoring::Category, data, index);
        QCOMPARE(legend.rows.size(), 3);
        QCOMPARE(legend.rows[0].count, 1);
        QCOMPARE(legend.rows[1].name, QStringLiteral("c"));
        QCOMPARE(legend.rows[1].count, 2);
        QCOMPARE(legend.rows[2].category, -1);
        QCOMPARE(legend.rows[2].count, 3);
        const ScatterColors colors = scatterColors(ScatterColoring::Category, data, index, 7);
        QCOMPARE(colors.table[colors.places[1]], categoryColor(2));
        QCOMPARE(colors.table[colors.places[6]], missingColor());
        QCOMPARE(pointText(data, 1), QStringLiteral("#1 · label c"));
    }

    void valuesSpanTheRampAndMissingOnesDoNot() {
        ScatterPointData data;
        data.values = {-2, 6, std::numeric_limits<float>::quiet_NaN(), 2};
        data.valueTitle = QStringLiteral("loss");
        data.valueUnit = QStringLiteral("nats");
        const PointIndex index = indexOf({{0, 0}, {1, 0}, {2, 0}, {3, 0}});
        const ScatterColors colors = scatterColors(ScatterColoring::Value, data, index, 4);
        QCOMPARE(colors.table[colors.places[0]], pointValueColor(0));
        QCOMPARE(colors.table[colors.places[1]], pointValueColor(1));
        QCOMPARE(colors.table[colors.places[2]], missingColor());
        const ScatterLegend legend = scatterLegend(ScatterColoring::Value, data, index);
        QVERIFY(legend.hasBar);
        QCOMPARE(legend.title, QStringLiteral("loss, nats"));
        QCOMPARE(legend.low, QStringLiteral("−2"));
        QCOMPARE(legend.high, QStringLiteral("6"));
        QCOMPARE(pointText(data, 1), QStringLiteral("#1 · loss 6 nats"));
        data.values.fill(3);
        QVERIFY(scatterColors(ScatterColoring::Value, data, index, 4).places[0] > 0);
    }

    void densityIsHighestInTheMiddleOfACloud() {
        QVector<QPointF> points = cloud(4000);
        points.append({0, 0});
        points.append({9, 9});
        points.append({notANumber, 0});
        const std::vector<float> density = pointDensity(indexOf(points), static_cast<int>(points.size()));
        QVERIFY(density[4000] > 0.7F);
        QVERIFY(density[4001] < 0.3F);
        QCOMPARE(density[4002], 0.0F);
        QCOMPARE(pointDensity(indexOf({}), 0).size(), std::size_t(0));
        QCOMPARE(pointDensity(indexOf({{1, 1}, {1, 1}}), 2)[1], 1.0F);
    }
};

QTEST_MAIN(TestScatterMapParts)
#include "tst_scatter_map_parts.moc"
