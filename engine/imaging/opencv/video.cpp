#include "engine/imaging/images.h"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>
#include <unistd.h>

#include "engine/api/error.h"
#include "engine/imaging/film.h"
#include "engine/imaging/gif.h"
#include "engine/imaging/opencv/opencv.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

int codecFor(FilmFormat format) {
    return format == FilmFormat::Mp4 ? cv::VideoWriter::fourcc('m', 'p', '4', 'v')
                                     : cv::VideoWriter::fourcc('M', 'J', 'P', 'G');
}

[[noreturn]] void fail(const std::string& path, const std::string& why) {
    throw Error(ErrorKind::InputOutput, fmt::format("The video '{}' cannot be written: {}.", path, why));
}

/// Encoders halve the resolution of colour, so odd sides would lose their last column or row: repeat it.
cv::Mat evenFrame(const Image& image, const VideoOptions& options) {
    cv::Mat frame = toBgr(filmFrame(image, options));
    if (frame.channels() == 1) {
        cv::cvtColor(frame, frame, cv::COLOR_GRAY2BGR);
    }
    cv::copyMakeBorder(frame, frame, 0, frame.rows % 2, 0, frame.cols % 2, cv::BORDER_REPLICATE);
    return frame;
}

void encodeTo(const fs::path& file, const std::string& path, int codec, const std::vector<Image>& frames,
              double framesPerSecond, const VideoOptions& options) {
    const cv::Size size = evenFrame(frames.front(), options).size();
    cv::VideoWriter writer(file.string(), codec, framesPerSecond, size, true);
    if (!writer.isOpened()) {
        fail(path, "the folder is not writable, or OpenCV here has no encoder for this ending; try the other "
                   "of .mp4 "
                   "and .avi");
    }
    for (std::size_t i = 0; i < frames.size(); ++i) {
        tellProgress(path, i, frames.size(), options);
        writer.write(evenFrame(frames[i], options));
    }
    writer.release();
}

} // namespace

void writeVideo(const std::string& path, const std::vector<Image>& frames, double framesPerSecond,
                const VideoOptions& options) {
    const FilmFormat format = checkFilm(path, frames, framesPerSecond, options);
    if (format == FilmFormat::Gif) {
        writeGif(path, frames, framesPerSecond, options);
        return;
    }
    const int codec = codecFor(format);
    prepareOpenCv();
    // The encoder writes by itself, so that the atomic writer cannot be used: encode beside the target,
    // rename.
    const fs::path target(path);
    const fs::path part = target.parent_path() / fmt::format(".{}.{}{}", target.stem().string(), getpid(),
                                                             target.extension().string());
    std::error_code error;
    try {
        encodeTo(part, path, codec, frames, framesPerSecond, options);
        const auto size = fs::file_size(part, error);
        if (error || size == 0) {
            fail(path, "nothing arrived on the disk");
        }
        fs::rename(part, target, error);
        if (error) {
            fail(path, error.message());
        }
    } catch (const cv::Exception& e) {
        fs::remove(part, error);
        fail(path, e.err);
    } catch (...) {
        fs::remove(part, error);
        throw;
    }
}

} // namespace alphascope::engine
