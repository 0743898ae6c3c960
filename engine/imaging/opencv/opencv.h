#pragma once
// What every use of OpenCV in this room shares. Not for other rooms.

#include <opencv2/core/mat.hpp>

#include "engine/api/image.h"

namespace alphascope::engine {

/// Once per process: OpenCV writes nothing on standard error (what fails is thrown instead) and keeps to the
/// calling thread (LibTorch and the loader's workers already fill the cores). Call before any other use.
void prepareOpenCv();

/// A view of the picture's own bytes, channels in R G B order; valid as long as the picture is unchanged.
cv::Mat viewOf(const Image& image);

/// A picture from 8-bit grey, or from 8-bit colour in R G B order.
Image fromRgb(const cv::Mat& rgb);

/// An owned copy in OpenCV's own order: B G R, or grey.
cv::Mat toBgr(const Image& image);

} // namespace alphascope::engine
