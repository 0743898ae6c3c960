#include "engine/api/camera.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "engine/concurrency/mailbox.h"
#include "engine/concurrency/notifier.h"
#include "engine/concurrency/stop_flag.h"
#include "engine/imaging/camera_devices.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

std::string firstLine(const fs::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

Error whatEndedIt() {
    try {
        throw;
    } catch (const Error& error) {
        return error;
    } catch (const std::exception& error) {
        return {ErrorKind::Internal, std::string("The camera failed: ") + error.what() + "."};
    } catch (...) {
        return {ErrorKind::Internal, "The camera failed for an unknown reason."};
    }
}

} // namespace

std::vector<CameraInfo> camerasIn(const std::string& folder) {
    std::vector<CameraInfo> cameras;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string device = it->path().filename().string();
        const std::string digits = device.starts_with("video") ? device.substr(5) : std::string();
        const bool number =
            !digits.empty() && digits.size() < 5 &&
            std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        const std::string place = firstLine(it->path() / "index");
        if (number && (place.empty() || place == "0")) {
            const std::string name = firstLine(it->path() / "name");
            cameras.push_back({std::stoi(digits), name.empty() ? device : name});
        }
    }
    std::sort(cameras.begin(), cameras.end(),
              [](const CameraInfo& a, const CameraInfo& b) { return a.index < b.index; });
    return cameras;
}

std::vector<CameraInfo> listCameras() {
    std::vector<CameraInfo> cameras = camerasIn("/sys/class/video4linux");
    if (const char* film = std::getenv("ALPHASCOPE_CAMERA"); film != nullptr && *film != '\0') {
        cameras.insert(cameras.begin(), {filmCamera, fs::path(film).filename().string()});
    }
    return cameras;
}

struct Camera::Impl {
    Impl(Open open, std::function<void()> notify)
        : notifier(std::move(notify)), thread([this, open = std::move(open)] { run(open); }) {}
    ~Impl() {
        notifier.silence();
        stop.request();
        thread.join();
    }

    void run(const Open& open) {
        try {
            const std::unique_ptr<FrameSource> source = open();
            while (!stop.requested()) {
                frame.put(source->next());
                notifier.announce();
            }
        } catch (...) {
            end.put(whatEndedIt());
            notifier.announce();
        }
    }

    Notifier notifier;
    StopFlag stop;
    Mailbox<Image> frame;
    Mailbox<Error> end;
    std::thread thread; ///< last: it uses the others
};

Camera::Camera(Open open, std::function<void()> notify)
    : impl_(std::make_unique<Impl>(std::move(open), std::move(notify))) {}

Camera::~Camera() = default;

std::optional<Image> Camera::takeFrame() {
    impl_->notifier.acknowledge();
    return impl_->frame.take();
}

std::optional<Error> Camera::takeEnd() {
    impl_->notifier.acknowledge();
    return impl_->end.take();
}

} // namespace alphascope::engine
