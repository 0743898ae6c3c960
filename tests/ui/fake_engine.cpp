#include "fake_engine.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

namespace alphascope::ui::test {

using engine::ExploreLane;

engine::CommandId FakeSession::record(const std::string& command) {
    commands.push_back(command);
    return ++next_;
}

engine::CommandId FakeSession::start(const engine::RunConfig& config, bool paused) {
    started.push_back(config);
    current.runFolder = config.runFolder;
    current.method = config.method;
    current.data = config.data;
    return record(paused ? "start paused" : "start");
}

void FakeSession::push(engine::SessionEvent event) {
    events_.push_back(std::move(event));
    notify_();
}

void FakeSession::pushState(engine::SessionState state, std::int64_t step) {
    current.state = state;
    current.step = step;
    push(engine::StateChanged{state, step});
}

void FakeSession::pushMetrics(std::vector<engine::MetricPoint> points) {
    metrics_.insert(metrics_.end(), points.begin(), points.end());
    notify_();
}

void FakeSession::pushPreview(engine::Preview preview) {
    preview_ = std::make_shared<const engine::Preview>(std::move(preview));
    notify_();
}

// ---- the engine -----------------------------------------------------------------------------------------

FakeEngine::FakeEngine() {
    using models::ParameterType;
    const auto spec = [](const char* name, const char* title, const char* group, ParameterType type,
                         models::ParameterValue value, double minimum, double maximum, bool live) {
        models::ParameterSpec result;
        result.name = name;
        result.title = title;
        result.meaning = std::string("What ") + title + " means.";
        result.group = group;
        result.type = type;
        result.defaultValue = std::move(value);
        result.minimum = minimum;
        result.maximum = maximum;
        result.live = live;
        return result;
    };
    models::MethodTraits alpha;
    alpha.name = "alpha-gan";
    alpha.title = "α-GAN";
    alpha.paper = "Rosca and others";
    alpha.year = 2017;
    alpha.capabilities = 31;
    alpha.parts = {{"E", "Encoder"}, {"G", "Generator"}, {"D", "Discriminator"}, {"C", "Code discriminator"}};
    alpha.schema = {
        spec("batchSize", "Batch size", "Training", ParameterType::Integer, std::int64_t(64), 1, 4096, false),
        spec("lambdaEncoder", "λ encoder", "Objective", ParameterType::Real, 10.0, 0, 1000, true),
        spec("ema", "EMA", "Training", ParameterType::Boolean, true, 0, 0, false)};
    alpha.schema.front().structural = true;
    models::ParameterSpec loss =
        spec("loss", "Loss", "Objective", ParameterType::Choice, std::string("l1"), 0, 0, false);
    loss.choices = {"l1", "l2"};
    alpha.schema.push_back(loss);
    alpha.curves = {{"loss/E", "E", "logit", "What the encoder minimises"},
                    {"loss/G", "G", "logit", "What the generator minimises"},
                    {"loss/D", "D", "nats", "Cross entropy"},
                    {"metric/d_accuracy", "D accuracy", "share", "Pictures that D gets right"},
                    {"metric/code_std", "code spread", "", "Spread of the codes"}};
    alpha.health = "metric/d_accuracy";
    alpha.presets = {{"quick", "quick", {}}, {"standard", "standard", {{"batchSize", std::int64_t(128)}}}};
    models::MethodTraits vae = alpha;
    vae.name = "vae";
    vae.title = "VAE";
    vae.family = models::MethodFamily::Variational;
    vae.parts = {{"E", "Encoder"}, {"G", "Generator"}};
    vae.curves = {{"loss/total", "total", "nats per picture", "The sum"},
                  {"loss/KL", "KL", "nats per picture", "Divergence"}};
    vae.health = "loss/KL";
    models::MethodTraits dcgan = alpha;
    dcgan.name = "dcgan";
    dcgan.title = "DCGAN";
    dcgan.paper = "Radford and others";
    dcgan.year = 2015;
    dcgan.family = models::MethodFamily::Adversarial;
    dcgan.explanation = "Two networks play a game. One draws, the other judges.";
    dcgan.diagram = {.nodes = {{"z", models::Diagram::Kind::Code, 0, 0},
                               {"G", models::Diagram::Kind::Network, 1, 0},
                               {"D", models::Diagram::Kind::Network, 2, 0}},
                     .arrows = {{"z", "G"}, {"G", "D"}}};
    dcgan.capabilities = models::capabilities({models::Capability::Generate, models::Capability::Criticise});
    dcgan.parts = {{"G", "Generator"}, {"D", "Discriminator"}};
    dcgan.schema.erase(dcgan.schema.begin() + 1); // λ encoder
    dcgan.presets = {{"standard", "standard", {}}};
    models::MethodTraits ali = alpha;
    ali.name = "ali";
    ali.title = "ALI";
    methods_ = {alpha, vae, dcgan, ali};
}

void FakeEngine::note(const std::string& line) {
    const std::lock_guard lock(mutex_);
    log_.push_back(line);
}

std::vector<std::string> FakeEngine::log() const {
    const std::lock_guard lock(mutex_);
    return log_;
}

std::vector<engine::DataSetInfo> FakeEngine::builtInDataSets() const {
    engine::DataSetInfo color;
    color.name = "color-glyphs";
    color.title = "Colour glyphs";
    color.builtIn = true;
    color.channels = 3;
    color.sizes = {28};
    engine::DataSetInfo grey = color;
    grey.name = "glyphs";
    grey.channels = 1;
    grey.sizes = {28, 32};
    return {color, grey};
}

std::unique_ptr<ISession> FakeEngine::makeSession(Notify notify) {
    auto made = std::make_unique<FakeSession>(std::move(notify));
    session = made.get();
    return made;
}

std::unique_ptr<IExplorer> FakeEngine::makeExplorer(Notify notify) {
    auto made = std::make_unique<FakeExplorer>(std::move(notify));
    explorer = made.get();
    return made;
}

std::unique_ptr<IAtlas> FakeEngine::makeAtlas(Notify notify) {
    auto made = std::make_unique<FakeAtlas>(std::move(notify));
    atlas = made.get();
    return made;
}

std::unique_ptr<ICamera> FakeEngine::makeCamera(int index, Notify notify) {
    auto made = std::make_unique<FakeCamera>(index, std::move(notify));
    camera = made.get();
    return made;
}

std::vector<std::string> FakeEngine::listPictures(const std::string& folder) {
    note("pictures " + folder);
    if (folder.find("bad") != std::string::npos)
        throw engine::Error(engine::ErrorKind::InputOutput, "The folder cannot be read.");
    const auto digits = folder.find_last_not_of("0123456789") + 1;
    const int count = digits < folder.size() ? std::stoi(folder.substr(digits)) : 12;
    std::vector<std::string> paths;
    for (int i = 0; i < count; ++i)
        paths.push_back(folder + (i == 3 ? "/bad" : "/p") + std::to_string(i) + ".png");
    return paths;
}

engine::Image FakeEngine::readThumbnail(const std::string& path, int side) {
    note("thumbnail " + path);
    if (path.find("bad") != std::string::npos)
        throw engine::Error(engine::ErrorKind::BadInput, "The picture is damaged.");
    return plainImage(side, 3, 120);
}

std::unique_ptr<INeighbourFinder> FakeEngine::makeNeighbourFinder(Notify notify) {
    auto made = std::make_unique<FakeNeighbourFinder>(std::move(notify));
    neighbours = made.get();
    return made;
}

std::unique_ptr<IRunWatcher> FakeEngine::makeWatcher(const std::string& folder, Notify notify) {
    auto made = std::make_unique<FakeWatcher>(folder, std::move(notify));
    watcher = made.get();
    return made;
}

std::vector<engine::KnownDataSet> FakeEngine::knownDataSets() {
    engine::KnownDataSet glyphs;
    glyphs.name = "glyphs";
    glyphs.title = "Glyphs";
    glyphs.description = "Digits in several fonts.";
    glyphs.builtIn = glyphs.ready = true;
    engine::KnownDataSet mnist;
    mnist.name = "mnist";
    mnist.title = "MNIST";
    mnist.description = "Handwritten digits.";
    mnist.bytes = 11000000;
    mnist.trainCount = 60000;
    mnist.testCount = 10000;
    mnist.fetchable = true;
    mnist.ready = fetched_;
    mnist.folder = "/data/mnist";
    engine::KnownDataSet celeba = mnist;
    celeba.name = "celeba";
    celeba.title = "CelebA";
    celeba.channels = 3;
    celeba.ready = celeba.fetchable = false;
    celeba.byHand = "Its authors ask you to download it from their page.";
    return {glyphs, mnist, celeba};
}

std::vector<engine::Image> FakeEngine::dataSetPreview(const std::string& data, int size, std::size_t count) {
    note("preview " + data);
    return std::vector<engine::Image>(count, plainImage(size, 1, 90));
}

void FakeEngine::fetchDataSet(const std::string& name,
                              const std::function<void(const engine::FetchProgress&)>& progress,
                              const std::atomic<bool>& cancel) {
    note("fetch " + name);
    engine::FetchProgress half;
    half.file = "images.gz";
    half.bytes = 50;
    half.total = 100;
    progress(half);
    while (!fetchGoesOn_ && !cancel)
        std::this_thread::yield();
    if (cancel)
        throw engine::Error(engine::ErrorKind::Interrupted, "The download was cancelled.");
    if (fetchError_)
        throw *fetchError_;
    fetched_ = true;
}

engine::DataSetInfo FakeEngine::inspectDataSet(const std::string& data) {
    note("inspect " + data);
    for (const engine::DataSetInfo& info : builtInDataSets())
        if (info.name == data)
            return info;
    if (data.find("empty") != std::string::npos)
        throw engine::Error(engine::ErrorKind::BadInput, data + " holds no pictures.",
                            "Choose another folder.");
    engine::DataSetInfo info;
    info.name = data;
    info.channels = 3;
    info.sizes = {28, 32, 64};
    info.trainCount = 90;
    info.testCount = 10;
    return info;
}

std::vector<engine::RunEntry> FakeEngine::listRuns(const std::string& root) {
    const std::lock_guard lock(mutex_);
    log_.push_back("list " + root);
    const auto found = runs_.find(root);
    return found == runs_.end() ? std::vector<engine::RunEntry>() : found->second;
}

engine::RunConfig FakeEngine::readRunConfig(const std::string& folder) {
    engine::RunConfig config;
    config.method = "vae";
    config.data = "glyphs";
    config.runFolder = folder;
    return config;
}

engine::ForkPoint FakeEngine::readForkPoint(const std::string& checkpoint) {
    if (checkpoint.find("bad") != std::string::npos)
        throw engine::Error(engine::ErrorKind::BadInput, "The file is no checkpoint.", "Choose another.");
    engine::ForkPoint point;
    point.config.method = "alpha-gan";
    point.config.overrides = {{"lambdaEncoder", "5"}};
    point.config.seed = 7;
    point.config.forkFrom = checkpoint;
    const std::string prefix = "step-";
    const std::size_t found = checkpoint.rfind(prefix);
    point.step = found == std::string::npos ? 0 : std::stoll(checkpoint.substr(found + prefix.size()));
    point.run = findRunFolder(checkpoint);
    return point;
}

std::vector<engine::MetricPoint> FakeEngine::ancestorMetrics(const std::string& runFolder) {
    std::vector<engine::MetricPoint> points;
    if (runFolder.find("fork") != std::string::npos)
        for (std::int64_t step = 100; step <= 1000; step += 100)
            points.push_back({step, double(step), {{"loss/E", 3.0}}});
    return points;
}

void FakeEngine::setPinned(const std::string& checkpoint, bool pinned) {
    note(std::string(pinned ? "pin " : "unpin ") + checkpoint);
}

std::string FakeEngine::findRunFolder(const std::string& path) {
    const std::lock_guard lock(mutex_);
    for (const auto& [root, runs] : runs_)
        for (const engine::RunEntry& run : runs)
            if (path == run.folder || path.rfind(run.folder + "/", 0) == 0)
                return run.folder;
    return {};
}

std::vector<engine::LatentDirection> FakeEngine::savedDirections(const std::string& runFolder, std::size_t) {
    const std::lock_guard lock(mutex_);
    return directions_[runFolder];
}

void FakeEngine::saveDirections(const std::string& runFolder,
                                const std::vector<engine::LatentDirection>& directions) {
    note("save " + std::to_string(directions.size()) + " directions in " + runFolder);
    const std::lock_guard lock(mutex_);
    directions_[runFolder] = directions;
}

engine::Preview FakeEngine::checkpointPreview(const std::string& checkpoint,
                                              const std::vector<engine::Image>&) {
    note("preview " + checkpoint);
    return samplePreview(4711);
}

engine::ComparedModel FakeEngine::compareModel(const std::string& path,
                                               const engine::CompareQuestion& question,
                                               const engine::CompareListener& listener) {
    const auto has = [&](const char* word) { return path.find(word) != std::string::npos; };
    note("compare " + path + " seed " + std::to_string(question.seed) + " samples " +
         std::to_string(question.samples) + " inputs " + std::to_string(question.inputs) + " from " +
         std::to_string(question.firstInput) + (question.search ? " search" : ""));
    for (const std::string& picture : question.pictures)
        if (question.inputs > 0 && picture.find("broken") != std::string::npos)
            throw engine::Error(engine::ErrorKind::BadInput,
                                "No usable picture was found in " + picture + ".");
    if (has("bad"))
        throw engine::Error(engine::ErrorKind::BadInput, path + " is no checkpoint.", "Choose another.");
    engine::ComparedModel column;
    column.path = path;
    column.name = has("dcgan") ? "DCGAN" : "α-GAN";
    column.info.path = has(".safetensors") ? path : path + "/newest.safetensors";
    column.info.method = has("dcgan") ? "dcgan" : "alpha-gan";
    column.info.methodTitle = column.name;
    column.info.data = has("mnist") ? "mnist" : "glyphs";
    column.info.step = 300;
    column.info.latentSize = 8;
    if (has("points"))
        column.info.size = 1, column.info.channels = 2;
    const int offset = path.back() == 'b' ? 50 : 0;
    column.sampleCodes = engine::priorCodes(question.seed, question.samples, 8);
    for (std::size_t i = 0; i < question.samples; ++i)
        column.samples.push_back(plainImage(28, 1, std::uint8_t(int(i) + offset)));
    const bool files = !question.pictures.empty() && question.pictures.front().find('.') != std::string::npos;
    const std::string own = files ? question.pictures.front() : "test";
    for (std::size_t i = 0; i < question.inputs && !has("points"); ++i) {
        column.originals.push_back(plainImage(28, 1, 200));
        column.inputNames.push_back(own + " #" + std::to_string(question.firstInput + i));
    }
    if (has("dcgan") && !question.search && question.inputs > 0) {
        column.whyEmpty = "DCGAN has no encoder, and no codes were searched for.";
        return column;
    }
    const bool waits = has("slow") && has("dcgan") && question.inputs > 0;
    while (waits && !searchGoesOn_)
        if (!listener({.path = path, .searching = true, .fraction = 0.5}))
            throw engine::Error(engine::ErrorKind::Interrupted, "The comparison was cancelled.");
    column.searched = has("dcgan");
    column.inputCodes = engine::priorCodes(99, column.originals.size(), 8);
    for (std::size_t i = 0; i < column.originals.size(); ++i) {
        column.reconstructions.push_back(plainImage(28, 1, std::uint8_t(100 + int(i) + offset)));
        column.l1.push_back(0.25F);
    }
    return column;
}

void FakeEngine::writeComparison(const std::string& path, std::vector<engine::ComparedModel> models,
                                 const engine::CompareQuestion& question) {
    std::string names;
    for (const engine::ComparedModel& model : models)
        names += " [" + model.name + "]";
    note("sheet " + path + names + " seed " + std::to_string(question.seed));
}

void FakeEngine::checkVideo(const std::string& path, int, const VideoChoice& choice) const {
    if (path.ends_with(".gif") && choice.framesPerSecond > 50.0)
        throw engine::Error(engine::ErrorKind::Usage, "A GIF has at most 50 frames per second.",
                            "Choose fewer.");
}

void FakeEngine::writeView(const engine::ViewDocument& view, const std::vector<engine::Image>& pictures,
                           const std::string& path, const VideoProgress& progress) {
    if (path.find("unwritable") != std::string::npos)
        throw engine::Error(engine::ErrorKind::InputOutput, "Cannot write " + path + ".",
                            "Choose another folder.");
    {
        const std::lock_guard lock(mutex_);
        views_[path] = view;
    }
    const std::string enlarged =
        view.side > 0 ? " " + std::to_string(view.side) + " px" : " x" + std::to_string(view.scale);
    const std::string count = std::to_string(pictures.size());
    if (view.show != engine::ViewKind::Film) {
        note("write " + path + " " + engine::toText(view.show) + " of " + count + enlarged);
        return;
    }
    const bool endless = path.find("endless") != std::string::npos;
    for (std::size_t i = 0; i < pictures.size(); i += endless && i + 1 == pictures.size() ? 0 : 1)
        if (!progress(i, pictures.size()))
            throw engine::Error(engine::ErrorKind::Interrupted, "The video " + path + " was cancelled.");
    note("video " + path + " " + count + " " + std::to_string(int(view.framesPerSecond)) + enlarged);
}

engine::ViewDocument FakeEngine::readView(const std::string& path) {
    const std::lock_guard lock(mutex_);
    const auto found = views_.find(path);
    if (found == views_.end())
        throw engine::Error(engine::ErrorKind::BadInput, path + " is not a view.");
    return found->second;
}

void FakeEngine::renderView(engine::ViewDocument view, const std::string& path,
                            const VideoProgress& progress) {
    if (progress && !progress(1, 2))
        throw engine::Error(engine::ErrorKind::Interrupted, path + " was cancelled.");
    note("render " + path + " " + engine::toText(view.show) + " of " + view.model.checksum + " " +
         std::to_string(view.frames) + " " + std::to_string(view.columns) + " x" +
         std::to_string(view.scale));
}

void FakeEngine::setRuns(const std::string& root, std::vector<engine::RunEntry> runs) {
    const std::lock_guard lock(mutex_);
    runs_[root] = std::move(runs);
}

// ---- things -----------------------------------------------------------------------------------------------

engine::Image plainImage(int size, int channels, std::uint8_t value) {
    engine::Image image(size, size, channels);
    std::fill(image.pixels.begin(), image.pixels.end(), value);
    return image;
}

engine::Preview samplePreview(std::int64_t step, std::size_t count) {
    engine::Preview preview;
    preview.step = step;
    for (std::size_t i = 0; i < count; ++i) {
        preview.originals.push_back(plainImage(28, 3, 200));
        preview.reconstructions.push_back(plainImage(28, 3, 180));
        preview.samples.push_back(plainImage(28, 3, std::uint8_t(10 * i)));
        preview.l1.push_back(0.1F);
    }
    return preview;
}

engine::RunEntry sampleRun(const std::string& folder, const std::vector<std::int64_t>& steps) {
    engine::RunEntry run;
    run.folder = folder;
    run.name = folder.substr(folder.rfind('/') + 1);
    run.method = "alpha-gan";
    run.data = "color-glyphs";
    for (const std::int64_t step : steps) {
        engine::CheckpointEntry checkpoint;
        checkpoint.path = folder + "/checkpoints/step-" + std::to_string(step) + ".safetensors";
        checkpoint.step = step;
        checkpoint.bytes = 1000000;
        run.checkpoints.push_back(checkpoint);
        run.lastStep = step;
    }
    return run;
}

engine::MetricPoint sampleMetrics(std::int64_t step, double loss) {
    return {
        step, 1e9 + double(step), {{"loss/E", loss}, {"loss/G", loss + 1}, {"metric/heldout_l1", loss / 2}}};
}

} // namespace alphascope::ui::test
