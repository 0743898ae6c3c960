#include "engine/imaging/images.h"

#include <cmath>

#include "engine/api/error.h"
#include "engine/imaging/points.h"

namespace alphascope::engine {

namespace {

std::uint8_t toByte(float value) {
    const float scaled = (value + 1.0F) * 127.5F;
    if (!(scaled > 0.0F)) { // also NaN
        return 0;
    }
    return scaled >= 255.0F ? 255 : static_cast<std::uint8_t>(std::lround(scaled));
}

} // namespace

Image toImage(std::span<const float> pixels, int channels, int size) {
    if (channels == 2 && size == 1 && pixels.size() == 2) {
        return drawPoint(pixels[0], pixels[1]);
    }
    const std::size_t plane = std::size_t(size) * size;
    if ((channels != 1 && channels != 3) || size <= 0 || pixels.size() != plane * channels) {
        throw Error(ErrorKind::Internal, "A picture of floats does not have the size that was stated.");
    }
    Image image(size, size, channels);
    for (int c = 0; c < channels; ++c) {
        for (std::size_t i = 0; i < plane; ++i) {
            image.pixels[i * channels + c] = toByte(pixels[c * plane + i]);
        }
    }
    return image;
}

void toFloats(const Image& image, std::span<float> out) {
    const std::size_t plane = std::size_t(image.width) * image.height;
    if (out.size() != image.pixels.size()) {
        throw Error(ErrorKind::Internal, "A picture does not fit the floats it is to be written to.");
    }
    for (int c = 0; c < image.channels; ++c) {
        for (std::size_t i = 0; i < plane; ++i) {
            out[c * plane + i] = image.pixels[i * image.channels + c] / 127.5F - 1.0F;
        }
    }
}

bool isGrey(const Image& image) {
    if (image.channels == 1) {
        return true;
    }
    for (std::size_t i = 0; i + 2 < image.pixels.size(); i += 3) {
        if (image.pixels[i] != image.pixels[i + 1] || image.pixels[i] != image.pixels[i + 2]) {
            return false;
        }
    }
    return true;
}

} // namespace alphascope::engine
