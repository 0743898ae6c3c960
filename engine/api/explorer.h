#pragma once
// Looking inside a model without waiting: the window's side of exploring. Standard library only.
//
// Threads: every public method may be called from one controlling thread and returns at once; the work runs
// on an explorer thread that the object owns, on its own replica of the networks.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/api/codes.h"
#include "engine/api/directions.h"
#include "engine/api/error.h"
#include "engine/api/image.h"
#include "engine/api/model.h"
#include "engine/api/paths.h"
#include "engine/api/session.h"

namespace alphascope::engine {

/// Requests of one lane supersede each other (latest wins); lanes do not.
enum class ExploreLane {
    Picture,
    Encode,
    Strip,
    Field,
    Sheet,
    Class,
    Operand,
    Measure,
    Geodesic,
    Directions,
    DirectionStrip,
    Fidelity,
    Hover,
    Set
};
inline constexpr int exploreLaneCount = 14;

struct DecodeCodes {
    Codes codes;
};
/// Log-ratio of the code discriminator (or nothing, by capability) for a whole grid of codes: a pad's
/// background.
struct CodeField {
    Codes codes;
};
/// One picture from memory, of any size; cropped to a centred square and resized as the model's data was.
/// By search (ModelInfo without Encode, or by the options) it takes seconds and is shown as it goes on.
struct EncodeImage {
    Image image;
    EncodeOptions options = {};
};
/// One picture file.
struct EncodeFile {
    std::string path;
    EncodeOptions options = {};
};
/// Many pictures by the method's encoder: files, folders of them, or pictures from memory.
struct EncodeSet {
    std::vector<std::string> paths;
    std::vector<Image> images;
};
/// Most pictures that one EncodeSet takes; of more the first are taken.
inline constexpr std::size_t largestEncodeSet = 1000;
/// Conditional methods: a walk from one code towards a class, shown step by step.
struct SampleClass {
    std::int64_t label = 0; ///< index into ModelInfo::classes
    int steps = 100;        ///< of the method's iterative sampling, from 1 on
    std::uint64_t seed = 1; ///< of the walk's noise, and of its first code
    Codes start;            ///< one code to begin from instead; usually empty
};
/// Directions that the generator's own weights give: those along which it changes a picture most, at one code
/// (Local) or in its first layer (Factor).
struct FindDirections {
    DirectionKind kind = DirectionKind::Local; ///< or Factor
    Codes at;                                  ///< Local: one code
    int count = 10;                            ///< at most; strongest first
};
/// How far edits along a direction stay in what the encoder knows: for codes z' along it, the distance from
/// z' to E(G(z')).
struct EditFidelity {
    LatentDirection direction;
    Codes at;       ///< the code that is edited, one
    int steps = 13; ///< codes from one end of the direction's range to the other, from 2 to 101
};
/// How far the pictures of neighbouring codes lie apart: the result's curve.
struct MeasurePath {
    Codes codes;
};
/// The way between two codes on which the pictures change least, improved step by step.
struct FindGeodesic {
    std::vector<float> from;
    std::vector<float> to;
    GeodesicOptions options = {};
};
using ExploreOrder = std::variant<DecodeCodes, CodeField, EncodeImage, EncodeFile, EncodeSet, SampleClass,
                                  MeasurePath, FindGeodesic, FindDirections, EditFidelity>;

struct ExploreRequest {
    ExploreLane lane = ExploreLane::Picture;
    std::uint64_t stamp = 0; ///< strictly increasing per lane; comes back in the result
    ExploreOrder what;
};

/// Searches and walks give many results of one stamp, each newer than the last, until one is `finished`.
/// Between their steps other lanes are answered; new weights wait until they end.
struct ExploreResult {
    ExploreLane lane = ExploreLane::Picture;
    std::uint64_t stamp = 0;
    std::uint64_t epoch = 0; ///< of the model: changes when another model is opened, not when weights follow
    std::int64_t modelStep = 0; ///< training step of the weights used
    double milliseconds = 0.0;  ///< from request to result
    std::vector<Image> images;  ///< decoded pictures, or the reconstruction of an encoded one
    std::vector<float> logits;  ///< code discriminator's, per code; empty without one
    Codes codes;                ///< the codes decoded or found
    // of an encoded picture:
    Image original;   ///< as the model saw it
    Image errorMap;   ///< |original - rebuilt| as grey, 255 = the largest possible error
    float l1 = 0.0F;  ///< mean absolute error over all elements in [-1,1]
    std::string name; ///< file name
    // of a search or a walk:
    bool finished = true;   ///< false: more of this stamp follows
    bool cancelled = false; ///< ended early by cancel(): holds what was found until then, or nothing
    bool searched = false;  ///< the code was found by search, not by an encoder
    double progress = 1.0;  ///< 0 to 1
    /// Per step: the smallest error so far, the probability of the class, or the lowest energy so far. Of a
    /// measured path: |G(z_{i+1}) - G(z_i)|, one fewer than codes.
    std::vector<float> curve;
    /// Of EncodeSet: the pictures as the model saw them, and what could not be read ("path: why").
    std::vector<Image> originals;
    std::vector<std::string> skipped;
    std::vector<LatentDirection> directions; ///< of FindDirections
    /// Of EditFidelity, per step: root mean square over the numbers of E(G(z')) - z'.
    std::vector<float> distances;
    std::optional<Error> error; ///< set when the request failed; everything else is then empty
};

/// A model became current, or could not.
struct ModelOpened {
    std::uint64_t epoch = 0;
    ModelInfo info;
    bool live = false;
};
struct ModelFailed {
    std::string path;
    ErrorKind kind = ErrorKind::BadInput;
    std::string message;
    std::string hint;
};
/// New weights of the followed model are in use (latest wins).
struct WeightsUpdated {
    std::int64_t step = 0;
};
using ExplorerEvent = std::variant<ModelOpened, ModelFailed, WeightsUpdated>;

struct ExplorerOptions {
    int threads = 1; ///< the explorer's own small thread count
};

class Explorer {
public:
    /// `notify`: as TrainingSession's, on the explorer thread.
    explicit Explorer(std::function<void()> notify, ExplorerOptions options = {});
    ~Explorer();
    Explorer(const Explorer&) = delete;
    Explorer& operator=(const Explorer&) = delete;

    void open(const std::string& path);            ///< checkpoint or run folder; ends following
    void follow(std::shared_ptr<LiveModel> model); ///< the model in training, from its next weights on
    void request(ExploreRequest request);
    /// Ends what the lane has been asked for so far. A request that was not finished still gives one last
    /// result, with `cancelled` set.
    void cancel(ExploreLane lane);

    std::vector<ExplorerEvent> takeEvents();
    std::vector<ExploreResult> takeResults(); ///< at most one per lane, newest

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
