#pragma once
// A trained model, used synchronously: the command line, tests and scripts. Standard library only.
// Threads: one at a time. For a window that must not wait, use Explorer.

#include <memory>
#include <string>
#include <vector>

#include "engine/api/codes.h"
#include "engine/api/directions.h"
#include "engine/api/encoding.h"
#include "engine/api/image.h"
#include "engine/api/paths.h"

namespace alphascope::engine {

struct ModelInfo {
    std::string path; ///< of the checkpoint file; "" for the live model
    std::string checksum;
    std::string method;
    std::string methodTitle;
    std::int64_t step = 0;
    int channels = 1;
    int size = 28;
    std::size_t latentSize = 0;
    std::string data;
    std::string transform;
    std::string crop; ///< how its pictures were cut: "" or one of cropNames() (data_sets.h)
    std::string dataFingerprint;
    std::uint64_t seed = 0;
    unsigned capabilities = 0; ///< union of models::Capability
    std::vector<std::pair<std::string, std::string>> parameters;
    std::int64_t parameterCount = 0; ///< trainable numbers in all networks
    bool ema = true;
    /// Of a conditional method, what its class numbers mean: the data's labels where they were recorded, else
    /// "0", "1", ... Empty for other methods.
    std::vector<std::string> classes;

    bool isPoints() const { return channels == 2 && size == 1; } ///< points in the plane, no pictures
};

struct ModelOptions {
    bool rawWeights = false; ///< the weights as trained instead of their moving average
    int threads = 0;         ///< 0 = all cores
    std::string device = "auto";
    EncodeOptions encoding;
};

/// Pictures made ready for a model: size, channels and transform recorded in its checkpoint.
struct PreparedImages {
    std::vector<Image> images;
    std::vector<std::string> names;   ///< file names, or "test #12"
    std::vector<int> labels;          ///< -1 when unknown
    std::vector<std::string> skipped; ///< "path: why", for files of a folder that are no pictures
};

/// Where codes got on their way to a class.
struct WalkedCodes {
    Codes codes;
    std::vector<float> curve; ///< before each step, the mean over the codes of the class's probability
};

class Model {
public:
    /// `path`: a checkpoint file, or a run folder (newest good checkpoint). Throws Error.
    static Model open(const std::string& path, const ModelOptions& options = {});
    ~Model();
    Model(Model&&) noexcept;
    Model& operator=(Model&&) noexcept;

    const ModelInfo& info() const;

    /// `paths`: picture files, folders of them, or one data set (IDX folder, built-in name) with `split`
    /// ("train", "test") and `count` (0 = all). Throws Error (BadInput) when nothing usable is found.
    PreparedImages prepare(const std::vector<std::string>& paths, const std::string& split = "test",
                           std::size_t count = 0) const;

    std::vector<Image> decode(const Codes& codes); ///< of points, a picture of each
    Codes decodePoints(const Codes& codes);        ///< the points themselves, [N,2]; only for isPoints()
    /// Whether encode() and reconstruct() find codes by search: by the options and by what the method can do.
    /// That takes seconds for every few pictures.
    bool searchesCodes() const;
    Codes encode(const std::vector<Image>& prepared, const CodeSearchListener& listener = {});
    /// What the discriminator's answer is made from: the input of its last layer, or, of one that is an
    /// auto-encoder, its inner codes. Throws Error(Usage) for a method without a discriminator of pictures.
    Codes criticFeatures(const std::vector<Image>& prepared);
    /// `l1`: gets each picture's mean absolute error over all elements in [-1,1]; `codes`: what was decoded.
    std::vector<Image> reconstruct(const std::vector<Image>& prepared, std::vector<float>* l1 = nullptr,
                                   const CodeSearchListener& listener = {}, Codes* codes = nullptr);
    std::vector<float> codeLogits(const Codes& codes); ///< empty when the method has no code discriminator

    /// Conditional methods: `start` after `steps` steps towards class number `label` of info().classes;
    /// `seed`: of the noise on the way. Throws Error(Usage) for another method, an unknown class, or no
    /// steps.
    WalkedCodes walkTowards(std::int64_t label, const Codes& start, int steps, std::uint64_t seed);

    /// The way between two codes on which the pictures change least. Throws Error(Usage) for a method that
    /// cannot generate and for options out of their range.
    GeodesicPath findGeodesic(const std::vector<float>& from, const std::vector<float>& to,
                              const GeodesicOptions& options, const GeodesicListener& listener = {});
    /// Each code z, moved by the share `pull` (0 to 1) along the sphere towards E(G(z)), where the encoder
    /// puts what is decoded. Throws Error(Usage) for a method without an encoder, unless the share is 0.
    Codes pulledToData(const Codes& codes, double pull);
    /// |G(z_{i+1}) - G(z_i)| of neighbouring codes: one fewer than codes.
    std::vector<float> pictureSteps(const Codes& path);

    /// Local: at most `count` around the code `at`. Factor: of the generator's first layer; `at` is not
    /// looked at. Strongest first. Throws Error(Usage) for another kind and where the method has none.
    std::vector<LatentDirection> findDirections(DirectionKind kind, const std::vector<float>& at, int count);

private:
    struct Impl;
    explicit Model(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
