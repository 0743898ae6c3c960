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

void FakeExplorer::request(engine::ExploreRequest request) {
    requests.push_back(request);
    if (automatic)
        push(answer(request));
}

engine::ExploreResult FakeExplorer::answer(const engine::ExploreRequest& request) const {
    engine::ExploreResult result;
    result.lane = request.lane;
    result.stamp = request.stamp;
    result.epoch = epoch;
    result.milliseconds = 2.0;
    if (const auto* decode = std::get_if<engine::DecodeCodes>(&request.what)) {
        result.codes = decode->codes;
        for (std::size_t i = 0; i < decode->codes.count; ++i) {
            // The picture tells which code it came from.
            const float first = decode->codes.row(i)[0];
            result.images.push_back(
                plainImage(28, 3, std::uint8_t(std::clamp(128.0F + first * 40.0F, 0.0F, 255.0F))));
            result.logits.push_back(first);
        }
    } else if (const auto* field = std::get_if<engine::CodeField>(&request.what)) {
        for (std::size_t i = 0; i < field->codes.count; ++i)
            result.logits.push_back(field->codes.row(i)[0]);
    } else if (const auto* measure = std::get_if<engine::MeasurePath>(&request.what)) {
        result.codes = measure->codes;
        // As far as the first numbers are apart: what the pictures here tell of a code.
        for (std::size_t i = 1; i < measure->codes.count; ++i)
            result.curve.push_back(std::abs(measure->codes.row(i)[0] - measure->codes.row(i - 1)[0]));
    } else if (std::holds_alternative<engine::FindGeodesic>(request.what)) {
        return wayStep(request, 1, 1);
    } else if (std::holds_alternative<engine::SampleClass>(request.what)) {
        return searchStep(request, 1, 1);
    } else if (const auto* find = std::get_if<engine::FindDirections>(&request.what)) {
        for (int i = 0; i < 3; ++i) {
            engine::LatentDirection direction;
            direction.name = std::string(engine::toText(find->kind)) + " " + std::to_string(i + 1);
            direction.kind = find->kind;
            direction.vector.assign(8, 0.0F);
            direction.vector[std::size_t(7 - i)] = 1.0F;
            if (find->at.count == 1)
                direction.centre = find->at.values;
            direction.share = 0.3;
            result.directions.push_back(std::move(direction));
        }
    } else if (const auto* edit = std::get_if<engine::EditFidelity>(&request.what)) {
        result.distances.assign(std::size_t(edit->steps), 0.25F);
    } else if (std::holds_alternative<engine::MeasureHeldOut>(request.what)) {
        result.heldOutL1 = {0.02F, 0.04F, 0.06F, 0.10F}; // three below what encoding answers
    } else if (const auto* vary = std::get_if<engine::VaryPicture>(&request.what)) {
        result.codes = vary->code;
        result.deviationMap = plainImage(28, 3, 60);
        result.deviation = 0.031F;
        result.spread = spread;
        result.drawn = engine::priorCodes(3, std::size_t(vary->samples), 8);
    } else if (encodeError) {
        result.error = encodeError;
    } else {
        result.source.picture = plainImage(60, 3, 200);
        result.source.width = 600;
        result.source.height = 600;
        result.source.crop = engine::CropSquare{0, 0, 600};
        if (const auto* picture = std::get_if<engine::EncodeImage>(&request.what); picture && picture->crop)
            result.source.crop = picture->crop;
        result.psnr = 21.5;
        result.ssimError = 0.2;
        result.original = plainImage(28, 3, 200);
        result.images = {plainImage(28, 3, 190)};
        result.errorMap = plainImage(28, 1, 10);
        result.l1 = 0.08F;
        result.codes = engine::Codes(1, 8);
        std::fill(result.codes.values.begin(), result.codes.values.end(), 0.5F);
        if (const auto* set = std::get_if<engine::EncodeSet>(&request.what)) {
            result.codes = engine::priorCodes(request.stamp, set->paths.size() + set->images.size(), 8);
            result.originals.assign(result.codes.count, plainImage(28, 3, 200));
        }
        if (const auto* file = std::get_if<engine::EncodeFile>(&request.what))
            result.name = file->path.substr(file->path.rfind('/') + 1);
    }
    return result;
}

void FakeExplorer::push(engine::ExplorerEvent event) {
    events_.push_back(std::move(event));
    notify_();
}

void FakeExplorer::push(engine::ExploreResult result) {
    std::erase_if(results_, [&](const engine::ExploreResult& older) { return older.lane == result.lane; });
    results_.push_back(std::move(result));
    notify_();
}

void FakeExplorer::pushPointsModel(std::size_t latentSize, std::uint64_t newEpoch) {
    epoch = newEpoch;
    engine::ModelOpened opened;
    opened.epoch = newEpoch;
    opened.info.latentSize = latentSize;
    opened.info.capabilities = unsigned(models::Capability::Generate);
    opened.info.size = 1;
    opened.info.channels = 2;
    push(opened);
}

engine::ExploreResult FakeExplorer::searchStep(const engine::ExploreRequest& request, int step,
                                               int steps) const {
    engine::ExploreResult result;
    result.lane = request.lane;
    result.stamp = request.stamp;
    result.epoch = epoch;
    result.searched = request.lane == ExploreLane::Encode;
    result.finished = step == steps;
    result.progress = double(step) / steps;
    for (int i = 1; i <= step; ++i)
        result.curve.push_back(1.0F / float(i));
    result.images = {plainImage(28, 3, std::uint8_t(10 * step))};
    result.original = plainImage(28, 3, 200);
    result.errorMap = plainImage(28, 1, 10);
    result.l1 = result.curve.back();
    result.codes = engine::Codes(1, 8);
    std::fill(result.codes.values.begin(), result.codes.values.end(), float(step) * 0.1F);
    return result;
}

engine::ExploreResult FakeExplorer::wayStep(const engine::ExploreRequest& request, int step,
                                            int steps) const {
    engine::ExploreResult result = searchStep(request, step, steps);
    result.images.clear();
    const auto& order = std::get<engine::FindGeodesic>(request.what);
    result.codes = engine::Codes(3, order.from.size());
    std::copy(order.from.begin(), order.from.end(), result.codes.row(0).begin());
    std::fill_n(result.codes.row(1).begin(), order.from.size(), 0.25F);
    std::copy(order.to.begin(), order.to.end(), result.codes.row(2).begin());
    return result;
}

void FakeExplorer::pushModel(std::size_t latentSize, unsigned capabilities, std::uint64_t newEpoch) {
    epoch = newEpoch;
    engine::ModelOpened opened;
    opened.epoch = newEpoch;
    opened.info.path = path;
    opened.info.checksum = checksum;
    opened.info.method = "alpha-gan";
    opened.info.methodTitle = "α-GAN";
    opened.info.latentSize = latentSize;
    opened.info.capabilities = capabilities;
    if ((capabilities & unsigned(models::Capability::Conditional)) != 0)
        opened.info.classes = {"plane", "car", "bird"};
    opened.info.size = 28;
    opened.info.channels = 3;
    push(opened);
}

std::vector<engine::ExploreRequest> FakeExplorer::requestsOf(ExploreLane lane) const {
    std::vector<engine::ExploreRequest> result;
    std::copy_if(requests.begin(), requests.end(), std::back_inserter(result),
                 [lane](const engine::ExploreRequest& request) { return request.lane == lane; });
    return result;
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
    const std::size_t digits = checkpoint.rfind('-');
    point.step = digits == std::string::npos ? 0 : std::stoll(checkpoint.substr(digits + 1));
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
    for (std::size_t i = 0; i < question.inputs && !has("points"); ++i) {
        column.originals.push_back(plainImage(28, 1, 200));
        column.inputNames.push_back("test #" + std::to_string(question.firstInput + i));
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

void FakeEngine::writePictures(const std::string& path, const std::vector<engine::Image>& pictures,
                               int columns, int scale) {
    note("write " + path + " " + std::to_string(pictures.size()) + " " + std::to_string(columns) + " x" +
         std::to_string(scale));
}

void FakeEngine::checkVideo(const std::string& path, int, const VideoChoice& choice) const {
    if (path.ends_with(".gif") && choice.framesPerSecond > 50.0)
        throw engine::Error(engine::ErrorKind::Usage, "A GIF has at most 50 frames per second.",
                            "Choose fewer.");
}

void FakeEngine::writeVideo(const std::string& path, const std::vector<engine::Image>& frames,
                            const VideoChoice& choice, const VideoProgress& progress) {
    if (path.find("unwritable") != std::string::npos)
        throw engine::Error(engine::ErrorKind::InputOutput, "Cannot write " + path + ".",
                            "Choose another folder.");
    const bool endless = path.find("endless") != std::string::npos;
    for (std::size_t i = 0; i < frames.size(); i += endless && i + 1 == frames.size() ? 0 : 1)
        if (!progress(i, frames.size()))
            throw engine::Error(engine::ErrorKind::Interrupted, "The video " + path + " was cancelled.");
    note("video " + path + " " + std::to_string(frames.size()) + " " +
         std::to_string(int(choice.framesPerSecond)) +
         (choice.side > 0 ? " " + std::to_string(choice.side) + " px" : " x" + std::to_string(choice.scale)));
}

engine::ViewDocument FakeEngine::readView(const std::string& path) {
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
