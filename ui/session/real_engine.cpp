#include "ui/session/real_engine.h"

#include "engine/api/model.h"
#include "engine/api/output.h"

namespace alphascope::ui {

namespace {

// What the monitor shows of a checkpoint; as many as a live preview, give or take.
constexpr std::size_t previewPictures = 30;
constexpr std::size_t previewSamples = 60;

class RealSession : public ISession {
public:
    explicit RealSession(Notify notify) : session_(std::move(notify)) {}
    engine::CommandId start(const engine::RunConfig& config, bool paused) override {
        return session_.start(config, paused);
    }
    engine::CommandId pause() override { return session_.pause(); }
    engine::CommandId resume() override { return session_.resume(); }
    engine::CommandId stepOnce(const std::string& part) override { return session_.stepOnce(part); }
    engine::CommandId saveCheckpoint() override { return session_.saveCheckpoint(); }
    engine::CommandId setParameter(const std::string& name, const std::string& text) override {
        return session_.setParameter(name, text);
    }
    engine::CommandId setTargetSteps(std::int64_t steps) override { return session_.setTargetSteps(steps); }
    void requestStop(bool save) override { session_.requestStop(save); }
    std::vector<engine::SessionEvent> takeEvents() override { return session_.takeEvents(); }
    std::vector<engine::MetricPoint> takeMetrics() override { return session_.takeMetrics(); }
    std::shared_ptr<const engine::Preview> takePreview() override { return session_.takePreview(); }
    engine::SessionStatus status() const override { return session_.status(); }
    std::shared_ptr<engine::LiveModel> liveModel() const override { return session_.liveModel(); }

private:
    engine::TrainingSession session_;
};

class RealExplorer : public IExplorer {
public:
    explicit RealExplorer(Notify notify) : explorer_(std::move(notify)) {}
    void open(const std::string& path) override { explorer_.open(path); }
    void follow(std::shared_ptr<engine::LiveModel> model) override { explorer_.follow(std::move(model)); }
    void request(engine::ExploreRequest request) override { explorer_.request(std::move(request)); }
    void cancel(engine::ExploreLane lane) override { explorer_.cancel(lane); }
    std::vector<engine::ExplorerEvent> takeEvents() override { return explorer_.takeEvents(); }
    std::vector<engine::ExploreResult> takeResults() override { return explorer_.takeResults(); }

private:
    engine::Explorer explorer_;
};

class RealAtlas : public IAtlas {
public:
    explicit RealAtlas(Notify notify) : atlas_(std::move(notify)) {}
    void load(engine::AtlasSource source) override { atlas_.load(std::move(source)); }
    void map(engine::MapOrder order) override { atlas_.map(order); }
    void measureErrors() override { atlas_.measureErrors(); }
    void trainCritic(std::uint64_t seed) override { atlas_.trainCritic(seed); }
    void askField(std::uint64_t stamp, engine::Codes codes) override {
        atlas_.askField(stamp, std::move(codes));
    }
    void cancel(engine::AtlasTask task) override { atlas_.cancel(task); }
    std::vector<engine::AtlasEvent> takeEvents() override { return atlas_.takeEvents(); }

private:
    engine::Atlas atlas_;
};

class RealCamera : public ICamera {
public:
    RealCamera(int index, Notify notify)
        : camera_([index] { return engine::openCamera(index); }, std::move(notify)) {}
    std::optional<engine::Image> takeFrame() override { return camera_.takeFrame(); }
    std::optional<engine::Error> takeEnd() override { return camera_.takeEnd(); }

private:
    engine::Camera camera_;
};

class RealNeighbourFinder : public INeighbourFinder {
public:
    explicit RealNeighbourFinder(Notify notify) : finder_(std::move(notify)) {}
    void open(engine::NeighbourSource source) override { finder_.open(std::move(source)); }
    void ask(std::uint64_t stamp, engine::Image picture) override { finder_.ask(stamp, std::move(picture)); }
    void judge(std::size_t samples, std::uint64_t seed) override { finder_.judge(samples, seed); }
    void cancel(engine::NeighbourTask task) override { finder_.cancel(task); }
    void setPaused(bool paused) override { finder_.setPaused(paused); }
    std::vector<engine::NeighbourEvent> takeEvents() override { return finder_.takeEvents(); }

private:
    engine::NeighbourFinder finder_;
};

class RealWatcher : public IRunWatcher {
public:
    RealWatcher(const std::string& folder, Notify notify) : watcher_(folder, std::move(notify)) {}
    std::vector<engine::MetricPoint> takeMetrics() override { return watcher_.takeMetrics(); }
    std::vector<engine::SessionEvent> takeEvents() override { return watcher_.takeEvents(); }
    std::shared_ptr<const engine::Preview> takePreview() override { return watcher_.takePreview(); }
    std::shared_ptr<const engine::RunEntry> takeRun() override { return watcher_.takeRun(); }

private:
    engine::RunWatcher watcher_;
};

class RealEngine : public IEngine {
public:
    const std::vector<models::MethodTraits>& methods() const override { return models::methodCatalog(); }
    std::vector<engine::DataSetInfo> builtInDataSets() const override { return engine::builtInDataSets(); }
    std::vector<engine::MetricInfo> judges() const override { return engine::metricList(); }

    std::unique_ptr<ISession> makeSession(Notify notify) override {
        return std::make_unique<RealSession>(std::move(notify));
    }
    std::unique_ptr<IExplorer> makeExplorer(Notify notify) override {
        return std::make_unique<RealExplorer>(std::move(notify));
    }
    std::unique_ptr<IAtlas> makeAtlas(Notify notify) override {
        return std::make_unique<RealAtlas>(std::move(notify));
    }
    std::unique_ptr<INeighbourFinder> makeNeighbourFinder(Notify notify) override {
        return std::make_unique<RealNeighbourFinder>(std::move(notify));
    }
    std::unique_ptr<IRunWatcher> makeWatcher(const std::string& folder, Notify notify) override {
        return std::make_unique<RealWatcher>(folder, std::move(notify));
    }

    std::vector<engine::CameraInfo> cameras() override { return engine::listCameras(); }
    std::unique_ptr<ICamera> makeCamera(int index, Notify notify) override {
        return std::make_unique<RealCamera>(index, std::move(notify));
    }
    std::vector<std::string> listPictures(const std::string& folder) override {
        return engine::listPictures(folder);
    }
    engine::Image readThumbnail(const std::string& path, int side) override {
        return engine::readThumbnail(path, side);
    }

    std::vector<engine::KnownDataSet> knownDataSets() override { return engine::knownDataSets(); }
    std::vector<engine::Image> dataSetPreview(const std::string& data, int size, std::size_t count) override {
        return engine::dataSetPictures({.data = data, .size = size, .count = count}).pictures;
    }
    void fetchDataSet(const std::string& name,
                      const std::function<void(const engine::FetchProgress&)>& progress,
                      const std::atomic<bool>& cancel) override {
        engine::FetchOptions options;
        options.progress = progress;
        options.cancel = &cancel;
        engine::fetchDataSet(name, options);
    }
    engine::DataSetInfo inspectDataSet(const std::string& data) override {
        return engine::inspectDataSet(data);
    }
    std::vector<engine::RunEntry> listRuns(const std::string& root) override {
        return engine::listRuns(root);
    }
    engine::RunConfig readRunConfig(const std::string& folder) override {
        return engine::readRunConfig(folder);
    }
    engine::ForkPoint readForkPoint(const std::string& checkpoint) override {
        return engine::readForkPoint(checkpoint);
    }
    std::vector<engine::MetricPoint> ancestorMetrics(const std::string& runFolder) override {
        return engine::readAncestorMetrics(runFolder);
    }
    void setPinned(const std::string& checkpoint, bool pinned) override {
        engine::setPinned(checkpoint, pinned);
    }
    std::string findRunFolder(const std::string& path) override {
        std::string folder;
        return engine::findRunFolder(path, &folder) ? folder : std::string();
    }
    std::vector<engine::LatentDirection> savedDirections(const std::string& runFolder,
                                                         std::size_t latentSize) override {
        return engine::savedDirections(runFolder, latentSize);
    }
    void saveDirections(const std::string& runFolder,
                        const std::vector<engine::LatentDirection>& directions) override {
        engine::saveDirections(runFolder, directions);
    }

    engine::Preview checkpointPreview(const std::string& checkpoint,
                                      const std::vector<engine::Image>& originals) override {
        engine::ModelOptions options;
        options.threads = 1; // training and exploring have the right of way
        engine::Model model = engine::Model::open(checkpoint, options);
        const engine::ModelInfo& info = model.info();
        engine::Preview preview;
        preview.step = info.step;
        preview.ema = info.ema;
        const engine::Codes codes = engine::priorCodes(engine::previewSeed, previewSamples, info.latentSize);
        preview.samples = model.decode(codes);
        if (info.isPoints()) {
            preview.points.emplace();
            preview.points->samples = model.decodePoints(codes).values;
            return preview;
        }
        if ((info.capabilities & unsigned(models::Capability::Reconstruct)) == 0)
            return preview;
        preview.originals =
            originals.empty() ? model.prepare({info.data}, "test", previewPictures).images : originals;
        preview.reconstructions = model.reconstruct(preview.originals, &preview.l1);
        return preview;
    }

    engine::ComparedModel compareModel(const std::string& path, const engine::CompareQuestion& question,
                                       const engine::CompareListener& listener) override {
        engine::CompareQuestion asked = question;
        asked.model.threads = 1; // training and exploring have the right of way
        return engine::compareModel(path, asked, listener);
    }
    void writeComparison(const std::string& path, std::vector<engine::ComparedModel> models,
                         const engine::CompareQuestion& question) override {
        engine::writeComparison(path, engine::gatherComparison(std::move(models), question));
    }

    engine::ViewDocument readView(const std::string& path) override { return engine::readView(path); }
    void renderView(engine::ViewDocument view, const std::string& path,
                    const VideoProgress& progress) override {
        engine::Model model = engine::openViewModel(view, engine::viewCheckpoint(view));
        engine::renderView(model, view, path, progress);
    }
    void writeView(const engine::ViewDocument& view, const std::vector<engine::Image>& pictures,
                   const std::string& path, const VideoProgress& progress) override {
        engine::writeView(view, pictures, path, progress);
    }
    void checkVideo(const std::string& path, int side, const VideoChoice& choice) const override {
        engine::checkVideo(path, side, side, choice.framesPerSecond,
                           {.scale = choice.scale, .side = choice.side, .loop = choice.loop, .progress = {}});
    }
};

} // namespace

std::shared_ptr<IEngine> makeRealEngine() {
    return std::make_shared<RealEngine>();
}

} // namespace alphascope::ui
