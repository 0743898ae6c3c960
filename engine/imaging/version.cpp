#include "engine/imaging/version.h"

#include <opencv2/core/version.hpp>

namespace alphascope::engine {

std::string openCvVersion() {
    return CV_VERSION;
}

} // namespace alphascope::engine
