#pragma once
// The nearest training pictures of whatever is decoded, while it changes; and the judgement of many samples.
// The window's side. Standard library only.
//
// Threads: every public method may be called from one controlling thread and returns at once; the work runs
// on a thread that the object owns, on its own copy of the networks, so that neither exploring nor training
// waits for it.

#include <cstddef>
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
#include "engine/api/neighbours.h"
#include "engine/api/session.h"

namespace alphascope::engine {

/// Which pictures are searched, seen with which weights.
struct NeighbourSource {
    std::string checkpoint;          ///< file or run folder; "" = `live`'s newest weights
    std::shared_ptr<LiveModel> live; ///< the model in training
    std::string runFolder;           ///< of `live`: where pixels' neighbours are kept; "" = nowhere
    NeighbourSpace space = NeighbourSpace::Pixel;
    std::size_t count = 0; ///< of the training pictures the first so many; 0 = as AuditOptions::count
    std::size_t heldOut = 1000;
    bool cache = true;
};

enum class NeighbourTask { Open, Judge };

struct NeighbourProgress {
    NeighbourTask task = NeighbourTask::Open;
    std::string what; ///< "placing training pictures"
    double fraction = 0.0;
    double secondsLeft = -1.0; ///< negative: not known yet
};
/// Pictures can be asked about from now on; p-values and the index are still in work.
struct NeighboursReady {
    NeighbourSpace space = NeighbourSpace::Pixel;
    std::size_t reference = 0;
    std::size_t heldOut = 0;
    std::int64_t step = 0; ///< of the weights
};
/// Answers have p-values from now on, and samples can be judged; the index that makes answers fast may still
/// be in work.
struct NeighboursMeasured {};
/// All of it is there; or the index was cancelled, and answers go on to be found by looking at every picture.
struct NeighboursFinished {
    std::vector<std::string> notes; ///< what limits the figures, or was amiss with the cache; in sentences
    bool fromCache = false;         ///< nothing but pictures had to be read
    double seconds = 0.0;           ///< from the order to here
};
/// Of the newest picture that was asked about.
struct NeighboursFound {
    std::uint64_t stamp = 0;
    std::vector<NearPicture> nearest; ///< nearest first
    NearPicture heldOut;              ///< the nearest held-out one
    double ratio = 1.0;               ///< SampleMemory::ratio
    std::optional<double> pValue;     ///< SampleMemory::pValue; nothing before it can be told
    double milliseconds = 0.0;        ///< of work
};
/// Samples of the model with what audit found, row i of everything belonging to one.
struct NeighboursJudged {
    std::uint64_t seed = 1; ///< of the samples: priorCodes(seed, ...)
    Codes codes;
    std::vector<Image> pictures;
    Audit audit;
    std::vector<std::size_t> suspicious; ///< rows, the least PictureAudit::suspicion() first
};
struct NeighboursEnded { ///< cancelled, or failed
    NeighbourTask task = NeighbourTask::Open;
    std::optional<Error> error;
};
using NeighbourEvent = std::variant<NeighbourProgress, NeighboursReady, NeighboursMeasured,
                                    NeighboursFinished, NeighboursFound, NeighboursJudged, NeighboursEnded>;

struct NeighbourFinderOptions {
    int threads = 0;   ///< 0 = half of the cores, since others explore and train
    std::size_t k = 5; ///< neighbours of each picture
};

class NeighbourFinder {
public:
    /// `notify`: as TrainingSession's, on the finder's thread.
    explicit NeighbourFinder(std::function<void()> notify, NeighbourFinderOptions options = {});
    ~NeighbourFinder();
    NeighbourFinder(const NeighbourFinder&) = delete;
    NeighbourFinder& operator=(const NeighbourFinder&) = delete;

    /// The newest order takes the place of the one at work, and of all that is known.
    void open(NeighbourSource source);
    /// A picture of the model's own size. Of several that wait only the newest is answered, and once there is
    /// something to search in.
    void ask(std::uint64_t stamp, Image picture);
    /// Begins when the distances of held-out pictures are there; before the index.
    void judge(std::size_t samples, std::uint64_t seed);
    void cancel(NeighbourTask task);
    /// While it is so nothing is computed; what was begun goes on afterwards.
    void setPaused(bool paused);

    /// In order; of progress and answers only the newest.
    std::vector<NeighbourEvent> takeEvents();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
