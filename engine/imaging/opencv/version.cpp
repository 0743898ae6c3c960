#include "engine/imaging/version.h"

#include "engine/imaging/images.h"

#include <opencv2/core/version.hpp>

namespace alphascope::engine {

std::string openCvVersion() {
    return CV_VERSION;
}

bool hasPictureFiles() {
    return true;
}

} // namespace alphascope::engine
