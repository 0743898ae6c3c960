// What one frame of the map costs with 100,000 points at 1000 x 700: while it is dragged, zoomed, laid out
// anew, and while the pointer moves over it. Software raster, so the offscreen platform measures the same
// work as a window.
//
//   bench_scatter_map [--points N] [--frames N] [--ratio R]

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <vector>

#include "ui/theme/theme.h"
#include "ui/widgets/scatter_map.h"

namespace {

using namespace alphascope::ui;

constexpr QSize mapSize(1000, 700);

struct Cloud {
    QVector<QPointF> points;
    QVector<int> labels;
};

/// Ten overlapping clusters, as a map of digits has them.
Cloud clusters(int count) {
    std::mt19937 random(11);
    std::normal_distribution<double> normal(0.0, 1.0);
    Cloud cloud;
    for (int i = 0; i < count; ++i) {
        const int label = i % 10;
        const QPointF centre(5 * std::cos(label * 0.63) * (1 + label % 3),
                             4 * std::sin(label * 0.63) * (1 + label % 2));
        cloud.points.append(centre + QPointF(1.7 * normal(random), 1.2 * normal(random)));
        cloud.labels.append(label);
    }
    return cloud;
}

QImage digitOf(int index) {
    QImage picture(28, 28, QImage::Format_RGB32);
    picture.fill(QColor::fromHsv(index * 37 % 360, 200, 220));
    return picture;
}

double percentile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

/// Prints the milliseconds of change(i) and the frame that shows it.
void measure(const char* name, ScatterMap& map, double ratio, int frames,
             const std::function<void(int)>& change) {
    QImage target(mapSize * ratio, QImage::Format_RGB32);
    target.setDevicePixelRatio(ratio);
    std::vector<double> times;
    for (int i = 0; i < frames + 10; ++i) {
        QElapsedTimer clock;
        clock.start();
        change(i);
        map.render(&target);
        QCoreApplication::sendPostedEvents();
        if (i >= 10) {
            times.push_back(static_cast<double>(clock.nsecsElapsed()) * 1e-6);
        }
    }
    std::printf("%-34s p50 %6.2f ms   p95 %6.2f ms   max %6.2f ms\n", name, percentile(times, 0.5),
                percentile(times, 0.95), percentile(times, 1.0));
}

void mouse(ScatterMap& map, QEvent::Type type, const QPointF& at, Qt::MouseButtons held) {
    const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, at, map.mapToGlobal(at), button, held, {});
    QCoreApplication::sendEvent(&map, &event);
}

/// A hand that drags in a slow figure, up to 25 pixels a frame.
QPointF hand(int frame) {
    return {500 + 380 * std::sin(frame * 0.065), 330 + 260 * std::sin(frame * 0.043)};
}

void measureDrag(const char* name, ScatterMap& map, double ratio, int frames) {
    mouse(map, QEvent::MouseButtonPress, hand(0), Qt::LeftButton);
    measure(name, map, ratio, frames, [&](int i) { mouse(map, QEvent::MouseMove, hand(i), Qt::LeftButton); });
    mouse(map, QEvent::MouseButtonRelease, hand(frames), Qt::NoButton);
}

} // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("points"), QStringLiteral("How many."), QStringLiteral("N"),
                        QStringLiteral("100000")},
                       {QStringLiteral("frames"), QStringLiteral("Of each kind."), QStringLiteral("N"),
                        QStringLiteral("600")},
                       {QStringLiteral("ratio"), QStringLiteral("Device pixels a pixel."),
                        QStringLiteral("R"), QStringLiteral("1")}});
    parser.addHelpOption();
    parser.process(application);
    const int count = std::max(1, parser.value(QStringLiteral("points")).toInt());
    const int frames = std::max(1, parser.value(QStringLiteral("frames")).toInt());
    const double ratio = std::clamp(parser.value(QStringLiteral("ratio")).toDouble(), 1.0, 4.0);
    (new Theme(&application))->apply(ThemeKind::Dark);

    const Cloud cloud = clusters(count);
    QStringList names;
    for (int i = 0; i < 10; ++i) {
        names << QString::number(i);
    }
    ScatterMap map;
    map.resize(mapSize);
    map.setPositions(cloud.points);
    map.setCategories(cloud.labels, names, QStringLiteral("label"));
    map.setColoring(ScatterColoring::Category);
    map.show();
    std::printf("%d points, %d x %d, %.2f device pixels a pixel, %d frames each\n", count, mapSize.width(),
                mapSize.height(), ratio, frames);

    measureDrag("drag, all points", map, ratio, frames);
    map.fit();
    measure("wheel (all dots anew)", map, ratio, frames, [&](int i) {
        QWheelEvent wheel({400, 300}, {400, 300}, {}, {0, i % 20 < 10 ? 120 : -120}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&map, &wheel);
    });
    map.fit();
    QVector<QPointF> moved = cloud.points;
    measure("positions anew (a layout's step)", map, ratio, frames, [&](int i) {
        for (QPointF& point : moved) {
            point *= i % 2 == 0 ? 1.01 : 1 / 1.01;
        }
        map.setPositions(moved);
    });
    measure("pointer over the points", map, ratio, frames,
            [&](int i) { mouse(map, QEvent::MouseMove, hand(i), Qt::NoButton); });
    QVector<int> selection;
    for (int i = 0; i < count; i += 50) {
        selection.append(i);
    }
    map.setSelection(selection);
    measureDrag("drag, one in 50 selected", map, ratio, frames);
    map.setSelection({});
    map.setThumbnailProvider(digitOf);
    map.setView(map.view().centre, map.view().scale * 20);
    measureDrag("drag, zoomed in, with pictures", map, ratio, frames);
    return 0;
}
