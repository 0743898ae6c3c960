#pragma once
// An engine for the window's tests: it records every command and request, and answers what the test tells it
// to. Explorer requests are answered at once unless told otherwise. Thread-safe where the bridge's pool
// calls.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ui/session/engine_interface.h"

namespace alphascope::ui::test {

class FakeSession : public ISession {
public:
    explicit FakeSession(Notify notify) : notify_(std::move(notify)) {}

    engine::CommandId start(const engine::RunConfig& config, bool paused) override;
    engine::CommandId pause() override { return record("pause"); }
    engine::CommandId resume() override { return record("resume"); }
    engine::CommandId stepOnce(const std::string& part) override { return record("step " + part); }
    engine::CommandId saveCheckpoint() override { return record("checkpoint"); }
    engine::CommandId setParameter(const std::string& name, const std::string& text) override {
        return record("set " + name + "=" + text);
    }
    engine::CommandId setTargetSteps(std::int64_t steps) override {
        return record("target " + std::to_string(steps));
    }
    void requestStop(bool save) override { record(save ? "stop save" : "stop"); }
    std::vector<engine::SessionEvent> takeEvents() override { return std::exchange(events_, {}); }
    std::vector<engine::MetricPoint> takeMetrics() override { return std::exchange(metrics_, {}); }
    std::shared_ptr<const engine::Preview> takePreview() override { return std::exchange(preview_, nullptr); }
    engine::SessionStatus status() const override { return current; }
    std::shared_ptr<engine::LiveModel> liveModel() const override { return nullptr; }

    /// The session says so; nothing arrives before the event loop ran.
    void push(engine::SessionEvent event);
    void pushState(engine::SessionState state, std::int64_t step = 0);
    void pushMetrics(std::vector<engine::MetricPoint> points);
    void pushPreview(engine::Preview preview);

    std::vector<std::string> commands;
    std::vector<engine::RunConfig> started;
    engine::SessionStatus current;

private:
    engine::CommandId record(const std::string& command);

    Notify notify_;
    std::vector<engine::SessionEvent> events_;
    std::vector<engine::MetricPoint> metrics_;
    std::shared_ptr<const engine::Preview> preview_;
    engine::CommandId next_ = 0;
};

class FakeExplorer : public IExplorer {
public:
    explicit FakeExplorer(Notify notify) : notify_(std::move(notify)) {}

    void open(const std::string& path) override { opened.push_back(path); }
    void follow(std::shared_ptr<engine::LiveModel>) override { ++followed; }
    void request(engine::ExploreRequest request) override;
    void cancel(engine::ExploreLane lane) override { cancelled.push_back(lane); }
    std::vector<engine::ExplorerEvent> takeEvents() override { return std::exchange(events_, {}); }
    std::vector<engine::ExploreResult> takeResults() override { return std::exchange(results_, {}); }

    void push(engine::ExplorerEvent event);
    void push(engine::ExploreResult result);
    /// A model of `latentSize` dimensions with every capability, or those given.
    void pushModel(std::size_t latentSize, unsigned capabilities = 31, std::uint64_t epoch = 1);
    /// The same, of points in the plane.
    void pushPointsModel(std::size_t latentSize, std::uint64_t epoch = 2);
    /// Step `step` of `steps` of a search or walk.
    engine::ExploreResult searchStep(const engine::ExploreRequest& request, int step, int steps) const;
    /// The same of a search for a geodesic, whose middle point is full of 0.25.
    engine::ExploreResult wayStep(const engine::ExploreRequest& request, int step, int steps) const;
    /// What request() answers by itself when `automatic`.
    engine::ExploreResult answer(const engine::ExploreRequest& request) const;
    std::vector<engine::ExploreRequest> requestsOf(engine::ExploreLane lane) const;

    bool automatic = true;
    std::optional<engine::Error> encodeError;
    engine::CodeSpread spread = engine::CodeSpread::Perturbed; ///< what VaryPicture answers
    std::string path;                                          ///< of the models that are pushed
    std::string checksum;                                      ///< likewise; "" = of no checkpoint
    std::uint64_t epoch = 1;
    int followed = 0;
    std::vector<std::string> opened;
    std::vector<engine::ExploreRequest> requests;
    std::vector<engine::ExploreLane> cancelled;

private:
    Notify notify_;
    std::vector<engine::ExplorerEvent> events_;
    std::vector<engine::ExploreResult> results_;
};

class FakeAtlas : public IAtlas {
public:
    explicit FakeAtlas(Notify notify) : notify_(std::move(notify)) {}
    void load(engine::AtlasSource source) override { loads.push_back(std::move(source)); }
    void map(engine::MapOrder order) override { maps.push_back(order); }
    void measureErrors() override { ++errorOrders; }
    void trainCritic(std::uint64_t) override { ++criticOrders; }
    void askField(std::uint64_t stamp, engine::Codes codes) override;
    void cancel(engine::AtlasTask task) override { cancelled.push_back(task); }
    std::vector<engine::AtlasEvent> takeEvents() override { return std::exchange(events_, {}); }

    void push(engine::AtlasEvent event);
    /// `count` codes of 8 numbers, in two clouds that their labels name, and their first map.
    void pushCodes(std::size_t count = 40, engine::AtlasCodes source = engine::AtlasCodes::Encoder);

    std::vector<engine::AtlasSource> loads;
    std::vector<engine::MapOrder> maps;
    std::vector<engine::AtlasTask> cancelled;
    int errorOrders = 0;
    int criticOrders = 0;

private:
    Notify notify_;
    std::vector<engine::AtlasEvent> events_;
};

/// Frames come when a test pushes them.
class FakeCamera : public ICamera {
public:
    FakeCamera(int index, Notify notify) : index(index), notify_(std::move(notify)) {}
    std::optional<engine::Image> takeFrame() override { return std::exchange(frame_, std::nullopt); }
    std::optional<engine::Error> takeEnd() override { return std::exchange(end_, std::nullopt); }
    void push(engine::Image frame) {
        frame_ = std::move(frame);
        notify_();
    }
    void end(engine::Error error) {
        end_ = std::move(error);
        notify_();
    }

    int index;

private:
    Notify notify_;
    std::optional<engine::Image> frame_;
    std::optional<engine::Error> end_;
};

class FakeNeighbourFinder : public INeighbourFinder {
public:
    explicit FakeNeighbourFinder(Notify notify) : notify_(std::move(notify)) {}
    void open(engine::NeighbourSource source) override { opened.push_back(std::move(source)); }
    void ask(std::uint64_t stamp, engine::Image picture) override;
    void judge(std::size_t samples, std::uint64_t seed) override { judged.emplace_back(samples, seed); }
    void cancel(engine::NeighbourTask task) override { cancelled.push_back(task); }
    void setPaused(bool paused) override { pauses.push_back(paused); }
    std::vector<engine::NeighbourEvent> takeEvents() override { return std::exchange(events_, {}); }

    void push(engine::NeighbourEvent event);
    /// All of it at once: 200 training and 50 held-out pictures.
    void pushReady(engine::NeighbourSpace space = engine::NeighbourSpace::Pixel, std::int64_t step = 10);
    /// The answer to the newest question: five pictures, the nearest one at `distance`.
    void pushFound(float distance);
    /// Of 256 samples, of which number 7 is a copy of "train #3"; of 8 numbers of the code z 3 is dead.
    void pushJudged();

    std::vector<engine::NeighbourSource> opened;
    std::vector<std::uint64_t> asked; ///< stamps
    std::vector<std::pair<std::size_t, std::uint64_t>> judged;
    std::vector<engine::NeighbourTask> cancelled;
    std::vector<bool> pauses;

private:
    Notify notify_;
    std::vector<engine::NeighbourEvent> events_;
};

class FakeWatcher : public IRunWatcher {
public:
    FakeWatcher(std::string folder, Notify notify) : folder(std::move(folder)), notify_(std::move(notify)) {}
    std::vector<engine::MetricPoint> takeMetrics() override { return std::exchange(metrics, {}); }
    std::vector<engine::SessionEvent> takeEvents() override { return std::exchange(events, {}); }
    std::shared_ptr<const engine::Preview> takePreview() override { return std::exchange(preview, nullptr); }
    std::shared_ptr<const engine::RunEntry> takeRun() override { return std::exchange(run, nullptr); }
    void ring() { notify_(); }

    std::string folder;
    std::vector<engine::MetricPoint> metrics;
    std::vector<engine::SessionEvent> events;
    std::shared_ptr<const engine::Preview> preview;
    std::shared_ptr<const engine::RunEntry> run;

private:
    Notify notify_;
};

class FakeEngine : public IEngine {
public:
    FakeEngine();
    const std::vector<models::MethodTraits>& methods() const override { return methods_; }
    std::vector<engine::DataSetInfo> builtInDataSets() const override;
    std::vector<engine::MetricInfo> judges() const override {
        return {{"critic", "Critic", "An independent critic."},
                {"is", "Inception score", "Of samples.", true}};
    }
    std::unique_ptr<ISession> makeSession(Notify notify) override;
    std::unique_ptr<IExplorer> makeExplorer(Notify notify) override;
    std::unique_ptr<IAtlas> makeAtlas(Notify notify) override;
    std::unique_ptr<INeighbourFinder> makeNeighbourFinder(Notify notify) override;
    std::unique_ptr<IRunWatcher> makeWatcher(const std::string& folder, Notify notify) override;
    std::vector<engine::CameraInfo> cameras() override { return cameraList; }
    std::unique_ptr<ICamera> makeCamera(int index, Notify notify) override;
    /// Twelve pictures, or as many as the folder's name ends with; those with "bad" in their path fail.
    std::vector<std::string> listPictures(const std::string& folder) override;
    engine::Image readThumbnail(const std::string& path, int side) override;
    std::vector<engine::KnownDataSet> knownDataSets() override;
    std::vector<engine::Image> dataSetPreview(const std::string& data, int size, std::size_t count) override;
    /// Reports half, then waits until the test lets it go on or `cancel` is set.
    void fetchDataSet(const std::string& name,
                      const std::function<void(const engine::FetchProgress&)>& progress,
                      const std::atomic<bool>& cancel) override;
    engine::DataSetInfo inspectDataSet(const std::string& data) override;
    std::vector<engine::RunEntry> listRuns(const std::string& root) override;
    engine::RunConfig readRunConfig(const std::string& folder) override;
    /// Of alpha-gan with λ encoder 5, at the step that the file's name ends with; a path with "bad" in it
    /// fails.
    engine::ForkPoint readForkPoint(const std::string& checkpoint) override;
    /// Ten points of loss/E up to step 1000, for a folder with "fork" in its name.
    std::vector<engine::MetricPoint> ancestorMetrics(const std::string& runFolder) override;
    void setPinned(const std::string& checkpoint, bool pinned) override;
    std::string findRunFolder(const std::string& path) override;
    std::vector<engine::LatentDirection> savedDirections(const std::string& runFolder,
                                                         std::size_t latentSize) override;
    void saveDirections(const std::string& runFolder,
                        const std::vector<engine::LatentDirection>& directions) override;
    engine::Preview checkpointPreview(const std::string& checkpoint,
                                      const std::vector<engine::Image>& originals) override;
    /// Pictures tell where they come from: the value of a sample is its row, of a reconstruction 100 plus its
    /// row, plus 50 of a path with "b" at its end. A path with "bad" in it fails, one with "points" is of
    /// points, "dcgan" has no encoder, and "slow" searches until it is cancelled or the test lets it go on.
    engine::ComparedModel compareModel(const std::string& path, const engine::CompareQuestion& question,
                                       const engine::CompareListener& listener) override;
    void writeComparison(const std::string& path, std::vector<engine::ComparedModel> models,
                         const engine::CompareQuestion& question) override;
    /// readView() gives it back.
    void writeView(const engine::ViewDocument& view, const std::vector<engine::Image>& pictures,
                   const std::string& path, const VideoProgress& progress) override;
    /// The view that a test put there under a path.
    engine::ViewDocument readView(const std::string& path) override;
    void renderView(engine::ViewDocument view, const std::string& path,
                    const VideoProgress& progress) override;
    /// Refuses a GIF of more than 50 frames a second.
    void checkVideo(const std::string& path, int side, const VideoChoice& choice) const override;

    void setView(const std::string& path, engine::ViewDocument view) { views_[path] = std::move(view); }
    void letFetchGoOn() { fetchGoesOn_ = true; }
    void letSearchGoOn() { searchGoesOn_ = true; }
    void makeFetchFail(engine::Error error) { fetchError_ = std::move(error); }
    void setRuns(const std::string& root, std::vector<engine::RunEntry> runs);
    std::vector<std::string> log() const; ///< what the pool was asked to do

    // The parts in use; null until the bridge made them.
    FakeSession* session = nullptr;
    FakeExplorer* explorer = nullptr;
    FakeWatcher* watcher = nullptr;
    FakeAtlas* atlas = nullptr;
    FakeCamera* camera = nullptr; ///< the one made last; may be gone
    std::vector<engine::CameraInfo> cameraList{{0, "Front"}};
    FakeNeighbourFinder* neighbours = nullptr;

private:
    void note(const std::string& line);

    mutable std::mutex mutex_;
    std::vector<models::MethodTraits> methods_;
    std::map<std::string, std::vector<engine::RunEntry>> runs_;
    std::map<std::string, std::vector<engine::LatentDirection>> directions_;
    std::map<std::string, engine::ViewDocument> views_;
    std::vector<std::string> log_;
    std::atomic<bool> fetchGoesOn_{false};
    std::atomic<bool> searchGoesOn_{false};
    std::atomic<bool> fetched_{false};
    std::optional<engine::Error> fetchError_;
};

/// Pictures whose pixels all have one value.
engine::Image plainImage(int size, int channels, std::uint8_t value);
engine::Preview samplePreview(std::int64_t step, std::size_t count = 4);
engine::RunEntry sampleRun(const std::string& folder, const std::vector<std::int64_t>& steps);
engine::MetricPoint sampleMetrics(std::int64_t step, double loss);

} // namespace alphascope::ui::test
