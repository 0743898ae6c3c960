// How a run begins: new, or from a checkpoint.

#include "engine/training/method_trainer.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/api/runs.h"
#include "engine/imaging/images.h"
#include "engine/storage/safetensors.h"
#include "engine/training/cpu_features.h"
#include "engine/training/cpu_threads.h"
#include "engine/training/device.h"
#include "engine/training/faults.h"
#include "engine/training/snapshot.h"

namespace alphascope::engine {

namespace {

/// Workers share the cores with training, which needs a new batch only every few milliseconds.
int loaderWorkers() {
    return usableCores() >= 4 ? 2 : 1;
}

std::string shapeText(std::int64_t channels, std::int64_t size) {
    if (models::ImageShape{channels, size}.isPoints()) {
        return "points in the plane";
    }
    return fmt::format("{} pictures of {} x {} pixels", channels == 1 ? "grey" : "colour", size, size);
}

bool sameFolder(const std::string& a, const std::string& b) {
    std::error_code ignored;
    return std::filesystem::equivalent(a, b, ignored);
}

/// The run that a checkpoint belongs to; "" for a file on its own.
std::string runOf(const std::string& checkpoint) {
    std::string folder;
    return findRunFolder(checkpoint, &folder) ? folder : std::string{};
}

/// What run.json of a fork says about where it began.
RunParent parentAt(const ResolvedCheckpoint& checkpoint, std::int64_t step) {
    RunParent parent;
    parent.folder = runOf(checkpoint.path);
    const std::filesystem::path named = parent.folder.empty() ? checkpoint.path : parent.folder;
    parent.run = named.filename().string();
    parent.checksum = dataChecksum(checkpoint.state);
    parent.step = step;
    return parent;
}

/// Cores that pay for themselves: one iteration of a small network is made of operations so short that
/// threads wait for each other longer than they save (measured at 28 pixels and 16 filters: one thread
/// makes 1.25 times the iterations of two, and leaves a core to the window).
int worthwhileThreads(models::Method& method) {
    constexpr std::int64_t smallWork = 12'000'000; // trainable numbers times pictures per iteration
    const std::int64_t work = countParameters(method) * method.spec().parameters.integer("batchSize");
    return work < smallWork ? 1 : usableCores();
}

/// For a method that learns from labels: their number in `data`, which must have two or more.
std::int64_t classesIn(const DataSet& data, const std::string& name, const models::MethodTraits& traits) {
    const auto count = static_cast<std::int64_t>(data.info().labels.size());
    if (count < 2) {
        throw Error(ErrorKind::Usage,
                    fmt::format("{} learns from labels, and {} has {}.", traits.title, name,
                                count == 0 ? "none" : "only one"),
                    "Choose data with labels, or another method.");
    }
    return count;
}

} // namespace

void MethodTrainer::prepare(const RunConfig& config, const TrainerContext& context) {
    config_ = config;
    context_ = context;
    withFaultsAsErrors([&] {
        if (config_.runFolder.empty()) {
            throw Error(ErrorKind::Usage, "No run folder was given.", "Say where the run is to be kept.");
        }
        device_ = chooseDevice(config_.device);
        if (config_.resume || !config_.forkFrom.empty()) {
            startFromCheckpoint();
        } else {
            startNew();
        }
        beginRun();
    });
}

void MethodTrainer::checkKeepBest() const {
    if (config_.keepBest.empty()) {
        return;
    }
    const models::MethodTraits& traits = models::findMethod(config_.method);
    std::vector<std::string> known;
    if (traits.can(models::Capability::Reconstruct)) {
        known.emplace_back(heldOutTag);
    }
    for (const models::Curve& curve : traits.curves) {
        known.push_back(curve.tag);
    }
    if (config_.metricsEvery > 0) {
        known.emplace_back(SampleJudge::distanceTag(data_->info().isPoints()));
    }
    if (std::find(known.begin(), known.end(), config_.keepBest) == known.end()) {
        const std::string near = models::nearestName(config_.keepBest, known);
        throw Error(ErrorKind::Usage,
                    fmt::format("The best checkpoint cannot be chosen by '{}': {} reports no such figure.",
                                config_.keepBest, traits.title),
                    near.empty() ? fmt::format("Use one of {}.", fmt::join(known, ", "))
                                 : fmt::format("Did you mean '{}' (of {})?", near, fmt::join(known, ", ")));
    }
}

void MethodTrainer::startNew() {
    const models::MethodTraits& traits = models::findMethod(config_.method);
    openData();
    const models::ImageShape image{data_->channels(), data_->size()};
    auto parameters = models::resolveParameters(traits, config_.preset, config_.overrides, image);
    if (traits.needsLabels) {
        const std::int64_t classes = classesIn(*data_, config_.data, traits);
        if (config_.overrides.contains("classes") && parameters.integer("classes") != classes) {
            throw Error(ErrorKind::Usage,
                        fmt::format("classes={} does not fit {}, which has {} labels.",
                                    parameters.integer("classes"), config_.data, classes),
                        "Leave it out: it is taken from the data.");
        }
        parameters.set("classes", classes);
    }
    buildMethod({traits.name, image, parameters});
    run_ = RunFolder::create(config_.runFolder, config_, facts());
}

ResolvedCheckpoint MethodTrainer::openCheckpoint() {
    if (config_.resume) {
        run_ = RunFolder::openForWriting(config_.runFolder);
    }
    ResolvedCheckpoint checkpoint = resolveCheckpoint(config_.resume ? config_.runFolder : config_.forkFrom);
    if (!config_.resume && sameFolder(runOf(checkpoint.path), config_.runFolder)) {
        throw Error(ErrorKind::Usage,
                    fmt::format("A fork needs a folder of its own: '{}' is the run that it would begin from.",
                                config_.runFolder),
                    "Choose another folder, or resume that run.");
    }
    for (const std::string& problem : checkpoint.passedOver) {
        warn("A newer checkpoint was passed over: " + problem,
             "Training goes on from " + checkpoint.path + ".");
    }
    return checkpoint;
}

void MethodTrainer::startFromCheckpoint() {
    const ResolvedCheckpoint checkpoint = openCheckpoint();
    const CheckpointMeta meta = parseMetadata(checkpoint.state.metadata, checkpoint.path);
    if (meta.method != config_.method) {
        throw Error(ErrorKind::Usage,
                    fmt::format("{} was made by the method {}, not by {}.", checkpoint.path, meta.method,
                                config_.method),
                    "Resume it with its own method, or start a new run.");
    }
    // What the numbers depend on is the checkpoint's, so that the run goes on as if it had never stopped.
    config_.seed = meta.seed;
    config_.transform = meta.transform;
    config_.crop = meta.crop;
    config_.size = meta.size;
    if (config_.threads == 0 && meta.threads <= usableCores()) {
        config_.threads = std::max(0, meta.threads);
    }
    openData();
    if (data_->channels() != meta.channels || data_->size() != meta.size) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("{} was trained on {}, but {} gives {}.", checkpoint.path,
                                shapeText(meta.channels, meta.size), config_.data,
                                shapeText(data_->channels(), data_->size())),
                    "Choose the data that it was trained on.");
    }
    models::ModelSpec spec = specOf(meta, checkpoint.path);
    if (!config_.resume) {
        changeSettings(spec);
    }
    checkClasses(spec, checkpoint.path);
    buildMethod(spec);
    restoreState(*method_, checkpoint.state, checkpoint.path);
    restoreCounters(meta);
    warnAboutDifferences(meta);
    lastGood_ = checkpoint.path;
    if (config_.resume) {
        applyNewOverrides(checkpoint.path);
        resumedFrom_ = checkpoint.path;
        return;
    }
    parent_ = parentAt(checkpoint, meta.step);
    run_ = RunFolder::create(config_.runFolder, config_, facts());
}

void MethodTrainer::changeSettings(models::ModelSpec& spec) const {
    for (const auto& [name, text] : config_.overrides) {
        const models::ParameterSpec& parameter = models::findSpec(spec.parameters.schema(), name);
        const models::ParameterValue value = models::parseValue(parameter, text);
        const models::ParameterValue& old = spec.parameters.value(name);
        if (value != old && parameter.structural) {
            throw models::SchemaError(fmt::format(
                "{} cannot become {} in a fork, since it shapes the networks, which are taken over with {}: "
                "leave it out, or start a new run",
                name, models::toText(value), models::toText(old)));
        }
        spec.parameters.set(name, value);
    }
}

void MethodTrainer::checkClasses(const models::ModelSpec& spec, const std::string& checkpoint) const {
    const models::MethodTraits& traits = models::findMethod(spec.method);
    if (!traits.needsLabels) {
        return;
    }
    const std::int64_t classes = classesIn(*data_, config_.data, traits);
    if (classes != spec.parameters.integer("classes")) {
        throw Error(ErrorKind::Usage,
                    fmt::format("{} was trained on {} labels, but {} has {}.", checkpoint,
                                spec.parameters.integer("classes"), config_.data, classes),
                    "Choose the data that it was trained on.");
    }
}

void MethodTrainer::openData() {
    data_ = openDataSet(config_.data, config_.transform, config_.size, config_.seed, config_.crop);
    dataFingerprint_ = data_->fingerprint();
    checkKeepBest();
}

void MethodTrainer::buildMethod(const models::ModelSpec& spec) {
    method_ = models::makeMethod(spec, config_.seed, device_, models::Purpose::Training);
    hasAverages_ = hasAverages(*method_);
    threads_ = useThreadsForTraining(config_.threads > 0 ? config_.threads : worthwhileThreads(*method_));
    method_->setSubStepHook(context_.betweenSubSteps);
}

void MethodTrainer::restoreCounters(const CheckpointMeta& meta) {
    step_ = meta.step;
    partUpdates_ = meta.partUpdates;
    batchesDrawn_ = static_cast<std::uint64_t>(std::max<std::int64_t>(0, meta.batchesDrawn));
}

void MethodTrainer::warnAboutDifferences(const CheckpointMeta& meta) {
    if (device_.is_cpu() && meta.threads > 0 && meta.threads != threads_) {
        warn(fmt::format("The run was trained with {} threads and goes on with {}.", meta.threads, threads_),
             fmt::format(
                 "Its numbers will differ slightly from an uninterrupted run; choose {} threads to have "
                 "them equal.",
                 meta.threads));
    }
    if (!meta.dataFingerprint.empty() && meta.dataFingerprint != dataFingerprint_) {
        warn(fmt::format("The pictures of {} are not the ones that the run was trained on.", config_.data),
             "Training goes on with the new ones; if that is not meant, choose the old data.");
    }
}

/// What the user asks for now and had not asked for when the run was started. Values that were changed live
/// since then are the checkpoint's.
void MethodTrainer::applyNewOverrides(const std::string& checkpoint) {
    const std::string origin = runOf(checkpoint);
    const auto old = origin.empty() ? std::map<std::string, std::string>{} : readRunConfig(origin).overrides;
    for (const auto& [name, text] : config_.overrides) {
        const auto before = old.find(name);
        if (before != old.end() && before->second == text) {
            continue;
        }
        const auto& spec = models::findSpec(method_->spec().parameters.schema(), name);
        const auto value = models::parseValue(spec, text);
        if (value != method_->spec().parameters.value(name)) {
            method_->setParameter(name, value); // says so when it may not change
        }
    }
}

void MethodTrainer::beginRun() {
    const auto batchSize = static_cast<int>(method_->spec().parameters.integer("batchSize"));
    batches_ = std::make_unique<LoaderBatches>(data_, batchSize, config_.seed, batchesDrawn_, loaderWorkers(),
                                               device_);
    random_.emplace(config_.seed);
    previews_ = std::make_unique<PreviewMaker>(method_->spec(), device_, *data_);
    beginJudging();
    events_ = std::make_unique<EventWriter>(run_->path(), step_);
    live_ = context_.gate ? std::make_shared<LiveModel>(context_.gate) : std::make_shared<LiveModel>();
    if (device_.is_cpu() && method_->spec().parameters.choice("precision") == "bfloat16") {
        const Bfloat16 here = bfloat16Of(cpuFlags());
        if (here != Bfloat16::Matrices) {
            warn(here == Bfloat16::Emulated
                     ? "This processor has neither AMX nor AVX-512 BF16 and emulates bfloat16 many times "
                       "slower."
                     : "This processor has no AMX, and bfloat16 is usually slower than float32 on it.",
                 "Start with precision=float32 instead.");
        }
    }
    if (!hasPictureFiles()) {
        warn("This program was built without OpenCV: the run keeps no previews.",
             "Build it with ALPHASCOPE_IMAGING=ON to have them.");
    }
    if (const auto& info = data_->info(); info.skippedCount > 0) {
        warn(fmt::format("{} files of {} are no readable pictures and are left out.", info.skippedCount,
                         config_.data),
             info.skipped.empty() ? std::string{} : "The first is " + info.skipped.front());
    }
}

void MethodTrainer::beginJudging() {
    const models::ModelSpec& spec = method_->spec();
    if (config_.metricsEvery == 0 || !models::findMethod(spec.method).can(models::Capability::Generate)) {
        return;
    }
    if (!SampleJudge::hasEnough(*data_)) {
        warn(fmt::format("{} has too few pictures to judge samples against while it trains.", config_.data),
             fmt::format("At least {} are needed, held out or not.", SampleJudge::fewest));
        return;
    }
    auto classifier = classifiers_ ? classifiers_(*data_, device_) : nullptr;
    judge_ = std::make_unique<PacedJudge>(SampleJudge(spec, device_, data_, std::move(classifier)),
                                          JudgingSchedule(config_.metricsEvery, step_ == 0), clock_,
                                          context_.betweenSubSteps);
}

RunFacts MethodTrainer::facts() const {
    RunFacts facts;
    facts.dataFingerprint = dataFingerprint_;
    facts.libtorch = TORCH_VERSION;
    facts.device = deviceName();
    facts.threads = threads_;
    facts.parameters = method_->spec().parameters.toTexts();
    facts.channels = data_->channels();
    facts.size = data_->size();
    facts.parent = parent_;
    return facts;
}

} // namespace alphascope::engine
