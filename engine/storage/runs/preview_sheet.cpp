#include "engine/storage/runs/preview_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>

#include "engine/imaging/images.h"
#include "engine/imaging/points.h"
#include "engine/storage/runs/png_text.h"
#include "engine/storage/runs/points_text.h"

namespace alphascope::engine {
namespace {

using nlohmann::json;

constexpr const char* keyword = "alphascope";
constexpr int gap = 8;         ///< between cells and around them
constexpr int pairGap = 2;     ///< between an original and its reconstruction
constexpr int zoomedSide = 64; ///< small pictures are enlarged to about this
constexpr std::uint8_t background = 24;
constexpr int maxPictures = 4096;

/// Where everything lies on a sheet. A cell holds one picture, or an original and its reconstruction.
struct Layout {
    int count = 0; ///< cells
    int columns = 1;
    int parts = 1; ///< pictures in a cell
    int width = 0; ///< of a picture, before zooming
    int height = 0;
    int channels = 1;
    int zoom = 1;

    int cellWidth() const { return parts * width * zoom + (parts - 1) * pairGap; }
    int rows() const { return (count + columns - 1) / columns; }
    int sheetWidth() const { return gap + columns * (cellWidth() + gap); }
    int sheetHeight() const { return gap + rows() * (height * zoom + gap); }
    int left(int cell, int part) const {
        return gap + cell % columns * (cellWidth() + gap) + part * (width * zoom + pairGap);
    }
    int top(int cell) const { return gap + cell / columns * (height * zoom + gap); }
};

Layout planLayout(std::span<const Image> pictures, int parts) {
    Layout layout;
    layout.count = static_cast<int>(pictures.size());
    layout.parts = parts;
    layout.width = pictures.front().width;
    layout.height = pictures.front().height;
    layout.channels = pictures.front().channels;
    layout.zoom = std::max(1, zoomedSide / std::max(layout.width, layout.height));
    const double cellAspect = double(layout.cellWidth() + gap) / (layout.height * layout.zoom + gap);
    layout.columns =
        std::clamp(static_cast<int>(std::lround(std::sqrt(layout.count / cellAspect))), 1, layout.count);
    return layout;
}

void checkPictures(const Layout& layout, std::span<const Image> pictures) {
    for (const Image& picture : pictures) {
        if (picture.width != layout.width || picture.height != layout.height ||
            picture.channels != layout.channels || picture.empty()) {
            throw Error(ErrorKind::Internal, "The pictures of a preview differ in size.");
        }
    }
}

/// Calls with (sheet offset, picture offset) for every pixel of the sheet under one picture.
template <typename Visit>
void visitPixels(const Layout& layout, int cell, int part, Visit&& visit) {
    const auto channels = static_cast<std::size_t>(layout.channels);
    for (int y = 0; y < layout.height * layout.zoom; ++y) {
        std::size_t at = (std::size_t(layout.top(cell) + y) * std::size_t(layout.sheetWidth()) +
                          std::size_t(layout.left(cell, part))) *
                         channels;
        for (int x = 0; x < layout.width * layout.zoom; ++x, at += channels) {
            visit(at,
                  (std::size_t(y / layout.zoom) * std::size_t(layout.width) + std::size_t(x / layout.zoom)) *
                      channels);
        }
    }
}

void paint(const Layout& layout, std::span<const Image> pictures, int part, Image& sheet) {
    for (int cell = 0; cell < layout.count; ++cell) {
        const Image& picture = pictures[static_cast<std::size_t>(cell)];
        visitPixels(layout, cell, part, [&](std::size_t to, std::size_t from) {
            std::copy_n(&picture.pixels[from], layout.channels, &sheet.pixels[to]);
        });
    }
}

std::vector<Image> cut(const Layout& layout, const Image& sheet, int part) {
    std::vector<Image> pictures;
    for (int cell = 0; cell < layout.count; ++cell) {
        Image& picture = pictures.emplace_back(layout.width, layout.height, layout.channels);
        visitPixels(layout, cell, part, [&](std::size_t from, std::size_t to) {
            std::copy_n(&sheet.pixels[from], layout.channels, &picture.pixels[to]);
        });
    }
    return pictures;
}

json describe(const Layout& layout, const Preview& preview) {
    json l1 = json::array();
    for (const float value : preview.l1) {
        l1.push_back(value); // NaN becomes null
    }
    return {{"format", 1},
            {"step", preview.step},
            {"ema", preview.ema},
            {"l1", layout.parts == 2 ? l1 : json::array()},
            {"count", layout.count},
            {"columns", layout.columns},
            {"parts", layout.parts},
            {"width", layout.width},
            {"height", layout.height},
            {"channels", layout.channels},
            {"zoom", layout.zoom}};
}

PreviewSheet makeSheet(const Preview& preview, std::span<const std::span<const Image>> parts) {
    if (parts.front().empty() || parts.front().size() > maxPictures) {
        return {};
    }
    const Layout layout = planLayout(parts.front(), static_cast<int>(parts.size()));
    Image sheet(layout.sheetWidth(), layout.sheetHeight(), layout.channels);
    std::fill(sheet.pixels.begin(), sheet.pixels.end(), background);
    for (std::size_t part = 0; part < parts.size(); ++part) {
        checkPictures(layout, parts[part]);
        paint(layout, parts[part], static_cast<int>(part), sheet);
    }
    return {withPngText(encodePng(sheet), keyword, describe(layout, preview).dump()), sheet.width,
            sheet.height, sheet.channels};
}

[[noreturn]] void throwBadPreview(const std::string& name, const char* why) {
    throw Error(ErrorKind::BadInput, fmt::format("'{}' is no preview of a run: {}.", name, why),
                "The next preview replaces it.");
}

int intOf(const json& object, const char* key, int least, int most, const std::string& name) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer() || *found < least || *found > most) {
        throwBadPreview(name, "its description is damaged");
    }
    return found->get<int>();
}

Layout readLayout(const json& object, int parts, const std::string& name) {
    Layout layout;
    layout.count = intOf(object, "count", 1, maxPictures, name);
    layout.columns = intOf(object, "columns", 1, layout.count, name);
    layout.parts = intOf(object, "parts", parts, parts, name);
    layout.width = intOf(object, "width", 1, 4096, name);
    layout.height = intOf(object, "height", 1, 4096, name);
    layout.channels = intOf(object, "channels", 1, 3, name);
    layout.zoom = intOf(object, "zoom", 1, zoomedSide, name);
    return layout;
}

/// Step, EMA flag and errors, which both sheets carry.
void readFacts(const json& object, Preview& preview, const std::string& name) {
    const auto step = object.find("step");
    if (step == object.end() || !step->is_number_integer()) {
        throwBadPreview(name, "its description is damaged");
    }
    preview.step = step->get<std::int64_t>();
    preview.ema = object.value("ema", json(true)) == json(true);
    const json l1 = object.value("l1", json::array());
    if (!l1.is_array() || l1.size() > maxPictures || !preview.l1.empty()) {
        return;
    }
    for (const json& value : l1) {
        preview.l1.push_back(value.is_number() ? value.get<float>()
                                               : std::numeric_limits<float>::quiet_NaN());
    }
}

/// The pictures of each part of the sheet.
std::vector<std::vector<Image>> readSheet(const std::string& png, int parts, Preview& preview,
                                          const std::string& name) {
    const auto text = pngText(png, keyword);
    if (!text) {
        throwBadPreview(name, "it does not say how it is laid out");
    }
    const json object = json::parse(*text, nullptr, false);
    if (!object.is_object()) {
        throwBadPreview(name, "its description is damaged");
    }
    const Layout layout = readLayout(object, parts, name);
    const Image sheet =
        decodeImage(std::span(reinterpret_cast<const std::uint8_t*>(png.data()), png.size()), name);
    if (sheet.width != layout.sheetWidth() || sheet.height != layout.sheetHeight() ||
        sheet.channels != layout.channels) {
        throwBadPreview(name, "its size does not fit its description");
    }
    readFacts(object, preview, name);
    std::vector<std::vector<Image>> pictures;
    pictures.reserve(static_cast<std::size_t>(parts));
    for (int part = 0; part < parts; ++part) {
        pictures.push_back(cut(layout, sheet, part));
    }
    return pictures;
}

} // namespace

PreviewSheets composePreview(const Preview& preview) {
    PreviewSheets sheets;
    if (!preview.reconstructions.empty()) {
        if (preview.reconstructions.size() != preview.originals.size()) {
            throw Error(ErrorKind::Internal, "A preview needs one reconstruction for every original.");
        }
        sheets.reconstructions = makeSheet(
            preview, std::array<std::span<const Image>, 2>{preview.originals, preview.reconstructions});
    }
    sheets.samples = makeSheet(preview, std::array<std::span<const Image>, 1>{preview.samples});
    if (preview.points) {
        const Image plot = drawScatter(*preview.points);
        sheets.points = {withPngText(encodePng(plot), keyword, pointsToText(*preview.points)), plot.width,
                         plot.height, plot.channels};
    }
    return sheets;
}

Preview parsePreview(const std::string& reconstructionsPng, const std::string& samplesPng,
                     const std::string& name, const std::string& pointsPng) {
    Preview preview;
    if (!reconstructionsPng.empty()) {
        auto pictures = readSheet(reconstructionsPng, 2, preview, name);
        preview.originals = std::move(pictures[0]);
        preview.reconstructions = std::move(pictures[1]);
    }
    if (!samplesPng.empty()) {
        preview.samples = std::move(readSheet(samplesPng, 1, preview, name)[0]);
    }
    if (!pointsPng.empty()) {
        const auto text = pngText(pointsPng, keyword);
        preview.points = text ? pointsFromText(*text) : std::nullopt;
        if (!preview.points) {
            throwBadPreview(name, "the numbers of its points are missing or damaged");
        }
    }
    return preview;
}

} // namespace alphascope::engine
