#include "engine/imaging/crop.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/api/error.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

constexpr int alignedWidth = 178;
constexpr int alignedHeight = 218;
constexpr const char* aliName = "ali";

Image part(const Image& image, int left, int top, int width, int height) {
    Image cut(width, height, image.channels);
    const std::size_t row = std::size_t(width) * image.channels;
    for (int y = 0; y < height; ++y) {
        const std::size_t from = (std::size_t(top + y) * image.width + left) * image.channels;
        std::copy_n(image.pixels.begin() + static_cast<std::ptrdiff_t>(from), row,
                    cut.pixels.begin() + static_cast<std::ptrdiff_t>(std::size_t(y) * row));
    }
    return cut;
}

Image centre(const Image& image, int width, int height) {
    return part(image, (image.width - width) / 2, (image.height - height) / 2, width, height);
}

/// The largest part of the aligned pictures' proportions.
Image inProportion(const Image& image) {
    const auto scaled = [](int side, int to, int of) {
        return std::max(1, static_cast<int>(std::lround(double(side) * to / of)));
    };
    const int width = std::min(image.width, scaled(image.height, alignedWidth, alignedHeight));
    return centre(image, width, std::min(image.height, scaled(width, alignedHeight, alignedWidth)));
}

Image cutAsAli(const Image& image) {
    constexpr int width = 64, height = 78, firstRow = 7;
    return part(resizeImage(inProportion(image), width, height), 0, firstRow, width, width);
}

int sideOf(const std::string& crop) {
    const std::vector<std::string> names = cropPresets();
    if (std::find(names.begin(), names.end(), crop) == names.end()) {
        throw Error(ErrorKind::Usage,
                    fmt::format("There is no crop '{}'; there are {}.", crop, fmt::join(names, ", ")));
    }
    int side = 0;
    std::from_chars(crop.data(), crop.data() + crop.size(), side);
    return side;
}

} // namespace

std::vector<std::string> cropPresets() {
    return {"108", "140", "148", "160", "178", aliName};
}

Image cutPicture(const Image& image, const std::string& crop, int size, int channels) {
    if (crop.empty() || (image.width == size && image.height == size)) {
        return fitSquare(image, size, channels);
    }
    const int side = sideOf(crop);
    if (image.empty() || crop == aliName) {
        return fitSquare(image.empty() ? image : cutAsAli(image), size, channels);
    }
    const double share = double(side) / alignedWidth;
    const int cut = std::max(1, static_cast<int>(std::lround(share * std::min(image.width, image.height))));
    return fitSquare(centre(image, cut, cut), size, channels);
}

Image cutSquare(const Image& image, int left, int top, int side) {
    // Differences instead of sums: these cannot overflow.
    if (side < 1 || left < 0 || top < 0 || side > image.width || side > image.height ||
        left > image.width - side || top > image.height - side) {
        throw Error(ErrorKind::Usage,
                    fmt::format("A square of {} pixels at {}, {} does not lie in a picture of "
                                "{} x {}.",
                                side, left, top, image.width, image.height));
    }
    return part(image, left, top, side, side);
}

} // namespace alphascope::engine
