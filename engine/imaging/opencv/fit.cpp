#include "engine/imaging/images.h"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include "engine/api/error.h"
#include "engine/imaging/opencv/opencv.h"

namespace alphascope::engine {

namespace {

cv::Mat resized(const cv::Mat& mat, int width, int height) {
    if (mat.cols == width && mat.rows == height) {
        return mat;
    }
    const bool shrinks = std::int64_t(mat.cols) * mat.rows > std::int64_t(width) * height;
    cv::Mat result;
    cv::resize(mat, result, {width, height}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_CUBIC);
    return result;
}

[[noreturn]] void failResizing(const cv::Exception& e) {
    throw Error(ErrorKind::Internal, std::string("A picture cannot be resized: ") + e.err);
}

} // namespace

Image resizeImage(const Image& image, int width, int height) {
    if (image.empty() || width <= 0 || height <= 0) {
        throw Error(ErrorKind::Internal,
                    "A picture cannot be resized: it is empty or the target is invalid.");
    }
    prepareOpenCv();
    try {
        return fromRgb(resized(viewOf(image), width, height));
    } catch (const cv::Exception& e) {
        failResizing(e);
    }
}

Image fitSquare(const Image& image, int size, int channels) {
    if (image.empty() || size <= 0 || (channels != 1 && channels != 3)) {
        throw Error(ErrorKind::Internal, "A picture cannot be fitted: it is empty or the target is invalid.");
    }
    if (image.width == size && image.height == size && image.channels == channels) {
        return image;
    }
    prepareOpenCv();
    try {
        const int side = std::min(image.width, image.height);
        const cv::Rect centre((image.width - side) / 2, (image.height - side) / 2, side, side);
        cv::Mat fitted = resized(viewOf(image)(centre), size, size);
        if (image.channels != channels) {
            cv::Mat converted;
            cv::cvtColor(fitted, converted, channels == 1 ? cv::COLOR_RGB2GRAY : cv::COLOR_GRAY2RGB);
            fitted = converted;
        }
        return fromRgb(fitted);
    } catch (const cv::Exception& e) {
        failResizing(e);
    }
}

} // namespace alphascope::engine
