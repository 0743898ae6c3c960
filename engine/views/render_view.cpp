#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/api/view.h"
#include "engine/imaging/extension.h"
#include "engine/imaging/images.h"
#include "engine/imaging/points.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/runs/png_text.h"
#include "engine/views/view_checks.h"
#include "engine/views/view_text.h"

namespace alphascope::engine {

namespace {

/// Decoded together: the same code in another batch may round otherwise, so this belongs to the picture.
constexpr std::size_t batch = 64;
constexpr int widestSheet = 16'384; // pixels
constexpr std::size_t measuredPerWay = 32;

[[noreturn]] void giveUp(const std::string& output) {
    throw Error(ErrorKind::Interrupted, fmt::format("'{}' was cancelled and not written.", output));
}

Codes codesOf(Model& model, const ViewDocument& view) {
    if (view.show == ViewKind::Picture) {
        Codes one(1, view.model.latentSize);
        one.values = viewCode(*view.at, one.size);
        for (float& value : one.values) {
            value = static_cast<float>(value * view.truncation);
        }
        return one;
    }
    if (view.show == ViewKind::Grid) {
        Codes corners = viewPath(view).keyframes();
        corners.count = gridCorners;
        corners.values.resize(corners.count * corners.size);
        return cornerGrid(corners, static_cast<std::size_t>(view.columns),
                          view.path == PathKind::Lerp ? PathKind::Lerp : PathKind::Slerp);
    }
    const KeyframePath path = viewPath(view);
    return path.sample(playTimes(model, path, view.frames, view.evenSpeed, view.pull));
}

std::vector<Image> decodeAll(Model& model, const Codes& codes, double pull, std::size_t total,
                             const std::string& output, const ViewListener& listener) {
    std::vector<Image> pictures;
    pictures.reserve(codes.count);
    while (pictures.size() < codes.count) {
        const std::size_t from = pictures.size();
        Codes part(std::min(batch, codes.count - from), codes.size);
        std::copy_n(codes.row(from).begin(), part.values.size(), part.values.begin());
        std::vector<Image> decoded = model.decode(model.pulledToData(part, pull));
        std::move(decoded.begin(), decoded.end(), std::back_inserter(pictures));
        if (listener && !listener(pictures.size(), total)) {
            giveUp(output);
        }
    }
    return pictures;
}

int columnsOf(const ViewDocument& view) {
    return view.show == ViewKind::Strip && view.columns == 0 ? static_cast<int>(view.frames) : view.columns;
}

/// A picture stands alone; several stand in a sheet.
Image sheetOf(const ViewDocument& view, const std::vector<Image>& pictures) {
    if (view.show == ViewKind::Picture) {
        return enlarge(pictures.front(), view.scale);
    }
    return makeGrid(pictures, {.columns = columnsOf(view), .scale = view.scale});
}

std::size_t picturesOf(const ViewDocument& view) {
    return view.show == ViewKind::Picture ? 1
           : view.show == ViewKind::Grid  ? static_cast<std::size_t>(view.columns) * view.columns
                                          : view.frames;
}

void checkSheet(const ViewDocument& view, int pictureSide) {
    const int pictures = static_cast<int>(picturesOf(view));
    const int across = view.show == ViewKind::Picture ? 1 : std::min(columnsOf(view), pictures);
    const int down = (pictures + across - 1) / across;
    if (std::int64_t{std::max(across, down)} * (pictureSide + GridOptions().padding) * view.scale >
        widestSheet) {
        throw Error(
            ErrorKind::Usage,
            fmt::format("A {} of this view would be wider than {} pixels.", toText(view.show), widestSheet),
            "Lower its scale, or show fewer pictures a row.");
    }
}

VideoOptions filmOf(const ViewDocument& view) {
    return {.scale = view.scale, .side = view.side, .loop = view.repeat, .progress = {}};
}

/// Before any work.
void checkView(const ViewDocument& view, const std::string& output, int pictureSide) {
    if (const std::string problem = viewProblem(view); !problem.empty()) {
        throw Error(ErrorKind::BadInput, fmt::format("The view cannot be drawn: {}.", problem));
    }
    if (view.show == ViewKind::Film) {
        checkVideo(output, pictureSide, pictureSide, view.framesPerSecond, filmOf(view));
    } else {
        checkImageName(output);
        checkSheet(view, pictureSide);
    }
}

void writeSheet(const ViewDocument& view, const Image& sheet, const std::string& output) {
    if (lowerExtension(output) == ".png") {
        writeFileAtomically(output, withPngText(encodePng(sheet), viewKeyword, viewToJson(view)));
    } else {
        writeImage(output, sheet);
    }
}

/// `done`: what the listener is told before the first frame of a film.
void write(const ViewDocument& view, const std::vector<Image>& pictures, const std::string& output,
           std::size_t done, const ViewListener& listener) {
    if (view.show != ViewKind::Film) {
        writeSheet(view, sheetOf(view, pictures), output);
        return;
    }
    VideoOptions film = filmOf(view);
    film.progress = [&](std::size_t written, std::size_t) {
        return !listener || listener(done + written, done + pictures.size());
    };
    writeVideo(output, pictures, view.framesPerSecond, film);
    writeFileAtomically(viewBeside(output), viewToJson(view));
}

} // namespace

Model openViewModel(ViewDocument& view, const std::string& checkpoint, bool any) {
    if (!any && view.model.checksum.empty()) {
        throw Error(ErrorKind::BadInput, "The view is of a model in training, which no checkpoint holds.",
                    "Save a checkpoint, and take the view from that.");
    }
    ModelOptions options;
    options.threads = 1;
    options.device = "cpu";
    Model model = Model::open(checkpoint, options);
    const ModelInfo& info = model.info();
    if (!any && info.checksum != view.model.checksum) {
        throw Error(
            ErrorKind::BadInput,
            fmt::format("'{}' is not the checkpoint of the view: that has the checksum {} (step {}), this "
                        "{} (step {}).",
                        info.path, view.model.checksum, view.model.step, info.checksum, info.step),
            "Name the right one.");
    }
    if (info.latentSize != view.model.latentSize) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("The view's codes have {} numbers, and those of '{}' have {}.",
                                view.model.latentSize, info.path, info.latentSize),
                    "Name the checkpoint that the view is of.");
    }
    if (info.checksum != view.model.checksum) {
        view.model = viewModel(info);
    }
    return model;
}

std::vector<double> playTimes(Model& model, const KeyframePath& path, std::size_t count, bool evenSpeed,
                              double pull) {
    if (!evenSpeed) {
        return PathSpeed().evenTimes(count);
    }
    const Codes measured = model.pulledToData(path.sample(path.ways() * measuredPerWay + 1), pull);
    return PathSpeed(model.pictureSteps(measured)).evenTimes(count);
}

void renderView(Model& model, const ViewDocument& view, const std::string& output,
                const ViewListener& listener) {
    checkView(view, output, model.info().isPoints() ? pointPictureSide : model.info().size);
    const Codes codes = codesOf(model, view);
    const std::size_t total = view.show == ViewKind::Film ? 2 * codes.count : codes.count;
    const double pull = view.show == ViewKind::Picture ? 0.0 : view.pull;
    write(view, decodeAll(model, codes, pull, total, output, listener), output, codes.count, listener);
}

void writeView(const ViewDocument& view, const std::vector<Image>& pictures, const std::string& output,
               const ViewListener& listener) {
    checkView(view, output, pictures.empty() ? 1 : pictures.front().width);
    if (pictures.size() != picturesOf(view)) {
        throw Error(ErrorKind::Usage, fmt::format("A {} of {} pictures cannot be made of {}.",
                                                  toText(view.show), picturesOf(view), pictures.size()));
    }
    write(view, pictures, output, 0, listener);
}

} // namespace alphascope::engine
