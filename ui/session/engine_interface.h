#pragma once
// The engine as the window needs it, behind interfaces, so that tests can put a fake in its place. The shapes
// are those of engine/api; RealEngine passes every call on. Standard library only.
//
// Threads: the objects' methods are called on the GUI thread and return at once. `notify` callbacks come from
// the engine's own threads. The functions marked "slow" read files or run a network: a worker thread calls
// them, and several may run at once.

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/atlas.h"
#include "engine/api/camera.h"
#include "engine/api/compare.h"
#include "engine/api/data_sets.h"
#include "engine/api/directions.h"
#include "engine/api/explorer.h"
#include "engine/api/fetch.h"
#include "engine/api/fork.h"
#include "engine/api/metrics.h"
#include "engine/api/neighbour_finder.h"
#include "engine/api/pictures.h"
#include "engine/api/runs.h"
#include "engine/api/session.h"
#include "engine/api/view.h"
#include "models/schema/method_traits.h"

namespace alphascope::ui {

class ISession {
public:
    virtual ~ISession() = default;
    virtual engine::CommandId start(const engine::RunConfig& config, bool paused) = 0;
    virtual engine::CommandId pause() = 0;
    virtual engine::CommandId resume() = 0;
    virtual engine::CommandId stepOnce(const std::string& part) = 0;
    virtual engine::CommandId saveCheckpoint() = 0;
    virtual engine::CommandId setParameter(const std::string& name, const std::string& text) = 0;
    virtual engine::CommandId setTargetSteps(std::int64_t steps) = 0;
    virtual void requestStop(bool save) = 0;
    virtual std::vector<engine::SessionEvent> takeEvents() = 0;
    virtual std::vector<engine::MetricPoint> takeMetrics() = 0;
    virtual std::shared_ptr<const engine::Preview> takePreview() = 0;
    virtual engine::SessionStatus status() const = 0;
    virtual std::shared_ptr<engine::LiveModel> liveModel() const = 0;
};

class IExplorer {
public:
    virtual ~IExplorer() = default;
    virtual void open(const std::string& path) = 0;
    virtual void follow(std::shared_ptr<engine::LiveModel> model) = 0;
    virtual void request(engine::ExploreRequest request) = 0;
    virtual void cancel(engine::ExploreLane lane) = 0;
    virtual std::vector<engine::ExplorerEvent> takeEvents() = 0;
    virtual std::vector<engine::ExploreResult> takeResults() = 0;
};

class IAtlas {
public:
    virtual ~IAtlas() = default;
    virtual void load(engine::AtlasSource source) = 0;
    virtual void map(engine::MapOrder order) = 0;
    virtual void measureErrors() = 0;
    virtual void trainCritic(std::uint64_t seed) = 0;
    virtual void askField(std::uint64_t stamp, engine::Codes codes) = 0;
    virtual void cancel(engine::AtlasTask task) = 0;
    virtual std::vector<engine::AtlasEvent> takeEvents() = 0;
};

class ICamera {
public:
    virtual ~ICamera() = default; ///< may wait for the frame that is being read: not on the GUI thread
    virtual std::optional<engine::Image> takeFrame() = 0;
    virtual std::optional<engine::Error> takeEnd() = 0;
};

class INeighbourFinder {
public:
    virtual ~INeighbourFinder() = default;
    virtual void open(engine::NeighbourSource source) = 0;
    virtual void ask(std::uint64_t stamp, engine::Image picture) = 0;
    virtual void judge(std::size_t samples, std::uint64_t seed) = 0;
    virtual void cancel(engine::NeighbourTask task) = 0;
    virtual void setPaused(bool paused) = 0;
    virtual std::vector<engine::NeighbourEvent> takeEvents() = 0;
};

class IRunWatcher {
public:
    virtual ~IRunWatcher() = default;
    virtual std::vector<engine::MetricPoint> takeMetrics() = 0;
    virtual std::vector<engine::SessionEvent> takeEvents() = 0;
    virtual std::shared_ptr<const engine::Preview> takePreview() = 0;
    virtual std::shared_ptr<const engine::RunEntry> takeRun() = 0;
};

using Notify = std::function<void()>;
using VideoProgress = std::function<bool(std::size_t done, std::size_t total)>;

/// What a person chooses about a film.
struct VideoChoice {
    int scale = 1; ///< whole-pixel zoom
    int side = 0;  ///< pixels of the longer side instead; 0 = by scale
    double framesPerSecond = 30.0;
    bool loop = true; ///< of a GIF
    bool operator==(const VideoChoice&) const = default;
};

class IEngine {
public:
    virtual ~IEngine() = default;

    virtual const std::vector<models::MethodTraits>& methods() const = 0;
    virtual std::vector<engine::DataSetInfo> builtInDataSets() const = 0;
    virtual std::vector<engine::MetricInfo> judges() const = 0;

    virtual std::unique_ptr<ISession> makeSession(Notify notify) = 0;
    virtual std::unique_ptr<IExplorer> makeExplorer(Notify notify) = 0;
    virtual std::unique_ptr<IAtlas> makeAtlas(Notify notify) = 0;
    virtual std::unique_ptr<INeighbourFinder> makeNeighbourFinder(Notify notify) = 0;
    virtual std::unique_ptr<IRunWatcher> makeWatcher(const std::string& folder, Notify notify) = 0;

    virtual std::vector<engine::CameraInfo> cameras() = 0;
    virtual std::unique_ptr<ICamera> makeCamera(int index, Notify notify) = 0;

    // slow; they throw engine::Error
    virtual std::vector<std::string> listPictures(const std::string& folder) = 0;
    virtual engine::Image readThumbnail(const std::string& path, int side) = 0;
    virtual std::vector<engine::KnownDataSet> knownDataSets() = 0;
    virtual engine::DataSetInfo inspectDataSet(const std::string& data) = 0;
    /// The first `count` training pictures of a set, `size` pixels wide.
    virtual std::vector<engine::Image> dataSetPreview(const std::string& data, int size,
                                                      std::size_t count) = 0;
    /// Minutes; `progress` is called on the calling thread. Throws Error (Interrupted) soon after `cancel`.
    virtual void fetchDataSet(const std::string& name,
                              const std::function<void(const engine::FetchProgress&)>& progress,
                              const std::atomic<bool>& cancel) = 0;
    virtual std::vector<engine::RunEntry> listRuns(const std::string& root) = 0;
    virtual engine::RunConfig readRunConfig(const std::string& folder) = 0;
    virtual engine::ForkPoint readForkPoint(const std::string& checkpoint) = 0;
    virtual std::vector<engine::MetricPoint> ancestorMetrics(const std::string& runFolder) = 0;
    virtual void setPinned(const std::string& checkpoint, bool pinned) = 0;
    /// "" when `path` is no run folder and lies in none.
    virtual std::string findRunFolder(const std::string& path) = 0;
    virtual std::vector<engine::LatentDirection> savedDirections(const std::string& runFolder,
                                                                 std::size_t latentSize) = 0;
    virtual void saveDirections(const std::string& runFolder,
                                const std::vector<engine::LatentDirection>& directions) = 0;
    /// What the monitor showed at a checkpoint: `originals` rebuilt (held-out pictures of the model's data
    /// when empty) beside samples from the preview codes.
    virtual engine::Preview checkpointPreview(const std::string& checkpoint,
                                              const std::vector<engine::Image>& originals) = 0;
    /// A column of a comparison. Seconds where codes are searched for; `listener` is called on the calling
    /// thread.
    virtual engine::ComparedModel compareModel(const std::string& path,
                                               const engine::CompareQuestion& question,
                                               const engine::CompareListener& listener) = 0;
    /// A labelled sheet of columns, as a picture or a PDF by its ending.
    virtual void writeComparison(const std::string& path, std::vector<engine::ComparedModel> models,
                                 const engine::CompareQuestion& question) = 0;
    /// Of a view's file, or of a picture that carries one.
    virtual engine::ViewDocument readView(const std::string& path) = 0;
    /// The same bytes as the command line's. `progress` is called before each frame, on the calling thread;
    /// false gives up: Error(Interrupted), and no file is left.
    virtual void renderView(engine::ViewDocument view, const std::string& path,
                            const VideoProgress& progress) = 0;
    /// The same of pictures that are decoded already, of a model in training.
    virtual void writeView(const engine::ViewDocument& view, const std::vector<engine::Image>& pictures,
                           const std::string& path, const VideoProgress& progress) = 0;

    // at once; throws engine::Error
    /// Refuses a film of frames of `side` pixels that cannot be written so.
    virtual void checkVideo(const std::string& path, int side, const VideoChoice& choice) const = 0;
};

} // namespace alphascope::ui
