#include "engine/imaging/images.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>

#include "engine/api/error.h"
#include "engine/imaging/extension.h"
#include "engine/imaging/opencv/opencv.h"
#include "engine/storage/atomic_file.h"

namespace alphascope::engine {

namespace {

constexpr std::array writable{".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"};

std::string encode(const Image& image, const std::string& extension, const std::vector<int>& options) {
    if (image.empty()) {
        throw Error(ErrorKind::Internal, "An empty picture cannot be written.");
    }
    prepareOpenCv();
    std::vector<std::uint8_t> bytes;
    try {
        if (cv::imencode(extension, toBgr(image), bytes, options)) {
            return {bytes.begin(), bytes.end()};
        }
    } catch (const cv::Exception& e) {
        throw Error(ErrorKind::BadInput, fmt::format("A picture of {} x {} cannot be written as {}: {}.",
                                                     image.width, image.height, extension, e.err));
    }
    throw Error(ErrorKind::BadInput, fmt::format("A picture of {} x {} cannot be written as {}.", image.width,
                                                 image.height, extension));
}

std::vector<int> qualityFor(const std::string& extension) {
    if (extension == ".jpg" || extension == ".jpeg") {
        return {cv::IMWRITE_JPEG_QUALITY, 95};
    }
    if (extension == ".webp") {
        return {cv::IMWRITE_WEBP_QUALITY, 101}; // above 100 means lossless
    }
    return {};
}

} // namespace

std::string encodePng(const Image& image) {
    return encode(image, ".png", {});
}

void checkImageName(const std::string& path) {
    const std::string extension = lowerExtension(path);
    if (std::find(writable.begin(), writable.end(), extension) == writable.end()) {
        throw Error(ErrorKind::Usage, fmt::format("'{}' does not end like a picture file.", path),
                    "End it in .png, .jpg, .webp, .bmp or .tiff.");
    }
}

void writeImage(const std::string& path, const Image& image) {
    checkImageName(path);
    const std::string extension = lowerExtension(path);
    writeFileAtomically(path, encode(image, extension, qualityFor(extension)));
}

} // namespace alphascope::engine
