#pragma once
// The pictures of a camera, as they come. Standard library only.
//
// Threads: every public method of Camera may be called from one controlling thread and returns at once; only
// the destructor waits, for the picture that is being read. Frames are read on a thread that the object owns.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/error.h"
#include "engine/api/image.h"

namespace alphascope::engine {

struct CameraInfo {
    int index = 0; ///< what openCamera() takes
    std::string name;
};

/// The cameras of this machine, without opening any. First stands the film (or series of pictures, such as
/// "shot%03d.png") that ALPHASCOPE_CAMERA names, as filmCamera.
std::vector<CameraInfo> listCameras();
inline constexpr int filmCamera = -1;

/// Where frames come from. One thread at a time.
class FrameSource {
public:
    virtual ~FrameSource() = default;
    /// The next picture, once it is there. Throws Error when none comes any more.
    virtual Image next() = 0;
};

/// Both throw Error, one sentence: there is none, it is not to be read, or it is in use.
std::unique_ptr<FrameSource> openCamera(int index);
/// A film in a camera's place: as fast as it was taken, again from the start when it ends.
std::unique_ptr<FrameSource> openFilm(const std::string& path);

class Camera {
public:
    using Open = std::function<std::unique_ptr<FrameSource>()>;
    /// `open` runs on the camera's thread. `notify`: as TrainingSession's.
    Camera(Open open, std::function<void()> notify);
    ~Camera();
    Camera(const Camera&) = delete;
    Camera& operator=(const Camera&) = delete;

    /// The newest one not taken yet; those in between are gone.
    std::optional<Image> takeFrame();
    /// Why there are no more frames: once, after the last.
    std::optional<Error> takeEnd();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
