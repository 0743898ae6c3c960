#pragma once
// Between float pictures in [-1,1] ([C,H,W], R G B) and 8-bit ones; grids, files, videos. The one place that
// knows ranges and channel order; files, resizing and video (imaging/opencv/) are the only user of OpenCV. No
// LibTorch. Any thread; no shared state.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::engine {

/// [-1,1] -> 0..255, rounded to nearest, clamped; NaN becomes 0. A point (two channels, size 1) is drawn as a
/// dot: see engine/imaging/points.h.
Image toImage(std::span<const float> pixels, int channels, int size);
void toFloats(const Image& image, std::span<float> out);

/// One channel, or three that are equal everywhere (many programs save grey pictures as colour).
bool isGrey(const Image& image);

/// rebuilt - original, mean over the channels, in colours: black where they are equal, orange where the
/// rebuilt one is too bright, blue where it is too dark; full colour at half the range and beyond.
Image errorMap(const Image& original, const Image& rebuilt);

/// Standard deviations in [-1,1] of a square of `size` x `size` pixels as heat: black, red, yellow, white at
/// half the range and beyond.
Image deviationMap(std::span<const float> deviations, int size);

/// Peak signal to noise ratio of 8-bit pictures over all elements: 10 log10(255^2 / mean squared difference),
/// infinite for equal pictures. Throws Error(Usage) unless both have one size and number of channels.
double peakSignalToNoise(const Image& a, const Image& b);

/// Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004, "Image quality assessment: from error
/// visibility to structural similarity"), -1 to 1: a Gaussian window of 11 pixels with deviation 1.5, only
/// where it fits whole, K = 0.01 and 0.03, range 255, mean over places and channels. In a picture with a side
/// below 11 pixels the window is that side and its deviation shrinks along. Throws as peakSignalToNoise().
double structuralSimilarity(const Image& a, const Image& b);

/// False in a program that was built without OpenCV: then files, resizing to another size and videos are
/// refused with Error(Usage), and everything else here works.
bool hasPictureFiles();

struct GridOptions {
    int columns = 0; ///< 0 = as square as possible
    int padding = 2; ///< pixels between cells
    int scale = 1;   ///< whole-pixel zoom, nearest neighbour
    std::uint8_t background = 24;
};
Image makeGrid(const std::vector<Image>& cells, const GridOptions& options = {});

/// Nearest-neighbour zoom by a whole factor.
Image enlarge(const Image& image, int factor);

std::string encodePng(const Image& image);

/// Throws Error(Usage) for a name that writeImage() refuses.
void checkImageName(const std::string& path);

/// Atomic. By extension: png, jpg, webp, bmp, tiff. Throws Error.
void writeImage(const std::string& path, const Image& image);

/// Decodes a file: EXIF orientation (of JPEGs) applied, alpha over black, 16-bit scaled, palette and CMYK to
/// RGB; grey stays grey. Refuses what is no picture, is truncated (also JPEGs that OpenCV fills up), or is
/// larger than 16,384 pixels a side or 100 megapixels. Throws Error(BadInput | InputOutput): one sentence
/// with the file.
Image readImage(const std::string& path);
Image decodeImage(std::span<const std::uint8_t> bytes, const std::string& name);

/// True for names that end like a picture file this program reads (any case).
bool looksLikeImage(const std::string& path);

/// Centred square crop, then resized (area when shrinking, bicubic when enlarging), channels matched.
Image fitSquare(const Image& image, int size, int channels);

/// To any size, as fitSquare resizes: the proportions may change.
Image resizeImage(const Image& image, int width, int height);

struct VideoOptions {
    int scale = 1; ///< whole-pixel zoom of every frame, nearest neighbour
    int side = 0;  ///< pixels of the longer side instead of `scale`, resized as fitSquare does; 0 = by scale
    bool loop = true; ///< of a GIF: whether it begins again
    /// Called before each frame, on the caller's thread, with how many are written. False gives up.
    std::function<bool(std::size_t done, std::size_t total)> progress;
};
/// Throws Error(Usage) for what writeVideo() refuses whatever the frames are: an unknown ending, a rate or a
/// size that such a film cannot have. `width`, `height`: of the frames before they are enlarged.
void checkVideo(const std::string& path, int width, int height, double framesPerSecond,
                const VideoOptions& options = {});

/// MP4, AVI or GIF by extension (.mp4, .avi, .gif). Frames of one size. Atomic. Throws Error; of kind
/// Interrupted when `progress` gave up, and then no file is left.
/// A GIF holds up to 256 colours a frame: a film or a frame with no more is written exactly, others by median
/// cut. Its times are whole 1/100 s, spread so that the film as a whole keeps its rate; players show more
/// than 50 frames a second wrongly, so such a rate is refused.
void writeVideo(const std::string& path, const std::vector<Image>& frames, double framesPerSecond,
                const VideoOptions& options = {});

} // namespace alphascope::engine
