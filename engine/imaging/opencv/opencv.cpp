#include "engine/imaging/opencv/opencv.h"

#include <mutex>

#include <opencv2/core/utility.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>

namespace alphascope::engine {

void prepareOpenCv() {
    static std::once_flag once;
    std::call_once(once, [] {
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        // Without this, every caught cv::Exception is also printed.
        cv::redirectError([](int, const char*, const char*, const char*, int, void*) { return 0; });
        cv::setNumThreads(1);
    });
}

cv::Mat viewOf(const Image& image) {
    return cv::Mat(image.height, image.width, CV_8UC(image.channels),
                   const_cast<std::uint8_t*>(image.pixels.data()));
}

Image fromRgb(const cv::Mat& rgb) {
    Image image(rgb.cols, rgb.rows, rgb.channels());
    cv::Mat target = viewOf(image);
    rgb.copyTo(target);
    return image;
}

cv::Mat toBgr(const Image& image) {
    cv::Mat result;
    if (image.channels == 3) {
        cv::cvtColor(viewOf(image), result, cv::COLOR_RGB2BGR);
    } else {
        result = viewOf(image).clone();
    }
    return result;
}

} // namespace alphascope::engine
