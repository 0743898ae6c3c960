#include "engine/imaging/film.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/imaging/extension.h"
#include "engine/imaging/gif.h"

namespace alphascope::engine {

namespace {

constexpr int largestFilmSide = 4096; // pixels; what every player still opens
constexpr double lowestRate = 0.01;
constexpr double highestRate = 240.0;

FilmFormat formatOf(const std::string& path) {
    const std::string extension = lowerExtension(path);
    if (extension == ".mp4") {
        return FilmFormat::Mp4;
    }
    if (extension == ".avi") {
        return FilmFormat::Avi;
    }
    if (extension == ".gif") {
        return FilmFormat::Gif;
    }
    throw Error(ErrorKind::Usage, fmt::format("'{}' does not end like a video file.", path),
                "End it in .mp4, .avi or .gif.");
}

void checkRate(const std::string& path, FilmFormat format, double framesPerSecond) {
    if (!(framesPerSecond >= lowestRate) || framesPerSecond > highestRate) {
        throw Error(ErrorKind::Usage,
                    fmt::format("The video '{}' cannot have a frame rate of {}.", path, framesPerSecond),
                    fmt::format("Give {} to {} frames per second.", lowestRate, highestRate));
    }
    if (format == FilmFormat::Gif && framesPerSecond > gifHighestRate) {
        throw Error(ErrorKind::Usage,
                    fmt::format("'{}' cannot have {} frames per second: players show at most {} of a GIF.",
                                path, framesPerSecond, gifHighestRate),
                    fmt::format("Give {} or fewer, or write .mp4.", gifHighestRate));
    }
}

/// The longer side after enlarging; a double, since a wish may be larger than any int.
double enlargedSide(int width, int height, const VideoOptions& options) {
    const int side = std::max(width, height);
    return options.side != 0 ? options.side : double(side) * options.scale;
}

} // namespace

void checkVideo(const std::string& path, int width, int height, double framesPerSecond,
                const VideoOptions& options) {
    checkRate(path, formatOf(path), framesPerSecond);
    const double side = enlargedSide(width, height, options);
    if (options.side < 0 || (options.side == 0 && options.scale < 1) || !(side >= 1.0) ||
        side > largestFilmSide) {
        throw Error(ErrorKind::Usage,
                    fmt::format("The video '{}' cannot have frames of {} pixels a side.", path, side),
                    fmt::format("Give 1 to {}.", largestFilmSide));
    }
}

FilmFormat checkFilm(const std::string& path, const std::vector<Image>& frames, double framesPerSecond,
                     const VideoOptions& options) {
    const FilmFormat format = formatOf(path);
    if (frames.empty()) {
        throw Error(ErrorKind::Usage, fmt::format("The video '{}' needs at least one frame.", path));
    }
    for (const Image& frame : frames) {
        if (frame.empty() || frame.width != frames.front().width || frame.height != frames.front().height) {
            throw Error(ErrorKind::Usage, fmt::format("The frames of the video '{}' differ in size.", path));
        }
    }
    checkVideo(path, frames.front().width, frames.front().height, framesPerSecond, options);
    return format;
}

Image filmFrame(const Image& image, const VideoOptions& options) {
    if (options.side == 0) {
        return enlarge(image, options.scale);
    }
    const double factor = double(options.side) / std::max(image.width, image.height);
    const auto scaled = [&](int side) { return std::max(1, int(std::lround(side * factor))); };
    return resizeImage(image, scaled(image.width), scaled(image.height));
}

void tellProgress(const std::string& path, std::size_t done, std::size_t total, const VideoOptions& options) {
    if (options.progress && !options.progress(done, total)) {
        throw Error(ErrorKind::Interrupted,
                    fmt::format("The video '{}' was cancelled and not written.", path));
    }
}

} // namespace alphascope::engine
