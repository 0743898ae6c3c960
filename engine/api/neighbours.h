#pragma once
// "Is it memory, is it collapse": what lies nearest to a picture, whether a generator repeats its training
// pictures, how many different ones it makes, how codes fill the prior. Standard library only.

#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/image.h"
#include "engine/api/model.h"
#include "engine/exploring/neighbours/code_statistics.h" // IWYU pragma: export  codeStatistics
#include "engine/exploring/neighbours/duplicates.h"      // IWYU pragma: export  estimateSupport
#include "engine/exploring/neighbours/memorisation.h"    // IWYU pragma: export  judgeMemorisation
#include "engine/exploring/neighbours/neighbour_index.h" // IWYU pragma: export  NeighbourIndex

namespace alphascope::engine {

/// Where distances are measured: between pictures, all elements in [-1,1]; between their codes; or between
/// what the discriminator's answer is made from (Model::criticFeatures()).
enum class NeighbourSpace { Pixel, Code, Feature };
inline constexpr int neighbourSpaceCount = 3;
const char* toText(NeighbourSpace space); ///< "pixel", "code", "feature"

/// Why there is no such space in a model, in one sentence; "" where there is one.
std::string whyNoSpace(NeighbourSpace space, const ModelInfo& model);

struct AuditOptions {
    std::string data;            ///< "" for the model's own
    std::string split = "train"; ///< the pictures that neighbours are looked for among; "test" for a check
    std::size_t count = 0;       ///< the first so many of them; 0 = all that fit (see referenceCount())
    std::size_t heldOut = 1000;  ///< the first so many held-out pictures to compare with
    std::size_t k = 5;           ///< neighbours of each picture
    NeighbourSpace space = NeighbourSpace::Pixel;
    int threads = 0;   ///< 0 = all cores
    bool cache = true; ///< what is known of the set is kept in the model's run folder, and taken from there
};

/// A reference picture near to one that was asked about.
struct NearPicture {
    std::string name; ///< "train #12"
    int label = -1;
    std::string labelName; ///< "" where there is none
    float distance = 0.0F; ///< Euclidean, in the space chosen
    Image image;
};

struct PictureAudit {
    std::vector<NearPicture> nearest; ///< nearest first
    float heldOutDistance = 0.0F;     ///< to the nearest held-out picture
    SampleMemory memory;

    /// Below 1 where a training picture is the nearest real one; of copies near 0.
    double suspicion() const {
        const double training = nearest.empty() ? 0.0 : nearest.front().distance;
        return heldOutDistance > 0.0F ? training / heldOutDistance : training > 0.0 ? HUGE_VAL : 1.0;
    }
};

struct Audit {
    std::vector<PictureAudit> pictures; ///< one each, in order
    std::size_t reference = 0;          ///< pictures that neighbours were looked for among
    std::size_t heldOut = 0;
    Memorisation memorisation;
    std::optional<DuplicateEstimate> duplicates; ///< of two and more pictures
    std::optional<CodeStatistics> codes;         ///< of held-out pictures; nothing without an encoder
    std::vector<std::string> notes;              ///< what limits these figures, in sentences
};

/// What is being done, and what share of it; false cancels. On the calling thread's side, one call at a time.
using AuditListener = std::function<bool(const std::string& what, double share)>;

/// How many pictures of a set are looked at when no count is given: all, but of a drawn set 10,000, and never
/// more than a gibibyte of numbers.
std::size_t referenceCount(std::uint64_t available, std::size_t numbersPerPicture);

/// `pictures`: prepared for the model (Model::prepare(), or decodes). Exact. Takes from a second to minutes;
/// not for a GUI thread. Throws Error: Usage (nothing to audit, a space that the method does not have),
/// BadInput, InputOutput, Interrupted.
Audit auditPictures(Model& model, const std::vector<Image>& pictures, const AuditOptions& options,
                    const AuditListener& listener = {});

} // namespace alphascope::engine
