// What needs OpenCV or cairo, in a program that was built without it: each says so. Pictures that have the
// right size already pass.

#include "engine/api/camera.h"
#include "engine/api/error.h"
#include "engine/imaging/images.h"
#include "engine/imaging/labelled_sheet.h"
#include "engine/imaging/vector_drawing.h"
#include "engine/imaging/version.h"

namespace alphascope::engine {

namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorKind::Usage, "This program was built without OpenCV and cannot " + what + ".",
                "Build it with ALPHASCOPE_IMAGING=ON.");
}

} // namespace

bool hasPictureFiles() {
    return false;
}

Image fitSquare(const Image& image, int size, int channels) {
    if (image.width == size && image.height == size && image.channels == channels) {
        return image;
    }
    refuse("resize pictures; choose data and a size that fit each other");
}

Image resizeImage(const Image& image, int width, int height) {
    if (image.width == width && image.height == height) {
        return image;
    }
    refuse("resize pictures; choose data and a size that fit each other");
}

std::string encodePng(const Image&) {
    refuse("write pictures");
}

void checkImageName(const std::string& path) {
    refuse("write '" + path + "'");
}

void writeImage(const std::string& path, const Image&) {
    refuse("write '" + path + "'");
}

Image readImage(const std::string& path) {
    refuse("read '" + path + "'");
}

Image decodeImage(std::span<const std::uint8_t>, const std::string& name) {
    refuse("read '" + name + "'");
}

void writeVideo(const std::string& path, const std::vector<Image>&, double, const VideoOptions&) {
    refuse("write '" + path + "'");
}

Image drawSheet(const LabelledSheet&) {
    refuse("draw sheets");
}

std::string sheetAsPdf(const LabelledSheet&) {
    refuse("draw sheets");
}

double drawnWidth(const std::string&, double, bool) {
    return 0.0;
}

Image drawVector(const VectorDrawing&) {
    refuse("draw figures");
}

std::string vectorAsPdf(const VectorDrawing&) {
    refuse("draw figures");
}

void checkVideo(const std::string& path, int, int, double, const VideoOptions&) {
    refuse("write '" + path + "'");
}

std::unique_ptr<FrameSource> openCamera(int) {
    refuse("use a camera");
}

std::unique_ptr<FrameSource> openFilm(const std::string& path) {
    refuse("show '" + path + "'");
}

std::string openCvVersion() {
    return "none: this program was built without it";
}

} // namespace alphascope::engine
