#pragma once
// A view: what of a model is shown, as a text that anybody can show again. A picture, a strip, a grid or a
// film, with the checkpoint that it is of, its codes as they are, and how they are laid out. Standard library
// only.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/directions.h"
#include "engine/api/model.h"
#include "engine/api/paths.h"

namespace alphascope::engine {

enum class ViewKind {
    Picture, ///< one code
    Strip,   ///< `frames` pictures evenly spread over the way through the keyframes, `columns` a row
    Grid,    ///< `columns` x `columns` pictures between the first four keyframes
    Film,    ///< `frames` pictures over that way, `framesPerSecond` of them a second
};
const char* toText(ViewKind kind); ///< "picture", ...

/// Which checkpoint. The path is a hint; the checksum decides.
struct ViewModel {
    std::string path;     ///< absolute, or relative to the folder of the view's file; "" = unknown
    std::string checksum; ///< of the checkpoint's data; "" = a model in training, which no file holds
    std::string method;
    std::int64_t step = 0;
    std::size_t latentSize = 0;
    bool operator==(const ViewModel&) const = default;
};
/// As a view names a model that is open.
ViewModel viewModel(const ModelInfo& info);

/// A code with its name: by its numbers, or by where the prior draws it.
struct ViewCode {
    std::vector<float> code; ///< empty = row `row` of priorCodes(seed, ...)
    std::uint64_t seed = 0;
    std::size_t row = 0;
    std::string label;
    bool operator==(const ViewCode&) const = default;
};

/// The code itself: as given, or drawn.
std::vector<float> viewCode(const ViewCode& code, std::size_t latentSize);

struct ViewDocument {
    ViewModel model;
    ViewKind show = ViewKind::Picture;
    std::optional<ViewCode> at; ///< of a picture; of others where the explorer stood
    double truncation = 1.0;    ///< multiplies `at` before it is decoded; keyframes are as decoded
    std::vector<ViewCode> keyframes;
    PathKind path = PathKind::Slerp;
    std::vector<Codes> ways; ///< of a geodesic path what was found, per way; a way without any is Slerp
    bool loop = false;
    bool evenSpeed = false;
    double pull = 0.0; ///< of the codes between keyframes, as Model::pulledToData(); `at` is as decoded
    std::size_t frames = 9;
    double framesPerSecond = 24.0;
    bool repeat = true; ///< of a GIF: whether it begins again
    int scale = 1;      ///< whole-pixel zoom
    int side = 0;       ///< of a film: pixels of the longer side instead of `scale`; 0 = by scale
    int columns = 0;    ///< of a strip, 0 = all in one row; of a grid, from 2 on
    std::vector<LatentDirection> directions; ///< that led here: notes, which change no picture
    bool operator==(const ViewDocument&) const = default;
};

/// Pure ASCII. Every number comes back exactly.
std::string viewToJson(const ViewDocument& view);
/// Throws Error(BadInput), one sentence that names `source`, for whatever is no view that can be shown: no
/// JSON, an entry that is missing, of another type, out of range, or codes that differ in size.
ViewDocument viewFromJson(const std::string& text, const std::string& source);
/// Of a .json file, or of a .png picture that carries its view. Throws Error(BadInput | InputOutput).
ViewDocument readView(const std::string& path);
/// Whether a text is meant to be a view: so that pasting something else is no mistake to be told.
bool looksLikeView(const std::string& text);

/// Where the view's checkpoint should lie: its hint, seen from the file that the view stands in ("" = the
/// working folder). Throws Error(BadInput) without a hint.
std::string viewCheckpoint(const ViewDocument& view, const std::string& viewFile = {});
/// The model that a view is drawn with: on the CPU and by one thread, so that every program gives the same
/// bytes. Throws Error, BadInput when `checkpoint` is not the one that the view names; `any` takes another
/// one whose codes are as large, and the view then names that.
Model openViewModel(ViewDocument& view, const std::string& checkpoint, bool any = false);

/// The way through the view's keyframes.
KeyframePath viewPath(const ViewDocument& view);
/// When each of `count` pictures of a path is shown: evenly in time or, for an even speed, evenly in the
/// pictures' own length, which is measured. `pull`: as of the view.
std::vector<double> playTimes(Model& model, const KeyframePath& path, std::size_t count, bool evenSpeed,
                              double pull = 0.0);

/// Called after each part with how much is done. False gives up: Error(Interrupted), and no file is left.
using ViewListener = std::function<bool(std::size_t done, std::size_t total)>;
/// Draws the view into a file: a film into .mp4, .avi or .gif, with the view itself beside it
/// (viewBeside()); anything else into a picture file, where a .png carries the view inside. With a model of
/// openViewModel() the same view gives the same bytes. Throws Error, Usage before any work when the file
/// cannot be of that kind.
void renderView(Model& model, const ViewDocument& view, const std::string& output,
                const ViewListener& listener = {});
/// The same for all pictures of the view, decoded already, in its order: of a model in training, which no
/// checkpoint holds. One of a film counts as done when it is written.
void writeView(const ViewDocument& view, const std::vector<Image>& pictures, const std::string& output,
               const ViewListener& listener = {});
/// "walk.gif" -> "walk.view.json"
std::string viewBeside(const std::string& film);

} // namespace alphascope::engine
