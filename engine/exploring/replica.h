#pragma once
// A frozen copy of a model's networks for looking inside it: built from a ModelState, evaluation mode, no
// gradients, no optimisers. One thread at a time.

#include "models/libtorch.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/codes.h"
#include "engine/api/directions.h"
#include "engine/api/explorer.h"
#include "engine/api/image.h"
#include "engine/api/model.h"
#include "engine/exploring/code_search.h"
#include "engine/exploring/geodesic_search.h"
#include "engine/storage/checkpoint_meta.h"
#include "engine/storage/model_state.h"
#include "models/methods/method.h"

namespace alphascope::engine {

class Replica {
public:
    /// `path` names the file in messages ("the model in training" for none). Throws Error(BadInput) when the
    /// state's description or its tensors do not fit together, or when a weight is no number.
    Replica(const ModelState& state, const std::string& path, const torch::Device& device,
            bool rawWeights = false);

    /// Takes over newer weights of the same model; throws as the constructor, and is unchanged then.
    void load(const ModelState& state, const std::string& path);

    const CheckpointMeta& meta() const { return meta_; }
    const models::MethodTraits& traits() const { return *traits_; }
    bool can(models::Capability capability) const { return traits_->can(capability); }
    std::size_t latentSize() const { return static_cast<std::size_t>(method_->latentSize()); }

    /// `checksum`: of the file's data; "" when unknown.
    ModelInfo info(const std::string& path, const std::string& checksum) const;

    // ---- each throws Error(Usage) for input of the wrong size or a method that cannot do it
    std::vector<Image> decode(const Codes& codes);
    Codes decodePoints(const Codes& codes);            ///< x and y of each; for a model of points
    std::vector<float> codeLogits(const Codes& codes); ///< empty when the method has no code discriminator
    /// As Model::walkTowards(), all codes of a batch side by side.
    WalkedCodes walkTowards(std::int64_t label, const Codes& start, int steps, std::uint64_t seed);

    /// Whether `options` has the codes found by search, for what this method can do.
    bool searches(const EncodeOptions& options) const;
    Codes encode(const std::vector<Image>& prepared, const EncodeOptions& options = {},
                 const CodeSearchListener& listener = {});
    /// What the discriminator's answer is made from. Needs one.
    Codes criticFeatures(const std::vector<Image>& prepared);
    struct Reconstruction {
        Codes codes;
        std::vector<Image> images;
        std::vector<float> l1; ///< per picture, over all elements in [-1,1]
    };
    Reconstruction reconstruct(const std::vector<Image>& prepared, const EncodeOptions& options = {},
                               const CodeSearchListener& listener = {});
    /// `count` codes that a stochastic encoder draws for one picture; nothing where the encoder gives one
    /// code, or there is none.
    std::optional<Codes> drawCodes(const Image& prepared, std::size_t count, std::uint64_t seed);
    /// How drawCodes() draws, where it does.
    CodeSpread spread() const {
        return method_->samplesCodes() ? CodeSpread::Encoder : CodeSpread::Posterior;
    }
    /// Mean absolute error of each picture rebuilt from its code, over all elements in [-1,1].
    std::vector<float> errors(const std::vector<Image>& prepared, const Codes& codes);
    /// For who steps a search himself; `prepared` is not empty. It uses this replica's networks: no load()
    /// while it lives.
    std::unique_ptr<CodeSearch> beginSearch(const std::vector<Image>& prepared, const EncodeOptions& options);
    static Reconstruction resultOf(const CodeSearch& search);

    /// Local or factor directions; throws Error(Usage) for another kind.
    std::vector<LatentDirection> directions(const FindDirections& order);
    /// Of each code z, the root mean square of E(G(z)) - z. Needs an encoder.
    std::vector<float> cycleDistances(const Codes& codes);
    /// Each code z, moved by the share `pull` (0 to 1) along the sphere towards E(G(z)): where the encoder
    /// puts what is decoded, the codes of data lie. Needs an encoder, unless the share is 0.
    Codes pulledToData(const Codes& codes, double pull);
    /// |G(z_{i+1}) - G(z_i)| over all elements in [-1,1]: one fewer than codes.
    std::vector<float> pictureSteps(const Codes& path);
    /// For who steps it himself, as beginSearch().
    std::unique_ptr<GeodesicSearch> beginGeodesic(const std::vector<float>& from,
                                                  const std::vector<float>& to,
                                                  const GeodesicOptions& options);

    /// The networks themselves, for what steps them on the caller's thread.
    models::Method& method() { return *method_; }
    torch::Tensor toDevice(const Codes& codes) const;

    /// Runs every network once on nothing, so that the first real request finds everything set up.
    void warmUp();

private:
    Reconstruction search(const std::vector<Image>& prepared, const EncodeOptions& options,
                          const CodeSearchListener& listener);
    std::vector<std::string> classNames() const;
    void checkCodes(const Codes& codes) const;
    void checkSize(std::size_t size) const; ///< of a code
    void checkPictures(const std::vector<Image>& pictures) const;
    void require(models::Capability capability, const char* what) const;

    CheckpointMeta meta_;
    models::ModelSpec spec_;
    const models::MethodTraits* traits_ = nullptr;
    torch::Device device_;
    bool rawWeights_;
    std::unique_ptr<models::Method> method_;
};

} // namespace alphascope::engine
