#include "engine/imaging/images.h"

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/api/error.h"
#include "engine/imaging/opencv/opencv.h"
#include "engine/imaging/picture_header.h"
#include "engine/storage/atomic_file.h"

namespace alphascope::engine {

namespace {

constexpr std::uint64_t largestSide = 16'384;
constexpr std::uint64_t largestArea = 100'000'000;
constexpr std::size_t largestFile = std::size_t(1) << 29;

void checkSize(const PictureHeader& header, const std::string& name) {
    if (header.width > largestSide || header.height > largestSide ||
        header.width * header.height > largestArea) {
        throw Error(
            ErrorKind::BadInput,
            fmt::format("The picture '{}' is too large: {} x {} pixels, and the limit is {} a side and {} "
                        "megapixels.",
                        name, header.width, header.height, largestSide, largestArea / 1'000'000));
    }
}

cv::Mat decodeMat(std::span<const std::uint8_t> bytes, PictureFormat format, const std::string& name) {
    // Unchanged keeps alpha and 16 bits but ignores the EXIF orientation, which matters for photographs only.
    const int flags = format == PictureFormat::Jpeg ? int(cv::IMREAD_ANYCOLOR) : int(cv::IMREAD_UNCHANGED);
    std::string reason;
    try {
        const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8U,
                              const_cast<std::uint8_t*>(bytes.data()));
        cv::Mat decoded = cv::imdecode(encoded, flags);
        if (!decoded.empty()) {
            return decoded;
        }
    } catch (const cv::Exception& e) {
        reason = ": " + e.err;
    }
    throw Error(ErrorKind::BadInput,
                fmt::format("The picture '{}' is damaged and cannot be decoded{}.", name, reason));
}

cv::Mat toEightBits(const cv::Mat& mat, const std::string& name) {
    if (mat.depth() == CV_8U) {
        return mat;
    }
    if (mat.depth() != CV_16U) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("The picture '{}' has neither 8 nor 16 bits per channel.", name),
                    "Convert it to an 8-bit PNG.");
    }
    cv::Mat result;
    mat.convertTo(result, CV_8U, 1.0 / 257.0);
    return result;
}

/// B G R A (not premultiplied) laid over black.
cv::Mat overBlack(const cv::Mat& bgra) {
    cv::Mat rgb(bgra.rows, bgra.cols, CV_8UC3);
    for (int y = 0; y < bgra.rows; ++y) {
        const auto* from = bgra.ptr<std::uint8_t>(y);
        auto* to = rgb.ptr<std::uint8_t>(y);
        for (int x = 0; x < bgra.cols; ++x, from += 4, to += 3) {
            for (int c = 0; c < 3; ++c) {
                to[c] = static_cast<std::uint8_t>((from[2 - c] * from[3] + 127) / 255);
            }
        }
    }
    return rgb;
}

cv::Mat toRgb(const cv::Mat& mat, const std::string& name) {
    switch (mat.channels()) {
    case 1:
        return mat;
    case 3: {
        cv::Mat rgb;
        cv::cvtColor(mat, rgb, cv::COLOR_BGR2RGB);
        return rgb;
    }
    case 4:
        return overBlack(mat);
    default:
        throw Error(ErrorKind::BadInput, fmt::format("The picture '{}' has {} channels; 1, 3 or 4 are read.",
                                                     name, mat.channels()));
    }
}

} // namespace

Image decodeImage(std::span<const std::uint8_t> bytes, const std::string& name) {
    prepareOpenCv();
    const PictureHeader header = readPictureHeader(bytes, name);
    checkSize(header, name);
    const cv::Mat decoded = decodeMat(bytes, header.format, name);
    checkSize({header.format, std::uint64_t(decoded.cols), std::uint64_t(decoded.rows)}, name);
    return fromRgb(toRgb(toEightBits(decoded, name), name));
}

Image readImage(const std::string& path) {
    const std::string bytes = readFile(path, largestFile);
    return decodeImage({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, path);
}

} // namespace alphascope::engine
