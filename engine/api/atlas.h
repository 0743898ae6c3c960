#pragma once
// The codes of a whole data set under one model, and what is found in them: components, maps, a fresh code
// critic. The window's side. Standard library only.
//
// Threads: every public method may be called from one controlling thread and returns at once; the work runs
// on a thread that the object owns, on its own copy of the networks, so that neither exploring nor training
// waits for it.

#include <algorithm>
#include <cstddef>
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
#include "engine/api/session.h"

namespace alphascope::engine {

/// Where the codes of a set come from.
enum class AtlasCodes {
    Encoder, ///< the encoder's, of pictures
    Search,  ///< found for pictures by search: many seconds for a hundred of them
    Prior,   ///< drawn from the prior, beside the pictures that they decode to; any model that generates
};

/// Which pictures are encoded, with which weights.
struct AtlasSource {
    std::string checkpoint;          ///< file or run folder; "" = `live`'s newest weights
    std::shared_ptr<LiveModel> live; ///< the model in training
    std::string data;                ///< built-in name or path; "" = what the model was trained on
    std::string split = "train";     ///< or "test"
    std::size_t count = 0; ///< the first so many; 0 = all, of an endless set 10,000; of a search 500
    AtlasCodes codes = AtlasCodes::Encoder;
    std::uint64_t seed = 1; ///< of codes from the prior
};

/// Immutable once shared. Row i of everything belongs to one picture.
struct CodeSet {
    ModelInfo model;
    AtlasCodes source = AtlasCodes::Encoder;
    std::string data; ///< as opened; "" for codes from the prior
    std::string split;
    Codes codes;                         ///< of an encoder its means
    std::vector<std::uint64_t> numbers;  ///< which picture of the split, or which of the codes drawn
    std::vector<int> labels;             ///< -1 where there is none
    std::vector<std::string> labelNames; ///< what label 0, 1, ... is called; may be empty
    std::size_t unreadable = 0;          ///< pictures that were left out
    int side = 0;                        ///< of the kept pictures: the model's, or half of it for large sets
    int channels = 1;
    std::vector<std::uint8_t> pixels; ///< all pictures, one after the other

    std::size_t count() const { return codes.count; }
    Image picture(std::size_t row) const {
        Image image(side, side, channels);
        std::copy_n(pixels.begin() + static_cast<std::ptrdiff_t>(row * image.pixels.size()),
                    image.pixels.size(), image.pixels.begin());
        return image;
    }
    /// "" where there is none.
    std::string labelName(std::size_t row) const {
        const int label = labels[row];
        if (label < 0) {
            return {};
        }
        return std::size_t(label) < labelNames.size() ? labelNames[std::size_t(label)]
                                                      : std::to_string(label);
    }
};

enum class MapKind { Components, TSne, Umap };

struct MapOrder {
    MapKind kind = MapKind::Components;
    std::size_t most = 0;     ///< so many rows, evenly spread, 0 = all
    double perplexity = 30.0; ///< t-SNE
    int neighbours = 15;      ///< UMAP
    double minDistance = 0.1; ///< UMAP
    int iterations = 0;       ///< 0 = the method's own
    std::uint64_t seed = 1;
};

/// A map, whole or on the way.
struct CodeMap {
    MapKind kind = MapKind::Components;
    std::shared_ptr<const std::vector<std::uint32_t>> rows; ///< of the CodeSet
    std::vector<float> positions;                           ///< [rows, 2]
    int iteration = 0;
    int iterations = 0;
    bool finished = false;
    /// Of a finished map, how far its neighbours are neighbours (Venna, Kaski 2001; k = 5); 0 = not measured.
    double trustworthiness = 0.0;
    std::size_t judgedRows = 0; ///< that it was measured on
    /// A map of components lies in a plane of the code space: origin + x * across + y * up. Else empty.
    std::vector<float> origin, across, up;
};

/// A fresh critic of codes, trained on this set against the prior: log q(z)/p(z).
struct CodeCriticReport {
    double accuracy = 0.0; ///< on held-out codes and fresh prior codes; 0.5 = cannot tell
    double calibration =
        0.0; ///< expected calibration error on them, ten bins; 0 = its probabilities are right
    std::size_t heldOut = 0; ///< codes of each kind that both were measured on
    double holes = 0.0;      ///< share of prior codes where q is below a tenth of p
    double leaks = 0.0;      ///< share of the data's codes where q is above ten times p
    std::vector<float>
        reliability; ///< per bin of stated probability, the share that was right; NaN = empty bin

    /// Whether a place may be judged by it: enough codes to tell, and its probabilities are what happens.
    bool reliable() const { return heldOut >= 100 && calibration <= 0.05; }
};

enum class AtlasTask { Load, Map, Errors, Critic };
inline constexpr int atlasTaskCount = 4;

struct AtlasProgress {
    AtlasTask task = AtlasTask::Load;
    double fraction = 0.0;
    double secondsLeft = -1.0; ///< negative: not known yet
};
/// Components come with the codes; a map of them follows at once.
struct CodesLoaded {
    std::shared_ptr<const CodeSet> codes;
    std::vector<LatentDirection> components; ///< strongest first
    double seconds = 0.0;                    ///< from the order to here
};
struct MapMoved {
    std::shared_ptr<const CodeMap> map;
};
/// Reconstruction error of every picture: mean absolute error of the range of 2.
struct ErrorsMeasured {
    std::shared_ptr<const std::vector<float>> l1;
};
struct CriticTrained {
    CodeCriticReport report;
};
/// The critic's log q/p for a grid that was asked for.
struct CriticField {
    std::uint64_t stamp = 0;
    std::vector<float> logRatios;
};
struct AtlasEnded { ///< cancelled, or failed
    AtlasTask task = AtlasTask::Load;
    std::optional<Error> error;
};
using AtlasEvent = std::variant<AtlasProgress, CodesLoaded, MapMoved, ErrorsMeasured, CriticTrained,
                                CriticField, AtlasEnded>;

struct AtlasOptions {
    int threads = 0; ///< 0 = all cores
};

class Atlas {
public:
    /// `notify`: as TrainingSession's, on the atlas's thread.
    explicit Atlas(std::function<void()> notify, AtlasOptions options = {});
    ~Atlas();
    Atlas(const Atlas&) = delete;
    Atlas& operator=(const Atlas&) = delete;

    /// Encodes a set, then maps its components; what was loaded before stays until then.
    void load(AtlasSource source);
    void map(MapOrder order);
    void measureErrors();
    void trainCritic(std::uint64_t seed);
    /// Needs a trained critic; answered at once, also beside other work.
    void askField(std::uint64_t stamp, Codes codes);
    void cancel(AtlasTask task);

    /// In order; of maps and progress on the way only the newest.
    std::vector<AtlasEvent> takeEvents();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
