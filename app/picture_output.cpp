#include "app/picture_output.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "app/options.h"
#include "engine/api/error.h"

namespace alphascope::app {

namespace {

namespace fs = std::filesystem;
using engine::Error;
using engine::ErrorKind;
using engine::Image;

constexpr int widestSheet = 16384;
constexpr int filmSide = 256;

bool endsLike(const std::string& path, const std::vector<std::string>& endings) {
    std::string ending = fs::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

bool matches(const std::string& path, OutputKind kind) {
    std::error_code ignored;
    const bool folder = (!path.empty() && path.back() == '/') || fs::is_directory(path, ignored);
    switch (kind) {
    case OutputKind::Folder:
        return folder;
    case OutputKind::Sheet:
        return !folder && endsLike(path, {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"});
    case OutputKind::Array:
        return !folder && endsLike(path, {".npy"});
    case OutputKind::Table:
        return !folder && endsLike(path, {".csv"});
    case OutputKind::Json:
        return !folder && endsLike(path, {".json"});
    case OutputKind::Video:
        return !folder && endsLike(path, {".mp4", ".avi", ".gif"});
    }
    return false;
}

/// The options with a scale for frames of `side` pixels where they name no size.
engine::VideoOptions watchable(engine::VideoOptions options, int side) {
    if (options.side == 0 && options.scale == 0) {
        // An even factor: the usual codecs take even sides only.
        options.scale = std::max(2, (filmSide / side + 1) / 2 * 2);
    }
    return options;
}

void makeFolder(const std::string& path) {
    std::error_code fault;
    fs::create_directories(path, fault);
    if (fault) {
        throw Error(ErrorKind::InputOutput,
                    fmt::format("The folder '{}' cannot be made: {}.", path, fault.message()));
    }
}

void requireFolderOf(const std::string& path, const std::string& option) {
    const fs::path parent = fs::path(path).parent_path();
    std::error_code ignored;
    if (!parent.empty() && !fs::is_directory(parent, ignored)) {
        throw Error(ErrorKind::InputOutput,
                    fmt::format("'{}' cannot be written: there is no folder '{}'.", path, parent.string()),
                    fmt::format("Make it first or choose another {}.", option));
    }
}

void writeSheet(const std::string& path, const std::vector<Image>& cells, int columns) {
    const engine::GridOptions options{.columns = columns};
    const auto count = static_cast<double>(cells.size());
    const double across = columns > 0 ? columns : std::ceil(std::sqrt(count));
    const double down = std::ceil(count / across);
    const double side = std::max(across * (cells.front().width + options.padding),
                                 down * (cells.front().height + options.padding));
    if (side + options.padding > widestSheet) {
        throw Error(
            ErrorKind::Usage,
            fmt::format("A sheet of {} pictures would be wider than {} pixels.", cells.size(), widestSheet),
            "Lower --count or write a .npy file.");
    }
    engine::writeImage(path, engine::makeGrid(cells, options));
}

} // namespace

OutputKind outputKind(const std::string& path, const std::vector<OutputRule>& allowed,
                      const std::string& option) {
    std::vector<std::string> examples;
    for (const OutputRule& rule : allowed) {
        if (matches(path, rule.kind)) {
            if (rule.kind != OutputKind::Folder) {
                requireFolderOf(path, option);
            }
            return rule.kind;
        }
        examples.push_back(rule.example);
    }
    throw Error(ErrorKind::Usage, fmt::format("{} cannot be '{}'.", option, path),
                fmt::format("Give {}.", listNames(examples)));
}

void writePictures(const std::string& path, OutputKind kind, const std::vector<Image>& pictures,
                   const std::vector<Image>& sheetCells, int columns) {
    switch (kind) {
    case OutputKind::Folder:
        makeFolder(path);
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            engine::writeImage((fs::path(path) / fmt::format("{:06}.png", i)).string(), pictures[i]);
        }
        return;
    case OutputKind::Array:
        engine::writeNpy(path, pictures);
        return;
    default:
        writeSheet(path, sheetCells, columns);
    }
}

void checkFilm(const std::string& path, int side, double framesPerSecond,
               const engine::VideoOptions& options) {
    engine::checkVideo(path, side, side, framesPerSecond, watchable(options, side));
}

void writeFilm(const std::string& path, const std::vector<Image>& frames, double framesPerSecond,
               const engine::VideoOptions& options) {
    const int side = std::max(frames.front().width, frames.front().height);
    engine::writeVideo(path, frames, framesPerSecond, watchable(options, side));
}

Image sideBySide(const Image& left, const Image& right) {
    Image both(left.width + right.width, left.height, left.channels);
    const std::size_t leftRow = static_cast<std::size_t>(left.width) * left.channels;
    const std::size_t rightRow = static_cast<std::size_t>(right.width) * right.channels;
    auto out = both.pixels.begin();
    for (int y = 0; y < left.height; ++y) {
        out = std::copy_n(left.pixels.begin() + static_cast<std::ptrdiff_t>(y * leftRow), leftRow, out);
        out = std::copy_n(right.pixels.begin() + static_cast<std::ptrdiff_t>(y * rightRow), rightRow, out);
    }
    return both;
}

} // namespace alphascope::app
