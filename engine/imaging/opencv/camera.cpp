#include "engine/api/camera.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>
#include <unistd.h>

#include "engine/imaging/opencv/opencv.h"

namespace alphascope::engine {

namespace {

constexpr int frameWidth = 640; // more would be reduced again, and costs time on the way
constexpr int frameHeight = 480;
constexpr double usualRate = 25.0;

Image asImage(const cv::Mat& frame) {
    cv::Mat rgb;
    cv::cvtColor(frame, rgb, frame.channels() == 1 ? cv::COLOR_GRAY2RGB : cv::COLOR_BGR2RGB);
    return fromRgb(rgb);
}

std::string deviceOf(int index) {
    return fmt::format("/dev/video{}", index);
}

std::string cameraNameOf(int index) {
    for (const CameraInfo& camera : listCameras()) {
        if (camera.index == index) {
            return fmt::format("'{}'", camera.name);
        }
    }
    return fmt::format("number {}", index);
}

/// 0, or why the device is not to be opened.
int problemOf(const std::string& device) {
    const int handle = open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (handle < 0) {
        return errno;
    }
    close(handle);
    return 0;
}

[[noreturn]] void failToOpen(int index) {
    const std::string device = deviceOf(index);
    const int problem = problemOf(device);
    if (problem == ENOENT || problem == ENODEV || problem == ENXIO) {
        throw Error(ErrorKind::InputOutput,
                    listCameras().empty() ? std::string("No camera is connected to this machine.")
                                          : fmt::format("There is no camera {}.", cameraNameOf(index)),
                    "Connect one and try again.");
    }
    if (problem == EACCES || problem == EPERM) {
        throw Error(ErrorKind::InputOutput,
                    fmt::format("The camera {} may not be used: reading {} is not permitted.",
                                cameraNameOf(index), device),
                    "On most systems members of the group 'video' may.");
    }
    throw Error(
        ErrorKind::InputOutput,
        problem == 0 || problem == EBUSY
            ? fmt::format("The camera {} gives no pictures: it is probably in use by another program.",
                          cameraNameOf(index))
            : fmt::format("The camera {} cannot be opened: {}.", cameraNameOf(index), std::strerror(problem)),
        "Close the other program and try again.");
}

class DeviceFrames : public FrameSource {
public:
    explicit DeviceFrames(int index) : index_(index), name_(cameraNameOf(index)) {
        prepareOpenCv();
        try {
            opened_ = capture_.open(index, cv::CAP_V4L2) || capture_.open(index, cv::CAP_ANY);
        } catch (const cv::Exception&) {
            opened_ = false;
        }
        if (!opened_) {
            failToOpen(index);
        }
        capture_.set(cv::CAP_PROP_FRAME_WIDTH, frameWidth);
        capture_.set(cv::CAP_PROP_FRAME_HEIGHT, frameHeight);
    }

    Image next() override {
        cv::Mat frame;
        try {
            if (capture_.read(frame) && !frame.empty()) {
                return asImage(frame);
            }
        } catch (const cv::Exception&) {
            // The same to whoever holds the camera: no more pictures.
        }
        const bool gone = problemOf(deviceOf(index_)) != 0;
        throw Error(ErrorKind::InputOutput,
                    gone ? fmt::format("The camera {} was disconnected.", name_)
                         : fmt::format("The camera {} gives no more pictures.", name_),
                    "Connect it again and start it anew.");
    }

private:
    int index_;
    std::string name_;
    cv::VideoCapture capture_;
    bool opened_ = false;
};

class FilmFrames : public FrameSource {
public:
    explicit FilmFrames(std::string path) : path_(std::move(path)) {
        prepareOpenCv();
        open();
        const double rate = capture_.get(cv::CAP_PROP_FPS);
        const double frames = rate > 0.0 && rate <= 240.0 ? rate : usualRate;
        interval_ = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1.0 / frames));
        due_ = Clock::now();
    }

    Image next() override {
        cv::Mat frame;
        if (!read(frame)) {
            open();
            if (!read(frame)) {
                fail("no picture in it can be read");
            }
        }
        std::this_thread::sleep_until(due_);
        due_ = std::max(due_ + interval_, Clock::now());
        return asImage(frame);
    }

private:
    using Clock = std::chrono::steady_clock;

    [[noreturn]] void fail(const std::string& why) const {
        throw Error(ErrorKind::BadInput, fmt::format("The film '{}' cannot be shown: {}.", path_, why));
    }
    void open() {
        try {
            if (capture_.open(path_)) {
                return;
            }
        } catch (const cv::Exception& e) {
            fail(e.err);
        }
        fail("there is no such file, or it is no film");
    }
    bool read(cv::Mat& frame) {
        try {
            return capture_.read(frame) && !frame.empty();
        } catch (const cv::Exception& e) {
            fail(e.err);
        }
    }

    std::string path_;
    cv::VideoCapture capture_;
    Clock::duration interval_{};
    Clock::time_point due_;
};

} // namespace

std::unique_ptr<FrameSource> openCamera(int index) {
    if (index == filmCamera) {
        const char* film = std::getenv("ALPHASCOPE_CAMERA");
        return openFilm(film == nullptr ? "" : film);
    }
    return std::make_unique<DeviceFrames>(index);
}

std::unique_ptr<FrameSource> openFilm(const std::string& path) {
    return std::make_unique<FilmFrames>(path);
}

} // namespace alphascope::engine
