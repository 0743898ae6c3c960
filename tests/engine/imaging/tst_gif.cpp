// GIFs, read back by another decoder: exact with few colours, close with many, at the right times.

#include <QGuiApplication>
#include <QImageReader>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <random>
#include <set>

#include "engine/imaging/images.h"
#include "engine/imaging/palette.h"
#include "tests/engine/imaging/picture_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

struct ReadFilm {
    std::vector<QImage> frames;
    std::vector<int> delays; ///< ms
    int loops = 0;
};

ReadFilm readFilm(const std::string& path) {
    ReadFilm film;
    QImageReader reader(QString::fromStdString(path), "gif");
    while (reader.canRead()) {
        const QImage frame = reader.read();
        if (frame.isNull()) {
            break;
        }
        film.frames.push_back(frame.convertToFormat(QImage::Format_RGB888));
        film.delays.push_back(reader.nextImageDelay());
        film.loops = reader.loopCount();
    }
    return film;
}

int largestDifference(const QImage& read, const Image& written) {
    if (read.width() != written.width || read.height() != written.height) {
        return 255;
    }
    int largest = 0;
    for (int y = 0; y < written.height; ++y) {
        for (int x = 0; x < written.width; ++x) {
            const auto* p = written.pixels.data() + (std::size_t(y) * written.width + x) * written.channels;
            const QRgb color = read.pixel(x, y);
            const int found[3] = {qRed(color), qGreen(color), qBlue(color)};
            for (int k = 0; k < 3; ++k) {
                largest = std::max(largest, std::abs(found[k] - int(p[written.channels == 1 ? 0 : k])));
            }
        }
    }
    return largest;
}

Image noise(int side, int channels, unsigned seed, int levels = 256) {
    std::mt19937 random(seed);
    Image image(side, side, channels);
    for (auto& value : image.pixels) {
        value = std::uint8_t(int(random() % unsigned(levels)) * (255 / (levels - 1)));
    }
    return image;
}

} // namespace

class TestGif : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fewColoursAreExact_data() {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("levels");
        QTest::addColumn<int>("scale");
        QTest::newRow("grey, all levels") << 1 << 256 << 1;
        QTest::newRow("grey, enlarged") << 1 << 256 << 3;
        QTest::newRow("216 colours") << 3 << 6 << 1;
        QTest::newRow("8 colours, enlarged") << 3 << 2 << 9;
    }
    void fewColoursAreExact() {
        QFETCH(int, channels);
        QFETCH(int, levels);
        QFETCH(int, scale);
        const TestFolder folder;
        std::vector<Image> frames;
        for (unsigned i = 0; i < 7; ++i) {
            frames.push_back(noise(28, channels, i, levels));
        }
        const std::string path = folder.path("film.gif");
        writeVideo(path, frames, 20.0, {.scale = scale, .progress = {}});
        const ReadFilm film = readFilm(path);
        QCOMPARE(film.frames.size(), frames.size());
        for (std::size_t i = 0; i < frames.size(); ++i) {
            QCOMPARE(largestDifference(film.frames[i], enlarge(frames[i], scale)), 0);
        }
        const auto files = std::filesystem::directory_iterator(folder.path());
        QCOMPARE(int(std::distance(begin(files), end(files))), 1); // no temporary file is left
    }

    /// More than 256 colours in the film, but not in any frame: each frame is still exact.
    void everyFrameHasColoursOfItsOwn() {
        const TestFolder folder;
        std::vector<Image> frames;
        for (int i = 0; i < 6; ++i) {
            Image frame(10, 10, 3);
            for (int p = 0; p < 100; ++p) {
                frame.pixels[std::size_t(p) * 3] = std::uint8_t(40 * i);
                frame.pixels[std::size_t(p) * 3 + 1] = std::uint8_t(p);
                frame.pixels[std::size_t(p) * 3 + 2] = std::uint8_t(255 - p);
            }
            frames.push_back(frame);
        }
        writeVideo(folder.path("own.gif"), frames, 10.0);
        const ReadFilm film = readFilm(folder.path("own.gif"));
        QCOMPARE(film.frames.size(), frames.size());
        for (std::size_t i = 0; i < frames.size(); ++i) {
            QCOMPARE(largestDifference(film.frames[i], frames[i]), 0);
        }
    }

    void manyColoursAreClose() {
        const TestFolder folder;
        const Image smooth = gradient(64, 64, 3);
        ColorCounts counts;
        counts.add(smooth);
        QVERIFY(counts.size() > Palette::most);
        writeVideo(folder.path("many.gif"), {smooth, smooth}, 10.0);
        const ReadFilm film = readFilm(folder.path("many.gif"));
        QCOMPARE(film.frames.size(), std::size_t(2));
        const int difference = largestDifference(film.frames[1], smooth);
        QVERIFY2(difference > 0 && difference < 24, QByteArray::number(difference).constData());
    }

    void paletteMinimisesWhatItCan() {
        // 1000 pixels of black, one each of 300 shades: the shades share, black stays.
        Image image(65, 20, 3);
        for (int i = 0; i < 300; ++i) {
            image.pixels[std::size_t(i) * 3] = std::uint8_t(100 + i / 2);
            image.pixels[std::size_t(i) * 3 + 1] = std::uint8_t(100 + i % 2);
        }
        ColorCounts counts;
        counts.add(image);
        QCOMPARE(counts.size(), std::size_t(301));
        const Palette palette(counts);
        QCOMPARE(palette.colors().size(), Palette::most);
        const auto indices = palette.indicesOf(image);
        QCOMPARE(palette.colors()[indices.back()], Rgb(0));
        for (int i = 0; i < 300; ++i) {
            const Rgb shown = palette.colors()[indices[std::size_t(i)]];
            QVERIFY(std::abs(int(redOf(shown)) - (100 + i / 2)) <= 2);
        }
        QCOMPARE(Palette(ColorCounts()).colors().size(), std::size_t(0));
    }

    void timesKeepTheRate_data() {
        QTest::addColumn<double>("rate");
        for (const double rate : {1.0, 7.0, 12.0, 24.0, 30.0, 50.0}) {
            QTest::addRow("%g", rate) << rate;
        }
    }
    void timesKeepTheRate() {
        QFETCH(double, rate);
        const TestFolder folder;
        const std::vector<Image> frames(60, filled(4, 4, {7}));
        writeVideo(folder.path("t.gif"), frames, rate);
        const ReadFilm film = readFilm(folder.path("t.gif"));
        QCOMPARE(film.delays.size(), std::size_t(60));
        double begin = 0.0;
        for (std::size_t i = 0; i < 60; ++i) {
            QVERIFY(std::abs(begin - 1000.0 * double(i) / rate) <= 5.0 + 1e-9); // half of 1/100 s
            QVERIFY(film.delays[i] >= 20);
            begin += film.delays[i];
        }
    }

    void loopsOrPlaysOnce() {
        const TestFolder folder;
        const std::vector<Image> frames(2, filled(4, 4, {7}));
        writeVideo(folder.path("loop.gif"), frames, 10);
        QCOMPARE(readFilm(folder.path("loop.gif")).loops, -1); // without end
        writeVideo(folder.path("once.gif"), frames, 10, {.loop = false, .progress = {}});
        QVERIFY(readFilm(folder.path("once.gif")).loops != -1);
    }

    void anySideCanBeAskedFor() {
        const TestFolder folder;
        const std::vector<Image> frames(2, gradient(28, 14, 3));
        for (const char* name : {"s.gif", "s.GIF"}) {
            writeVideo(folder.path(name), frames, 10, {.side = 100, .progress = {}});
            const QImage read = readFilm(folder.path(name)).frames.front();
            QCOMPARE(read.size(), QSize(100, 50));
            QVERIFY(largestDifference(read, resizeImage(frames[0], 100, 50)) < 24);
        }
    }

    void aCancelledFilmLeavesNoFile() {
        const TestFolder folder;
        VideoOptions options;
        options.progress = [](std::size_t done, std::size_t) { return done < 2; };
        EXPECT_ERROR(
            writeVideo(folder.path("a.gif"), std::vector<Image>(4, filled(4, 4, {9})), 25.0, options),
            ErrorKind::Interrupted, "cancelled");
        QVERIFY(std::filesystem::is_empty(folder.path()));
    }

    void hostileRequestsAreRefused() {
        const TestFolder folder;
        const std::vector<Image> frames(3, filled(16, 16, {1, 2, 3}));
        const auto write = [&](const char* name, double rate, int scale, int side) {
            writeVideo(folder.path(name), frames, rate, {.scale = scale, .side = side, .progress = {}});
        };
        EXPECT_ERROR(write("a.gif", 60, 1, 0), ErrorKind::Usage, "at most 50");
        for (const char* name : {"a.gif", "a.mp4", "a.avi"}) {
            for (const double rate : {0.0, -1.0, std::nan(""), HUGE_VAL, 1e9}) {
                EXPECT_ERROR(write(name, rate, 1, 0), ErrorKind::Usage, "frame rate");
            }
            for (const int scale : {0, -3, 1'000'000'000}) {
                EXPECT_ERROR(write(name, 10, scale, 0), ErrorKind::Usage, "pixels a side");
            }
            for (const int side : {-1, 4097, 1'000'000'000}) {
                EXPECT_ERROR(write(name, 10, 1, side), ErrorKind::Usage, "pixels a side");
            }
        }
        EXPECT_ERROR(writeVideo(folder.path("a.gif"), {}, 25), ErrorKind::Usage, "at least one frame");
        EXPECT_ERROR(checkVideo("a.gif", 28, 28, 60.0), ErrorKind::Usage, ".mp4");
        checkVideo("a.gif", 28, 28, 50.0);
        EXPECT_ERROR(writeVideo(folder.path("none/a.gif"), frames, 25), ErrorKind::InputOutput, "none/a.gif");
        QVERIFY(std::filesystem::is_empty(folder.path()));
    }
};

QTEST_MAIN(TestGif)
#include "tst_gif.moc"
