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
#include "engine/api/error.h"
#include "engine/api/image.h"
#include "engine/api/model.h"
#include "engine/api/session.h"

namespace alphascope::engine {

/// Requests of one lane supersede each other (latest wins); lanes do not.
enum class ExploreLane { Picture, Encode, Strip, Field, Sheet };
inline constexpr int exploreLaneCount = 5;

struct DecodeCodes {
    Codes codes;
};
/// Log-ratio of the code discriminator (or nothing, by capability) for a whole grid of codes: a pad's
/// background.
struct CodeField {
    Codes codes;
};
/// One picture from memory, of any size; cropped to a centred square and resized as the model's data was.
struct EncodeImage {
    Image image;
};
/// One picture file.
struct EncodeFile {
    std::string path;
};

struct ExploreRequest {
    ExploreLane lane = ExploreLane::Picture;
    std::uint64_t stamp = 0; ///< strictly increasing per lane; comes back in the result
    std::variant<DecodeCodes, CodeField, EncodeImage, EncodeFile> what;
};

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
    Image original;             ///< as the model saw it
    Image errorMap;             ///< |original - rebuilt| as grey, 255 = the largest possible error
    float l1 = 0.0F;            ///< mean absolute error over all elements in [-1,1]
    std::string name;           ///< file name
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

    std::vector<ExplorerEvent> takeEvents();
    std::vector<ExploreResult> takeResults(); ///< at most one per lane, newest

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
