#include "engine/imaging/images.h"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include "engine/api/error.h"
#include "engine/imaging/opencv.h"

namespace alphascope::engine {

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
        cv::Mat fitted = viewOf(image)(centre);
        if (side != size) {
            cv::Mat resized;
            cv::resize(fitted, resized, {size, size}, 0, 0, side > size ? cv::INTER_AREA : cv::INTER_CUBIC);
            fitted = resized;
        }
        if (image.channels != channels) {
            cv::Mat converted;
            cv::cvtColor(fitted, converted, channels == 1 ? cv::COLOR_RGB2GRAY : cv::COLOR_GRAY2RGB);
            fitted = converted;
        }
        return fromRgb(fitted);
    } catch (const cv::Exception& e) {
        throw Error(ErrorKind::Internal, std::string("A picture cannot be resized: ") + e.err);
    }
}

} // namespace alphascope::engine
