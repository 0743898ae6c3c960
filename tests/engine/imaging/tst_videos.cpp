// Videos are written so that they open again.

#include <filesystem>

#include <QtTest>

#include <opencv2/videoio.hpp>

#include "engine/imaging/images.h"
#include "tests/engine/imaging/picture_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestVideos : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void framesComeBack_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("channels");
        QTest::newRow("mp4") << QStringLiteral("walk.mp4") << 64 << 3;
        QTest::newRow("avi") << QStringLiteral("walk.avi") << 64 << 3;
        QTest::newRow("grey") << QStringLiteral("grey.mp4") << 32 << 1;
        QTest::newRow("odd sides") << QStringLiteral("odd.MP4") << 45 << 3;
        QTest::newRow("tiny") << QStringLiteral("tiny.avi") << 28 << 3;
    }
    void framesComeBack() {
        QFETCH(QString, name);
        QFETCH(int, side);
        QFETCH(int, channels);
        const TestFolder folder;
        const std::string path = folder.path(name.toStdString());
        std::vector<Image> frames;
        for (int i = 0; i < 12; ++i) {
            const auto level = static_cast<std::uint8_t>(20 * i);
            frames.push_back(filled(side, side, std::vector<std::uint8_t>(std::size_t(channels), level)));
        }
        writeVideo(path, frames, 25.0);
        cv::VideoCapture video(path);
        QVERIFY(video.isOpened());
        QCOMPARE(int(video.get(cv::CAP_PROP_FRAME_WIDTH)), side + side % 2);
        cv::Mat frame;
        int count = 0;
        while (video.read(frame)) {
            const int level = frame.at<cv::Vec3b>(frame.rows / 2, frame.cols / 2)[1];
            QVERIFY2(std::abs(level - 20 * count) < 12, qPrintable(QString::number(level)));
            ++count;
        }
        QCOMPARE(count, 12);
        const auto files = std::filesystem::directory_iterator(folder.path());
        QCOMPARE(int(std::distance(begin(files), end(files))), 1); // no temporary file is left
    }

    void framesAreEnlarged() {
        const TestFolder folder;
        const std::string path = folder.path("large.avi");
        writeVideo(path, std::vector<Image>(3, filled(16, 16, {200})), 25.0, {.scale = 4, .progress = {}});
        cv::VideoCapture video(path);
        QCOMPARE(int(video.get(cv::CAP_PROP_FRAME_WIDTH)), 64);
    }

    void progressIsToldBeforeEachFrame() {
        const TestFolder folder;
        std::vector<std::size_t> told;
        VideoOptions options;
        options.progress = [&](std::size_t done, std::size_t total) {
            told.push_back(done);
            return total == 4;
        };
        writeVideo(folder.path("a.avi"), std::vector<Image>(4, filled(16, 16, {9})), 25.0, options);
        QCOMPARE(told, (std::vector<std::size_t>{0, 1, 2, 3}));
    }

    void aCancelledVideoLeavesNoFile() {
        const TestFolder folder;
        VideoOptions options;
        options.progress = [](std::size_t done, std::size_t) { return done < 2; };
        const std::vector<Image> frames(4, filled(16, 16, {9}));
        EXPECT_ERROR(writeVideo(folder.path("a.mp4"), frames, 25.0, options), ErrorKind::Interrupted,
                     "cancelled");
        QVERIFY(std::filesystem::is_empty(folder.path()));
        const std::string old = folder.write("old.mp4", "precious");
        EXPECT_ERROR(writeVideo(old, frames, 25.0, options), ErrorKind::Interrupted, "cancelled");
        QCOMPARE(bytesOf(old), std::string("precious"));
    }

    void badRequestsAreRefused() {
        const TestFolder folder;
        const std::vector<Image> frames(3, filled(16, 16, {1, 2, 3}));
        EXPECT_ERROR(writeVideo(folder.path("a.mov"), frames, 25), ErrorKind::Usage, ".mp4, .avi or .gif");
        EXPECT_ERROR(writeVideo(folder.path("a.mp4"), {}, 25), ErrorKind::Usage, "at least one frame");
        EXPECT_ERROR(writeVideo(folder.path("a.mp4"), frames, 0), ErrorKind::Usage, "frame rate");
        EXPECT_ERROR(writeVideo(folder.path("a.mp4"), {frames[0], filled(8, 16, {1, 2, 3})}, 25),
                     ErrorKind::Usage, "differ in size");
        EXPECT_ERROR(writeVideo(folder.path("none/a.mp4"), frames, 25), ErrorKind::InputOutput, "none/a.mp4");
        QVERIFY(std::filesystem::is_empty(folder.path()));
    }

    void anOldVideoSurvivesAFailure() {
        const TestFolder folder;
        const std::string path = folder.write("old.mp4", "precious");
        EXPECT_ERROR(writeVideo(path, {filled(16, 16, {1}), filled(8, 8, {1})}, 25), ErrorKind::Usage,
                     "differ");
        QCOMPARE(bytesOf(path), std::string("precious"));
    }
};

QTEST_APPLESS_MAIN(TestVideos)
#include "tst_videos.moc"
