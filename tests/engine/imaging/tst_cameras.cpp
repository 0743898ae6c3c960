// Cameras: which the system knows, frames from any source as they come, the newest first, and every way to
// end; a film in a camera's place read by the real class.

#include <QtTest>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "engine/api/camera.h"
#include "engine/imaging/camera_devices.h"
#include "engine/imaging/images.h"
#include "tests/engine/imaging/errors.h"
#include "tests/engine/imaging/picture_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// Gives frames of rising grey as long as the test allows, then ends as it says.
struct Script {
    std::mutex mutex;
    std::condition_variable changed;
    int allowed = 0;
    int given = 0;
    std::optional<Error> end;
    bool rough = false; ///< ends with something that is no Error
    std::atomic<bool> closed{false};

    void allow(int frames) {
        {
            const std::lock_guard lock(mutex);
            allowed += frames;
        }
        changed.notify_all();
    }
    void finish(Error error) {
        {
            const std::lock_guard lock(mutex);
            end = std::move(error);
        }
        changed.notify_all();
    }
};

class ScriptedSource : public FrameSource {
public:
    explicit ScriptedSource(std::shared_ptr<Script> script) : script_(std::move(script)) {}
    ~ScriptedSource() override { script_->closed = true; }
    Image next() override {
        std::unique_lock lock(script_->mutex);
        script_->changed.wait(lock, [this] { return script_->given < script_->allowed || script_->end; });
        if (script_->given == script_->allowed) {
            if (script_->rough) {
                throw 1;
            }
            throw Error(*script_->end);
        }
        ++script_->given;
        return filled(4, 4, {static_cast<std::uint8_t>(script_->given)});
    }

private:
    std::shared_ptr<Script> script_;
};

Camera::Open opening(const std::shared_ptr<Script>& script) {
    return [script] { return std::make_unique<ScriptedSource>(script); };
}

/// The end is given once: it is kept.
bool ended(Camera& camera, std::optional<Error>& end) {
    if (auto given = camera.takeEnd()) {
        end = std::move(given);
    }
    return end.has_value();
}

} // namespace

class TestCameras : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void devicesAreFoundByTheSystemsFiles() {
        const TestFolder folder;
        const auto device = [&](const std::string& name, const std::string& title, const std::string& index) {
            folder.makeFolder(name);
            folder.write(name + "/name", title + "\n");
            folder.write(name + "/index", index + "\n");
        };
        device("video10", "Back camera", "0");
        device("video2", "Front camera", "0");
        device("video3", "Front camera", "1"); // carries no pictures
        device("v4l-subdev0", "no camera", "0");
        device("video", "none", "0");
        const std::vector<CameraInfo> found = camerasIn(folder.path());
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found[0].index, 2);
        QCOMPARE(found[0].name, std::string("Front camera"));
        QCOMPARE(found[1].index, 10);
        QVERIFY(camerasIn(folder.path("nowhere")).empty());
    }

    void onlyTheNewestFrameWaits() {
        const auto script = std::make_shared<Script>();
        std::atomic<int> told{0};
        Camera camera(opening(script), [&] { ++told; });
        QVERIFY(!camera.takeFrame());
        script->allow(5);
        QTRY_COMPARE(
            [&] {
                const std::lock_guard lock(script->mutex);
                return script->given;
            }(),
            5);
        script->allow(1); // once this is given, the five before have been put
        std::optional<Image> newest;
        QTRY_VERIFY([&] {
            if (auto frame = camera.takeFrame()) {
                newest = std::move(frame);
            }
            return newest && newest->pixels[0] == 6;
        }());
        QVERIFY(told >= 1);
        QVERIFY(!camera.takeEnd());
        script->finish({ErrorKind::InputOutput, "Over."}); // lets the destructor go on
    }

    void theEndIsSaidOnce() {
        const auto script = std::make_shared<Script>();
        Camera camera(opening(script), {});
        script->allow(1);
        script->finish({ErrorKind::InputOutput, "The camera was disconnected.", "Connect it again."});
        std::optional<Error> end;
        QTRY_VERIFY(ended(camera, end));
        QCOMPARE(end->hint(), std::string("Connect it again."));
        QVERIFY(script->closed);
        QVERIFY(camera.takeFrame()); // the last one is still there
        QVERIFY(!camera.takeEnd() && !camera.takeFrame());
    }

    void whatCannotBeOpenedOrFailsRoughlyIsSaidToo() {
        Camera closed([]() -> std::unique_ptr<FrameSource> { throw Error(ErrorKind::InputOutput, "Busy."); },
                      {});
        std::optional<Error> end;
        QTRY_VERIFY(ended(closed, end));
        QCOMPARE(end->what(), "Busy.");
        const auto script = std::make_shared<Script>();
        script->rough = true;
        script->finish({ErrorKind::Internal, ""});
        Camera rough(opening(script), {});
        end.reset();
        QTRY_VERIFY(ended(rough, end));
        QCOMPARE(int(end->kind()), int(ErrorKind::Internal));
    }

    void aFilmStandsInAndBeginsAgain() {
        const TestFolder folder;
        const std::string path = folder.path("film.avi");
        std::vector<Image> frames;
        for (int i = 0; i < 4; ++i) {
            frames.push_back(filled(64, 48, {static_cast<std::uint8_t>(40 * i + 40), 20, 20}));
        }
        writeVideo(path, frames, 50.0);
        const auto source = openFilm(path);
        for (int i = 0; i < 9; ++i) {
            const Image frame = source->next();
            QCOMPARE(frame.width, 64);
            QCOMPARE(frame.channels, 3);
            // Red, and not blue: R G B order. Motion JPEG is not exact.
            QVERIFY(std::abs(int(frame.pixels[0]) - (40 * (i % 4) + 40)) < 12);
            QVERIFY(frame.pixels[2] < 40);
        }
    }

    void aSeriesOfPicturesIsAFilm() {
        const TestFolder folder;
        for (int i = 0; i < 3; ++i) {
            writeImage(folder.path("shot0" + std::to_string(i) + ".png"),
                       filled(32, 32, {static_cast<std::uint8_t>(50 * i)}));
        }
        const auto source = openFilm(folder.path("shot%02d.png"));
        QCOMPARE(int(source->next().pixels[0]), 0);
        QCOMPARE(int(source->next().pixels[0]), 50);
    }

    void theFilmInTheEnvironmentIsACamera() {
        const TestFolder folder;
        const std::string path = folder.path("demo.avi");
        writeVideo(path, std::vector<Image>(3, filled(32, 32, {90, 90, 90})), 50.0);
        qputenv("ALPHASCOPE_CAMERA", QByteArray::fromStdString(path));
        const std::vector<CameraInfo> cameras = listCameras();
        const auto source = openCamera(filmCamera);
        qunsetenv("ALPHASCOPE_CAMERA");
        QVERIFY(!cameras.empty());
        QCOMPARE(cameras.front().index, filmCamera);
        QCOMPARE(cameras.front().name, std::string("demo.avi"));
        QCOMPARE(source->next().width, 32);
    }

    void whatIsNotThereIsASentence() {
        const TestFolder folder;
        EXPECT_ERROR(openFilm(folder.path("nothing.avi")), ErrorKind::BadInput, "nothing.avi");
        EXPECT_ERROR(openFilm(folder.write("text.avi", "no film")), ErrorKind::BadInput, "text.avi");
        EXPECT_ERROR(openCamera(filmCamera), ErrorKind::BadInput, "cannot be shown");
        // A number that no machine has: with or without cameras there is none.
        EXPECT_ERROR(openCamera(9'999), ErrorKind::InputOutput, "camera");
    }
};

QTEST_GUILESS_MAIN(TestCameras)
#include "tst_cameras.moc"
