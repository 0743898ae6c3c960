#include "engine/imaging/images.h"

#include <algorithm>
#include <cmath>

namespace alphascope::engine {

namespace {

void paste(const Image& cell, Image& sheet, int left, int top) {
    for (int y = 0; y < cell.height; ++y) {
        for (int x = 0; x < cell.width; ++x) {
            const std::size_t from = (std::size_t(y) * cell.width + x) * cell.channels;
            const std::size_t to = (std::size_t(top + y) * sheet.width + left + x) * sheet.channels;
            for (int c = 0; c < sheet.channels; ++c) {
                sheet.pixels[to + c] = cell.pixels[from + std::min(c, cell.channels - 1)];
            }
        }
    }
}

} // namespace

Image makeGrid(const std::vector<Image>& cells, const GridOptions& options) {
    if (cells.empty()) {
        return {};
    }
    int width = 0;
    int height = 0;
    int channels = 1;
    for (const Image& cell : cells) {
        width = std::max(width, cell.width);
        height = std::max(height, cell.height);
        channels = std::max(channels, cell.channels);
    }
    const int count = static_cast<int>(cells.size());
    const int asked = options.columns > 0 ? options.columns : int(std::ceil(std::sqrt(double(count))));
    const int columns = std::min(asked, count);
    const int rows = (count + columns - 1) / columns;
    const int padding = std::max(options.padding, 0);
    Image sheet(columns * (width + padding) + padding, rows * (height + padding) + padding, channels);
    std::fill(sheet.pixels.begin(), sheet.pixels.end(), options.background);
    for (int i = 0; i < count; ++i) {
        const Image& cell = cells[i];
        paste(cell, sheet, padding + i % columns * (width + padding) + (width - cell.width) / 2,
              padding + i / columns * (height + padding) + (height - cell.height) / 2);
    }
    return enlarge(sheet, options.scale);
}

Image enlarge(const Image& image, int factor) {
    if (factor <= 1) {
        return image;
    }
    Image result(image.width * factor, image.height * factor, image.channels);
    auto* out = result.pixels.data();
    for (int y = 0; y < result.height; ++y) {
        const auto* row = image.pixels.data() + std::size_t(y / factor) * image.width * image.channels;
        for (int x = 0; x < image.width; ++x) {
            for (int k = 0; k < factor; ++k) {
                out = std::copy_n(row + std::size_t(x) * image.channels, image.channels, out);
            }
        }
    }
    return result;
}

} // namespace alphascope::engine
