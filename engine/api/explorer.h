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
    Set,
    Variation,
    HeldOut
};
inline constexpr int exploreLaneCount = 16;

struct DecodeCodes {
    Codes codes;
    double pull = 0.0;    ///< share of the way to E(G(z)), as Model::pulledToData()
    std::size_t asIs = 0; ///< so many codes at the front are not pulled
};
/// Log-ratio of the code discriminator (or nothing, by capability) for a whole grid of codes: a pad's
/// background.
struct CodeField {
    Codes codes;
};
/// A square part of a picture, in its own pixels.
struct CropSquare {
    int left = 0;
    int top = 0;
    int side = 0;
    bool operator==(const CropSquare&) const = default;
};
/// One picture from memory, of any size; cut to `crop` (nothing: the largest centred square; a model whose
/// data was cut in a way of its own keeps that) and resized as the model's data was. Error(Usage) for a
/// square that does not lie in the picture. By search (ModelInfo without Encode, or by the options) it takes
/// seconds and is shown as it goes on.
struct EncodeImage {
    Image image;
    EncodeOptions options = {};
    std::optional<CropSquare> crop = {};
};
/// One picture file.
struct EncodeFile {
    std::string path;
    EncodeOptions options = {};
    std::optional<CropSquare> crop = {};
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
    double pull = 0.0; ///< as of DecodeCodes
};
/// The way between two codes on which the pictures change least, improved step by step.
struct FindGeodesic {
    std::vector<float> from;
    std::vector<float> to;
    GeodesicOptions options = {};
};
/// How far the decodings of one picture's codes lie apart: codes drawn from a stochastic encoder, or, where
/// the encoder gives only one, the code given with normal noise on each of its numbers.
struct VaryPicture {
    Image picture;        ///< as the model saw it: ExploreResult::original
    Codes code;           ///< one: what it was found to be
    int samples = 32;     ///< from 2 to 1024
    double radius = 0.25; ///< standard deviation of the noise
    std::uint64_t seed = 1;
};
/// The errors with which held-out pictures of the model's own data are rebuilt: by the encoder at once, by
/// search in seconds for each dozen of them, shown as it goes on.
struct MeasureHeldOut {
    std::size_t count = 512; ///< at most
    EncodeOptions options = {};
};
using ExploreOrder =
    std::variant<DecodeCodes, CodeField, EncodeImage, EncodeFile, EncodeSet, SampleClass, MeasurePath,
                 FindGeodesic, FindDirections, EditFidelity, VaryPicture, MeasureHeldOut>;

struct ExploreRequest {
    ExploreLane lane = ExploreLane::Picture;
    std::uint64_t stamp = 0; ///< strictly increasing per lane; comes back in the result
    ExploreOrder what;
};

/// What an encoded picture was cut from.
struct PictureSource {
    Image picture; ///< the whole one, reduced to at most 256 pixels a side
    int width = 0; ///< before it was reduced
    int height = 0;
    std::optional<CropSquare> crop; ///< the part taken; nothing where the model's data was cut by a preset
};
/// What a search started from and came to: L1 errors, each the smallest of its starts.
struct SearchErrors {
    float randomStart = 0.0F;     ///< of the random codes before they moved
    float randomFound = 0.0F;     ///< from the random codes alone
    std::optional<float> encoder; ///< of the encoder's code; nothing for a search without it
    std::optional<float> refined; ///< from the encoder's code alone
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
    Image original;    ///< as the model saw it
    Image errorMap;    ///< rebuilt - original: orange = too bright, blue = too dark, full at half the range
    float l1 = 0.0F;   ///< mean absolute error over all elements in [-1,1]
    double psnr = 0.0; ///< of the 8-bit pictures, in decibels; infinite for equal ones
    double ssimError = 0.0; ///< 1 - SSIM of the 8-bit pictures, 0 to 2
    PictureSource source;
    std::string name; ///< file name
    // of a search or a walk:
    bool finished = true;   ///< false: more of this stamp follows
    bool cancelled = false; ///< ended early by cancel(): holds what was found until then, or nothing
    bool searched = false;  ///< the code was found by search, not by an encoder
    std::optional<SearchErrors> searchErrors; ///< of a search
    double progress = 1.0;                    ///< 0 to 1
    /// Per step: the smallest error so far, the probability of the class, or the lowest energy so far. Of a
    /// measured path: |G(z_{i+1}) - G(z_i)|, one fewer than codes.
    std::vector<float> curve;
    /// Of EncodeSet: the pictures as the model saw them, and what could not be read ("path: why").
    std::vector<Image> originals;
    std::vector<std::string> skipped;
    std::vector<LatentDirection> directions; ///< of FindDirections
    /// Of EditFidelity, per step: root mean square over the numbers of E(G(z')) - z'.
    std::vector<float> distances;
    // of VaryPicture:
    Image
        deviationMap; ///< per pixel, from black (none) over red and yellow to white (half the range and more)
    float deviation = 0.0F; ///< standard deviation over the decodings, mean over all elements in [-1,1]
    CodeSpread spread = CodeSpread::Perturbed;
    Codes drawn;                  ///< the many codes themselves
    std::vector<float> heldOutL1; ///< of MeasureHeldOut, in rising order
    std::optional<Error> error;   ///< set when the request failed; everything else is then empty
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
