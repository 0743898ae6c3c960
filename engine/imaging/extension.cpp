#include "engine/imaging/extension.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

constexpr std::array readable{".png", ".jpg", ".jpeg", ".jpe", ".webp", ".bmp", ".dib", ".tif", ".tiff"};

} // namespace

std::string lowerExtension(const std::string& path) {
    std::string extension = std::filesystem::path(path).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return extension;
}

bool looksLikeImage(const std::string& path) {
    return std::find(readable.begin(), readable.end(), lowerExtension(path)) != readable.end();
}

} // namespace alphascope::engine
