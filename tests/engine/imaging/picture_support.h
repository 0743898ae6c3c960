#pragma once
// Picture files made byte by byte.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <QTemporaryDir>

#include "engine/api/image.h"
#include "tests/engine/imaging/errors.h"

namespace alphascope::tests {

/// A folder of its own per test, removed behind it.
class TestFolder {
public:
    std::string path(std::string_view name = {}) const;
    std::string write(std::string_view name, std::string_view bytes) const; ///< gives the path
    std::string makeFolder(std::string_view name) const;

private:
    QTemporaryDir folder_;
};

std::string bytesOf(const std::string& path);

std::span<const std::uint8_t> asBytes(std::string_view text);

/// A PNG from rows without filter bytes. Color types: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA.
struct PngParts {
    std::uint32_t width = 1;
    std::uint32_t height = 1;
    int bits = 8;
    int colorType = 0;
    std::vector<std::string> rows = {};
    std::string palette = {};      ///< PLTE
    std::string transparency = {}; ///< tRNS
};
std::string makePng(const PngParts& parts);

std::string withExifOrientation(const std::string& jpeg, int orientation);

/// A picture with different corners, smooth enough for JPEG.
engine::Image gradient(int width, int height, int channels);

engine::Image filled(int width, int height, std::vector<std::uint8_t> color);

} // namespace alphascope::tests
